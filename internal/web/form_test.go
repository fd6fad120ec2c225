package web_test

import (
	"errors"
	"net/url"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/web"
)

func form() web.Form {
	return web.Form{Fields: []web.Field{
		{Name: "name", Value: "旧名"},
		{Kind: web.Password, Name: "password"},
		{Kind: web.Radios, Name: "way", Options: []web.Option{{Value: "mail", Chosen: true}, {Value: "post"}}},
		{Kind: web.Checks, Name: "forms", Options: []web.Option{{Value: "paper", Chosen: true}, {Value: "copy"}}},
		{Kind: web.Check, Name: "agree", Value: "1"},
		{Kind: web.Fact, Name: "number", Value: "1号"},
	}}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	f := form()
	options := f.Fields[2].Options
	if way := f.Fields[2]; !way.Is(way.Options[0]) || way.Is(way.Options[1]) {
		t.Error("what is chosen beforehand")
	}
	f.Fill(url.Values{"name": {"新名"}, "password": {"geheim"}, "way": {"post"}, "forms": {"copy"}, "number": {"2号"}})
	if f.Fields[0].Value != "新名" || f.Fields[1].Value != "" || f.Fields[5].Value != "1号" || f.Fields[4].Value != "" {
		t.Errorf("%+v", f.Fields)
	}
	for _, field := range f.Fields[2:4] {
		if field.Is(field.Options[0]) || !field.Is(field.Options[1]) {
			t.Errorf("%s: the old choice stands beside the new one", field.Name)
		}
	}
	if !options[0].Chosen {
		t.Error("the options of other forms are changed")
	}
	unchecked := form()
	if unchecked.Fill(url.Values{}); unchecked.Fields[3].Is(unchecked.Fields[3].Options[0]) {
		t.Error("a box cannot be left empty")
	}
}

func TestFormShowsWhatIsItsOwn(t *testing.T) {
	var fields errs.Fields
	fields.Add("name", "请填写姓名。")
	for _, c := range []struct {
		name    string
		err     error
		own     bool
		summary string
		field   string
	}{
		{"a field", fields.Err(), true, "", "请填写姓名。"},
		{"a field that the form has not", errs.Fields{{Name: "other", Public: "别处有错。"}}.Err(), true, "别处有错。", ""},
		{"the whole", errs.New(errs.Conflict, "已经有人改过。"), true, "已经有人改过。", ""},
		{"no right", errs.New(errs.Forbidden, "没有权限。"), false, "", ""},
		{"a broken machine", errors.New("disk"), false, "", ""},
		{"nothing", nil, false, "", ""},
	} {
		f := form()
		if own := f.Fail(c.err); own != c.own || f.Wrong() != c.own || f.Summary != c.summary || f.Fields[0].Error != c.field {
			t.Errorf("%s: %v, %q, %q", c.name, own, f.Summary, f.Fields[0].Error)
		}
	}
}
