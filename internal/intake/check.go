package intake

import (
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/personal"
)

// Prefixes of the fields of those beside the applicant.
const (
	agentPrefix = "agent-"
	jointPrefix = "joint-"
)

// Papers are the identity papers of natural persons beside the identity card.
func Papers() []foi.Choice {
	word := func(chinese, english string) foi.Choice {
		return foi.Choice{Value: chinese, Word: foi.Word{Chinese: chinese, English: english}}
	}
	return []foi.Choice{
		word("居民身份证", "identity card"), word("护照", "passport"), word("港澳居民来往内地通行证", "home return permit"), word("台湾居民来往大陆通行证", "Taiwan compatriot permit"),
		word("外国人永久居留身份证", "foreigner's permanent residence card"), word("其他证件", "another paper"),
	}
}

// IdentityCard is the first of Papers: its number is checked.
const IdentityCard = "居民身份证"

// Plain gives the person with its numbers as they are compared, and without what
// belongs to the other sort of applicant.
func (p Person) Plain() Person {
	for _, text := range []*string{&p.Name, &p.Paper, &p.PaperNumber, &p.Organisation, &p.Phone} {
		*text = strings.Join(strings.Fields(*text), " ")
	}
	p.IDNumber = personal.IDNumber.Normal(p.IDNumber)
	p.CreditCode = strings.ToUpper(strings.Join(strings.Fields(p.CreditCode), ""))
	p.Phone = personal.Phone.Normal(p.Phone)
	if p.Natural() {
		p.Organisation, p.CreditCode = "", ""
		if p.Paper == IdentityCard || p.Paper == "" {
			p.Paper, p.PaperNumber = IdentityCard, ""
		} else {
			p.IDNumber = ""
		}
		return p
	}
	p.IDNumber, p.Paper = "", ""
	if p.CreditCode != "" {
		p.PaperNumber = ""
	}
	return p
}

// Check tells what is wrong with a person; prefix is that of the fields' names.
func (p Person) Check(prefix string) error {
	var f errs.Fields
	line := func(name, text, label string) {
		if len([]rune(text)) > maxLine {
			f.Add(prefix+name, "%s太长，不超过%d个字。", label, maxLine)
		}
	}
	if !slices.ContainsFunc(law.ApplicantKinds(), func(k law.ApplicantKind) bool { return k.ID == p.Kind }) {
		f.Add(prefix+"kind", "请选择申请人类别。")
		return f.Err()
	}
	if p.Natural() {
		p.checkNatural(&f, prefix)
	} else {
		p.checkOrganisation(&f, prefix)
	}
	line("name", p.Name, "姓名")
	line("organisation", p.Organisation, "单位名称")
	line("paper-number", p.PaperNumber, "证件号码")
	if p.Phone != "" {
		check(&f, prefix+"phone", personal.Phone, p.Phone)
	}
	if prefix == agentPrefix && p.Phone == "" {
		f.Add(prefix+"phone", "请填写代理人的电话。")
	}
	return f.Err()
}

func (p Person) checkNatural(f *errs.Fields, prefix string) {
	if p.Name == "" {
		f.Add(prefix+"name", "请填写姓名，与身份证明上的一致（条例§29.2.1）。")
	}
	switch {
	case p.Paper != "" && p.Paper != IdentityCard && !slices.ContainsFunc(Papers(), func(c foi.Choice) bool { return c.Value == p.Paper }):
		f.Add(prefix+"paper", "请从列表中选择证件种类。")
	case p.Paper != "" && p.Paper != IdentityCard && p.PaperNumber == "":
		f.Add(prefix+"paper-number", "请填写%s的号码（条例§29.2.1）。", p.Paper)
	case p.Paper != "" && p.Paper != IdentityCard:
	case p.IDNumber == "":
		f.Add(prefix+"id-number", "请填写公民身份号码（条例§29.2.1）；没有居民身份证的，请选择其他证件。")
	default:
		check(f, prefix+"id-number", personal.IDNumber, p.IDNumber)
	}
}

func (p Person) checkOrganisation(f *errs.Fields, prefix string) {
	if p.Organisation == "" {
		f.Add(prefix+"organisation", "请填写单位名称，与登记证件上的一致（条例§29.2.1）。")
	}
	switch {
	case p.CreditCode == "" && p.PaperNumber == "":
		f.Add(prefix+"credit-code", "请填写统一社会信用代码；没有的，填写其他登记证件的名称和号码（条例§29.2.1）。")
	case p.CreditCode != "" && !org.CreditCode(p.CreditCode):
		f.Add(prefix+"credit-code", "统一社会信用代码不正确：应为18位，不含字母 I、O、S、V、Z，请核对，尤其是最后一位校验码。")
	}
}

func check(f *errs.Fields, name string, kind personal.Kind, text string) {
	if err := kind.Check(kind.Normal(text)); err != nil {
		f.Add(name, "%s", errs.Public(err))
	}
}

// Plain gives the contacts as they are compared.
func (r Reach) Plain() Reach {
	return Reach{personal.Phone.Normal(r.Phone), personal.Email.Normal(r.Email), strings.Join(strings.Fields(r.Address), " ")}
}

// Check asks for one way to reach the applicant, whichever they like
// (条例§29.2.1).
func (r Reach) Check() error {
	var f errs.Fields
	if r.Phone == "" && r.Email == "" && r.Address == "" {
		f.Add("phone", "请至少填写一种联系方式：电话、电子邮箱或者通信地址（条例§29.2.1）。")
	}
	if r.Phone != "" {
		check(&f, "phone", personal.Phone, r.Phone)
	}
	if r.Email != "" {
		check(&f, "email", personal.Email, r.Email)
	}
	if len([]rune(r.Address)) > maxLine {
		f.Add("address", "通信地址太长，不超过%d个字。", maxLine)
	}
	return f.Err()
}

// CheckText tells whether what is asked for is described (条例§29.2.2).
func CheckText(text string) error {
	var f errs.Fields
	switch n := len([]rune(strings.TrimSpace(text))); {
	case n == 0:
		f.Add("text", "请写明申请公开的政府信息的名称、文号，或者便于行政机关查询的其他特征（条例§29.2.2）。")
	case n > foi.MaxText:
		f.Add("text", "描述太长，不超过%d个字。", foi.MaxText)
	}
	return f.Err()
}

// CheckWay tells whether form and way are chosen, and whether what the way needs
// is known (条例§29.2.3).
func (d Draft) CheckWay(form, way string) error {
	var f errs.Fields
	if !among(foi.Forms(), form) {
		f.Add("form", "请选择政府信息的形式（条例§29.2.3）。")
	}
	switch {
	case !among(foi.Ways(), way):
		f.Add("way", "请选择获取政府信息的方式（条例§29.2.3）。")
	case way == "post" && d.Reach.Address == "":
		f.Add("way", "邮寄需要通信地址，前面没有填写；请改选其他方式，或者返回补填通信地址。")
	case way == "email" && d.Reach.Email == "":
		f.Add("way", "发送电子邮件需要电子邮箱，前面没有填写；请改选其他方式，或者返回补填电子邮箱。")
	}
	return f.Err()
}

func among(all []foi.Choice, value string) bool {
	return slices.ContainsFunc(all, func(c foi.Choice) bool { return c.Value == value })
}
