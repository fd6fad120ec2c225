package wechat

import (
	"errors"
	"fmt"

	"gongkai/internal/channel"
)

// expired tells whether a token is no longer taken.
func expired(code int) bool {
	return code == 40001 || code == 40014 || code == 42001
}

// gone tells whether what was named is not there.
func gone(err error) bool {
	var p *channel.Problem
	return errors.As(err, &p) && p.Missing
}

// known is an error that the platform documents, as an office reads it.
type known struct {
	says             string
	missing, passing bool
}

// problems are the errors of the calls that are made here.
var problems = map[int]known{
	-1:    {says: "公众平台系统繁忙，稍后自动重试。", passing: true},
	40001: {says: "公众平台不接受开发者密码（AppSecret）或者令牌；请系统管理员在“渠道账号”中重新填写开发者密码，并检查没有别的系统在用旧的接口取令牌。"},
	40002: {says: "公众平台不接受取令牌的方式；请联系系统管理员升级程序。"},
	40005: {says: "图片的格式公众平台不接受；请换成 jpg 或者 png。"},
	40006: {says: "图片太大，公众平台不接受；请压缩后再上传。"},
	40007: {says: "公众平台上没有这个草稿或者素材，可能已经在公众平台上被删除。", missing: true},
	40009: {says: "图片太大，公众平台不接受；请压缩后再上传。"},
	40013: {says: "开发者ID（AppID）不正确；请系统管理员在“渠道账号”中核对。"},
	40014: {says: "公众平台的令牌已经失效，重新取得以后仍不接受；请检查没有别的系统在用同一账号的旧接口取令牌。"},
	40125: {says: "开发者密码（AppSecret）不正确，可能已经重置；请系统管理员在“渠道账号”中重新填写。"},
	40164: {says: "本服务器的地址不在公众号的IP白名单中；请在公众平台“设置与开发→开发接口管理”中把服务器的出口地址加入白名单，再重新送出。"},
	40243: {says: "开发者密码（AppSecret）已被冻结；请在公众平台解冻以后再重新送出。"},
	41002: {says: "没有填写开发者ID（AppID）；请系统管理员在“渠道账号”中填写。"},
	41004: {says: "没有填写开发者密码（AppSecret）；请系统管理员在“渠道账号”中填写。"},
	42001: {says: "公众平台的令牌过期，重新取得以后仍不接受；请检查服务器的时间是否准确。"},
	43004: {says: "公众号要求的条件不满足；请登录公众平台查看账号状态。"},
	44003: {says: "文章没有内容；请填写正文。"},
	45001: {says: "图片太大，公众平台不接受；请压缩后再上传。"},
	45002: {says: "正文太长，公众平台不接受；请缩短正文，请读者点“阅读原文”看全文。"},
	45003: {says: "标题太长，公众平台不接受；请缩短标题。"},
	45004: {says: "摘要太长，公众平台不接受；请缩短摘要。"},
	45008: {says: "图文消息的篇数超出限制，公众平台不接受。"},
	45009: {says: "今天调用公众平台接口的次数用完了；次日自动恢复，系统会继续重试。急用的请在公众平台“开发接口管理”中清零次数，再点“重新送出”。", passing: true},
	45011: {says: "调用公众平台接口太频繁，稍后自动重试。", passing: true},
	45028: {says: "公众号今天的发布次数用完了；明天再点“重新送出”。"},
	45110: {says: "作者太长，公众平台不接受；请写机关简称，不超过8个字。"},
	45166: {says: "正文中有公众平台不接受的内容（如外部链接、特殊标签）；请修改正文。"},
	47001: {says: "公众平台读不懂发送的内容；请把这次失败告诉系统管理员。"},
	48001: {says: "公众号没有使用这个接口的权限：草稿和发布接口只对认证的公众号开放，并要在公众平台开通；请先认证，或者人工发布后登记。"},
	48002: {says: "公众号关闭了接口能力；请在公众平台“开发接口管理”中打开。"},
	48004: {says: "公众号的接口被封禁；请登录公众平台查看原因并申诉。"},
	50001: {says: "公众号没有授权使用这个接口；请在公众平台检查开发权限。"},
	50002: {says: "公众号受限，不能使用接口；请登录公众平台查看账号状态。"},
	53503: {says: "草稿没有通过公众平台的发布检查；请登录公众平台打开这份草稿，按提示修改以后，再重新送出。"},
	53504: {says: "这份草稿要先在公众平台网页上处理（如选择原创、合集）；请登录公众平台打开它，保存以后再重新送出。"},
	53505: {says: "这份草稿要在公众平台网页上手动保存一次；请登录公众平台保存以后，再重新送出。"},
	53600: {says: "公众平台上没有这篇文章，可能已经在公众平台上被删除。", missing: true},
	87009: {says: "文章没有通过公众平台的内容检查；请修改标题或者正文以后重新送出。"},
	89503: {says: "这次调用要公众号的管理员确认；请管理员在微信中确认以后，再重新送出。"},
	89506: {says: "公众号的管理员拒绝了本服务器的调用；请与管理员联系，24小时以后再试。"},
	89507: {says: "公众号的管理员拒绝了本服务器的调用；请与管理员联系，1小时以后再试。"},
}

// problem puts an answer that is no success into a sentence. Of what the platform says
// itself only the number goes on: its text may repeat what was sent.
func problem(said answer) *channel.Problem {
	k, ok := problems[said.Code]
	if !ok {
		k.says = "公众平台没有接受，返回的错误码请在它的开发文档中查明；处理以后再重新送出。"
	}
	return &channel.Problem{Code: said.Code, Says: fmt.Sprintf("%s（错误码%d）", k.says, said.Code), Missing: k.missing, Passing: k.passing}
}
