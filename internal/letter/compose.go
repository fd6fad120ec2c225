package letter

import (
	"strings"

	"gongkai/internal/doc"
)

// Compose makes the letter of a template for a case. It refuses when something
// that the letter must say is not known, and names what.
func Compose(t Template, c Case) (*doc.Doc, error) {
	v, err := Facts(t, c)
	if err != nil {
		return nil, err
	}
	if lacking := t.lacking(v); len(lacking) > 0 {
		return nil, missing(t.Title, lacking)
	}
	return t.sheet(c, v).Doc(), nil
}

// sheet settles the words of a letter.
func (t Template) sheet(c Case, v Values) Sheet {
	return Sheet{Form: t.Form, Organ: c.Organ, Title: t.Title, Number: c.Number, On: c.On, Text: t.Fill(v), Names: v.names()}
}

// names gives what is left open in the text of a letter.
func (v Values) names() Values {
	return Values{toApplicant: v[toApplicant], toConsulted: v[toConsulted]}
}

// lacking gives the placeholders of lines that must stand and have no value.
func (t Template) lacking(v Values) []string {
	var all []string
	lines := t.Lines
	if t.Slip != nil {
		lines = append(append([]Line{}, lines...), t.Slip.Lines...)
	}
	for _, l := range lines {
		if !l.Optional {
			all = append(all, v.lacking(l.Text+strings.Join(l.Cells, ""))...)
		}
	}
	return all
}

func (v Values) lacking(text string) []string {
	var all []string
	for _, name := range names(text) {
		if v[name] == "" {
			all = append(all, name)
		}
	}
	return all
}

func onlyTable(lines []Line) bool {
	for _, l := range lines {
		if l.Cells == nil {
			return false
		}
	}
	return true
}
