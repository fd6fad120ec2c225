package collected

import (
	"net/http"
	"net/url"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

func public(err error) string { return errs.Public(err) }

// noticeData is a notice on one screen.
type noticeData struct {
	Path, Status, Tone  string
	Organ, Case, Keeper string
	Due, Issued, By     string
	Overdue             bool
	Text                string
	First               *link
	Acts, Blocked       []link
	Rounds              []round
	Why, Closed         string
	Now                 []group // what is found now
	Left                int     // of what it is about
	Fresh               bool
	Bench               string // where the organ mends its report; "" where it sends a file
	Tables              []printed.Table
	Watches             bool
}

type link struct{ Label, Path, Cite, Why string }

// round is an answer with what was said to it.
type round struct{ Text, On, By, Received, Back string }

var noticeTemplate = web.Define[noticeData]("desk/collected_notice")

func (p Pages) notice(w http.ResponseWriter, r *http.Request) error {
	ctx, say, actor := r.Context(), p.Kit.Say(r), web.Actor(r)
	f, err := p.Desk.Notice(ctx, actor, r.PathValue("mending"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return err
	}
	ids := []string{f.IssuedBy}
	for _, one := range f.Rounds {
		ids = append(ids, one.By)
	}
	names, err := p.Names.Names(ctx, ids)
	if err != nil {
		return err
	}
	d := noticeData{
		Path: noticesPath + "/" + f.ID, Status: in(say, f.Status.Words()), Tone: noticeTone(f.Notice, p.Desk), Organ: tree.Name(f.Organ), Keeper: tree.Name(f.Keeper),
		Due: f.Due.String(), Issued: f.IssuedOn.String(), By: names[f.IssuedBy], Overdue: f.Overdue(p.Desk.Today()), Text: f.Text, Why: f.Why, Closed: iso(f.ClosedOn),
		Left: len(f.Left(f.Scene.Found)), Fresh: f.Scene.Checked, Watches: actor.May(account.WatchReports, f.Organ, tree) == nil,
	}
	file := ""
	if d.Watches {
		d.Case, file = casePath(f.Organ, f.Year), counts(f.Case)
	}
	d.Now = groups(say, f.Case.Found.Findings, file)
	if f.Case.Way == collect.Here {
		d.Bench = "/desk/reports/" + f.Organ + "/" + strconv.Itoa(f.Year)
	}
	for _, one := range f.Rounds {
		line := round{Text: one.Text, On: one.On.String(), By: names[one.By], Back: one.Back}
		if one.Received != "" && d.Watches {
			line.Received = receivedPath + one.Received
		}
		d.Rounds = append(d.Rounds, line)
	}
	d.First, d.Acts, d.Blocked = links(say, f, d.Path)
	report, err := f.Report()
	if err != nil {
		return err
	}
	if report != nil {
		d.Tables = tables(report, wrongCells(f.Found))
	}
	return noticeTemplate.Show(p.Kit, w, r, say.T("collected.notice-of", f.Number, d.Organ, f.Year), d)
}

func links(say *locale.Catalogue, f collect.Dossier, path string) (first *link, all, blocked []link) {
	for _, o := range f.Options {
		a, ok := actOf(o.Event)
		if !ok {
			continue
		}
		one := link{Label: in(say, collect.Word{Chinese: o.Act.Chinese, English: o.Act.Do}), Path: path + "/" + a.slug, Cite: o.Cite}
		switch {
		case o.Why != nil:
			one.Why = public(o.Why)
			blocked = append(blocked, one)
		case a.next && first == nil:
			first = &one
		default:
			all = append(all, one)
		}
	}
	return first, all, blocked
}

// noticePage hands out the page that came with a notice.
func (p Pages) noticePage(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Desk.Notice(r.Context(), web.Actor(r), r.PathValue("mending"))
	if err != nil {
		return err
	}
	report, err := f.Report()
	if err != nil {
		return err
	}
	return handPage(w, p.Kit.Say(r), report, f.Found, f.Case.Organ.Name, f.Year)
}

// act is the short form of a row of the table of notices.
type act struct {
	event  event.Kind
	slug   string
	right  account.Act
	text   string
	next   bool
	danger bool
	upload bool
	fields func(say *locale.Catalogue, f collect.Dossier) []web.Field
	deed   func(v url.Values) collect.NoticeDeed
}

func acts() []act {
	due := func(say *locale.Catalogue, f collect.Dossier) web.Field {
		value := f.Due
		if value.Before(f.Scene.Today) {
			value = f.Scene.Today.Add(7)
		}
		return web.Field{Kind: web.Date, Name: "due", Label: say.T("collected.notice-due"), Value: value.String(), Required: true, Narrow: true}
	}
	why := func(say *locale.Catalogue, label string, required bool) web.Field {
		return web.Field{Kind: web.TextArea, Name: "why", Label: say.T(label), Rows: 4, MaxLength: collect.MaxRemark, Required: required}
	}
	day := func(v url.Values) calendar.Date {
		d, _ := calendar.ParseDate(v.Get("due")) // what is no day is told by the deed
		return d
	}
	return []act{
		{event: collect.Answered, slug: "answer", right: account.AnswerNotices, text: "collected.answer-text", next: true, upload: true, fields: func(say *locale.Catalogue, f collect.Dossier) []web.Field {
			fields := []web.Field{{Kind: web.TextArea, Name: "text", Label: say.T("collected.answer"), Hint: say.T("collected.answer-hint"), Rows: 8, MaxLength: collect.MaxAnswer, Required: true}}
			if f.Case.Way != collect.Here {
				fields = append(fields, web.Field{Kind: web.File, Name: "file", Label: say.T("collected.new-file"), Hint: say.T("collected.new-file-hint"), Accept: ".docx,.doc,.wps,.pdf,.html,.xlsx"})
			}
			return fields
		}},
		{event: collect.Closed, slug: "close", right: account.CollectReports, text: "collected.close-text", next: true, fields: func(say *locale.Catalogue, f collect.Dossier) []web.Field {
			return []web.Field{why(say, "collected.close-why", len(f.Left(f.Scene.Found)) > 0)}
		}, deed: func(v url.Values) collect.NoticeDeed { return collect.Close{Why: v.Get("why")} }},
		{event: collect.Returned, slug: "return", right: account.CollectReports, text: "collected.return-text", fields: func(say *locale.Catalogue, f collect.Dossier) []web.Field {
			return []web.Field{why(say, "collected.return-why", true), due(say, f)}
		}, deed: func(v url.Values) collect.NoticeDeed { return collect.SendBack{Why: v.Get("why"), Due: day(v)} }},
		{event: collect.Urged, slug: "urge", right: account.CollectReports, text: "collected.urge-text", fields: func(say *locale.Catalogue, f collect.Dossier) []web.Field {
			return []web.Field{due(say, f)}
		}, deed: func(v url.Values) collect.NoticeDeed { return collect.Urge{Due: day(v)} }},
		{event: collect.Withdrawn, slug: "withdraw", right: account.CollectReports, text: "collected.withdraw-text", danger: true, fields: func(say *locale.Catalogue, _ collect.Dossier) []web.Field {
			return []web.Field{why(say, "collected.withdraw-why", true)}
		}, deed: func(v url.Values) collect.NoticeDeed { return collect.Withdraw{Why: v.Get("why")} }},
	}
}

func actOf(kind event.Kind) (act, bool) {
	for _, a := range acts() {
		if a.event == kind {
			return a, true
		}
	}
	return act{}, false
}

// actData is the page of an act of a notice.
type actData struct {
	Path, Notice, Status, Tone string
	Text, Cite, Why            string
	Left                       []finding // what it is about and is still found
	Form                       *web.Form
}

var actTemplate = web.Define[actData]("desk/collected_act")

func (p Pages) acting(r *http.Request, a act) (d actData, title string, err error) {
	f, err := p.Desk.Notice(r.Context(), web.Actor(r), r.PathValue("mending"))
	if err != nil {
		return d, "", err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err == nil {
		err = web.Actor(r).May(a.right, f.Organ, tree)
	}
	if err != nil {
		return d, "", err
	}
	say := p.Kit.Say(r)
	words, _ := collect.NoticeAct(a.event)
	title = in(say, collect.Word{Chinese: words.Chinese, English: words.Do})
	d = actData{
		Path: noticesPath + "/" + f.ID, Notice: say.T("collected.notice-of", f.Number, tree.Name(f.Organ), f.Year), Status: in(say, f.Status.Words()), Tone: noticeTone(f.Notice, p.Desk),
		Text: say.T(a.text),
	}
	if a.event == collect.Closed || a.event == collect.Returned {
		for _, one := range f.Left(f.Scene.Found) {
			d.Left = append(d.Left, drawn(say, one, ""))
		}
	}
	why := f.Against(a.event)
	for _, o := range f.Options {
		if o.Event == a.event {
			d.Cite, why = o.Cite, o.Why
		}
	}
	if why != nil {
		d.Why = public(why)
		return d, title, nil
	}
	d.Form = &web.Form{Submit: title, Cancel: d.Path, Danger: a.danger, Upload: a.upload, Fields: a.fields(say, f)}
	return d, title, nil
}

func (p Pages) ask(w http.ResponseWriter, r *http.Request, a act) error {
	d, title, err := p.acting(r, a)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if d.Why != "" {
		status = http.StatusConflict
	}
	return actTemplate.ShowStatus(p.Kit, w, r, status, title, d)
}

func (p Pages) do(w http.ResponseWriter, r *http.Request, a act) error {
	d, title, err := p.acting(r, a)
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err = p.carryOut(r, a, typed); err == nil {
		return p.Kit.Done(w, r, d.Path, p.Kit.Say(r).T("reports.done", title))
	}
	if d.Form == nil {
		return actTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, d)
	}
	d.Form.Fill(typed)
	if !d.Form.Fail(err) {
		return err
	}
	return actTemplate.ShowStatus(p.Kit, w, r, web.Status(err), title, d)
}

func (p Pages) carryOut(r *http.Request, a act, typed url.Values) error {
	id, actor := r.PathValue("mending"), web.Actor(r)
	if a.event != collect.Answered {
		return p.Desk.DoNotice(r.Context(), actor, id, a.deed(typed))
	}
	papers, err := papersOf(r, "file")
	if err != nil {
		return err
	}
	var paper *collect.Paper
	if len(papers) > 0 {
		paper = &papers[0]
	}
	return p.Desk.AnswerNotice(r.Context(), actor, id, typed.Get("text"), paper)
}
