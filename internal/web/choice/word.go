package choice

import (
	"gongkai/internal/locale"
	"gongkai/internal/procedure"
	"gongkai/internal/web"
)

// Of gives the values of a list to choose from.
func Of(say *locale.Catalogue, from []procedure.Choice) []web.Option {
	var all []web.Option
	for _, c := range from {
		all = append(all, web.Option{Value: c.Value, Label: say.In(c.Word)})
	}
	return all
}

// Word gives the word for a value of a list, the value itself where there is none.
func Word(say *locale.Catalogue, value string, from []procedure.Choice) string {
	if w, ok := procedure.WordOf(value, from); ok {
		return say.In(w)
	}
	return value
}
