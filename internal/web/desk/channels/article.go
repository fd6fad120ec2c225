package channels

import (
	"fmt"

	"gongkai/internal/calendar"
	"gongkai/internal/channel"
	"gongkai/internal/publish"
	"gongkai/internal/web/slide"
)

// article is a text as readers see it: on a phone, or on the screens of a hall.
type article struct {
	Slides []slide.View // on screens; the rest is of a phone

	Account, Title, Author, On string
	Cover, Summary             string // as it stands in the list of messages
	Blocks                     []slide.Block
	Pictures                   []string
	Foot                       []string
	Counts                     []count
	Wrong                      []string
}

// count tells how much room there is left.
type count struct {
	Label   string
	Is, Max int
	Over    bool
}

// draw sets a wording as its readers see it.
func (p Pages) draw(s *scene, v publish.Variant, version int) (article, error) {
	if s.channel.Outside() {
		return p.phone(s, v, version), nil
	}
	shown := s.document.Versions[version-1]
	slides, err := slide.Of(s.say, publish.Slide{
		Document: s.document.ID, Ref: s.post.Ref, Number: shown.Number, Title: v.Title, Text: publish.Sending{Variant: v, Version: version}.Reading(&s.document), Pictures: v.Pictures, PostedOn: s.post.From,
	}, p.Office.Source(s.document.ID, s.post.Ref), func(hash string) string { return root + "/" + s.document.ID + "/pictures/" + hash })
	for i := range slides {
		slides[i].Scrolls = true
	}
	return article{Slides: slides}, err
}

func (p Pages) phone(s *scene, v publish.Variant, version int) article {
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
	a.Blocks = slide.Blocks(text)
	for _, f := range v.Pictures {
		a.Pictures = append(a.Pictures, at(f.Hash))
	}
	a.Foot = channel.Foot(s.tree.Name(s.document.Organ), s.document, s.document.Versions[version-1])
	a.Counts = counts(s, v, text, a.Foot)
	return a
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
