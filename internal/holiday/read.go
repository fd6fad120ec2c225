package holiday

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
)

// MaxText is how many bytes of text are read; a notice has some 3,000.
const MaxText = 256 << 10

// Reading is what was found in the text of a notice, and what is doubtful.
type Reading struct {
	Year   int // 0 when the text does not tell
	Notice calendar.Notice
	Doubts []Doubt
}

// Doubt is something that a person has to look at.
type Doubt struct {
	Where string // the holiday; "" for the whole notice
	Text  string // Chinese, complete sentence
}

// Clip gives the part of a text that is read.
func Clip(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), MaxText)], "")
}

func (r *Reading) doubt(where, format string, args ...any) {
	r.Doubts = append(r.Doubts, Doubt{where, fmt.Sprintf(format, args...)})
}

// Text gives the text of a document as Read takes it: paragraphs, and cells of
// tables, since web pages are laid out in them.
func Text(d *doc.Doc) string {
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			b.WriteString(block.Para.Text + "\n")
		}
		if block.Table != nil {
			tableText(&b, block.Table)
		}
	}
	return b.String()
}

func tableText(b *strings.Builder, t *doc.Table) {
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			b.WriteString(cell.Text + "\n")
			for i := range cell.Nested {
				tableText(b, &cell.Nested[i])
			}
		}
	}
}

var (
	titleForm  = regexp.MustCompile(`关于(?:调整|延长|修改)?(\d{4})年([\p{Han}、]{2,20}?)(?:放假|假期|休假|调休)?(?:日期)?(?:的)?(?:具体)?(?:安排|调休)的?通知`)
	yearForm   = regexp.MustCompile(`现将(\d{4})年`)
	numberForm = regexp.MustCompile(`(\p{Han}{2,12})[〔\[［【](\d{4})[〕\]］】]第?(\d{1,4})号`)
	signedForm = regexp.MustCompile(`(?:办公厅|办公室|人民政府|委员会)(\d{4})年(\d{1,2})月(\d{1,2})日`)
	datedForm  = regexp.MustCompile(`(?:成文|发布|印发)日期[：:]?(\d{4})[年.\-](\d{1,2})[月.\-](\d{1,2})日?`)
	lastForm   = regexp.MustCompile(`(\d{4})年(\d{1,2})月(\d{1,2})日(?:[（(]?此件.{0,12})?$`)
	pageNumber = regexp.MustCompile(`[-—–]\d{1,3}[-—–]`)
)

const festivals = `(?:元旦节?|春节|清明节?|劳动节|五一劳动节|端午节?|中秋节?|国庆节?)`

// headForm is how the part about a holiday begins: “一、元旦：”, or the name of
// a statutory holiday alone behind a full stop.
var headForm = regexp.MustCompile(`(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])([\p{Han}·、和“”]{2,20})[：:]|(?:^|[。；\n])(` + festivals + `(?:[、和]` + festivals + `)*)[：:]`)

// Read takes a notice's text apart. It knows the sentences that these notices
// have been written in since 2014; whatever it does not understand it names.
func Read(text string) Reading {
	var r Reading
	text = compact(Clip(text))
	title := titleForm.FindStringSubmatch(text)
	if title != nil {
		r.Year, _ = strconv.Atoi(title[1])
	} else if m := yearForm.FindStringSubmatch(text); m != nil {
		r.Year, _ = strconv.Atoi(m[1])
	}
	text = r.head(text)
	if r.Year == 0 {
		r.doubt("", "没有找到是哪一年的放假安排，请填写年份。")
		if y := r.Notice.Issued.Year(); !r.Notice.Issued.IsZero() {
			r.Year = y + 1
		}
	}
	heads := headForm.FindAllStringSubmatchIndex(text, -1)
	for i, head := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		name := submatch(text, head, 1) + submatch(text, head, 2)
		r.holiday(canonical(name), text[head[1]:end])
	}
	if len(heads) == 0 && title != nil {
		if _, body, found := strings.Cut(text, "如下"); found {
			text = body
		}
		r.holiday(canonical(title[2]), text)
	}
	r.Doubts = append(r.Doubts, Doubts(r.Year, "", r.Notice)...)
	return r
}

func submatch(text string, at []int, n int) string {
	if at[2*n] < 0 {
		return ""
	}
	return text[at[2*n]:at[2*n+1]]
}

// compact takes out blanks and line ends, which stand anywhere in a text that
// was copied, and makes digits and signs of one width.
func compact(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c), c == '\u200b', c == '\ufeff', !unicode.IsPrint(c):
			return -1
		case c >= '０' && c <= '９':
			return c - '０' + '0'
		}
		switch c {
		case '(':
			return '（'
		case ')':
			return '）'
		case '﹝':
			return '〔'
		case '﹞':
			return '〕'
		}
		return c
	}, text)
	return pageNumber.ReplaceAllString(text, "")
}

// head reads number and date of the notice, and gives the text without them.
func (r *Reading) head(text string) string {
	if m := numberForm.FindStringSubmatch(text); m != nil {
		name := m[1] // without the end of the title that stands before it
		for _, before := range []string{"通知", "字号"} {
			if i := strings.LastIndex(name, before); i >= 0 {
				name = name[i+len(before):]
			}
		}
		r.Notice.Number, r.Notice.NumberVerified = name+"〔"+m[2]+"〕"+m[3]+"号", true
		text = strings.Replace(text, m[0][len(m[1])-len(name):], "。", 1)
	} else {
		r.doubt("", "没有找到发文字号，请填写，如“国办发明电〔2026〕7号”。")
	}
	for _, form := range []*regexp.Regexp{datedForm, signedForm, lastForm} {
		all := form.FindAllStringSubmatch(text, -1)
		if len(all) == 0 {
			continue
		}
		m := all[len(all)-1]
		if d, ok := dateOf(m[1], m[2], m[3]); ok && r.Notice.Issued.IsZero() {
			r.Notice.Issued = d
		}
		text = strings.ReplaceAll(text, m[0], "。")
	}
	if r.Notice.Issued.IsZero() {
		r.doubt("", "没有找到成文日期，请填写。")
	}
	return text
}

func dateOf(year, month, day string) (calendar.Date, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	return onDay(y, m, d)
}

// onDay gives a day of the calendar; false for the 30th of February.
func onDay(y, m, d int) (calendar.Date, bool) {
	date, err := calendar.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	return date, err == nil
}

// canonical gives a holiday the name that the calendar has for it.
func canonical(name string) string {
	var names []string
	for part := range strings.FieldsFuncSeq(strings.Trim(name, "“”"), func(c rune) bool { return c == '、' || c == '和' }) {
		switch part {
		case "元旦节":
			part = "元旦"
		case "清明", "端午", "中秋", "国庆":
			part += "节"
		case "五一劳动节":
			part = "劳动节"
		}
		names = append(names, part)
	}
	return strings.Join(names, "、")
}

func daysOf(spans []calendar.Span) []calendar.Date {
	var days []calendar.Date
	for _, s := range spans {
		for d := s.From; !d.After(s.To) && len(days) < calendar.MaxSpanDays; d = d.Add(1) {
			days = append(days, d)
		}
	}
	return days
}
