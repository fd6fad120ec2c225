package consultations

import (
	"cmp"
	"net/http"
	"strings"

	"gongkai/internal/consult"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// tags are what a page says of itself to those who read it by machine (国办发〔2017〕47号).
type tags struct {
	Column, Description, Keywords, Type string
	Article                             *article
}

type article struct {
	Title, PubDate, Image, Source, Keywords, Author, Description, URL string
}

// columnType is how government sites call such a column, in every language.
const columnType = "征集调查"

func column(say *locale.Catalogue) tags {
	return tags{Column: say.T("consult.portal"), Description: say.T("consult.portal-lead"), Keywords: say.T("consult.portal") + "," + columnType, Type: columnType}
}

// described is how long a description is, in characters.
const described = 120

// about gives the tags of a consultation. It is public from the beginning of its first day.
func (p Pages) about(r *http.Request, s consult.Shown, organ string) tags {
	say := p.Kit.Say(r)
	t := column(say)
	plain := []rune(strings.Join(strings.Fields(cmp.Or(s.Content.Explanation.Text, s.Content.Draft.Text, s.Content.Title)), " "))
	t.Article = &article{
		Title: s.Content.Title, PubDate: s.Content.From.String() + " 00:00", Source: organ, Author: organ, Keywords: say.T("consult.portal") + "," + say.In(s.Content.Kind.Words()),
		Description: string(plain[:min(len(plain), described)]), URL: web.Origin(r, p.Base) + Path + "/" + s.ID,
	}
	return t
}
