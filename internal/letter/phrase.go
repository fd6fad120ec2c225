package letter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
)

// phrases gives what a reply of each kind says of the part that it is about. What
// stands in brackets is left out when one of its placeholders has no value.
func phrases() (map[string]string, error) {
	text, err := files.ReadFile("data/phrases.txt")
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		code, phrase, _ := strings.Cut(strings.TrimSpace(line), " ")
		all[code] = phrase
	}
	return all, nil
}

// reply puts the parts of a decision into words.
func (v Values) reply(t Template, c Case, d foi.Decision) error {
	all, err := phrases()
	if err != nil {
		return err
	}
	var parts, files, cites []string
	for i, item := range d.Items {
		reply, ok := law.ReplyByCode(item.Kind)
		if !ok {
			return errs.New(errs.Invalid, "没有“%s”这种答复。", item.Kind)
		}
		text, err := v.phrase(all[item.Kind], item, reply, c.Open)
		if err != nil {
			return err
		}
		if len(d.Items) > 1 {
			text = fmt.Sprintf("（%s）%s", count(i+1), text)
		}
		parts = append(parts, text)
		for _, f := range item.Files {
			files = append(files, f.Name)
		}
		if !slices.Contains(cites, reply.Cite) {
			cites = append(cites, reply.Cite)
		}
	}
	if t.Items {
		v["依据"] = Spoken(strings.Join(cites, "、"))
	}
	v["答复内容"], v["附件"] = strings.Join(parts, "\n"), strings.ReplaceAll(numbered(files), "\n", "　")
	return nil
}

var bracketed = regexp.MustCompile(`\[([^\[\]]*)\]`)

// phrase fills a phrase with the facts of an item; open leaves room for what is
// not known.
func (v Values) phrase(phrase string, item foi.Item, reply law.Reply, open bool) (string, error) {
	values := Values{"依据": Spoken(reply.Cite), "部分": part(item.About, v["您"])}
	for _, name := range []string{"您", "补正期限", "缴费期限"} {
		values[name] = v[name]
	}
	for _, n := range foi.Needs(item.Kind) {
		values[n.Chinese] = said(n, item.Facts[n.Name])
	}
	phrase = bracketed.ReplaceAllStringFunc(phrase, func(s string) string {
		if inside := strings.Trim(s, "[]"); len(values.lacking(inside)) == 0 {
			return inside
		}
		return ""
	})
	lacking := values.lacking(phrase)
	if len(lacking) > 0 && !open {
		return "", missing(reply.Chinese, lacking)
	}
	for _, name := range lacking {
		values[name] = "〔" + name + "〕"
	}
	return strings.TrimRight(values.say(phrase), "。") + "。", nil
}

// say fills a phrase in.
func (v Values) say(phrase string) string {
	return placeholder.ReplaceAllStringFunc(phrase, func(s string) string { return v[strings.Trim(s, "{}")] })
}

// said writes a fact as it stands inside a sentence.
func said(n foi.Need, fact string) string {
	if day, err := calendar.ParseDate(fact); n.Input == foi.Day && err == nil {
		return Date(day)
	}
	return strings.Trim(strings.TrimSpace(fact), "。；")
}

// part names what an item is about.
func part(about, you string) string {
	if about = strings.Trim(strings.TrimSpace(about), "。；"); about != "" {
		return "关于“" + about + "”，该部分信息"
	}
	return you + "申请公开的信息"
}

// count writes a number as a heading of the second level does.
func count(n int) string {
	digits := []string{"十", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch tens := n / 10; {
	case n <= 10:
		return digits[n%10]
	case tens == 1:
		return "十" + digits[n%10]
	case n%10 == 0:
		return digits[tens] + "十"
	default:
		return digits[tens] + "十" + digits[n%10]
	}
}
