package guard

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"gongkai/internal/personal"
	"gongkai/internal/rule"
)

// hit is a personal datum in a passage.
type hit struct {
	rule     string
	name     string // Chinese, what it is: 手机号码
	from, to int    // characters of the passage
	masked   string // as it may be shown
	severity rule.Severity
}

// detector finds the data of one rule in a passage; numbers are those of the
// passage.
type detector struct {
	rule string
	find func(p *passage, numbers []number) []hit
}

// detectors are in the order in which they count where two find the same: what
// is known by a check digit comes before what is known by its look.
func detectors() []detector {
	return []detector{
		{"G1", findIDs},
		{"G4", findCards},
		{"G2", findMobiles},
		{"G3", findPhones},
		{"G5", findPermits},
		{"G6", findPlates},
		{"G7", findMails},
		{"G8", findAddresses},
	}
}

// detect fills in what is found in a passage, in order, none over another.
func (p *passage) detect(allowed map[string]bool) {
	if !p.promising() {
		return
	}
	numbers := p.numbers()
	free := p.unbound(numbers)
	for _, d := range detectors() {
		if d.rule != "G1" { // whose check character is enough
			numbers = free
		}
		for _, h := range d.find(p, numbers) {
			if !p.taken(h.from, h.to) && !allowed[Normal(p.f.slice(h.from, h.to))] {
				h.rule = d.rule
				p.found = append(p.found, h)
				p.cover(&h)
			}
		}
	}
	slices.SortFunc(p.found, func(a, b hit) int { return cmp.Compare(a.from, b.from) })
}

// promising tells texts that may hold something at all: with a digit or an at
// sign, or that speak of where somebody lives.
func (p *passage) promising() bool {
	return p.head == addressHeading || p.head == placeHeading || strings.ContainsAny(p.flat, "0123456789@住籍信〇零○一二三四五六七八九")
}

// cover notes which characters a hit takes.
func (p *passage) cover(h *hit) {
	if p.covered == nil {
		p.covered = make([]string, len(p.f.runes))
	}
	for i := h.from; i < h.to; i++ {
		p.covered[i] = h.rule
	}
}

func (p *passage) taken(from, to int) bool {
	for i := from; i < to && i < len(p.covered); i++ {
		if p.covered[i] != "" {
			return true
		}
	}
	return false
}

// Normal is how a datum is compared with those that an organ publishes itself.
func Normal(s string) string {
	f := fold(s)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()+\n", r) {
			return -1
		}
		return r
	}, strings.ToLower(string(f.runes)))
}

// numberHit makes a hit of a number.
func numberHit(n *number, name string, kind personal.Kind, severity rule.Severity) hit {
	return hit{name: name, from: n.from, to: n.to, masked: kind.Mask(n.digits), severity: severity}
}

// unbound leaves out numbers that are a part of something else, and those that
// letters stand right before: parts of codes. Those of a telephone may do.
func (p *passage) unbound(numbers []number) (all []number) {
	for _, n := range numbers {
		if n.loose && (p.f.rune(n.from-1) != '=' || !saysTelephone.MatchString(p.f.slice(n.from-9, n.from-1))) {
			continue
		}
		if !n.glued || saysTelephone.MatchString(p.f.slice(n.from-8, n.from)) {
			all = append(all, n)
		}
	}
	return all
}

var saysTelephone = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:tel|phone|mobile|mob|cell|t|m|p)$`)

// firstOf gives for each stretch of text the longest of the numbers that fit.
func firstOf(numbers []number, fits func(n *number) (hit, bool)) (all []hit) {
	end := -1
	for i := range numbers {
		h, ok := fits(&numbers[i])
		switch {
		case !ok:
		case len(all) > 0 && h.from == all[len(all)-1].from:
			all[len(all)-1], end = h, h.to // longer: it comes later
		case h.from >= end:
			all, end = append(all, h), h.to
		}
	}
	return all
}

// inAddress tells a number that is a part of an address on the net.
func (p *passage) inAddress(at int) bool {
	from := at
	for from > 0 && from > at-200 && p.f.runes[from-1] > ' ' && p.f.runes[from-1] < 0x80 {
		from--
	}
	token := strings.ToLower(p.f.slice(from, at))
	return !strings.HasPrefix(token, "tel:") && containsAny(token, "://", "www.", ".cn/", ".com/", ".html", ".htm")
}

// isCode tells from what stands before a number that it is no person's.
func isCode(before string) bool {
	return containsAny(before, "编号", "编码", "代码", "文号", "索引", "序号", "单号", "票号", "流水", "订单", "条码", "登记号", "备案号", "注册号",
		"税号", "邮编", "邮政编码", "合同号", "批号", "许可证", "执照", "图号", "宗地", "不动产", "产权证", "案号", "字第", "ISBN", "ICP", "标准号")
}

// spread puts the characters of a mask in the place of those of a datum, blanks
// and dashes left where they are: 138 **** 5678.
func spread(masked, written string) string {
	in := slices.DeleteFunc([]rune(masked), isSeparator)
	var out []rune
	for _, r := range written {
		switch {
		case isSeparator(r):
			out = append(out, r)
		case len(in) == 0:
			return masked
		default:
			out = append(out, in[0])
			in = in[1:]
		}
	}
	if len(in) > 0 {
		return masked
	}
	return string(out)
}
