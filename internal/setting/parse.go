package setting

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/errs"
)

// Parse reads what somebody typed and gives it as it is stored. What is wrong
// with it is an error on the field "value".
func (d Definition) Parse(typed ...string) (string, error) {
	one := ""
	if len(typed) > 0 {
		one = strings.TrimSpace(typed[0])
	}
	switch d.Kind {
	case Int, Duration:
		return d.parseInt(one)
	case Bool:
		return d.parseBool(one)
	case Choice:
		if !d.offers(one) {
			return "", d.wrong("请从列出的选项中选择。")
		}
		return one, nil
	case Choices:
		return d.parseChoices(typed)
	case TimeOfDay:
		return d.parseTime(one)
	}
	return d.parseText(one)
}

func (d Definition) wrong(format string, args ...any) error {
	var f errs.Fields
	f.Add("value", format, args...)
	return f.Err()
}

func (d Definition) parseText(s string) (string, error) {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return "", d.wrong("%s中有不能显示的字符，请重新输入。", d.Title.Chinese)
	case n == 0 && d.Min > 0:
		return "", d.wrong("请填写%s。", d.Title.Chinese)
	case d.Min == 0 && n > d.Max:
		return "", d.wrong("%s不超过%d个字，现在有%d个。", d.Title.Chinese, d.Max, n)
	case n < d.Min || n > d.Max:
		return "", d.wrong("%s应有%d至%d个字，现在有%d个。", d.Title.Chinese, d.Min, d.Max, n)
	case d.Link && n > 0 && !isLink(s):
		return "", d.wrong("%s应是完整的网址，以 https:// 开头。", d.Title.Chinese)
	}
	if d.Pattern {
		if _, err := ParsePattern(s); err != nil {
			return "", d.wrong("%s", errs.Public(err))
		}
	}
	if d.Addresses {
		if _, err := Addresses(s); err != nil {
			return "", d.wrong("%s", errs.Public(err))
		}
	}
	return s, nil
}

// halfWidth are the digits and signs that Chinese keyboards type wide.
var halfWidth = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "：", ":", "－", "-",
)

func (d Definition) parseInt(s string) (string, error) {
	n, err := strconv.Atoi(halfWidth.Replace(s))
	switch {
	case s == "":
		return "", d.wrong("请填写%s，%s。", d.Title.Chinese, d.bounds())
	case err != nil:
		return "", d.wrong("“%s”不是整数；%s应填%s。", s, d.Title.Chinese, d.bounds())
	case n < d.Min || n > d.Max:
		return "", d.wrong("%s应在%d至%d%s之间。", d.Title.Chinese, d.Min, d.Max, d.Unit.Chinese)
	}
	return strconv.Itoa(n), nil
}

func (d Definition) bounds() string {
	return strconv.Itoa(d.Min) + "至" + strconv.Itoa(d.Max) + "的整数"
}

func (d Definition) parseBool(s string) (string, error) {
	switch s {
	case "true", "1":
		return "true", nil
	case "false", "":
		return "false", nil
	}
	return "", d.wrong("请选择是或者否。")
}

func (d Definition) offers(value string) bool {
	return slices.ContainsFunc(d.Options, func(o Option) bool { return o.Value == value })
}

// parseChoices keeps the order of the options, so that one choice is always the
// same text.
func (d Definition) parseChoices(typed []string) (string, error) {
	var chosen []string
	for _, s := range typed {
		chosen = append(chosen, strings.Fields(s)...)
	}
	for _, c := range chosen {
		if !d.offers(c) {
			return "", d.wrong("请从列出的选项中选择。")
		}
	}
	var kept []string
	for _, o := range d.Options {
		if slices.Contains(chosen, o.Value) {
			kept = append(kept, o.Value)
		}
	}
	return strings.Join(kept, " "), nil
}

func (d Definition) parseTime(s string) (string, error) {
	t, err := time.Parse("15:04", halfWidth.Replace(s))
	if err != nil {
		return "", d.wrong("%s应写成 02:30 的形式，从 00:00 到 23:59。", d.Title.Chinese)
	}
	return t.Format("15:04"), nil
}

// Say puts a stored value into words.
func (d Definition) Say(value string, english bool) string {
	switch d.Kind {
	case Int, Duration:
		if english {
			return value + " " + d.Unit.English
		}
		return value + " " + d.Unit.Chinese
	case Bool:
		if value == "true" {
			return Words{"是", "yes"}.In(english)
		}
		return Words{"否", "no"}.In(english)
	case Choice, Choices:
		return d.sayChoices(strings.Fields(value), english)
	case Text:
		if value == "" {
			return Words{"（空）", "(empty)"}.In(english)
		}
	}
	return value
}

func (d Definition) sayChoices(chosen []string, english bool) string {
	var names []string
	for _, o := range d.Options {
		if slices.Contains(chosen, o.Value) {
			names = append(names, o.Title.In(english))
		}
	}
	switch {
	case len(names) == 0:
		return Words{"（无）", "(none)"}.In(english)
	case english:
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}
