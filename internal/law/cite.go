package law

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Citation is one reference in the fixed form.
type Citation struct {
	Instrument Instrument
	Article    int // 0: the instrument as a whole
	Part       int // paragraph, or item of an article of items; 0: the whole article
	Item       int // item of the paragraph; 0: all of it
}

// ParseCitations reads citations in the fixed form, joined by 、 or by a
// semicolon. What it does not know is an error that names it.
func ParseCitations(s string) ([]Citation, error) {
	if strings.TrimSpace(s) == "" {
		return nil, errors.New("没有写明法律依据")
	}
	var all []Citation
	for one := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '、' || r == ';' || r == '；' }) {
		c, err := parseCitation(strings.TrimSpace(one))
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// CheckCitation tells whether every reference in s is known.
func CheckCitation(s string) error {
	_, err := ParseCitations(s)
	return err
}

func parseCitation(s string) (Citation, error) {
	name, place, hasPlace := strings.Cut(s, "§")
	i, ok := Lookup(name)
	if !ok {
		return Citation{}, fmt.Errorf("法律依据“%s”中的“%s”不在已知的法规文件之列；请核对名称或者文号", s, name)
	}
	c := Citation{Instrument: i}
	if !hasPlace {
		return c, nil
	}
	numbers := strings.Split(place, ".")
	if len(numbers) > 3 {
		return Citation{}, fmt.Errorf("法律依据“%s”的条款写法不正确；应写成“条例§33.2”", s)
	}
	for k, to := range []*int{&c.Article, &c.Part, &c.Item} {
		if k >= len(numbers) {
			break
		}
		n, err := strconv.Atoi(numbers[k])
		if err != nil || n < 1 || numbers[k][0] == '+' {
			return Citation{}, fmt.Errorf("法律依据“%s”的条款写法不正确；应写成“条例§33.2”", s)
		}
		*to = n
	}
	return c, c.check(s)
}

func (c Citation) check(s string) error {
	if c.Instrument.Clauses {
		return nil
	}
	if c.Instrument.Articles == 0 {
		return fmt.Errorf("法律依据“%s”：《%s》不分条或者条文未收录，只能引用全文", s, c.Instrument.Title)
	}
	if c.Article > c.Instrument.Articles {
		return fmt.Errorf("法律依据“%s”：《%s》只有 %d 条", s, c.Instrument.Title, c.Instrument.Articles)
	}
	a, ok := c.Instrument.Article(c.Article)
	if !ok {
		return fmt.Errorf("法律依据“%s”：《%s》第%d条未收录；请先把该条补入 internal/law", s, c.Instrument.Title, c.Article)
	}
	if a.Parts > 0 && c.Part > a.Parts {
		return fmt.Errorf("法律依据“%s”：第%d条只有 %d 款（项）", s, c.Article, a.Parts)
	}
	if c.Item > 0 && c.Item > a.Items {
		return fmt.Errorf("法律依据“%s”：第%d条第%d款没有第%d项", s, c.Article, c.Part, c.Item)
	}
	return nil
}

// String writes the citation in the fixed form.
func (c Citation) String() string {
	s := c.Instrument.Name
	for k, n := range []int{c.Article, c.Part, c.Item} {
		if n == 0 {
			break
		}
		s += [...]string{"§", ".", "."}[k] + strconv.Itoa(n)
	}
	return s
}

// Spoken writes the citation as a letter does: 《中华人民共和国政府信息公开条例》第三十三条第二款.
func (c Citation) Spoken() string {
	s := "《" + c.Instrument.Title + "》"
	if c.Article == 0 {
		return s
	}
	s += "第" + numeral(c.Article) + "条"
	if c.Part == 0 {
		return s
	}
	a, _ := c.Instrument.Article(c.Article)
	if a.Items == onlyItems {
		return s + "第（" + numeral(c.Part) + "）项"
	}
	s += "第" + numeral(c.Part) + "款"
	if c.Item > 0 {
		s += "第（" + numeral(c.Item) + "）项"
	}
	return s
}

// numeral writes 1 … 9999 in Chinese numerals as statutes do: 十, 二十一, 一百零三.
func numeral(n int) string {
	digit := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	unit := []string{"千", "百", "十", ""}
	var s string
	gap := false
	for k, base := range []int{1000, 100, 10, 1} {
		d := n / base % 10
		if d == 0 {
			gap = s != ""
			continue
		}
		if gap {
			s, gap = s+"零", false
		}
		if d == 1 && base == 10 && s == "" {
			s += "十"
			continue
		}
		s += digit[d] + unit[k]
	}
	return s
}
