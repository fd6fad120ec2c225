package opc

import (
	"archive/zip"
	"bytes"
	"strings"

	"gongkai/internal/doc/markup"
)

// Change is what becomes of a package.
type Change struct {
	Parts map[string][]byte // parts with new content, by key; new ones are added
	Drop  map[string]bool   // parts that go, by key
	// Cut tells which other relations go; nil: none. What pointed at a dropped
	// part goes by itself.
	Cut func(owner string, r Relation) bool
	// Aim gives another address for a relation to the outside; nil: none.
	Aim func(r Relation) (string, bool)
	// Types gives a content type in place of another: a document without its
	// macros is an ordinary document.
	Types map[string]string
}

const contentTypes = "[content_types].xml"

// Rewrite gives the package with a change made to it. Relations and content
// types of what is dropped go with it; times and comments of the zip are not
// taken over. Parts that nothing changed are copied as they are packed.
func (p *Package) Rewrite(c Change) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range p.names {
		if c.Drop[name] {
			continue
		}
		if owner, ok := ownerOf(name); ok && c.Drop[owner] {
			continue
		}
		content, changed, err := p.rewritten(name, &c)
		if err != nil {
			return nil, err
		}
		if !changed {
			err = copyRaw(w, p.files[name])
		} else {
			err = add(w, strings.TrimPrefix(p.files[name].Name, "/"), content)
		}
		if err != nil {
			return nil, corrupt(err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, corrupt(err)
	}
	return out.Bytes(), nil
}

func copyRaw(w *zip.Writer, f *zip.File) error {
	head := f.FileHeader
	head.Name = strings.TrimPrefix(head.Name, "/")
	head.Extra, head.Comment = nil, ""
	head.ModifiedDate, head.ModifiedTime = 33, 0 //nolint:staticcheck // 1980-01-01; CreateRaw writes these and not Modified
	to, err := w.CreateRaw(&head)
	if err != nil {
		return err
	}
	from, err := f.OpenRaw()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(from); err != nil {
		return err
	}
	_, err = to.Write(b.Bytes())
	return err
}

func add(w *zip.Writer, name string, content []byte) error {
	to, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = to.Write(content)
	return err
}

// rewritten gives what a part becomes, and whether it differs.
func (p *Package) rewritten(name string, c *Change) (content []byte, changed bool, err error) {
	if content, ok := c.Parts[name]; ok {
		return content, true, nil
	}
	owner, isRelations := ownerOf(name)
	if !isRelations && name != contentTypes {
		return nil, false, nil
	}
	part, err := p.XML(name)
	if err != nil {
		return nil, false, err
	}
	var edits []markup.Edit
	if isRelations {
		edits, err = cutRelations(part, owner, c)
	} else {
		edits, err = cutTypes(part, c)
	}
	return markup.Apply(part, edits), len(edits) > 0, err
}

func cutRelations(part []byte, owner string, c *Change) (edits []markup.Edit, err error) {
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			r := relation(s, owner)
			written, _ := s.Qualified("Target")
			was := string(written)
			from, to := s.Whole()
			if !r.External && c.Drop[r.Target] || c.Cut != nil && c.Cut(owner, r) {
				edits = append(edits, markup.Edit{From: from, To: to})
				continue
			}
			if r.External && c.Aim != nil {
				if other, ok := c.Aim(r); ok {
					whole := strings.Replace(string(part[from:to]), markup.Escape(was), markup.Escape(other), 1)
					edits = append(edits, markup.Edit{From: from, To: to, With: whole})
				}
			}
		}
	}
	return edits, s.Err
}

func cutTypes(part []byte, c *Change) (edits []markup.Edit, err error) {
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			name, _ := s.Attr("PartName")
			kind, _ := s.Attr("ContentType")
			becomes, other := c.Types[string(kind)]
			gone := c.Drop[Key(string(name))]
			from, to := s.Whole()
			switch {
			case gone:
				edits = append(edits, markup.Edit{From: from, To: to})
			case other:
				whole := strings.Replace(string(part[from:to]), string(kind), becomes, 1)
				edits = append(edits, markup.Edit{From: from, To: to, With: whole})
			}
		}
	}
	return edits, s.Err
}
