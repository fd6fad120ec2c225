package publish

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Issue publishes: the content becomes a version that never changes. Index is given
// with the first publication.
type Issue struct{ Index string }

// Event is Issued.
func (Issue) Event() event.Kind { return Issued }

func (i Issue) apply(d *Document, s *Scene) (Entry, error) {
	if d.Index == "" {
		d.Index = i.Index
	}
	from, at := s.Today, s.At
	if !d.Origin.PostedOn.IsZero() && d.PublishedOn.IsZero() {
		from, at = d.Origin.PostedOn, time.Time{} // it stood on the old site since then
	}
	d.closeVersion(s.Today)
	if n := len(d.Versions); n > 0 && d.Draft.Conceal {
		d.Versions[n-1].Concealed = true
	}
	d.Versions = append(d.Versions, Version{Content: d.Content.copied(), From: from, Note: d.Draft.Note, By: d.Draft.SignedBy, At: at, Clearance: d.Draft.Clearance})
	if d.Draft.Note != "" {
		d.Notes = append(d.Notes, Note{s.Today, Correction, d.Draft.Note})
	}
	d.Visibility, d.Down, d.Draft.Was = Public, nil, nil
	if !slices.ContainsFunc(d.Posts, func(p Post) bool { return p.Channel == Portal && p.Until.IsZero() }) {
		d.Posts = append(d.Posts, Post{Ref: d.nextPost(), Channel: Portal, From: from})
	}
	if d.PublishedOn.IsZero() {
		d.PublishedOn = from
	}
	switch {
	case d.Validity.State != "":
	case d.Origin.Force != "":
		d.Validity = Validity{State: d.Origin.Force, On: d.Origin.ForceOn}
	case d.Kind.Normative():
		d.Validity.State = InForce
	}
	return Entry{Ref: d.Index, Code: string(d.Kind)}, nil
}

// closeVersion ends the last version.
func (d *Document) closeVersion(on calendar.Date) {
	if n := len(d.Versions); n > 0 && d.Versions[n-1].Until.IsZero() {
		d.Versions[n-1].Until = on
	}
}

// Channel is where a document is published (条例§23, 条例§25).
type Channel string

// The channels.
const (
	Portal     Channel = "portal"
	Gazette    Channel = "gazette"
	WeChat     Channel = "wechat"
	NewMedia   Channel = "new-media"
	Press      Channel = "press"
	Conference Channel = "conference"
	Board      Channel = "board"
	Library    Channel = "library"
)

// Channels gives the channels.
func Channels() []Choice {
	return []Choice{
		{string(Portal), Word{"政府网站（政府信息公开平台）", "website"}},
		{string(Gazette), Word{"政府公报", "gazette"}},
		{string(WeChat), Word{"微信公众号", "WeChat"}},
		{string(NewMedia), Word{"其他政务新媒体", "other new media"}},
		{string(Press), Word{"报刊、广播、电视", "press, radio, television"}},
		{string(Conference), Word{"新闻发布会", "press conference"}},
		{string(Board), Word{"公告栏、电子屏", "boards and screens"}},
		{string(Library), Word{"档案馆、图书馆、政务服务场所", "archives, libraries, service halls"}},
	}
}

// Post is where a document stood from when to when.
type Post struct {
	Ref     string        `json:"ref"` // p1, p2 …
	Channel Channel       `json:"channel"`
	From    calendar.Date `json:"from"`
	Until   calendar.Date `json:"until,omitzero"`
	Place   string        `json:"place,omitempty"` // address, issue number, which board
	Text    string        `json:"text,omitempty"`  // as it was worded there; "" for the document's own
}

func (d *Document) nextPost() string { return "p" + strconv.Itoa(len(d.Posts)+1) }

// AddPost enters that a document stands in another channel.
type AddPost struct {
	Channel     Channel
	On          calendar.Date
	Place, Text string
}

// Event is Posted.
func (AddPost) Event() event.Kind { return Posted }

func (a AddPost) apply(d *Document, s *Scene) (Entry, error) {
	on := s.day(a.On)
	switch {
	case !chosen(string(a.Channel), Channels()) || a.Channel == Portal:
		return Entry{}, fieldError("channel", "请选择发布的渠道（条例§23、条例§25）；网站由本系统发布，不用登记。")
	case on.Before(d.PublishedOn):
		return Entry{}, fieldError("on", "其他渠道不能早于网站发布的日期%s；日期有误请核对。", d.PublishedOn)
	}
	p := Post{Ref: d.nextPost(), Channel: a.Channel, From: on, Place: strings.TrimSpace(a.Place), Text: strings.TrimSpace(a.Text)}
	d.Posts = append(d.Posts, p)
	return Entry{On: on, Ref: p.Ref, Code: string(a.Channel)}, nil
}

// EndPost enters that it stands there no longer.
type EndPost struct {
	Ref string
	On  calendar.Date
}

// Event is Unposted.
func (EndPost) Event() event.Kind { return Unposted }

func (e EndPost) apply(d *Document, s *Scene) (Entry, error) {
	on := s.day(e.On)
	i := slices.IndexFunc(d.Posts, func(p Post) bool { return p.Ref == e.Ref && p.Until.IsZero() && p.Channel != Portal })
	switch {
	case i < 0:
		return Entry{}, fieldError("ref", "请选择一个还在发布的渠道；网站上的请用紧急撤下。")
	case on.Before(d.Posts[i].From):
		return Entry{}, fieldError("on", "撤下的日期早于发布的日期%s，请核对。", d.Posts[i].From)
	}
	d.Posts[i].Until = on
	return Entry{On: on, Ref: e.Ref, Code: string(d.Posts[i].Channel)}, nil
}
