package clean

import (
	"path"
	"strings"

	"gongkai/internal/doc/markup"
)

// plainTypes are the content types of documents with macros and what those
// without have.
var plainTypes = map[string]string{
	"application/vnd.ms-word.document.macroEnabled.main+xml":         "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
	"application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
	"application/vnd.ms-excel.sheet.macroEnabled.main+xml":           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
	"application/vnd.ms-excel.template.macroEnabled.main+xml":        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
}

const (
	emptyCore = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`
	emptyApp = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`
)

// common takes out what no format needs: properties, thumbnails, macros,
// embedded objects, data of other programs, signatures that no longer hold.
func (c *cleaner) common() error {
	for _, name := range c.p.Names() {
		base, dir := path.Base(name), path.Dir(name)
		switch {
		case name == "docprops/core.xml":
			c.change.Parts[name] = []byte(emptyCore)
		case name == "docprops/app.xml":
			c.change.Parts[name] = []byte(emptyApp)
		case dir == "docprops", strings.HasPrefix(name, "customxml/"), strings.HasPrefix(name, "customui/"), strings.HasPrefix(name, "docmetadata/"),
			strings.HasPrefix(name, "_xmlsignatures/"), strings.HasPrefix(base, "vbaproject"), strings.HasPrefix(base, "vbadata"),
			path.Base(dir) == "embeddings", path.Base(dir) == "activex", path.Base(dir) == "ctrlprops":
			c.change.Drop[name] = true
		case path.Base(dir) == "media":
			if err := c.picture(name); err != nil {
				return err
			}
		case path.Base(dir) == "charts" && strings.HasPrefix(base, "chart") && path.Ext(base) == ".xml":
			if err := c.tidy(name, map[string]bool{"externalData": true, "pivotSource": true}); err != nil {
				return err
			}
		}
	}
	c.change.Aim = c.aim
	return nil
}

func (c *cleaner) picture(name string) error {
	data, err := c.p.Raw(name)
	if err != nil {
		return err
	}
	if bare, changed := barePicture(data); changed {
		c.change.Parts[name] = bare
	}
	return nil
}

// part gives a part as it has become so far.
func (c *cleaner) part(name string) ([]byte, error) {
	if part, ok := c.change.Parts[name]; ok {
		return part, nil
	}
	return c.p.XML(name)
}

// tidy takes elements out of a part, wherever they stand.
func (c *cleaner) tidy(name string, gone map[string]bool) error {
	part, err := c.part(name)
	if part == nil || err != nil {
		return err
	}
	var edits []markup.Edit
	s := markup.NewScanner(part)
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind == markup.Start && gone[string(s.Name)] {
			from, to := s.Whole()
			edits = append(edits, markup.Edit{From: from, To: to})
		}
	}
	if len(edits) > 0 && s.Err == nil {
		c.change.Parts[name] = markup.Apply(part, edits)
	}
	return s.Err
}

func attr(s *markup.Scanner, name string) string {
	v, _ := s.Attr(name)
	return string(v)
}
