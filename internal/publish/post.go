package publish

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

// Channel is where a document is published (条例§23, 条例§25).
type Channel string

// The channels.
const (
	Portal     Channel = "portal"
	Gazette    Channel = "gazette"
	WeChat     Channel = "wechat"
	Weibo      Channel = "weibo"
	Headlines  Channel = "headlines"
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
		{string(Weibo), Word{"微博", "Weibo"}},
		{string(Headlines), Word{"政务头条号", "Toutiao"}},
		{string(NewMedia), Word{"其他政务新媒体", "other new media"}},
		{string(Press), Word{"报刊、广播、电视", "press, radio, television"}},
		{string(Conference), Word{"新闻发布会", "press conference"}},
		{string(Board), Word{"公告栏、电子屏", "boards and screens"}},
		{string(Library), Word{"档案馆、图书馆、政务服务场所", "archives, libraries, service halls"}},
	}
}

// Outside tells whether somebody else shows what stands in a channel. The website and
// the screens of the house are shown by this program.
func (c Channel) Outside() bool { return c != Portal && c != Board }

// Words gives a channel in words.
func (c Channel) Words() Word {
	w, _ := procedure.WordOf(string(c), Channels())
	return w
}

// Post is where a document stood from when to when.
type Post struct {
	Ref     string        `json:"ref"` // p1, p2 …
	Channel Channel       `json:"channel"`
	From    calendar.Date `json:"from"` // zero when it does not stand there yet, or never did
	Until   calendar.Date `json:"until,omitzero"`
	Place   string        `json:"place,omitempty"`   // issue number, which board
	Address string        `json:"address,omitempty"` // of the page there
	Text    string        `json:"text,omitempty"`    // as it was worded there; "" for the document's own
	By      string        `json:"by,omitempty"`      // who sent or entered it; "" for the program
	Proof   *File         `json:"proof,omitempty"`   // a picture or a scan of it

	Sending *Sending `json:"sending,omitempty"` // how it goes there by an interface; nil where people bring it
}

// ByHand tells whether it stands where only people can take it off.
func (p Post) ByHand() bool {
	return p.Channel != Portal && p.Sending == nil && p.Until.IsZero()
}

func (d *Document) nextPost() string { return "p" + strconv.Itoa(len(d.Posts)+1) }

// postAt gives the place of a post in the list, less than zero when there is none.
func (d *Document) postAt(ref string) int {
	return slices.IndexFunc(d.Posts, func(p Post) bool { return p.Ref == ref })
}

// Post gives a post.
func (d *Document) Post(ref string) (Post, bool) {
	if i := d.postAt(ref); i >= 0 {
		return d.Posts[i], true
	}
	return Post{}, false
}

// PostFiles gives the files that belong to posts: covers, and evidence.
func (d Document) PostFiles() []File {
	var all []File
	for _, p := range d.Posts {
		if p.Proof != nil {
			all = append(all, *p.Proof)
		}
		if p.Sending != nil && p.Sending.Cover != nil {
			all = append(all, *p.Sending.Cover)
		}
	}
	return all
}

// maxPlace is how long a place or an address may be, in characters.
const maxPlace = 500

// AddPost enters that a document stands in a channel that people keep.
type AddPost struct {
	Channel     Channel
	On          calendar.Date
	Place, Text string
	Address     string // of a page elsewhere, as evidence
	Proof       *File  // a picture or a scan, as evidence
}

// Event is Posted.
func (AddPost) Event() event.Kind { return Posted }

func (a AddPost) apply(d *Document, s *Scene) (Entry, error) {
	on, place, address := s.day(a.On), strings.TrimSpace(a.Place), strings.TrimSpace(a.Address)
	switch {
	case !chosen(string(a.Channel), Channels()) || a.Channel == Portal:
		return Entry{}, errs.InField("channel", "请选择发布的渠道（条例§23、条例§25）；网站由本系统发布，不用登记。")
	case on.Before(d.PublishedOn):
		return Entry{}, errs.InField("on", "其他渠道不能早于网站发布的日期%s；日期有误请核对。", d.PublishedOn)
	case len([]rune(place)) > maxPlace:
		return Entry{}, errs.InField("place", "发布的位置最多%d个字，请写短一些。", maxPlace)
	case !webAddress(address):
		return Entry{}, errs.InField("address", "网址请以 http:// 或 https:// 开头，最多%d个字符；没有网址的不用填。", maxPlace)
	}
	p := Post{Ref: d.nextPost(), Channel: a.Channel, From: on, Place: place, Address: address, Text: strings.TrimSpace(a.Text), By: s.Actor, Proof: copyOf(a.Proof)}
	d.Posts = append(d.Posts, p)
	return Entry{On: on, Ref: p.Ref, Code: string(a.Channel)}, nil
}

// webAddress tells whether an address may stand in a link; none may be missing.
func webAddress(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && len(s) <= maxPlace
}

// EndPost enters that it stands there no longer.
type EndPost struct {
	Ref string
	On  calendar.Date
}

// Event is Unposted.
func (EndPost) Event() event.Kind { return Unposted }

func (e EndPost) apply(d *Document, s *Scene) (Entry, error) {
	on, i := s.day(e.On), d.postAt(e.Ref)
	switch {
	case i < 0 || !d.Posts[i].ByHand():
		return Entry{}, errs.InField("ref", "请选择一个还在发布、由人工登记的渠道；网站上的请用紧急撤下，系统送出的请用从渠道撤回。")
	case on.Before(d.Posts[i].From):
		return Entry{}, errs.InField("on", "撤下的日期早于发布的日期%s，请核对。", d.Posts[i].From)
	}
	d.Posts[i].Until = on
	return Entry{On: on, Ref: e.Ref, Code: string(d.Posts[i].Channel)}, nil
}

// Phase is how a post stands, as the ledger shows it. It follows from the post.
type Phase string

// The phases.
const (
	PhaseReview    Phase = "review"
	PhaseQueued    Phase = "queued"
	PhaseDrafted   Phase = "drafted"
	PhaseGoing     Phase = "publishing"
	PhaseStanding  Phase = "published"
	PhaseRecalling Phase = "recalling"
	PhaseRecalled  Phase = "recalled"
	PhaseFailed    Phase = "failed"
	PhaseNever     Phase = "never"
)

// Phases gives the phases in their order.
func Phases() []Choice {
	return []Choice{
		{string(PhaseReview), Word{"待保密审查", "waits for secrecy review"}},
		{string(PhaseQueued), Word{"待送出", "queued"}},
		{string(PhaseDrafted), Word{"草稿待发布", "draft"}},
		{string(PhaseGoing), Word{"发布中", "publishing"}},
		{string(PhaseStanding), Word{"正在发布", "published"}},
		{string(PhaseRecalling), Word{"撤回中", "being recalled"}},
		{string(PhaseRecalled), Word{"已撤下", "taken off"}},
		{string(PhaseFailed), Word{"没有办成", "failed"}},
		{string(PhaseNever), Word{"未发布", "never published"}},
	}
}

// Words gives a phase in words.
func (p Phase) Words() Word {
	w, _ := procedure.WordOf(string(p), Phases())
	return w
}

// Phase gives how the post stands.
func (p Post) Phase() Phase {
	if p.Sending == nil {
		if p.Until.IsZero() {
			return PhaseStanding
		}
		return PhaseRecalled
	}
	return p.Sending.phase(!p.From.IsZero())
}
