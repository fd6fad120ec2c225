package documents

import (
	"net/http"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/publish"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
	"gongkai/internal/web/sheet"
)

// showData is a document on one screen.
type showData struct {
	Path, Organ, Section, Status, Tone string
	Mask                               string // path that masks a part
	Openness, OpennessTone, Grade      string
	Force, ForceTone                   string
	Left, LeftTone                     string
	Next                               string // whose turn it is, and for what
	deed.Menu
	Limit             limit
	Ahead             []fact // what comes back in months, with its day
	Down              string // why it was taken down
	Returned          []remark
	Revising          []fact // why a new text is written, and what everybody will be told
	Rounds            []round
	Public            string // the page that everybody sees; "" for none
	Record, Attribute []fact
	Chain             []link
	Consents          []fact
	Sheet             sheet.View
	Parts             []part
	Versions          []version
	Notes             []remark
	Links             []neighbour
	Posts             []post
	Ways              *ways
	Assessments       []remark
	Timeline          []deed.Moment
}

// fact is a line of what is known.
type fact struct{ Label, Text, Cite, Tone, Link string }

// remark is what somebody wrote on a day.
type remark struct{ On, Who, What, Text string }

// limit is the limit of publication: until when, why until then.
type limit struct {
	Last, Unknown  string
	Left, LeftTone string
	Cite           string
	Clock          *web.Clock
	Lines          []course.Line
}

var showTemplate = web.Define[showData]("desk/document_show")

// view is what the parts of the page are made from.
type view struct {
	p        Pages
	r        *http.Request
	say      *locale.Catalogue
	actor    account.Actor
	document publish.Document
	cal      *calendar.Calendar
	today    calendar.Date
	tree     *org.Tree
	names    map[string]string
	words    string // stamp of the dictionary that the guard has now
	mask     string // path that masks a part with one click; "" when they may not
	mayOpen  bool   // what they were before
}

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := &view{p: p, r: r, say: p.Kit.Say(r), actor: web.Actor(r), today: p.Desk.Today()}
	var err error
	if v.document, err = p.Desk.Document(ctx, v.actor, r.PathValue("document")); err != nil {
		return err
	}
	if v.tree, err = p.Trees.Tree(ctx); err != nil {
		return err
	}
	if v.cal, err = p.Desk.CalendarOf(ctx, v.document.Organ); err != nil {
		return err
	}
	if v.names, err = p.Names.Names(ctx, peopleOf(v.document)); err != nil {
		return err
	}
	if err := v.judge(); err != nil {
		return err
	}
	if v.words, err = p.Desk.Words(ctx, v.document.Organ); err != nil {
		return err
	}
	data, err := v.data()
	if err != nil {
		return err
	}
	return showTemplate.Show(p.Kit, w, r, v.document.Title, data)
}

// judge finds out what the actor may do with masked parts.
func (v *view) judge() error {
	options, err := v.p.options(v.r.Context(), v.actor, v.document)
	if err != nil {
		return err
	}
	for _, o := range options {
		if f, ok := deed.FormOf(forms(), o.Event, o.Who.Right); ok && o.Event == publish.Masked && o.Why == nil {
			v.mask = path(v.document.ID) + "/" + f.Slug
		}
	}
	v.mayOpen = slices.ContainsFunc(insiders, func(act account.Act) bool { return v.actor.May(act, v.document.Organ, v.tree) == nil })
	return nil
}

// peopleOf gives the keys of those who have had to do with a document.
func peopleOf(d publish.Document) []string {
	var ids []string
	for _, x := range draftsOf(d) {
		ids = append(ids, x.By, x.PassedBy, x.CheckedBy, x.SignedBy)
		ids = append(ids, x.Hands...)
		for _, r := range roundsOf(x) {
			ids = append(ids, r.PassedBy, r.CheckedBy, r.SignedBy)
			if r.Clearance != nil {
				ids = append(ids, r.Clearance.By)
			}
			if r.Referral != nil {
				ids = append(ids, r.Referral.By)
			}
		}
		for _, back := range x.Returns {
			ids = append(ids, back.By)
		}
	}
	for _, s := range d.Scans {
		for _, f := range s.Found {
			if f.Excuse != nil {
				ids = append(ids, f.Excuse.By, f.Excuse.ConfirmedBy)
			}
		}
	}
	for _, m := range d.Maskings {
		ids = append(ids, m.By)
	}
	for _, v := range d.Versions {
		ids = append(ids, v.By)
	}
	for _, a := range d.Assessments {
		ids = append(ids, a.By)
	}
	if d.Down != nil {
		ids = append(ids, d.Down.By)
	}
	for _, p := range d.Posts {
		if p.By != "" {
			ids = append(ids, p.By)
		}
	}
	return ids
}

func (v *view) data() (showData, error) {
	d, say := v.document, v.say
	data := showData{
		Path: path(d.ID), Mask: v.mask, Organ: v.tree.Name(d.Organ), Status: statusWord(say, d.Status), Tone: statusTone(d.Status),
		Openness: opennessWord(say, d.Attribute.Openness), OpennessTone: opennessTone(d.Attribute.Openness),
		Next: nextWords(say, d), Record: v.record(), Attribute: v.attribute(), Chain: v.chain(), Consents: v.consents(),
		Sheet: sheetOf(v.tree.Name(d.Organ), d.Content), Parts: v.parts(), Versions: v.versions(), Posts: v.posts(v.names), Ways: v.ways(),
	}
	if d.Section != d.Organ {
		data.Section = v.tree.Name(d.Section)
	}
	if d.Grade.Secret() {
		data.Grade = choice.Word(say, string(d.Grade), publish.Grades())
	}
	if d.Validity.State != "" {
		data.Force, data.ForceTone = say.In(d.Validity.State.Words()), "green"
		if d.Validity.State.Ended() {
			data.ForceTone = "grey"
		}
	}
	if d.Down != nil {
		data.Down = say.T("documents.down-because", course.Day(say, d.Down.On), v.names[d.Down.By], d.Down.Reasons)
	}
	if d.Visibility != publish.Inside {
		data.Public = publicPath + d.ID
	}
	data.Revising, data.Rounds = v.revising(), v.rounds()
	v.remarks(&data)
	for _, step := range []func(*showData) error{v.addLimit, v.addActs, v.addLinks, v.addTimeline} {
		if err := step(&data); err != nil {
			return data, err
		}
	}
	return data, nil
}

// remarks are what people wrote: why it came back, what everybody was told, what a
// look at it came to.
func (v *view) remarks(data *showData) {
	d := v.document
	if d.Draft != nil && d.Open() {
		for _, back := range d.Draft.Returns {
			data.Returned = append(data.Returned, remark{course.Day(v.say, back.On), v.names[back.By], statusWord(v.say, back.From), back.Reasons})
		}
	}
	for _, n := range d.Notes {
		data.Notes = append(data.Notes, remark{On: course.Day(v.say, n.On), What: v.noteWord(n.What), Text: n.Text})
	}
	for _, a := range d.Assessments {
		data.Assessments = append(data.Assessments, remark{On: course.Day(v.say, a.On), Who: v.names[a.By], Text: a.Reasons})
	}
}

func (v *view) noteWord(k publish.NoteKind) string {
	switch k {
	case publish.Correction:
		return v.say.T("documents.note-correction")
	case publish.Removal:
		return v.say.T("documents.note-removal")
	case publish.Return:
		return v.say.T("documents.note-return")
	case publish.ChannelNote:
		return v.say.T("documents.note-channel")
	case publish.ForceNote:
	}
	return v.say.T("documents.force")
}

// addLimit derives the limit from what has happened.
func (v *view) addLimit(data *showData) error {
	d, l := v.document, &data.Limit
	policy, err := v.p.Desk.Policies.PublishPolicy(v.r.Context(), d.Organ)
	if err != nil {
		return err
	}
	for _, n := range d.Ahead(policy) {
		data.Ahead = append(data.Ahead, fact{Label: v.say.In(n.Word), Text: course.Day(v.say, n.Due), Cite: n.Cite})
	}
	if !d.Runs() {
		l.Unknown = v.whyNoLimit()
		return nil
	}
	a, err := d.Answer(v.cal, policy)
	if errs.KindOf(err) == errs.NotFound { // a year without a calendar
		l.Unknown = errs.Public(err)
		return nil
	}
	if err != nil {
		return err
	}
	l.Last, l.Cite, l.Lines = course.Day(v.say, a.Deadline), a.Limit.Cite, course.Lines(v.say, a.Steps)
	l.Left, l.LeftTone = course.Standing(v.say, v.cal, v.today, a.Deadline)
	data.Left, data.LeftTone = l.Left, l.LeftTone
	l.Clock, err = course.Clock(v.cal, a, v.today)
	return err
}

// whyNoLimit tells why no limit runs.
func (v *view) whyNoLimit() string {
	d := v.document
	switch {
	case d.Open() && d.Attribute.Openness != publish.Open && d.Attribute.Openness != publish.Unset:
		return v.say.T("documents.limit-withheld")
	case d.Open() && d.StartOn().IsZero():
		return v.say.T("documents.limit-not-formed")
	case !d.PublishedOn.IsZero() && d.Late > 0:
		return v.say.T("documents.limit-late", course.Day(v.say, d.PublishedOn), d.Took, d.Late)
	case !d.PublishedOn.IsZero() && d.Took > 0:
		return v.say.T("documents.limit-kept", course.Day(v.say, d.PublishedOn), d.Took)
	case !d.PublishedOn.IsZero():
		return v.say.T("documents.limit-published", course.Day(v.say, d.PublishedOn))
	}
	return v.say.T("documents.limit-none")
}
