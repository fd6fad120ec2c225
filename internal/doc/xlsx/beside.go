package xlsx

import (
	"maps"
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// beside gives notice of what lies over a sheet: comments and pictures.
func (r *reader) beside(entry sheetEntry) error {
	rels, err := r.parts.relations(entry.part)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		switch rel := rels[id]; rel.kind {
		case "comments":
			err = r.comments(entry.name, rel.target)
		case "drawing":
			err = r.drawing(entry.name, rel.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) comments(sheet, part string) error {
	data, err := r.parts.get(part)
	if err != nil {
		return err
	}
	var text []byte
	at := doc.Place{}
	inText := false
	return scan(data, func(s *scanner) error {
		switch {
		case s.start == "comment":
			text, at = text[:0], doc.Place{Sheet: sheet}
			if row, col, ok := reference(s.attr("ref")); ok {
				at.Row, at.Col = row+1, col+1
			}
		case s.start == "t":
			inText = true
		case s.end == "t":
			inText = false
		case s.end == "comment":
			r.notice(doc.Comment, strings.TrimSpace(unescape(string(text))), at)
		case inText:
			text = append(text, s.text...)
		}
		return nil
	})
}

func (r *reader) drawing(sheet, part string) error {
	data, err := r.parts.get(part)
	if err != nil {
		return err
	}
	inPicture := false
	return scan(data, func(s *scanner) error {
		switch {
		case s.start == "pic":
			inPicture = true
			r.pictures++
		case s.start == "cNvPr" && inPicture:
			text := s.attr("descr")
			if text == "" {
				text = s.attr("name")
			}
			r.notice(doc.PictureFound, text, doc.Place{Sheet: sheet})
			inPicture = false
		}
		return nil
	})
}
