package collected

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"

	"gongkai/internal/collect"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
	"gongkai/internal/web"
)

// spot names a place of a file: what a link to it ends in. "" for no place.
func spot(at doc.Place) string {
	if at == (doc.Place{}) {
		return ""
	}
	return fmt.Sprintf("at-%d-%d-%d-%d-%d-%d-%s", at.Page, at.Line, at.Para, at.Table, at.Row, at.Col, hex.EncodeToString([]byte(at.Sheet)))
}

// mark is a place of the file that somebody should look at.
type mark struct {
	ID     string
	Tone   string // class: red for an error, amber for the rest
	Unsure bool   // the reader is in doubt about a figure there
}

// marks are the places of a file that are marked.
type marks map[doc.Place]mark

func (m marks) add(at doc.Place, tone string, unsure bool) {
	if at == (doc.Place{}) {
		return
	}
	one := m[at]
	if one.Tone != "red" {
		one.Tone = tone
	}
	m[at] = mark{spot(at), one.Tone, one.Unsure || unsure}
}

// marksOf are the places of what is in doubt and of what was found.
func marksOf(open []collect.Unsure, found []collect.Finding) marks {
	all := marks{}
	for _, u := range open {
		all.add(u.Doubt.Place, "red", true)
	}
	for _, f := range found {
		tone := "amber"
		if f.Severity == rule.Error {
			tone = "red"
		}
		all.add(f.Place, tone, false)
	}
	return all
}

// sheet is a page of the file with what is marked on it. Lengths are thousandths of its
// width.
type sheet struct {
	Nth     int
	Picture string
	Height  int
	Marks   []area
	Unseen  []string // names of places on the page that are seen nowhere
}

type area struct {
	mark
	X, Y, Width, Height int
}

const sheetWidth = 1000

// sheetsOf are the pages of a file.
func sheetsOf(o collect.Original, all marks, path string) []sheet {
	var sheets []sheet
	for i, paper := range o.Papers {
		one := sheet{Nth: i + 1, Picture: path + "/page/" + strconv.Itoa(i+1), Height: sheetWidth}
		if paper.Width > 0 {
			one.Height = max(1, int(sheetWidth*paper.Height/paper.Width))
		}
		sheets = append(sheets, one)
	}
	for at, m := range all {
		boxes := boxesOf(o.Areas(at))
		for n, box := range boxes {
			if n > 0 {
				m.ID = ""
			}
			s := &sheets[box.Page-1]
			s.Marks = append(s.Marks, s.area(m, box))
		}
		if len(boxes) == 0 && at.Page > 0 && at.Page <= len(sheets) {
			sheets[at.Page-1].Unseen = append(sheets[at.Page-1].Unseen, m.ID)
		}
	}
	return sheets
}

// area draws a box with some air around it.
func (s *sheet) area(m mark, box doc.Area) area {
	const air = 4
	h := float64(s.Height)
	return area{
		m, int(sheetWidth*box.Left) - air, int(h*box.Top) - air,
		int(sheetWidth*(box.Right-box.Left)) + 2*air, int(h*(box.Bottom-box.Top)) + 2*air,
	}
}

// boxesOf joins areas of each page into one.
func boxesOf(areas []doc.Area) []doc.Area {
	var all []doc.Area
	for _, a := range areas {
		if n := len(all) - 1; n >= 0 && all[n].Page == a.Page {
			all[n] = all[n].Join(a)
			continue
		}
		all = append(all, a)
	}
	return all
}

// counts gives where the file is that an organ's report was read in; "" where it came
// otherwise.
func counts(c collect.Case) string {
	for _, r := range c.Received {
		if r.State == collect.Counted && r.Way == collect.ByFile && c.Way == collect.ByFile {
			return receivedPath + r.ID
		}
	}
	return ""
}

// sheetPicture hands out a page of the file. It stays as it is for ever, but who may see it
// is asked each time.
func (p Pages) sheetPicture(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Desk.Show(r.Context(), web.Actor(r), r.PathValue("received"))
	if err != nil {
		return err
	}
	page, err := strconv.Atoi(r.PathValue("page"))
	if err != nil || page < 1 || len(s.Files) == 0 {
		return errs.New(errs.NotFound, "没有这一页。")
	}
	tag := `"` + s.Files[0].Hash + "-" + strconv.Itoa(page) + `"`
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	picture, err := p.Desk.Page(r.Context(), s, page)
	if err != nil {
		w.Header().Del("ETag")
		w.Header().Set("Cache-Control", "no-store")
		return err
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_, err = w.Write(picture)
	return err
}
