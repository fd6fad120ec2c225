package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// deadlineData is a question about a last day, and its answer once it is asked.
type deadlineData struct {
	Form    web.Form
	Answer  *deadlineAnswer
	Until   int // the last year that can be counted
	Missing int // the year whose notice is wanted; 0 when none is
}

type deadlineAnswer struct {
	Title string
	Last  string
	Open  int // the year whose notice may still change the last day; 0 for none
	Steps []deadlineStep
	Left  *timeLeft
	Clock *web.Clock // nil where no days are counted
}

type deadlineStep struct {
	Days, Text, Cite string
}

var deadlineTemplate = web.Define[deadlineData]("portal/deadline")

// deadline shows the form, and below it the last day that it asks for. The
// question stands in the address, so that an answer can be sent to somebody.
func (p Portal) deadline(w http.ResponseWriter, r *http.Request) error {
	say, values := p.Kit.Say(r), r.URL.Query()
	cal, err := p.Calendars.Calendar(r.Context())
	if err != nil {
		return err
	}
	now, status := p.Kit.Now(), http.StatusOK
	data := deadlineData{Form: p.deadlineForm(r, cal.Regions()), Missing: cal.Missing(calendar.On(now.Year(), now.Month(), now.Day()))}
	_, data.Until = cal.Years()
	if values.Has("limit") {
		data.Form.Fill(values)
		data.Answer, err = reckon(cal, values, calendar.On(now.Date()), say)
		switch {
		case errors.Is(err, calendar.ErrNoCalendar): // nothing that was typed is wrong
			data.Form.Summary, status = say.T("portal.beyond", data.Until), http.StatusUnprocessableEntity
		case err != nil && !data.Form.Fail(err):
			return err
		case err != nil:
			status = web.Status(err)
		}
	}
	return deadlineTemplate.ShowStatus(p.Kit, w, r, status, say.T("portal.deadline"), data)
}

func (p Portal) deadlineForm(r *http.Request, regions []string) web.Form {
	say := p.Kit.Say(r)
	var limits []web.Option
	for _, l := range calendar.Limits() {
		o := web.Option{Value: l.ID, Label: l.Title + "（" + l.Cite + "）"}
		if say.Lang == "en" {
			o.Label = l.TitleEN + " (" + l.Cite + ")"
		}
		limits = append(limits, o)
	}
	form := web.Form{
		Get: true, Submit: say.T("portal.reckon"),
		Fields: []web.Field{
			{Kind: web.Select, Name: "limit", Label: say.T("portal.limit"), Options: limits, Value: "reply", Required: true},
			{
				Kind: web.Date, Name: "from", Label: say.T("portal.from"), Hint: say.T("portal.from-hint"), Required: true, Narrow: true,
				Value: p.Kit.Now().Format("2006-01-02"),
			},
			{Kind: web.Number, Name: "extend", Label: say.T("portal.extend"), Hint: say.T("portal.extend-hint"), Narrow: true},
			{Kind: web.TextArea, Name: "pauses", Label: say.T("portal.pauses"), Hint: say.T("portal.pauses-hint"), Rows: 2, MaxLength: 400},
		},
	}
	if len(regions) == 0 {
		return form
	}
	places := []web.Option{{Value: "", Label: say.T("portal.whole-country")}}
	for _, name := range regions {
		places = append(places, web.Option{Value: name, Label: name})
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Select, Name: "region", Label: say.T("portal.region"), Hint: say.T("portal.region-hint"), Options: places})
	return form
}

// reckon answers the question of a form.
func reckon(cal *calendar.Calendar, values url.Values, today calendar.Date, say *locale.Catalogue) (*deadlineAnswer, error) {
	english := say.Lang == locale.English
	q, err := readQuery(values)
	if err != nil {
		return nil, err
	}
	if cal, err = cal.In(values.Get("region")); err != nil {
		var f errs.Fields
		f.Add("region", "%s", errs.Public(err))
		return nil, f.Err()
	}
	answer, err := cal.Reckon(q)
	if err != nil {
		return nil, err
	}
	out := &deadlineAnswer{Title: q.Limit.Title, Last: dayWords(answer.Deadline, english), Left: left(cal, today, answer.Deadline, say)}
	if english {
		out.Title = q.Limit.TitleEN
	}
	if cal.Unsettled(answer.Deadline) {
		out.Open = answer.Deadline.Year() + 1
	}
	for _, s := range answer.Steps {
		step := deadlineStep{Days: s.From.String(), Text: s.Chinese(), Cite: s.Cite}
		if s.To != s.From {
			step.Days += " – " + s.To.String()
		}
		if english {
			step.Text = s.English()
		}
		out.Steps = append(out.Steps, step)
	}
	out.Clock, err = course.Clock(cal, answer, today)
	return out, err
}

// maxPauses bounds what is read.
const maxPauses = 20

func readQuery(values url.Values) (calendar.Query, error) {
	var (
		q calendar.Query
		f errs.Fields
	)
	limit, ok := calendar.LimitByID(values.Get("limit"))
	if !ok {
		f.Add("limit", "没有这个期限，请从列表中选择。")
	}
	q.Limit = limit
	var err error
	if q.From, err = calendar.ParseDate(strings.TrimSpace(values.Get("from"))); err != nil {
		f.Add("from", "%s", errs.Public(err))
	}
	if text := strings.TrimSpace(values.Get("extend")); text != "" {
		if q.Extend, err = strconv.Atoi(text); err != nil {
			f.Add("extend", "延长的天数请写整数，如 20。")
		}
	}
	for line := range strings.FieldsFuncSeq(values.Get("pauses"), func(r rune) bool { return r == '\n' || r == ',' || r == '，' }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		pause, err := readPause(line)
		if err != nil || len(q.Pauses) == maxPauses {
			f.Add("pauses", "“%s”不正确：每行写一段，如 2026-11-02..2026-11-20，最多%d段。", line, maxPauses)
			break
		}
		q.Pauses = append(q.Pauses, pause)
	}
	return q, f.Err()
}

func readPause(line string) (p calendar.Pause, err error) {
	from, to, _ := strings.Cut(line, "..")
	if p.From, err = calendar.ParseDate(strings.TrimSpace(from)); err != nil {
		return p, err
	}
	p.To, err = calendar.ParseDate(strings.TrimSpace(to))
	return p, err
}
