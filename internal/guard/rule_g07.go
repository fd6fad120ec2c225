package guard

import (
	"regexp"
	"strings"

	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG7 finds e-mail addresses and the numbers of WeChat and QQ. A mailbox that
// an office gives to be written to, and one below gov.cn, is no matter.
func ruleG7() Rule {
	return Rule{
		ID: "G7", Severity: rule.Warning, Cite: "条例§15；个人信息保护法§25",
		Title: "不得出现个人电子邮箱、微信号、QQ号", TitleEN: "No private e-mail, WeChat or QQ", Check: personalRule("G7"),
	}
}

var (
	mailForm  = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?@ ?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}`)
	chatAlone = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{4,19}$`)
	chatForm  = regexp.MustCompile(`(?i)(?:微信号?|\bVX|\bV信|wechat|QQ号?码?)[:为是 ]{0,3}([A-Za-z0-9][A-Za-z0-9_-]{4,19})`)
)

func findMails(p *passage, _ []number) (all []hit) {
	text := p.flat
	if !strings.ContainsAny(text, "@qQvV") && !containsAny(text, "微信", "echat", "ECHAT") && p.head != emailHeading {
		return nil
	}
	at := newRuneIndex(text)
	private := p.list == privateList || p.head == emailHeading && p.list != officeList && p.list != firmList
	for _, m := range mailForm.FindAllStringIndex(text, -1) {
		from, to := at.of(m[0]), at.of(m[1])
		address := p.f.slice(from, to)
		if officialMail(address) || !private && publicMailbox(p.before(from)) {
			continue
		}
		address = strings.ReplaceAll(address, " ", "")
		all = append(all, hit{name: "电子邮箱", from: from, to: to, masked: personal.Email.Mask(address), severity: rule.Warning})
	}
	for _, m := range chatForm.FindAllStringSubmatchIndex(text, -1) {
		from, to := at.of(m[2]), at.of(m[3])
		if !containsAny(p.before(from), "公众号", "新媒体", "订阅号", "服务号", "视频号", "官方微信", "政务微信") {
			all = append(all, hit{name: "微信号或者QQ号", from: from, to: to, masked: starsAfter(p.f.slice(from, to), 0), severity: rule.Warning})
		}
	}
	if s := strings.TrimSpace(text); p.head == emailHeading && p.list == privateList && len(all) == 0 && chatAlone.MatchString(s) {
		from, to := trimmed(p.f.runes)
		all = append(all, hit{name: "微信号或者QQ号", from: from, to: to, masked: starsAfter(s, 0), severity: rule.Warning})
	}
	return all
}

func officialMail(address string) bool {
	return strings.HasSuffix(strings.ToLower(address), ".gov.cn") || strings.HasSuffix(address, "@gov.cn")
}

// publicMailbox tells an address that is given to write to an office.
func publicMailbox(before string) bool {
	return containsAny(before, "邮箱", "邮件", "E-mail", "e-mail", "Email", "email", "EMAIL", "信箱", "意见", "反馈", "发送至", "发至", "咨询", "报送", "举报") &&
		!containsAny(before, "本人", "个人", "申请人", "家长")
}
