package documents

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/deed"
)

// What a form knows of the document on which it was opened: how it stood, and of a draft
// what each field said then, so that what another one has written meanwhile is neither
// overlooked nor written over.
const (
	seenField = "_seen"
	wasField  = "_was"
)

// paperNames are the fields of a draft that somebody types.
var paperNames = []string{
	"openness", "ground", "basis", "reasons", "grade", "title", "number", "to", "kind", "subject", "theme", "formed", "summary", "keywords", "text",
	"forwards", "forwards-organ", "forwards-number", "forwards-openness", "limit", "limit-unit", "limit-basis", "note",
}

// printOf tells whether a field says the same, in few characters.
func printOf(text string) string {
	h := fnv.New64a()
	h.Write([]byte(strings.TrimSpace(text)))
	return fmt.Sprintf("%x", h.Sum64())
}

// filesOf names the attachments of a form, whatever their order.
func (v *values) filesOf() string {
	var all []string
	for _, f := range v.Files[filesField] {
		all = append(all, f.Hash+"/"+f.Name)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// remember notes what the fields say.
func (v *values) remember() {
	was := url.Values{filesField: {printOf(v.filesOf())}}
	for _, name := range paperNames {
		was.Set(name, printOf(v.Text(name)))
	}
	v.Set(wasField, was.Encode())
}

// loadDraft puts the draft as it is into a form.
func (v *values) loadDraft(d publish.Document) {
	v.load(publish.Paper{Content: d.Content, Attribute: d.Attribute, Grade: d.Grade, Forwards: d.Forwards, Limit: d.Limit})
	if v.Text("limit-unit") == "" {
		v.Set("limit-unit", "workdays")
	}
	if d.Draft != nil && d.Draft.From != publish.New {
		v.Set("note", d.Draft.Note)
	}
	v.remember()
}

// merge takes over what another one has written into a draft since the form was opened,
// where whoever sends it has left the field alone, and tells the fields that both have
// changed.
func (v *values) merge(d publish.Document) errs.Fields {
	now := &values{deed.NewValues(url.Values{})}
	now.loadDraft(d)
	was, err := url.ParseQuery(v.Get(wasField))
	if err != nil {
		was = url.Values{}
	}
	var both errs.Fields
	for _, name := range paperNames {
		mine, theirs := v.Text(name), now.Text(name)
		switch {
		case mine == theirs:
		case printOf(mine) == was.Get(name):
			v.Set(name, theirs)
		case printOf(theirs) != was.Get(name):
			both.Add(name, "在您打开页面以后，别人已经改为“%s”，与您填写的不同。再次保存时以您填写的为准，请核对。", shortened(theirs))
		}
	}
	switch mine, theirs := v.filesOf(), now.filesOf(); {
	case mine == theirs:
	case printOf(mine) == was.Get(filesField):
		v.Files[filesField] = now.Files[filesField]
	case printOf(theirs) != was.Get(filesField):
		both.Add(filesField, "在您打开页面以后，别人也改动了附件，旁边是现在的附件。再次保存时以您这里的为准，请核对。")
	}
	v.Set(wasField, now.Get(wasField))
	return both
}

// shortened is the beginning of a text, as it is told beside its field.
func shortened(text string) string {
	const most = 60
	if all := []rune(strings.Join(strings.Fields(text), " ")); len(all) > most {
		return string(all[:most]) + "…"
	}
	return strings.Join(strings.Fields(text), " ")
}

// stale says what to do about a form whose document has changed since it was opened, and
// puts the form on what is now: sent once more it is meant.
func (s *scene) stale(v *values, err error) error {
	now, again := s.p.Desk.Document(s.r.Context(), s.actor, s.document.ID)
	if again != nil {
		return again
	}
	s.document, s.learned = now, true
	v.Set(seenField, now.Standing())
	if s.form.Event != publish.Edited {
		return err
	}
	told := &errs.Error{Kind: errs.Conflict, Public: "这份草稿在您打开页面以后被别人改动过，还没有保存。您没有动的栏目已经换成现在的内容，您改过的保留着；请核对，再保存一次。"}
	told.Fields = v.merge(now)
	return told
}

// knows are the hidden fields of a form.
func (s *scene) knows(v *values) []web.Field {
	if v.Get(seenField) == "" {
		v.Set(seenField, s.document.Standing())
	}
	fields := []web.Field{{Kind: web.Hidden, Name: seenField, Value: v.Get(seenField)}}
	if s.form.Event == publish.Edited {
		fields = append(fields, web.Field{Kind: web.Hidden, Name: wasField, Value: v.Get(wasField)})
	}
	return fields
}
