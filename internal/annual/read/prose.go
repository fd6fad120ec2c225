package read

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// tableStart are words of the headers above the figures: the lines from the
// first of them to the last figure belong to the table.
var tableStart = []string{"第二十条第", "信息内容", "本列数据的勾稽", "勾稽关系", "申请人情况", "法人或其他组织", "第三项加第四项", "未经复议直接起诉"}

// markUsed marks the lines of text that belong to a table: its rows, and in its
// part the scraps of header and labels around them.
func (in *interpreter) markUsed(tables ...[]figureRow) {
	for _, rows := range tables {
		for _, r := range rows {
			in.lines[r.line].used = true
		}
		if len(rows) > 0 {
			in.markAround(rows)
		}
	}
	in.markTableRows()
}

func (in *interpreter) markAround(rows []figureRow) {
	first, last := rows[0].line, rows[len(rows)-1].line
	for i := first; i <= last; i++ {
		l := &in.lines[i]
		l.used = l.used || !l.head && !isSentence(l.text)
	}
	// Upwards: the header. It begins at the highest line near the first row that
	// has its words.
	top := first
	for i := first - 1; i >= max(0, first-25) && !in.lines[i].head && !in.lines[i].used; i-- {
		if isSentence(in.lines[i].text) {
			break
		}
		if containsAny(in.lines[i].folded, tableStart) || in.lines[i].folded == "行政复议" || strings.HasPrefix(in.lines[i].folded, "行政复议行政诉讼") {
			top = i
		}
	}
	for i := top; i < first; i++ {
		in.lines[i].used = true
	}
	// Downwards: the rest of a label broken over lines, and figures that a
	// source puts one a line.
	for i := last + 1; i < min(len(in.lines), last+20) && !in.lines[i].head; i++ {
		l := &in.lines[i]
		if !isFigure(l.text) && (utf8.RuneCountInString(l.folded) > 10 || isSentence(l.text) || subheading.MatchString(l.text)) {
			break
		}
		l.used = true
	}
}

// markTableRows marks the other rows of the tables of which some row was used:
// their headers.
func (in *interpreter) markTableRows() {
	used := make(map[int]bool)
	for i := range in.lines {
		if in.lines[i].used && in.lines[i].table > 0 {
			used[in.lines[i].table] = true
		}
	}
	for i := range in.lines {
		l := &in.lines[i]
		if l.table == 0 || l.used {
			continue
		}
		l.used = used[l.table] && !isSentence(l.text) || containsAny(l.folded, tableStart) ||
			l.part == 4 && strings.Contains(l.folded, "审结") || strings.Trim(l.folded, "-") == "" || in.isHeaderScrap(l)
	}
}

// isHeaderScrap tells a row that holds nothing but words of the headers, left
// over where a converter tore a table apart.
func (in *interpreter) isHeaderScrap(l *line) bool {
	if l.part < 2 || l.part > 4 {
		return false
	}
	for _, c := range l.cells {
		if utf8.RuneCountInString(c.text) > 8 {
			return false
		}
	}
	return true
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

var (
	subheading = regexp.MustCompile(`^\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}、)`)
	dateLine   = regexp.MustCompile(`^\s*(?:\d{4}|[二〇○Ｏ零一三四五六七八九０-９]{4})\s*年\s*[\d一二三四五六七八九十０-９]{1,3}\s*月\s*[\d一二三四五六七八九十０-９]{1,3}\s*日\s*$`)
	organEnd   = regexp.MustCompile(`(?:局|委|委员会|办|办公室|办公厅|厅|府|处|中心|队|所|院|会|站|部|署|行|司|社|馆|校|公司|办事处)$`)
)

// prose makes the report's text out of the lines that belong to no table.
func (in *interpreter) prose() {
	titleEnd := in.titleLines()
	body := paragraphs(in.lines, titleEnd)
	in.report.Paras = append(in.report.Paras, body...)
	in.closing()
}

// titleLines finds the title among the lines before the first heading and makes
// it one paragraph; it returns the line behind it. What stands before the title
// (navigation of a web page, a file's number) is no part of the report.
func (in *interpreter) titleLines() int {
	limit := 0
	for limit < len(in.lines) && !in.lines[limit].head {
		limit++
	}
	if limit == len(in.lines) {
		limit = min(limit, 40)
	}
	end := -1
	for i := 0; i < limit; i++ {
		l := &in.lines[i]
		if l.table == 0 && isTitleEnd(l) {
			end = i
			if yearDigits.MatchString(l.folded) || i > 0 && yearDigits.MatchString(in.lines[i-1].folded) && isTitlePart(&in.lines[i-1]) {
				break // the first complete title; later ones are links of the page
			}
		}
	}
	if end < 0 {
		return 0
	}
	start := end
	for start > 0 && end-start < 3 && isTitlePart(&in.lines[start-1]) && !completeTitle(in.lines[start:end+1]) {
		start--
	}
	text := ""
	for i := start; i <= end; i++ {
		text += strings.TrimSpace(in.lines[i].text)
	}
	in.report.Paras = append(in.report.Paras, annual.Para{Kind: annual.TitlePara, Text: text, Place: in.lines[start].place})
	return end + 1
}

func isTitleEnd(l *line) bool {
	return utf8.RuneCountInString(l.folded) <= 60 && !strings.ContainsAny(l.text, "。，；《：") &&
		(strings.HasSuffix(l.folded, "年度报告") || strings.HasSuffix(l.folded, "年度报告(全文)") || strings.HasSuffix(l.folded, "工作年报"))
}

func isTitlePart(l *line) bool {
	n := utf8.RuneCountInString(l.folded)
	return l.table == 0 && n >= 3 && n <= 40 && !strings.ContainsAny(l.text, "。，；：>|/") && (yearDigits.MatchString(l.folded) || organEnd.MatchString(l.folded) || strings.Contains(l.folded, "信息公开"))
}

// completeTitle tells whether the lines name an organ, a year and the report.
func completeTitle(lines []line) bool {
	s := ""
	for _, l := range lines {
		s += l.folded
	}
	organ, _ := splitTitle(s)
	return organ != "" && yearDigits.MatchString(s)
}

// paragraphs turns lines into paragraphs. Where a source has printed lines, a
// line that reaches the right edge goes on in the next one.
func paragraphs(lines []line, from int) []annual.Para {
	w := measure(lines)
	var out []annual.Para
	var prev *line
	for i := from; i < len(lines); i++ {
		l := &lines[i]
		if l.used || l.text == "" {
			continue
		}
		kind := annual.BodyPara
		switch {
		case l.head:
			kind = annual.HeadingPara
		case subheading.MatchString(l.text) && utf8.RuneCountInString(l.text) <= 30 && !strings.ContainsAny(l.text, "。，；"):
			kind = annual.SubheadingPara
		}
		if prev != nil && kind == annual.BodyPara && w.goesOn(prev, l) {
			last := &out[len(out)-1]
			last.Text = join(last.Text, l.text)
			if last.Kind == annual.SubheadingPara {
				last.Kind = annual.BodyPara
			}
		} else {
			out = append(out, annual.Para{Part: l.part, Kind: kind, Text: l.text, Place: l.place})
		}
		prev = l
	}
	return out
}

// wrapping is how a source breaks its lines. Widths are in ems: a Chinese
// character is one, a digit or Latin letter a half, a blank a quarter; that holds
// for what a PDF shows and for the text that was taken from one.
type wrapping struct {
	width  float64 // of a full line; 0: the source does not break lines
	margin map[int]float64
}

// Bounds of a line that is broken by the page: a report's page has 28 characters
// a line, some have 40; a longer line is a whole paragraph.
const (
	narrowest = 15
	widest    = 60
)

// measure tells whether the source has printed lines: a good part of its text
// lines have the same width, the greatest.
func measure(lines []line) wrapping {
	w := wrapping{margin: make(map[int]float64)}
	var widths []float64
	for i := range lines {
		l := &lines[i]
		if l.table > 0 || l.used || l.head || len(l.pieces) == 0 || l.pieces[len(l.pieces)-1].x1 == 0 {
			continue
		}
		widths = append(widths, ems(l.text))
		x := l.pieces[0].x0
		if m, ok := w.margin[l.place.Page]; !ok || x < m {
			w.margin[l.place.Page] = x
		}
	}
	slices.Sort(widths)
	for i, c := range widths {
		n, _ := slices.BinarySearch(widths, c-3)
		if c >= narrowest && c <= widest && 5*(i+1-n) >= len(widths) && i+1-n >= 2 {
			w.width = c
		}
	}
	if n := len(widths); n > 0 && widths[n*9/10] > widest {
		w.width = 0
	}
	return w
}

func ems(s string) float64 {
	n := 0.0
	for _, c := range s {
		switch {
		case c == ' ':
			n += 0.25
		case c < 0x250:
			n += 0.5
		default:
			n++
		}
	}
	return n
}

// goesOn tells whether a line continues the paragraph of the line before it.
func (w wrapping) goesOn(prev, next *line) bool {
	if w.width == 0 || prev.head || prev.table > 0 || next.table > 0 {
		return false
	}
	if prev.part != next.part || subheading.MatchString(next.text) || dateLine.MatchString(next.text) {
		return false
	}
	indent := min(2, prev.pieces[0].x0-w.margin[prev.place.Page])
	width := ems(prev.text) + indent
	if !strings.ContainsAny(lastRune(prev.text), "。；：！？”]") {
		return width >= w.width/2 // a sentence is not yet at its end
	}
	indented := next.pieces[0].x0-prev.pieces[0].x0 >= 1.5
	return width >= w.width-3.5 && !indented
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// join joins two printed lines: with a blank only between Latin words.
func join(a, b string) string {
	a, b = strings.TrimRight(a, " "), strings.TrimLeft(b, " ")
	if a == "" || b == "" {
		return a + b
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if isLetter(last) && isLetter(first) {
		return a + " " + b
	}
	return a + b
}

func isLetter(c rune) bool { return c < 0x80 && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') }

// closing finds the signature and the date at the end, and leaves out what a
// web page prints behind them.
func (in *interpreter) closing() {
	ps := in.report.Paras
	for i := len(ps) - 1; i >= 0 && i >= len(ps)-12; i-- {
		if ps[i].Kind != annual.BodyPara || !dateLine.MatchString(ps[i].Text) || ps[i].Part < 1 {
			continue
		}
		ps[i].Kind = annual.DatePara
		if i > 0 && isSignature(ps[i-1]) {
			ps[i-1].Kind = annual.SignaturePara
		}
		if in.report.Format == doc.HTML {
			in.report.Paras = ps[:i+1]
		}
		return
	}
	if n := len(ps); n > 0 && isSignature(ps[n-1]) {
		ps[n-1].Kind = annual.SignaturePara
	}
}

func isSignature(p annual.Para) bool {
	f := fold(p.Text)
	return p.Kind == annual.BodyPara && p.Part == 6 && utf8.RuneCountInString(f) <= 40 && organEnd.MatchString(f) && !strings.ContainsAny(p.Text, "。，；：")
}
