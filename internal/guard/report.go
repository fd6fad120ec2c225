package guard

import (
	"fmt"
	"regexp"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/rule"
)

// Limits of what is said, so that a list of ten thousand makes a finding that
// somebody reads.
const (
	mostSingles  = 100 // findings of one rule in the running text of a layer
	mostExamples = 3
	excerptRunes = 60
)

// personalRule reports what a detector found in what a reader sees: each place of
// running text, each column of a table as one.
func personalRule(id string) func(*Subject, *rule.Verdict) {
	return func(s *Subject, v *rule.Verdict) {
		for _, l := range s.seen() {
			r := &reporter{v: v, layer: l, columns: map[columnKey]*batch{}}
			for _, p := range l.passages {
				for i := range p.found {
					if p.found[i].rule == id {
						r.add(p, &p.found[i])
					}
				}
			}
			r.finish()
		}
	}
}

type columnKey struct {
	table    int
	col      int
	name     string
	severity rule.Severity
}

// batch is what several places have in common.
type batch struct {
	key      columnKey
	title    string
	place    doc.Place
	count    int
	examples []string
}

type reporter struct {
	v       *rule.Verdict
	layer   layer
	columns map[columnKey]*batch
	order   []*batch
	singles int
}

const fixPersonal = "请删除或者作去标识化处理后再公开。"

func (r *reporter) add(p *passage, h *hit) {
	switch {
	case p.table > 0:
		r.batch(columnKey{p.table, p.place.Col, h.name, h.severity}, p, h)
	case r.singles < mostSingles:
		r.singles++
		r.v.Find(rule.Finding{
			Severity: h.severity, Place: p.place, Message: fmt.Sprintf("%s出现%s“%s”。", r.where(), h.name, h.masked), Actual: h.masked, Fix: fixOf(h),
		})
	default:
		r.batch(columnKey{0, 0, h.name, h.severity}, p, h)
	}
}

func fixOf(h *hit) string {
	switch {
	case h.name == "手机号码" && h.severity == rule.Warning:
		return "请改用办公室固定电话。"
	case h.name == "家庭住址":
		return "请只写到乡镇、街道。"
	}
	return fixPersonal
}

// where says which part of a file is meant where it is not the text itself.
func (r *reporter) where() string {
	if r.layer.Kind == inside.Margin {
		if r.layer.Name != "" {
			return r.layer.Name + "中"
		}
		return "页眉、页脚或者注释中"
	}
	return ""
}

func (r *reporter) batch(key columnKey, p *passage, h *hit) {
	b := r.columns[key]
	if b == nil {
		b = &batch{key: key, title: p.title, place: p.place}
		r.columns[key] = b
		r.order = append(r.order, b)
	}
	if b.count++; len(b.examples) < mostExamples {
		b.examples = append(b.examples, h.masked)
	}
}

func (r *reporter) finish() {
	for _, b := range r.order {
		says := fmt.Sprintf("表格中有 %d 个%s。", b.count, b.key.name)
		switch {
		case b.key.table == 0:
			says = fmt.Sprintf("另有 %d 处%s，未逐一列出。", b.count, b.key.name)
		case b.title != "":
			says = fmt.Sprintf("表格“%s”列有 %d 个%s。", b.title, b.count, b.key.name)
		}
		actual := strings.Join(b.examples, "、")
		if b.count > len(b.examples) {
			actual += " 等"
		}
		h := hit{name: b.key.name, severity: b.key.severity}
		r.v.Find(rule.Finding{Severity: b.key.severity, Place: b.place, Message: r.where() + says, Actual: actual, Fix: fixOf(&h)})
	}
}

// tallyOf says what personal data are in a layer: 居民身份证号码 9483 个、手机号码 12 个.
func (l *layer) tallyOf() string {
	var names []string
	count := map[string]int{}
	for _, p := range l.passages {
		for _, h := range p.found {
			if count[h.name] == 0 {
				names = append(names, h.name)
			}
			count[h.name]++
		}
	}
	for i, n := range names {
		names[i] = fmt.Sprintf("%s %d 个", n, count[n])
	}
	return strings.Join(names, "、")
}

// excerpt gives the beginning of a layer's text, masked.
func (l *layer) excerpt() string {
	var b strings.Builder
	n := 0
	for _, p := range l.passages {
		if p.unit < 0 || squeeze(p.text) == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("、")
		}
		text := hush(strings.Join(strings.Fields(p.masked()), " "))
		b.WriteString(text)
		if n += len([]rune(text)) + 1; n > excerptRunes {
			break
		}
	}
	runes := []rune(b.String())
	if len(runes) > excerptRunes {
		return string(runes[:excerptRunes]) + "…"
	}
	return string(runes)
}

// longRow is a row of digits that is nobody's by its look and may be somebody's
// yet.
var longRow = regexp.MustCompile(`[0-9０-９][0-9０-９ -]{5,}[0-9０-９Xx]`)

// hush hides long rows of digits in a text that is shown: what no rule found must
// not be spread either.
func hush(text string) string {
	return longRow.ReplaceAllStringFunc(text, func(row string) string { return starsAfter(row, 2) })
}

// masked is the text of a passage with what was found hidden.
func (p *passage) masked() string {
	var b strings.Builder
	at := 0
	for _, h := range p.found {
		from, to := p.f.at[h.from], p.f.at[h.to]
		b.WriteString(p.text[at:from])
		b.WriteString(spread(h.masked, p.text[from:to]))
		at = to
	}
	b.WriteString(p.text[at:])
	return b.String()
}
