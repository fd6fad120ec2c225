package guard

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
)

// heading is what a column or label says its values are.
type heading uint8

const (
	noHeading heading = iota
	nameHeading
	idHeading
	permitHeading
	phoneHeading
	homePhoneHeading
	cardHeading
	addressHeading // that says whose: a home
	placeHeading   // 地址: of anything
	emailHeading
	plateHeading
	healthHeading // sensitive in the sense of 个人信息保护法§28
	codeHeading   // a number that is none of a person
	officeHeading // 职务, 科室: a list of those who work here
	firmHeading   // 企业名称: a list of firms
)

// headings tell a heading by its words; the first that fits counts.
var headings = []struct {
	is heading
	by *regexp.Regexp
}{
	{codeHeading, regexp.MustCompile(`统一社会信用代码|信用代码|组织机构代码|注册号|税号|纳税人识别号|文号|索引号|项目代码|项目编号|编号|编码|代码|邮编|邮政编码|金额|面积|日期|时间|数量|单价|规格|型号|批次|许可证号|执照`)},
	{idHeading, regexp.MustCompile(`身份证|公民身份号码|身份号码|证件号|居民证号`)},
	{permitHeading, regexp.MustCompile(`护照|通行证|居留证|台胞证|回乡证`)},
	{cardHeading, regexp.MustCompile(`银行卡|一卡通|社保卡|卡号|银行账|银行帐|账号|帐号|账户号|存折`)},
	{homePhoneHeading, regexp.MustCompile(`家庭电话|住宅电话|宅电|家长电话|监护人电话|家属电话|本人电话|户主电话`)},
	{addressHeading, regexp.MustCompile(`住址|家庭地址|户籍|户口所在|居住地|常住地|现住|家庭所在|收件地址`)},
	{emailHeading, regexp.MustCompile(`(?i)邮箱|电子邮件|e-?mail|微信|qq`)},
	{plateHeading, regexp.MustCompile(`车牌|号牌|车号`)},
	{healthHeading, regexp.MustCompile(`病种|病情|疾病|诊断|病历|残疾类别|残疾等级|残疾类型|残疾证|健康状况|致贫原因|返贫原因|宗教信仰|婚姻状况|孕情|罪名|吸毒|精神障碍|低保原因|困难原因|家庭情况|监护人`)},
	{nameHeading, regexp.MustCompile(`姓名|户主|申请人|申报人|受益人|领取人|收款人|患者|学生|被补助人|补贴对象|保障对象|救助对象|持证人|权利人|联系人|负责人|当事人`)},
	{phoneHeading, regexp.MustCompile(`电话|手机|联系方式|联系号码|联系信息|移动号码`)},
	{officeHeading, regexp.MustCompile(`职务|职称|科室|岗位|股室|处室|部门|工号|警号`)},
	{firmHeading, regexp.MustCompile(`单位名称|企业名称|公司名称|机构名称|经营者|店名|学校名称|项目名称|医院|供应商|投标人`)},
	{placeHeading, regexp.MustCompile(`地址|住所|坐落`)},
}

// longestHeading is how many characters a heading or label has at most.
const longestHeading = 24

func headingOf(text string) (heading, string) {
	s := squeeze(text)
	if s == "" || utf8.RuneCountInString(s) > longestHeading {
		return noHeading, ""
	}
	for _, h := range headings {
		if h.by.MatchString(s) {
			return h.is, s
		}
	}
	return noHeading, s
}

// listKind is what sort of list a table is.
type listKind uint8

const (
	noList      listKind = iota
	officeList           // of those who work here
	firmList             // of firms
	privateList          // of private persons
)

// tableHeadings are the headings of a table: a sheet may hold several lists one below
// the other, each with its own.
type tableHeadings struct {
	sections []section
	label    map[int]bool // rows of a table on its side: the heading stands on the left
	list     listKind     // of a table on its side
}

// section is the rows below one row of headings.
type section struct {
	row   int // of the headings
	kinds map[int]heading
	title map[int]string
	list  listKind
}

const (
	firstRows   = 8    // in which the first headings are looked for
	mostColumns = 4096 // that one heading may span
	longestForm = 120  // rows of a table whose cells may have labels on their left
)

func readHeadings(t *doc.Table) *tableHeadings {
	h := &tableHeadings{label: map[int]bool{}}
	if onItsSide(t) {
		h.readLabels(t)
		return h
	}
	for y := range t.Rows {
		row := &t.Rows[y]
		last := len(h.sections) - 1
		switch {
		case last < 0 && y < firstRows && isHead(row, t.Cols):
			h.sections = append(h.sections, newSection(row, y))
		case last >= 0 && y == h.sections[last].row+1 && wordsOnly(row) && isHead(row, t.Cols):
			h.sections[last].refine(row, y) // the second row of headings below merged ones
		case last >= 0 && wordsOnly(row) && manyHeads(row):
			h.sections = append(h.sections, newSection(row, y))
		}
	}
	return h
}

// onItsSide tells a table whose headings stand on the left, each alone in its row.
func onItsSide(t *doc.Table) bool {
	labels := 0
	for _, row := range t.Rows[:min(len(t.Rows), firstRows)] {
		known, texts := countHeads(&row)
		switch {
		case known > 1:
			return false
		case known == 1 && texts > 1 && isHeadingText(row.Cells[0].Text):
			labels++
		}
	}
	return labels > 1
}

// isHead tells whether a row may be one of headings.
func isHead(row *doc.Row, cols int) bool {
	known, texts := countHeads(row)
	return known > 0 && (texts > 1 || cols == 1) && 2*known >= texts-known || known > 1
}

// manyHeads tells a row of headings further down, where a single word is not enough.
func manyHeads(row *doc.Row) bool {
	known, texts := countHeads(row)
	return known > 1 && 2*known >= texts
}

func countHeads(row *doc.Row) (known, texts int) {
	for _, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		texts++
		if kind, _ := headingOf(c.Text); kind != noHeading {
			known++
		}
	}
	return known, texts
}

// wordsOnly tells a row of short texts without a digit.
func wordsOnly(row *doc.Row) bool {
	for _, c := range row.Cells {
		if len(c.Text) > 4*longestHeading || strings.ContainsAny(c.Text, "0123456789") {
			return false
		}
	}
	return true
}

func newSection(row *doc.Row, y int) section {
	s := section{row: y, kinds: map[int]heading{}, title: map[int]string{}}
	s.refine(row, y)
	return s
}

// refine takes a row of headings for what stands below it; an empty cell leaves what
// was above.
func (s *section) refine(row *doc.Row, y int) {
	s.row = y
	for _, c := range row.Cells {
		kind, title := headingOf(c.Text)
		if title == "" {
			continue
		}
		for col := c.Col; col < c.Col+min(max(c.ColSpan, 1), mostColumns); col++ {
			s.kinds[col], s.title[col] = kind, title
		}
	}
	seen := map[heading]bool{}
	for _, kind := range s.kinds {
		seen[kind] = true
	}
	s.list = kindOfList(seen)
}

// readLabels reads the headings on the left of a table that lies on its side.
func (h *tableHeadings) readLabels(t *doc.Table) {
	seen := map[heading]bool{}
	for y := range t.Rows[:min(len(t.Rows), longestForm)] {
		cells := t.Rows[y].Cells
		if len(cells) < 3 || isHeadingText(cells[1].Text) || isHeadingText(cells[2].Text) {
			continue
		}
		if kind, _ := headingOf(cells[0].Text); kind != noHeading {
			h.label[y], seen[kind] = true, true
		}
	}
	h.list = kindOfList(seen)
}

// at gives the section that a row belongs to; nil above the first.
func (h *tableHeadings) at(y int) *section {
	n := sort.Search(len(h.sections), func(i int) bool { return h.sections[i].row >= y })
	if n == 0 {
		return nil
	}
	return &h.sections[n-1]
}

// listOf tells what sort of list a row stands in.
func (h *tableHeadings) listOf(y int) listKind {
	switch s := h.at(y); {
	case s != nil:
		return s.list
	case len(h.sections) > 0:
		return h.sections[0].list
	}
	return h.list
}

// kindOfList tells what a list is of. Who works here has a post, who is helped
// has an ID number or a home; a firm has neither.
func kindOfList(seen map[heading]bool) listKind {
	private := seen[idHeading] || seen[cardHeading] || seen[addressHeading] || seen[homePhoneHeading] || seen[healthHeading]
	switch {
	case seen[nameHeading] && private, seen[idHeading] && !seen[firmHeading]:
		return privateList
	case seen[firmHeading]:
		return firmList
	case seen[officeHeading]:
		return officeList
	case seen[nameHeading] && (seen[phoneHeading] || seen[placeHeading]):
		return privateList
	}
	return noList
}

// of gives what a cell's values are said to be: by the label on its left, as on
// forms, or by the heading of its column.
func (h *tableHeadings) of(t *doc.Table, y, x int) (heading, string) {
	c := &t.Rows[y].Cells[x]
	if x > 0 && (y < firstRows || len(t.Rows) <= longestForm) {
		if kind, title := headingOf(t.Rows[y].Cells[x-1].Text); kind != noHeading && !isHeadingText(c.Text) {
			return kind, title
		}
	}
	if s := h.at(y); s != nil {
		return s.kinds[c.Col], s.title[c.Col]
	}
	if h.label[y] && x > 0 {
		return headingOf(t.Rows[y].Cells[0].Text)
	}
	return noHeading, ""
}

func isHeadingText(text string) bool {
	kind, _ := headingOf(text)
	return kind != noHeading
}
