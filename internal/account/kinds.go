package account

import "gongkai/internal/event"

// EventKinds gives the words for what happens to accounts.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: "person.invited", Chinese: "建立账户并邀请", English: "account created and invited"},
		{Kind: "person.reinvited", Chinese: "重新邀请", English: "invited again"},
		{Kind: "person.edited", Chinese: "修改人员信息", English: "person edited"},
		{Kind: "person.left", Chinese: "停用账户", English: "account closed"},
		{Kind: "person.returned", Chinese: "恢复账户", English: "account opened again"},
		{Kind: "person.locked", Chinese: "账户锁定", English: "account locked"},
		{Kind: "person.unlocked", Chinese: "解锁账户", English: "account unlocked"},
		{Kind: "person.linked", Chinese: "绑定统一身份认证", English: "linked to the identity provider"},
		{Kind: "person.unlinked", Chinese: "解除统一身份认证绑定", English: "unlinked from the identity provider"},
		{Kind: "person.transferred", Chinese: "调动到另一机关", English: "transferred to another organ"},
		{Kind: "person.language", Chinese: "选择界面语言", English: "language chosen"},
		{Kind: "role.granted", Chinese: "授予角色", English: "role granted"},
		{Kind: "role.revoked", Chinese: "收回角色", English: "role revoked"},
		{Kind: "password.changed", Chinese: "修改口令", English: "password changed"},
		{Kind: "password.demanded", Chinese: "要求修改口令", English: "new password demanded"},
		{Kind: "factor.enrolled", Chinese: "启用第二因素", English: "second factor set up"},
		{Kind: "factor.replaced", Chinese: "更换第二因素", English: "second factor replaced"},
		{Kind: "factor.reset", Chinese: "重置第二因素", English: "second factor reset"},
		{Kind: "factor.recovered", Chinese: "使用恢复码", English: "recovery code used"},
		{Kind: "factor.recovery-renewed", Chinese: "更换恢复码", English: "recovery codes renewed"},
		{Kind: "factor.resealed", Chinese: "第二因素换用新密钥加密", English: "second factor sealed with a new key"},
		{Kind: "person.exported", Chinese: "导出人员名单", English: "list of people exported"},
		{Kind: "session.started", Chinese: "登录", English: "signed in"},
		{Kind: "session.refused", Chinese: "登录被拒绝", English: "sign-in refused"},
		{Kind: "session.ended", Chinese: "退出", English: "signed out"},
		{Kind: "session.ended-others", Chinese: "结束其他会话", English: "other sessions ended"},
		{Kind: "session.ended-all", Chinese: "结束全部会话", English: "all sessions ended"},
	}
}
