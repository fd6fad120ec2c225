package documents

import (
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// dayField asks for a day, today at first.
func (s *scene) dayField(name, label, hint string) web.Field {
	return web.Field{Kind: web.Date, Name: name, Label: label, Hint: hint, Value: s.today.String(), Narrow: true, Required: true}
}

// textField asks for sentences.
func textField(name, label, hint string, required bool) web.Field {
	return web.Field{Kind: web.TextArea, Name: name, Label: label, Hint: hint, Rows: 4, MaxLength: publish.MaxText, Required: required}
}

// refField asks which of several is meant; one alone is shown and sent along.
func refField(name, label string, all []web.Option) []web.Field {
	if len(all) == 1 {
		return []web.Field{{Kind: web.Hidden, Name: name, Value: all[0].Value}, {Kind: web.Fact, Label: label, Value: all[0].Label}}
	}
	return []web.Field{{Kind: web.Radios, Name: name, Label: label, Options: all, Required: true}}
}

// yesNo asks a question that has two answers.
func (s *scene) yesNo(name, label, yes, no string) web.Field {
	return web.Field{Kind: web.Radios, Name: name, Label: label, Options: []web.Option{{Value: "yes", Label: yes}, {Value: "no", Label: no}}, Required: true}
}
