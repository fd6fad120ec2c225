package check

import (
	"iter"
	"strings"
	"unicode"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
	"gongkai/internal/rule"
)

// prose is a report's text as the text rules look at it.
type prose struct {
	passages []passage
	parts    [7]string // running text by part, 0 is the opening; paragraphs joined by \n
}

// passage is a paragraph with its text folded: no blanks, digits and Latin
// letters in half width. Wrapped lines, justified characters and “17 件” then
// all read alike.
type passage struct {
	annual.Para
	text string
}

// text makes the report's text ready on first use. An Input is used by one
// goroutine at a time.
func (in *Input) text() *prose {
	if in.prose == nil {
		in.prose = newProse(in.Report)
	}
	return in.prose
}

func newProse(r *annual.Report) *prose {
	p := &prose{passages: make([]passage, 0, len(r.Paras))}
	var sizes [7]int
	for i := range r.Paras {
		if part := r.Paras[i].Part; part >= 0 && part < len(sizes) {
			sizes[part] += len(r.Paras[i].Text) + 1
		}
	}
	var parts [7]strings.Builder
	for _, para := range r.Paras {
		if para.Part < 0 || para.Part > 6 {
			para.Part = 0
		}
		t := tidy(para.Text)
		p.passages = append(p.passages, passage{para, t})
		if para.Kind != annual.BodyPara && para.Kind != annual.SubheadingPara {
			continue
		}
		b := &parts[para.Part]
		if b.Len() == 0 {
			b.Grow(sizes[para.Part])
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t)
	}
	for i := range parts {
		p.parts[i] = parts[i].String()
	}
	return p
}

// running walks over the running text: paragraphs and subheadings.
func (p *prose) running(yield func(*passage) bool) {
	for i := range p.passages {
		k := p.passages[i].Kind
		if (k == annual.BodyPara || k == annual.SubheadingPara) && !yield(&p.passages[i]) {
			return
		}
	}
}

// lines joins all paragraphs of a kind: a title may stand on two lines.
func (p *prose) lines(kind annual.PartKind) (string, doc.Place) {
	var b strings.Builder
	var place doc.Place
	for i := range p.passages {
		if p.passages[i].Kind == kind {
			if b.Len() == 0 {
				place = p.passages[i].Place
			}
			b.WriteString(p.passages[i].text)
		}
	}
	return b.String(), place
}

// place gives where a part's text begins.
func (p *prose) place(part int) doc.Place {
	for i := range p.passages {
		if p.passages[i].Part == part && p.passages[i].Kind != annual.TitlePara {
			return p.passages[i].Place
		}
	}
	return doc.Place{}
}

func (s *passage) where() rule.Where { return inPart(s.Part) }

// inPart is the place in the form of something in the text of a part.
func inPart(part int) rule.Where {
	return rule.Where{Table: "text", Row: partNumerals[part]}
}

// partNumerals number the parts as findings do; the opening has no number.
var partNumerals = [7]string{"", "一", "二", "三", "四", "五", "六"}

// partName names a part to a person.
func partName(part int) string {
	if part == 0 {
		return "开头部分"
	}
	return "第" + partNumerals[part] + "部分"
}

// excerptMark stands where a copy of a report has been shortened.
const excerptMark = "[…]"

// tidy removes blanks and folds full-width digits, letters and a few signs.
func tidy(s string) string {
	clean := true
	for _, c := range s {
		if c != tidyRune(c) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if c = tidyRune(c); c >= 0 {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func tidyRune(c rune) rune {
	switch {
	case c > 0x3000 && c < '！', c > ' ' && c < 0x7f, c == '\n':
		return c
	case c <= ' ', c == 0x7f, c == 0xa0, c == '\u3000', c == '\u00ad', c == '\ufeff', c >= '\u2000' && c <= '\u200d':
		return -1
	case c >= '０' && c <= '９', c >= 'Ａ' && c <= 'Ｚ', c >= 'ａ' && c <= 'ｚ', c == '％', c == '．':
		return c - '！' + '!'
	case c < 0x3000 && unicode.IsSpace(c):
		return -1
	}
	return c
}

// sentences cuts a text at 。！？ and line ends; the mark stays with its sentence.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := 0
		for i, c := range text {
			switch c {
			case '。', '！', '？', '\n':
				end := nextRune(text, i)
				if !yield(text[start:end]) {
					return
				}
				start = end
			}
		}
		if start < len(text) {
			yield(text[start:])
		}
	}
}

// containsAny tells whether s contains one of the words.
func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// longestQuote is how many characters of the text a finding quotes.
const longestQuote = 60

// quote shortens a piece of text for a message.
func quote(s string) string {
	return clip(strings.Trim(s, "\n，；。、：|"), longestQuote)
}

// asPrinted gives a stretch of the tidy text as the report has it, with the
// blanks that were taken out; the tidy form where it is not found.
func (s *passage) asPrinted(tidy string) string {
	want := []rune(tidy)
	printed := []rune(s.Text)
	for i := range printed {
		j, k := i, 0
		for j < len(printed) && k < len(want) {
			switch {
			case printed[j] == want[k]:
				k++
			case k == 0 || !unicode.IsSpace(printed[j]):
				k = len(want) + 1 // no match from here
			}
			j++
		}
		if k == len(want) {
			return string(printed[i:j])
		}
	}
	return tidy
}

// around quotes the neighbourhood of s[i:j]: up to n characters on each side.
func around(s string, i, j, n int) string {
	start, end := i, j
	for k := 0; k < n && start > 0; k++ {
		start = prevRune(s, start)
	}
	for k := 0; k < n && end < len(s); k++ {
		end = nextRune(s, end)
	}
	return strings.ReplaceAll(s[start:end], "\n", "")
}
