package collected

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/annual"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/web"
	"gongkai/internal/web/printed"
)

// receivedData is a report that was received, with its text beside the figures.
type receivedData struct {
	Path, Organ, Case    string
	State, Tone, Way     string
	Version, On, By, Why string
	File                 string
	Place, Cells, Drop   *web.Form
	Unsure               []unsure
	Hands                []hand
	Tables               []printed.Table
	Found                []group
	Sheets               []sheet // of a file that has pages
	Text                 []block
	Unread               string // why the text cannot be shown
}

// unsure is a figure in doubt that still needs a hand.
type unsure struct{ Label, Reason, Raw, Inferred, At string }

// hand is a figure that somebody set.
type hand struct{ Label, Value, Was, By, On string }

var receivedTemplate = web.Define[receivedData]("desk/collected_received")

// look makes the page of a received report.
func (p Pages) look(r *http.Request) (collect.Seen, receivedData, error) {
	ctx, say := r.Context(), p.Kit.Say(r)
	s, err := p.Desk.Show(ctx, web.Actor(r), r.PathValue("received"))
	if err != nil {
		return s, receivedData{}, err
	}
	tree, err := p.Trees.Tree(ctx)
	if err != nil {
		return s, receivedData{}, err
	}
	d := receivedData{Path: receivedPath + s.ID, Organ: tree.Name(s.Organ), State: in(say, s.State.Words()), Way: in(say, s.Way.Words()), On: s.On.String(), Why: s.Why, File: fileOf(s.Received)}
	d.Tone = map[collect.State]string{collect.Counted: "green", collect.Waiting: "amber"}[s.State]
	if s.Organ != "" {
		d.Case, d.Version = casePath(s.Organ, s.Year), say.T("collected.version", s.Year, s.Version)
	}
	ids := []string{s.By}
	for _, h := range s.Hands {
		ids = append(ids, h.By)
	}
	names, err := p.Names.Names(ctx, ids)
	if err != nil {
		return s, d, err
	}
	d.By = names[s.By]
	for _, h := range s.Hands {
		v := annual.Value{State: annual.Number, N: h.Value}
		d.Hands = append(d.Hands, hand{s.Report.Form.Label(collect.RefOf(h.Cell)), v.Print(unit(s.Report, collect.RefOf(h.Cell))), h.Was, names[h.By], h.On.String()})
	}
	if err := p.forms(r, s, &d); err != nil {
		return s, d, err
	}
	open := collect.Open(s.Report)
	d.Found = groups(say, beyond(open, s.Found.Findings), d.Path)
	d.Tables = tables(s.Report, wrongIn(open, s.Report))
	return s, d, p.beside(r, s, open, &d)
}

// beside fills in the file: its pages with what is marked on them, and its text.
func (p Pages) beside(r *http.Request, s collect.Seen, open []collect.Unsure, d *receivedData) error {
	o, err := p.Desk.Original(r.Context(), s)
	if err != nil {
		if errs.KindOf(err) != errs.Internal {
			d.Unread, err = errs.Public(err), nil
		}
		return err
	}
	all := marksOf(open, s.Found.Findings)
	if len(o.Papers) > 0 {
		d.Sheets = sheetsOf(o, all, d.Path)
		for at, m := range all { // a link leads to the page
			m.ID = ""
			all[at] = m
		}
	}
	d.Text = textOf(o.Text, all)
	return nil
}

// beyond leaves out the doubts that have a field of their own.
func beyond(open []collect.Unsure, found []collect.Finding) []collect.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f collect.Finding) bool {
		return f.Sort == collect.Doubted && slices.ContainsFunc(open, func(u collect.Unsure) bool { return u.Doubt.Place == f.Place && u.Doubt.Reason == f.Message })
	})
}

func unit(r *annual.Report, ref annual.Ref) annual.Unit {
	_, row, _, _ := r.Form.Cell(ref)
	return row.Unit
}

// wrongIn are the cells in doubt.
func wrongIn(open []collect.Unsure, r *annual.Report) map[annual.Ref]bool {
	all := map[annual.Ref]bool{}
	for _, u := range open {
		all[u.Ref] = true
	}
	return all
}

// tables draws the tables of a report with some cells marked.
func tables(r *annual.Report, marked map[annual.Ref]bool) []printed.Table {
	var all []printed.Table
	for i := range 3 {
		all = append(all, printed.Draw(r.Form.Headings[i+1], r, i, func(ref annual.Ref, c *printed.Cell) {
			if marked[ref] {
				c.Mark = "wrong"
			}
		}))
	}
	return all
}

func (p Pages) forms(r *http.Request, s collect.Seen, d *receivedData) error {
	say := p.Kit.Say(r)
	if !web.Actor(r).Can(account.CollectReports) || s.State == collect.Dropped || s.State == collect.Replaced {
		return nil
	}
	if s.State == collect.Waiting {
		var near []web.Option
		for _, n := range s.Near {
			near = append(near, web.Option{Value: n.ID, Label: n.Name, Hint: say.T("collected.near")})
		}
		all, err := p.organs(r, near)
		if err != nil {
			return err
		}
		years := yearForm(say, p.Kit.Now().Year()-1, s.Year).Fields[0]
		years.Name, years.Narrow = "year", true
		d.Place = &web.Form{Action: d.Path + "/place", Submit: say.T("collected.place"), Fields: []web.Field{
			{Kind: web.Select, Name: "organ", Label: say.T("reports.organ"), Hint: s.Why, Options: all, Required: true}, years,
		}}
		if len(near) == 1 {
			d.Place.Fields[0].Value = near[0].Value
		}
	}
	d.Cells = cellsForm(s, d)
	if d.Cells != nil {
		d.Cells.Action, d.Cells.Submit = d.Path+"/cells", say.T("collected.settle")
	}
	d.Drop = &web.Form{Action: d.Path + "/drop", Submit: say.T("collected.drop"), Danger: true, Fields: []web.Field{{Name: "why", Label: say.T("collected.drop-why"), Hint: say.T("collected.drop-hint"), Required: true, MaxLength: 200}}}
	return nil
}

// cellsForm asks for the figures in doubt; nil when there is none.
func cellsForm(s collect.Seen, d *receivedData) *web.Form {
	var f web.Form
	for _, u := range collect.Open(s.Report) {
		hint := strings.TrimSuffix(u.Doubt.Reason, "。") + "。"
		if u.Doubt.Raw != "" {
			hint += "读到：" + u.Doubt.Raw + "。"
		}
		if len(u.Doubt.Inferred) > 0 {
			hint += "只有这样读才平：" + strings.Join(u.Doubt.Inferred, "，") + "。"
		}
		if at := u.Doubt.Place.String(); at != "" {
			hint = at + "：" + hint
		}
		f.Fields = append(f.Fields, web.Field{Name: "cell-" + u.Ref.String(), Label: s.Report.Form.Label(u.Ref), Hint: hint, Narrow: true, InputMode: "decimal", MaxLength: 20})
		d.Unsure = append(d.Unsure, unsure{Label: s.Report.Form.Label(u.Ref), At: spot(u.Doubt.Place)})
	}
	if len(f.Fields) == 0 {
		return nil
	}
	return &f
}

func (p Pages) received(w http.ResponseWriter, r *http.Request) error {
	s, data, err := p.look(r)
	if err != nil {
		return err
	}
	return receivedTemplate.Show(p.Kit, w, r, p.receivedTitle(r, s, data), data)
}

func (p Pages) receivedTitle(r *http.Request, s collect.Seen, d receivedData) string {
	if s.Organ == "" {
		return p.Kit.Say(r).T("collected.unplaced", d.File)
	}
	return p.Kit.Say(r).T("collected.report-of", d.Organ, s.Year)
}

// change does something with a received report and shows the page again where that
// failed.
func (p Pages) change(w http.ResponseWriter, r *http.Request, form func(*receivedData) *web.Form, do func(url.Values) error, done string) error {
	s, data, err := p.look(r)
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	organ := s.Organ
	if organ == "" {
		organ = s.Keeper
	}
	if err := web.Actor(r).May(account.CollectReports, organ, tree); err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err = do(typed); err == nil {
		return p.Kit.Done(w, r, data.Path, p.Kit.Say(r).T(done))
	}
	f := form(&data)
	if f == nil {
		return err
	}
	f.Fill(typed)
	if !f.Fail(err) {
		return err
	}
	return receivedTemplate.ShowStatus(p.Kit, w, r, web.Status(err), p.receivedTitle(r, s, data), data)
}

func (p Pages) settle(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, func(d *receivedData) *web.Form { return d.Cells }, func(v url.Values) error {
		values := map[string]string{}
		for name := range v {
			if ref, ok := strings.CutPrefix(name, "cell-"); ok {
				values[ref] = v.Get(name)
			}
		}
		return p.Desk.Settle(r.Context(), web.Actor(r), r.PathValue("received"), values)
	}, "collected.settled")
}

func (p Pages) place(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, func(d *receivedData) *web.Form { return d.Place }, func(v url.Values) error {
		year, err := strconv.Atoi(v.Get("year"))
		if err != nil {
			year = 0
		}
		return p.Desk.Place(r.Context(), web.Actor(r), r.PathValue("received"), v.Get("organ"), year)
	}, "collected.placed")
}

func (p Pages) drop(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, func(d *receivedData) *web.Form { return d.Drop }, func(v url.Values) error {
		return p.Desk.Drop(r.Context(), web.Actor(r), r.PathValue("received"), v.Get("why"))
	}, "collected.dropped")
}

// file hands out the file as it came.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Desk.Show(r.Context(), web.Actor(r), r.PathValue("received"))
	if err != nil {
		return err
	}
	if len(s.Files) == 0 {
		return errs.New(errs.NotFound, "这份报告没有文件。")
	}
	info, err := p.Files.Info(r.Context(), s.Files[0].Hash)
	if err != nil {
		return err
	}
	content, err := p.Desk.File(s)
	if err != nil {
		return err
	}
	web.Attach(w, s.Files[0].Name, info.MediaType)
	_, err = w.Write(content)
	return err
}
