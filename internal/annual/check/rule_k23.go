package check

import (
	"fmt"
	"strings"

	"gongkai/internal/annual"
	"gongkai/internal/rule"
)

// ruleK23 wants a contact, an address on the net, the organ's signature and the
// date, and the organ's name the same in title and signature.
func ruleK23() Rule {
	return Rule{
		ID:       "K23",
		Title:    "应当有联系方式、下载网址、署名和日期，机关名称前后一致",
		TitleEN:  "Contact, web address, signature and date are there and the organ's name is uniform",
		Severity: rule.Warning,
		Cite:     "国办公开办函〔2021〕30号；GB/T 9704-2012",
		Check:    checkK23,
	}
}

func checkK23(in *Input, v *rule.Verdict) {
	p := in.text()
	signature, place := p.lines(annual.SignaturePara)
	date, _ := p.lines(annual.DatePara)
	contact, address := false, false
	for s := range p.running {
		contact = contact || containsAny(s.text, "电话", "邮箱", "联系人", "联系方式", "与我局联系", "联系：") && strings.ContainsAny(s.text, "0123456789@")
		address = address || containsAny(s.text, "http", "www.", "WWW.", ".gov.cn", ".GOV.CN")
	}
	var missing []string
	for _, item := range []struct {
		there bool
		name  string
	}{{contact, "联系方式"}, {address, "下载网址"}, {signature != "", "署名"}, {date != "", "日期"}} {
		if !item.there {
			missing = append(missing, item.name)
		}
	}
	if len(missing) > 0 {
		list := strings.Join(missing, "、")
		v.Find(rule.Finding{
			Where: inPart(0), Place: p.place(0), Message: "报告没有写明" + list + "。",
			Expected: "联系方式、下载网址、署名、日期齐全", Actual: "缺" + list, Fix: "请补上" + list + "。",
		})
	}
	if signature != "" && in.Report.Organ != "" && !sameOrgan(signature, tidy(in.Report.Organ)) {
		v.Find(rule.Finding{
			Place: place, Where: inPart(6),
			Message:  fmt.Sprintf("署名“%s”与标题中的机关名称“%s”不一致。", quote(signature), in.Report.Organ),
			Expected: in.Report.Organ, Actual: quote(signature), Fix: "请统一机关全称。",
		})
	}
}

// sameOrgan tells whether a signature is that of the organ of the title: the
// same name, or that of its own office, with or without the region before it.
func sameOrgan(signature, organ string) bool {
	for _, office := range []string{"办公室", "办公厅"} {
		signature, organ = strings.TrimSuffix(signature, office), strings.TrimSuffix(organ, office)
	}
	signature, organ = strings.TrimSuffix(signature, "人民政府"), strings.TrimSuffix(organ, "人民政府")
	return signature == organ || strings.HasSuffix(signature, organ) || strings.HasSuffix(organ, signature)
}
