package channels

import (
	"fmt"

	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/doc"
	"gongkai/internal/publish"
)

// article is an article as readers see it on a phone.
type article struct {
	Account, Title, Author, On string
	Cover, Summary             string // as it stands in the list of messages
	Blocks                     []block
	Pictures                   []string
	Foot                       []string
	Counts                     []count
	Wrong                      []string
}

// block is a paragraph or a table.
type block struct {
	Class, Text string
	Rows        [][]cell
}

type cell struct {
	Text   string
	Header bool
}

// count tells how much room there is left.
type count struct {
	Label   string
	Is, Max int
	Over    bool
}

// draw sets a wording as an article.
func (p Pages) draw(s *scene, v publish.Variant, version int) article {
	x := publish.Sending{Variant: v, Version: version}
	a := article{Account: s.account.Name, Title: v.Title, Author: v.Author, On: p.Kit.Now().Format("2006年1月2日"), Summary: v.Summary}
	cover := s.account.Cover
	if v.Cover != nil {
		cover = *v.Cover
	}
	at := func(hash string) string { return root + "/" + s.document.ID + "/pictures/" + hash }
	if cover.Hash != "" {
		a.Cover = at(cover.Hash)
	}
	text := x.Reading(&s.document)
	for _, b := range publish.Parse(text).Blocks {
		a.Blocks = append(a.Blocks, drawn(b))
	}
	for _, f := range v.Pictures {
		a.Pictures = append(a.Pictures, at(f.Hash))
	}
	a.Foot = channel.Foot(s.tree.Name(s.document.Organ), s.document, s.document.Versions[version-1])
	a.Counts = counts(s, v, text, a.Foot)
	return a
}

func drawn(b doc.Block) block {
	if b.Table != nil {
		var rows [][]cell
		for _, r := range b.Table.Rows {
			var row []cell
			for _, c := range r.Cells {
				row = append(row, cell{c.Text, c.Header})
			}
			rows = append(rows, row)
		}
		return block{Rows: rows}
	}
	switch b.Para.Style {
	case doc.Heading1, doc.Heading2, doc.Heading3:
		return block{Class: "head", Text: b.Para.Text}
	case doc.Signature, doc.Date:
		return block{Class: "right", Text: b.Para.Text}
	}
	return block{Text: b.Para.Text}
}

// onPhone gives a day as the channel writes it.
func onPhone(d calendar.Date) string {
	year, month, day := d.Civil()
	return fmt.Sprintf("%d年%d月%d日", year, month, day)
}

// counts measures a wording against what the channel takes.
func counts(s *scene, v publish.Variant, text string, foot []string) []count {
	bounds, _ := publish.BoundsOf(publish.WeChat)
	one := func(label string, n, most int) count { return count{label, n, most, n > most} }
	page := channel.HTML(text, len(v.Pictures), func(int) string { return "" }, foot)
	return []count{
		one(s.say.T("channels.title"), len([]rune(v.Title)), bounds.Title),
		one(s.say.T("channels.author"), len([]rune(v.Author)), bounds.Author),
		one(s.say.T("channels.summary"), len([]rune(v.Summary)), bounds.Summary),
		one(s.say.T("channels.set-text"), len([]rune(page)), channel.MaxHTML-1),
	}
}
