package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// A value of a list, with the words under which it is known.
type known struct {
	value string
	words []string
}

// chosen finds a value by its words; what it says instead names all that there are.
func chosen(said string, from []known) (string, error) {
	key := plain(said)
	for _, k := range from {
		for _, w := range k.words {
			if plain(w) == key {
				return k.value, nil
			}
		}
	}
	var all []string
	for _, k := range from {
		all = append(all, k.words[0])
	}
	return "", fmt.Errorf("“%s”不在列表中，可以填写：%s。", said, strings.Join(all, "、"))
}

func channels() []known {
	more := map[foi.Channel][]string{
		foi.InPerson:   {"当面", "现场", "现场提交", "窗口", "现场申请", "当面申请"},
		foi.Oral:       {"口头", "口头申请", "口头提出"},
		foi.SignedPost: {"邮寄", "信函", "挂号信", "特快专递", "ems", "邮政快递", "信件", "快递"},
		foi.PlainPost:  {"平常信函", "平信", "普通信函"},
		foi.Web:        {"互联网", "网络", "网上", "网站", "在线", "网上申请", "在线申请", "网络申请", "依申请公开系统", "平台"},
		foi.Email:      {"邮件", "电子邮箱"},
		foi.Fax:        {},
	}
	var all []known
	for _, c := range foi.Channels() {
		all = append(all, known{string(c.Channel), append([]string{c.Chinese, string(c.Channel)}, more[c.Channel]...)})
	}
	return all
}

func kinds() []known {
	more := map[string][]string{
		"C1": {"公民", "个人"}, "C2": {"企业", "公司", "商业"}, "C3": {"科研", "科研院所", "高校"},
		"C4": {"公益组织", "社会组织", "社会团体"}, "C5": {"律师事务所", "律所", "法律服务"}, "C6": {"法人或其他组织其他", "其他组织", "其它"},
	}
	var all []known
	for _, k := range law.ApplicantKinds() {
		all = append(all, known{k.ID, append([]string{k.Label, k.ID}, more[k.ID]...)})
	}
	return all
}

// numbering stands before the label of an outcome: 1. or （一）.
var numbering = regexp.MustCompile(`^(\d+\.|（[一二三四五六七]）)`)

// label gives an outcome as ledgers have it: without its number, and what stands
// in brackets behind.
func label(o law.Outcome) string {
	short := numbering.ReplaceAllString(o.Label, "")
	if o.ID == "R3.6.3" {
		return "其他处理：其他"
	}
	short, _, _ = strings.Cut(short, "（")
	return short
}

func outcomes() []known {
	more := map[string][]string{
		"R3.1": {"公开", "全部公开", "同意公开", "主动公开", "已主动公开"}, "R3.2": {"部分公开"},
		"R3.3.1": {"国家秘密", "涉及国家秘密"}, "R3.3.2": {"法律行政法规禁止公开"}, "R3.3.3": {"三安全一稳定", "危及三安全一稳定"},
		"R3.3.4": {"商业秘密", "个人隐私", "第三方合法权益", "涉及第三方"}, "R3.3.5": {"内部事务信息", "内部管理信息"}, "R3.3.6": {"过程性信息"},
		"R3.3.7": {"行政执法案卷"}, "R3.3.8": {"行政查询事项", "查询事项"},
		"R3.4.1": {"信息不存在", "不存在", "不掌握", "非本机关掌握", "不属于本机关", "不属于本机关公开"}, "R3.4.2": {"需要另行制作", "另行制作", "需加工汇总"}, "R3.4.3": {"内容不明确", "补正后仍不明确"},
		"R3.5.1": {"信访", "信访举报投诉"}, "R3.5.2": {"重复申请"}, "R3.5.3": {"公开出版物"}, "R3.5.4": {"大量反复申请"}, "R3.5.5": {"确认或重新出具"},
		"R3.6.1": {"逾期不补正", "未补正", "视为放弃"}, "R3.6.2": {"逾期未缴费", "未缴费"}, "R3.6.3": {"其他", "撤回", "申请人撤回", "撤销", "终止", "已撤回", "其他处理"},
	}
	var all []known
	for _, o := range law.Outcomes() {
		all = append(all, known{o.ID, append([]string{label(o), o.ID, o.Label, o.Code}, more[o.ID]...)})
	}
	return all
}

func services() []known {
	more := map[foi.ServiceWay][]string{
		foi.Direct: {"当面", "当面领取", "现场"}, foi.Post: {"邮寄", "ems", "挂号信", "邮政"}, foi.Electronic: {"电子邮件", "网上", "网络", "邮箱", "在线", "电子"}, foi.Entrusted: {"委托"},
	}
	var all []known
	for _, w := range foi.ServiceWays() {
		all = append(all, known{string(w), append([]string{w.Words().Chinese}, more[w]...)})
	}
	return all
}

func choices(of []foi.Choice, more map[string][]string) []known {
	var all []known
	for _, c := range of {
		all = append(all, known{c.Value, append([]string{c.Chinese, c.Value}, more[c.Value]...)})
	}
	return all
}

func disputeKinds() []known {
	return choices(foi.DisputeKinds(), map[string][]string{"review": {"复议"}, "direct": {"直接起诉", "诉讼", "行政诉讼"}, "afterReview": {"复议诉讼"}})
}

func disputeResults() []known {
	return choices(foi.Results()[:3], map[string][]string{"upheld": {"维持", "驳回"}, "corrected": {"纠正", "撤销", "确认违法", "责令履行"}, "other": {"其他", "撤回", "终止", "不予受理"}})
}

var (
	parted = regexp.MustCompile(`^(\d{4})\s*[-/.年．]\s*(\d{1,2})\s*[-/.月．]\s*(\d{1,2})\s*日?(\s.*|T.*)?$`)
	joined = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	serial = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
)

// dayOf reads a day as people write it, and as spreadsheets count it.
func dayOf(said string) (calendar.Date, error) {
	wrong := fmt.Errorf("日期“%s”不正确，请写成 2024-03-05 这样的形式。", said)
	said = strings.TrimSpace(said)
	if serial.MatchString(said) {
		days, _ := strconv.ParseFloat(said, 64)
		if days < 36526 || days > 73050 { // 2000 to 2099
			return calendar.Date{}, wrong
		}
		return calendar.On(1899, 12, 30).Add(int(days)), nil
	}
	m := parted.FindStringSubmatch(said)
	if m == nil {
		m = joined.FindStringSubmatch(said)
	}
	if m == nil {
		return calendar.Date{}, wrong
	}
	day, err := calendar.ParseDate(fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3]))
	if err != nil {
		return day, wrong
	}
	return day, nil
}
