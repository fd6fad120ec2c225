package clean

import (
	"path"
	"strings"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// cleanWord cleans a Word document.
func cleanWord(c *cleaner) error {
	styles, stories, err := inside.WordStories(c.p)
	if err != nil {
		return err
	}
	for _, name := range c.p.Names() {
		base := path.Base(name)
		switch {
		case strings.HasPrefix(name, "word/comments"), strings.HasPrefix(name, "word/people"), strings.HasPrefix(name, "word/glossary/"),
			strings.HasPrefix(name, "word/afchunk"), strings.HasPrefix(name, "word/documenttasks"):
			c.change.Drop[name] = true
		case name == "word/settings.xml":
			err = c.tidy(name, map[string]bool{"docVars": true, "attachedTemplate": true, "mailMerge": true, "trackRevisions": true, "rsids": true})
		case path.Dir(name) == "word" && path.Ext(base) != ".xml":
			c.change.Drop[name] = true
		}
		if err != nil {
			return err
		}
	}
	c.change.Cut = cutTemplate
	for _, name := range stories {
		if c.change.Drop[name] {
			continue
		}
		if err := c.story(name, styles); err != nil {
			return err
		}
	}
	return nil
}

// cutTemplate tells the relation to the template, whose element goes.
func cutTemplate(_ string, r opc.Relation) bool {
	return r.Kind == "attachedTemplate" || r.Kind == "mailMergeSource"
}

// story cleans a part of running text in two steps: what is not seen goes, then
// pieces of what is left are replaced.
func (c *cleaner) story(name string, styles inside.WordStyles) error {
	part, err := c.part(name)
	if part == nil || err != nil {
		return err
	}
	was, err := inside.ReadStory(part, styles)
	if err != nil {
		return err
	}
	t := &storyTidier{cleaner: c, s: markup.NewScanner(part), part: part, reject: c.options.Reject}
	t.walk()
	if t.s.Err != nil {
		return t.s.Err
	}
	for _, u := range was.Unseen {
		if u.From >= 0 {
			t.cut(u.From, u.To)
		}
	}
	for _, o := range was.Others {
		t.cut(o.From, o.To)
	}
	part = markup.Apply(part, t.edits)
	now, err := inside.ReadStory(part, styles)
	if err != nil {
		return err
	}
	var edits []markup.Edit
	for unit, all := range unitsOf(c.find(now.Blocks)) {
		edits = append(edits, editsOf(now.Units[unit], all)...)
	}
	c.change.Parts[name] = markup.Apply(part, edits)
	return nil
}

// storyTidier finds what goes out of a part of running text.
type storyTidier struct {
	*cleaner
	s      *markup.Scanner
	part   []byte
	reject bool
	edits  []markup.Edit
}

func (t *storyTidier) cut(from, to int) {
	t.edits = append(t.edits, markup.Edit{From: from, To: to})
}

// gone are the elements that go with all that is in them.
var gone = map[string]bool{
	"rPrChange": true, "pPrChange": true, "sectPrChange": true, "tblPrChange": true, "tblGridChange": true, "trPrChange": true, "tcPrChange": true,
	"tblPrExChange": true, "numberingChange": true, "cellIns": true, "cellDel": true, "cellMerge": true,
	"commentRangeStart": true, "commentRangeEnd": true, "commentReference": true, "annotationRef": true,
	"moveFromRangeStart": true, "moveFromRangeEnd": true, "moveToRangeStart": true, "moveToRangeEnd": true,
	"customXmlInsRangeStart": true, "customXmlInsRangeEnd": true, "customXmlDelRangeStart": true, "customXmlDelRangeEnd": true,
	"OLEObject": true, "control": true, "dataBinding": true, "altChunk": true,
}

func (t *storyTidier) walk() {
	for d := t.s.Depth(); t.s.Child(d); {
		t.element()
	}
}

func (t *storyTidier) element() {
	name := string(t.s.Name)
	switch name {
	case "ins", "moveTo":
		t.revision(t.reject)
	case "del", "moveFrom":
		t.revision(!t.reject)
	case "tr":
		t.row()
	case "object":
		t.rename("pict")
	case "delText":
		t.rename("t")
	case "delInstrText":
		t.rename("instrText")
	case "instrText":
		from, begin := t.s.Span()
		code := t.s.Content()
		end, to := t.s.Span()
		if inside.NamesPath(code) {
			t.cut(from, to)
		} else if now, changed := t.masked(code); changed {
			t.edits = append(t.edits, markup.Edit{From: begin, To: end, With: markup.Escape(now)})
		}
	case "rt":
		t.reading()
	default:
		t.edits = t.tag(t.s, t.part, t.edits, saying[name]...)
		if gone[name] {
			t.cut(t.s.Whole())
			return
		}
		t.walk()
	}
}

// revision takes an insertion or deletion out whole, or only its tags. One that
// holds nothing is the mark of a changed paragraph end or row.
func (t *storyTidier) revision(whole bool) {
	if whole || t.s.Empty() {
		t.cut(t.s.Whole())
		return
	}
	t.cut(t.s.Span())
	t.walk()
	t.cut(t.s.Span())
}

// row takes out a table row that was deleted, or inserted where insertions are
// undone.
func (t *storyTidier) row() {
	from, _ := t.s.Span()
	kept := len(t.edits)
	out := false
	for d := t.s.Depth(); t.s.Child(d); {
		if string(t.s.Name) != "trPr" {
			t.element()
			continue
		}
		for d := t.s.Depth(); t.s.Child(d); {
			name := string(t.s.Name)
			out = out || name == "del" && !t.reject || name == "ins" && t.reject
			if name == "del" || name == "ins" || gone[name] {
				t.cut(t.s.Whole())
			}
		}
	}
	if out {
		_, to := t.s.Span()
		t.edits = append(t.edits[:kept], markup.Edit{From: from, To: to})
	}
}

// rename gives an element another name and walks on in it.
func (t *storyTidier) rename(name string) {
	from, to := t.s.Span()
	tag := string(t.part[from:to])
	old := tag[1:strings.IndexAny(tag, " \t\r\n/>")]
	prefix := old[:strings.IndexByte(old, ':')+1]
	t.edits = append(t.edits, markup.Edit{From: from, To: to, With: "<" + prefix + name + tag[1+len(old):]})
	empty := t.s.Empty()
	t.walk()
	if !empty {
		from, to = t.s.Span()
		t.edits = append(t.edits, markup.Edit{From: from, To: to, With: "</" + prefix + name + ">"})
	}
}

// saying are the attributes of elements in which a text may stand.
var saying = map[string][]string{
	"docPr": {"descr", "title"}, "cNvPr": {"descr", "title"}, "imagedata": {"title"}, "textpath": {"string"},
	"shape": {"alt"}, "rect": {"alt"}, "roundrect": {"alt"}, "oval": {"alt"}, "hyperlink": {"tooltip", "anchor"}, "fldSimple": {"instr"},
	"listItem": {"displayText", "value"}, "alias": {"val"}, "tag": {"val"}, "default": {"val"}, "helpText": {"val"}, "statusText": {"val"},
	"listEntry": {"val"}, "tblCaption": {"val"}, "tblDescription": {"val"},
}

// reading empties the reading above characters where it says what is masked.
func (t *storyTidier) reading() {
	look := *t.s // the scanner is a value: the element is read twice
	if _, changed := t.masked(look.Content()); !changed {
		t.walk()
		return
	}
	from, to := t.s.Span()
	name := strings.TrimSuffix(strings.Fields(string(t.part[from+1 : to-1]))[0], "/")
	_, to = t.s.Whole()
	t.edits = append(t.edits, markup.Edit{From: from, To: to, With: "<" + name + "/>"})
}
