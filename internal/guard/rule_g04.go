package guard

import (
	"strings"

	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// ruleG4 finds bank cards (ISO/IEC 7812) and accounts. The account of an organ or
// a firm that money is to be paid to is no personal datum.
func ruleG4() Rule {
	return Rule{
		ID: "G4", Severity: rule.Error, Cite: "条例§15；个人信息保护法§28",
		Title: "不得出现个人银行卡号、银行账号", TitleEN: "No bank card or account of a person", Check: personalRule("G4"),
	}
}

// fewestAccount is how many digits an account has at least.
const fewestAccount = 8

func findCards(p *passage, numbers []number) []hit {
	return firstOf(numbers, func(n *number) (hit, bool) {
		if len(n.digits) < fewestAccount {
			return hit{}, false
		}
		card := len(n.digits) >= 16 && len(n.digits) <= 19 && personal.BankCard.Check(n.digits) == nil && cardPrefix(n.digits)
		if !card && p.head != cardHeading && (len(n.digits) < 12 || n.single()) {
			return hit{}, false
		}
		before := p.before(n.from)
		said := p.head == cardHeading || containsAny(before, "卡号", "银行卡", "账号", "帐号", "账户", "一卡通", "存折")
		switch {
		case p.inAddress(n.from), p.head == codeHeading, strings.HasSuffix(n.digits, "X"):
			return hit{}, false
		case card && (said || !n.mixed && !isCode(before) && cardShape(n)):
			return numberHit(n, "银行卡号", personal.BankCard, rule.Error), true
		case p.head == cardHeading && p.list != firmList:
			return numberHit(n, "银行账号", personal.BankCard, rule.Error), true
		case said && len(n.digits) >= 12 && p.list != firmList && !p.ofOrgan(n) && !isCode(before):
			return numberHit(n, "银行账号", personal.BankCard, rule.Warning), true
		}
		return hit{}, false
	})
}

// cardPrefix tells numbers that begin as cards in use in China do.
func cardPrefix(d string) bool {
	return strings.HasPrefix(d, "62") || strings.HasPrefix(d, "9558") || strings.HasPrefix(d, "60") || strings.HasPrefix(d, "81") ||
		len(d) == 16 && (d[0] == '4' || d[0] == '5' && d[1] >= '1' && d[1] <= '5' || strings.HasPrefix(d, "35"))
}

// cardShape tells how cards are written: in one, or by fours.
func cardShape(n *number) bool {
	for i, l := range n.shape {
		if last := i == len(n.shape)-1; !last && l != 4 || last && i > 0 && l > 4 {
			return n.single()
		}
	}
	return true
}

// organReach is how many characters around an account its owner stands in.
const organReach = 80

// ofOrgan tells whether an account is said to be an organ's or a firm's.
func (p *passage) ofOrgan(n *number) bool {
	around := p.f.slice(n.from-organReach, n.from) + p.f.slice(n.to, n.to+organReach)
	if containsAny(around, "财政", "专户", "对公", "国库", "保证金") {
		return true
	}
	// Where each stands on a line of its own, the owner's name is above.
	for up := p.above; up != nil && len(around) < 4*organReach && !containsAny(around, ownerNames...); up = up.above {
		around = up.f.slice(len(up.f.runes)-organReach, len(up.f.runes)) + around
	}
	return containsAny(around, ownerNames...) &&
		containsAny(around, "局", "委员会", "中心", "公司", "政府", "办公室", "学校", "医院", "协会", "事务所", "管理处", "合作社")
}

// ownerNames stand before the name of whose account it is.
var ownerNames = []string{"户名", "开户名", "收款单位", "账户名", "帐户名", "单位名称", "收款人"}
