package publish

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
)

// Reading is what was found in a document in official form (GB/T 9704-2012), for a
// person to confirm: nothing of it is taken over unseen.
type Reading struct {
	Paper
	Issuer string               // from the mark at the top, else from the signature
	At     map[string]doc.Place // where a field was found
	Doubts []Doubt
}

// Doubt is something that could not be read with certainty.
type Doubt struct {
	Field string // title, number, formed, openness …
	Says  string // Chinese: what to look at
}

// ReadOfficial reads the elements of an official document. What is not there stays
// empty, with a doubt where a record needs it.
func ReadOfficial(d *doc.Doc) Reading {
	r := reader{lines: linesOf(d), out: Reading{At: map[string]doc.Place{}}}
	r.head()
	r.title()
	r.tail()
	r.body()
	r.guess()
	return r.out
}

// line is a paragraph, or a table that stands between paragraphs.
type line struct {
	text  string
	style doc.Style
	table *doc.Table
	place doc.Place
	taken bool // an element that is no part of the text
}

func linesOf(d *doc.Doc) []line {
	var all []line
	for _, b := range d.Blocks {
		if b.Table != nil {
			all = append(all, line{table: b.Table, place: b.Table.Place})
			continue
		}
		for text := range strings.SplitSeq(b.Para.Text, "\n") {
			if text = trim(text); text != "" {
				all = append(all, line{text: text, style: b.Para.Style, place: b.Para.Place})
			}
		}
	}
	return all
}

type reader struct {
	lines []line
	first int // behind the head
	out   Reading
}

var (
	copyNo    = regexp.MustCompile(`^[0-9]{6}$`)
	gradeLine = regexp.MustCompile(`^(绝密|机密|秘密)(★.*)?$`)
	urgency   = regexp.MustCompile(`^(特急|加急|特提|平急)$`)
	numberIn  = regexp.MustCompile(`^(\p{Han}{1,14})([〔\[［（(])([0-9]{4})([〕\]］）)])(第?)(0*)([0-9]+)号$`)
	westDate  = regexp.MustCompile(`^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$`)
	hanDate   = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$`)
	noteLine  = regexp.MustCompile(`^[（(]此件(.+)[）)]$`)
	imprint   = regexp.MustCompile(`^抄送[：:]|^分送[：:]|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日印发$|^印发机关|^主题词[：:]`)
	titleEnds = regexp.MustCompile(`(通知|意见|决定|公告|通告|办法|规定|方案|报告|批复|函|公示|纪要|请示|命令|令|议案|解读|指南|预案|规划|清单|公报|细则|制度|说明|目录|名单|计划|要点|通报|声明|简章|启事)(（.{1,12}）)?$`)
)

var grades = map[string]Grade{"绝密": TopSecret, "机密": Secret, "秘密": Confidential}

// head reads what stands above the title: copy number, grade, urgency, the mark of
// the issuing organ, the number.
func (r *reader) head() {
	const most = 12
	for i := 0; i < len(r.lines) && i < most; i++ {
		l := &r.lines[i]
		text, _, _ := strings.Cut(l.text, "签发人")
		text = trim(text)
		switch m := numberIn.FindStringSubmatch(strings.ReplaceAll(text, " ", "")); {
		case l.table != nil:
			return
		case m != nil:
			r.number(m, l.place)
			for k := range i + 1 {
				r.lines[k].taken = true
			}
			r.first = i + 1
			return
		case copyNo.MatchString(text) || urgency.MatchString(text):
			l.taken, r.first = true, i+1
		case gradeLine.MatchString(text):
			r.out.Grade = grades[gradeLine.FindStringSubmatch(text)[1]]
			r.out.At["grade"], l.taken, r.first = l.place, true, i+1
		case strings.HasSuffix(text, "文件") && utf8.RuneCountInString(text) <= 40 && !strings.HasPrefix(text, "关于"):
			r.out.Issuer, r.out.At["organ"] = strings.TrimSuffix(text, "文件"), l.place
			l.taken, r.first = true, i+1
		}
	}
}

// number keeps a number as it is printed; what the standard writes otherwise is a
// doubt, no correction.
func (r *reader) number(m []string, at doc.Place) {
	r.out.Number, r.out.At["number"] = m[0], at
	if m[2] != "〔" || m[4] != "〕" {
		r.doubt("number", "文号“%s”的括号不是〔〕，请核对（GB/T 9704-2012）。", m[0])
	}
	if m[5] != "" || m[6] != "" {
		r.doubt("number", "文号“%s”的顺序号前有“第”或者0，请核对（GB/T 9704-2012）。", m[0])
	}
}

// title reads the title, which may be broken into several lines, and the addressee
// below it.
func (r *reader) title() {
	const most = 5
	var parts []string
	i := r.first
	for ; i < len(r.lines) && len(parts) < most; i++ {
		l := r.lines[i]
		if l.table != nil || addressee(l.text) || len(parts) > 0 && strings.ContainsAny(l.text, "。；") {
			break
		}
		parts = append(parts, l.text)
		if titleEnds.MatchString(l.text) && (l.style != doc.Title || i+1 >= len(r.lines) || r.lines[i+1].style != doc.Title) {
			i++
			break
		}
	}
	r.out.Title = strings.Join(parts, "")
	switch n := utf8.RuneCountInString(r.out.Title); {
	case n == 0:
		r.doubt("title", "没有找到标题，请填写。")
	case n > MaxTitle/2 || !titleEnds.MatchString(r.out.Title):
		r.doubt("title", "标题可能没有读全或者多读了，请核对。")
	}
	for k := r.first; k < i; k++ {
		r.lines[k].taken = true
	}
	if len(parts) > 0 {
		r.out.At["title"] = r.lines[r.first].place
	}
	if r.first = i; i < len(r.lines) && addressee(r.lines[i].text) {
		r.out.To, r.out.At["to"] = strings.TrimRight(r.lines[i].text, "：:"), r.lines[i].place
		r.lines[i].taken, r.first = true, i+1
	}
}

// addressee tells whether a line names to whom the document goes.
func addressee(text string) bool {
	return (strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":")) && utf8.RuneCountInString(text) <= 120 && !strings.ContainsAny(text, "。；")
}

// tail reads signature, date, note and imprint.
func (r *reader) tail() {
	dates := 0
	for i := r.first; i < len(r.lines); i++ {
		l := &r.lines[i]
		if m := noteLine.FindStringSubmatch(l.text); m != nil {
			r.note(m[1], l.place)
			l.taken = true
			continue
		}
		if imprint.MatchString(l.text) {
			l.taken = true
			continue
		}
		on, ok := dateIn(strings.ReplaceAll(l.text, " ", ""))
		if !ok {
			continue
		}
		if dates++; dates > 1 {
			continue
		}
		l.style, r.out.FormedOn, r.out.At["formed"] = doc.Date, on, l.place
		if i > r.first && signature(r.lines[i-1].text) {
			r.lines[i-1].style = doc.Signature
			if r.out.Issuer == "" {
				r.out.Issuer, r.out.At["organ"] = r.lines[i-1].text, r.lines[i-1].place
			}
		}
	}
	switch {
	case dates == 0:
		r.doubt("formed", "没有找到成文日期，请填写。")
	case dates > 1:
		r.doubt("formed", "有%d个单独成行的日期，按第一个读为成文日期，请核对。", dates)
	}
}

func signature(text string) bool {
	return utf8.RuneCountInString(text) <= 40 && !strings.ContainsAny(text, "。；：:，")
}

// note reads the openness attribute that is printed below the date.
func (r *reader) note(says string, at doc.Place) {
	switch {
	case strings.Contains(says, "不予公开") || strings.Contains(says, "不公开"):
		r.out.Attribute.Openness = Closed
	case strings.Contains(says, "依申请公开"):
		r.out.Attribute.Openness = OnRequest
	case strings.Contains(says, "公开"):
		r.out.Attribute.Openness = Open
	default:
		return
	}
	r.out.At["openness"] = at
}

// dateIn reads a date that stands by itself.
func dateIn(text string) (calendar.Date, bool) {
	m := westDate.FindStringSubmatch(text)
	if m == nil {
		if m = hanDate.FindStringSubmatch(text); m == nil {
			return calendar.Date{}, false
		}
		m[1], m[2], m[3] = hanYear(m[1]), strconv.Itoa(hanNumber(m[2])), strconv.Itoa(hanNumber(m[3]))
	}
	day := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	d, err := calendar.ParseDate(m[1] + "-" + day(m[2]) + "-" + day(m[3]))
	return d, err == nil
}

const hanDigits = "零一二三四五六七八九"

func hanYear(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteString(strconv.Itoa(max(0, hanDigit(c))))
	}
	return b.String()
}

func hanDigit(c rune) int {
	n := 0
	for _, d := range hanDigits {
		if c == d {
			return n
		}
		n++
	}
	return 0 // 〇 and ○ too
}

// hanNumber reads 一 … 三十一.
func hanNumber(s string) int {
	tens, ones, ok := strings.Cut(s, "十")
	if !ok {
		return hanDigit([]rune(s)[0])
	}
	n := 10
	if tens != "" {
		n = 10 * hanDigit([]rune(tens)[0])
	}
	if ones != "" {
		n += hanDigit([]rune(ones)[0])
	}
	return n
}

var (
	heading1 = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	heading2 = regexp.MustCompile(`^（[一二三四五六七八九十]{1,3}）`)
	chapter  = regexp.MustCompile(`^第[一二三四五六七八九十百]{1,5}章`)
)

// body puts what is left together as a text.
func (r *reader) body() {
	out := &doc.Doc{}
	for _, l := range r.lines {
		switch {
		case l.taken:
		case l.table != nil:
			out.AddTable(l.table)
		default:
			out.AddPara(l.styled(), l.text)
		}
	}
	r.out.Text = Print(out)
	if r.out.Grade.Secret() {
		r.out.Text = ""
		r.doubt("grade", "文件标有密级，正文没有读入；有密级的文件不得录入本系统（保守国家秘密法§35）。")
	}
}

// styled gives the role of a line: its own, or by how official documents number
// their headings. A heading is a line of its own without a full stop.
func (l line) styled() doc.Style {
	short := utf8.RuneCountInString(l.text) <= 50 && !strings.ContainsAny(l.text, "。；")
	switch {
	case l.style != doc.Body && l.style != doc.Title && l.style != doc.Plain:
		return l.style
	case short && (heading1.MatchString(l.text) || chapter.MatchString(l.text)):
		return doc.Heading1
	case short && heading2.MatchString(l.text):
		return doc.Heading2
	}
	return doc.Body
}

// guess proposes a kind by the title. What is normative only a person can tell.
func (r *reader) guess() {
	title := r.out.Title
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(title, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("解读"):
		r.out.Kind = Interpretation
	case has("预算", "决算"):
		r.out.Kind = "budget"
	case has("招聘", "录用", "任免", "任职", "公务员"):
		r.out.Kind = "personnel"
	case has("应急预案"):
		r.out.Kind = "emergency"
	case has("规划"):
		r.out.Kind = "plan"
	case has("公告", "通告", "公示"):
		r.out.Kind = "notice"
	default:
		r.out.Kind = OtherDocument
		r.doubt("kind", "按“其他文件”读入；对公众的权利义务有规定的，请改为行政规范性文件。")
	}
	info, _ := r.out.Kind.Info()
	r.out.Subject = info.Subject
	if r.out.Number == "" {
		r.doubt("number", "没有找到文号；没有文号的可以不填。")
	}
	if r.out.Attribute.Openness == Unset {
		r.doubt("openness", "没有找到公开属性的附注，请认定。")
	}
}

func (r *reader) doubt(field, format string, args ...any) {
	r.out.Doubts = append(r.out.Doubts, Doubt{field, fmt.Sprintf(format, args...)})
}
