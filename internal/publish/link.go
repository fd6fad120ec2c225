package publish

import (
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// LinkKind is what a document has to do with another.
type LinkKind string

// The kinds.
const (
	Explains LinkKind = "explains" // it interprets the other (政策解读)
	Amends   LinkKind = "amends"
	Ends     LinkKind = "ends" // it repeals the other
	Related  LinkKind = "related"
)

// LinkKinds gives the kinds, with what the other one is to this one.
func LinkKinds() []Choice {
	return []Choice{
		{string(Explains), Word{"解读", "interprets"}}, {string(Amends), Word{"修改", "amends"}}, {string(Ends), Word{"废止", "repeals"}}, {string(Related), Word{"相关", "related to"}},
	}
}

// Reverse gives the words for the other direction.
func (k LinkKind) Reverse() Word {
	return map[LinkKind]Word{Explains: {"被解读", "interpreted by"}, Amends: {"被修改", "amended by"}, Ends: {"被废止", "repealed by"}, Related: {"相关", "related to"}}[k]
}

// Link leads to another document; the other finds it by asking for links to itself.
type Link struct {
	Kind LinkKind `json:"kind"`
	To   string   `json:"to"` // key of the document
}

// AddLink links a document with another.
type AddLink struct{ Link }

// Event is Linked.
func (AddLink) Event() event.Kind { return Linked }

func (a AddLink) apply(d *Document, _ *Scene) (Entry, error) {
	switch {
	case !chosen(string(a.Kind), LinkKinds()):
		return Entry{}, errs.InField("kind", "请选择两份文件的关系。")
	case strings.TrimSpace(a.To) == "" || a.To == d.ID:
		return Entry{}, errs.InField("to", "请选择另一份文件。")
	case slices.Contains(d.Links, a.Link):
		return Entry{}, errs.InField("to", "已经关联过这份文件。")
	}
	d.Links = append(d.Links, a.Link)
	return Entry{Ref: a.To, Code: string(a.Kind)}, nil
}

// RemoveLink takes a link away.
type RemoveLink struct{ Link }

// Event is Unlinked.
func (RemoveLink) Event() event.Kind { return Unlinked }

func (a RemoveLink) apply(d *Document, _ *Scene) (Entry, error) {
	i := slices.Index(d.Links, a.Link)
	if i < 0 {
		return Entry{}, errs.InField("to", "没有这个关联。")
	}
	d.Links = slices.Delete(d.Links, i, i+1)
	return Entry{Ref: a.To, Code: string(a.Kind)}, nil
}
