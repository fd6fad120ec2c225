package requests

import (
	"net/http"
	"net/url"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// caseData is a request on one screen.
type caseData struct {
	Request                            foi.Request
	Path, Organ, Status, Tone, Handler string
	Left, LeftTone                     string
	Facts                              []fact
	Next                               string // whose turn it is, and for what
	deed.Menu
	Limit                   limit
	Ask                     []fact
	Missing                 []string // what 条例§29 wants and is not there
	Parties                 []party
	Papers                  []paper
	Cards                   []card
	Whole                   *kinLink
	Parts                   []kinLink
	Kin                     kinship
	Timeline                []deed.Moment
	Notes                   []noteLine
	NoteForm                web.Form
	Letters                 []letterLink
	Kept                    []keptLink // what whoever looks has begun and not sent
	Write                   bool       // may write a letter that no act sends
	ToPublish, Publications string     // pages: a document made from what was disclosed (条例§44), and those made already
}

// fact is a line of what is known.
type fact struct{ Label, Text, Cite, Tone string }

// paper is a file of a request.
type paper struct {
	Name, What string
	Path       string // "" for who may not open it
}

// card is something that happened to a request and has a fate of its own: a
// consultation, a search, the fee, the reply, a dispute.
type card struct {
	ID, Title, Badge, Tone string
	Facts                  []fact
	Papers                 []paper
	Links                  []web.NavLink
}

var caseTemplate = web.Define[caseData]("desk/request_case")

// view is what the parts of the page are made from.
type view struct {
	p       Pages
	r       *http.Request
	say     *locale.Catalogue
	actor   account.Actor
	request foi.Request
	cal     *calendar.Calendar
	today   calendar.Date
	tree    *org.Tree
	names   map[string]string
	options []foi.Option
}

// view loads a request for somebody who may see all of it. Whoever was only asked
// to search may not.
func (p Pages) view(r *http.Request, id string) (*view, error) {
	v, err := p.load(r, id)
	if err != nil {
		return nil, err
	}
	return v, v.actor.May(account.SeeRequests, v.request.Organ, v.tree)
}

func (p Pages) load(r *http.Request, id string) (*view, error) {
	ctx := r.Context()
	v := &view{p: p, r: r, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today()}
	var err error
	if v.request, err = p.Desk.Request(ctx, v.actor, id); err != nil {
		return nil, err
	}
	if v.tree, err = p.Trees.Tree(ctx); err != nil {
		return nil, err
	}
	if v.cal, err = p.Desk.CalendarOf(ctx, v.request.Organ); err != nil {
		return nil, err
	}
	v.names, err = p.Names.Names(ctx, peopleOf(v.request))
	return v, err
}

// peopleOf gives the keys of those who have had to do with a request.
func peopleOf(r foi.Request) []string {
	ids := []string{r.Handler}
	if r.Draft != nil {
		ids = append(ids, r.Draft.By, r.Draft.ApprovedBy, r.Draft.ClearedBy)
		for _, back := range r.Draft.Returns {
			ids = append(ids, back.By)
		}
	}
	for _, d := range r.Decisions {
		ids = append(ids, d.SignedBy)
	}
	for _, q := range r.Searches {
		ids = append(ids, q.By)
	}
	if r.Extension != nil {
		ids = append(ids, r.Extension.ProposedBy, r.Extension.ApprovedBy)
	}
	if r.Ending != nil {
		ids = append(ids, r.Ending.ProposedBy)
	}
	return ids
}

// name names somebody; "" for nobody.
func (v *view) name(id string) string { return v.names[id] }

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	v, err := p.load(r, r.PathValue("request"))
	if err != nil {
		return err
	}
	if err := v.actor.May(account.SeeRequests, v.request.Organ, v.tree); err != nil {
		if mine := v.mySearch(); mine != "" {
			return web.Redirect(w, r, mine)
		}
		return err
	}
	data, err := v.data()
	if err != nil {
		return err
	}
	return caseTemplate.Show(p.Kit, w, r, v.request.Number, data)
}

func (v *view) data() (caseData, error) {
	r, say := v.request, v.say
	d := caseData{
		Request: r, Path: path(r.ID), Organ: v.tree.Name(r.Organ), Status: statusWord(say, r.Status), Tone: statusTone(r.Status), Handler: v.name(r.Handler),
		Next: nextWords(say, r), Cards: v.cards(), Papers: v.papers(r.Files),
	}
	if !r.Due.IsZero() {
		d.Left, d.LeftTone = course.Standing(say, v.cal, v.today, r.Due)
	}
	d.Ask = []fact{
		{Label: say.T("requests.ask-form"), Text: v.said(choice.Word(say, r.Ask.Form, foi.Forms()))}, {Label: say.T("requests.ask-way"), Text: v.said(choice.Word(say, r.Ask.Way, foi.Ways()))},
	}
	d.Facts = v.facts()
	if disclosed := r.Outcome == "R3.1" || r.Outcome == "R3.2"; disclosed {
		if v.actor.May(account.DraftDocuments, r.Organ, v.tree) == nil {
			d.ToPublish = "/desk/documents/new?" + url.Values{"request": {r.ID}, "organ": {r.Organ}}.Encode()
		}
		if v.actor.May(account.SeeDocuments, r.Organ, v.tree) == nil {
			d.Publications = "/desk/documents?" + url.Values{"request": {r.ID}}.Encode()
		}
	}
	if r.Correction == nil && r.Status == foi.Handling {
		for _, f := range r.Missing() {
			d.Missing = append(d.Missing, f.Public)
		}
	}
	var err error
	for _, step := range []func(*caseData) error{v.addActs, v.addLimit, v.addParties, v.addRelated, v.addKin, v.addTimeline, v.addLetters, v.addNotes, v.addKept} {
		if err = step(&d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// said gives a word for what was left out.
func (v *view) said(text string) string {
	if text == "" {
		return v.say.T("requests.unsaid")
	}
	return text
}

// facts are how the request came in and by which rule it was received.
func (v *view) facts() []fact {
	r, say := v.request, v.say
	info, _ := r.Channel.Info()
	facts := []fact{{Label: say.T("requests.channel"), Text: channelWord(say, r.Channel), Cite: info.Cite}, {Label: say.T("requests.arrived"), Text: course.Day(say, r.ArrivedOn)}}
	if r.ReceivedOn.IsZero() {
		return append(facts, fact{Label: say.T("requests.received"), Text: say.T("requests.not-confirmed"), Tone: "amber"})
	}
	facts = append(facts, fact{Label: say.T("requests.received"), Text: course.Day(say, r.ReceivedOn), Cite: info.Cite})
	if !r.EndedOn.IsZero() {
		facts = append(facts, fact{Label: say.T("requests.ended"), Text: course.Day(say, r.EndedOn)}, fact{Label: say.T("requests.counted"), Text: outcomeWord(r.Ended)})
	}
	return facts
}

func (v *view) papers(files []foi.File) []paper {
	var all []paper
	for _, f := range files {
		one := paper{Name: f.Name, What: paperWord(v.say, f.What)}
		if !f.Erased.IsZero() {
			one.Name = v.say.T("requests.paper-erased", course.Day(v.say, f.Erased))
		} else if v.request.MayOpen(v.actor, f, v.tree) == nil {
			one.Path = path(v.request.ID) + "/files/" + f.Hash
		}
		all = append(all, one)
	}
	return all
}

func paperWord(say *locale.Catalogue, what string) string {
	switch what {
	case "scan":
		return say.T("requests.paper-scan")
	case "identity":
		return say.T("requests.paper-identity")
	case "authority":
		return say.T("requests.paper-authority")
	case "released":
		return say.T("requests.paper-released")
	case "opinion":
		return say.T("requests.paper-opinion")
	case "correction":
		return say.T("requests.paper-correction")
	case "evidence":
		return say.T("requests.paper-evidence")
	}
	return what
}

// addRelated names the request that this is a part of, and the parts of this one.
func (v *view) addRelated(d *caseData) error {
	link := func(id string) (kinLink, error) {
		other, err := v.p.Desk.Request(v.r.Context(), v.actor, id)
		if err != nil {
			return kinLink{}, err
		}
		return kinLink{Number: other.Number, Headline: other.Headline(), Path: path(other.ID), Status: statusWord(v.say, other.Status), Tone: statusTone(other.Status)}, nil
	}
	if v.request.Whole != "" {
		whole, err := link(v.request.Whole)
		if err != nil {
			return err
		}
		d.Whole = &whole
	}
	for _, id := range v.request.Parts {
		part, err := link(id)
		if err != nil {
			return err
		}
		d.Parts = append(d.Parts, part)
	}
	return nil
}

// missed passes over what is not there any more.
func missed(err error) error {
	if slices.Contains([]errs.Kind{errs.NotFound, errs.Forbidden}, errs.KindOf(err)) {
		return nil
	}
	return err
}
