package admin

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
	"gongkai/internal/holiday"
	"gongkai/internal/web"
)

// calendarNew asks for the text of a notice. May is false for administrators of
// a lower organ: everybody counts by the one calendar.
type calendarNew struct {
	May  bool
	Form web.Form
}

// calendarCheck shows what was read, to be looked at and corrected.
type calendarCheck struct {
	Read   bool // from a text; else typed by hand
	Doubts []holiday.Doubt
	Source string
	Form   web.Form
}

var (
	calendarNewTemplate   = web.Define[calendarNew]("admin/calendar_new")
	calendarCheckTemplate = web.Define[calendarCheck]("admin/calendar_check")
)

func (p Calendar) newForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{Submit: say.T("calendar.read"), Cancel: "/admin/calendar", Upload: true, Fields: []web.Field{
		{Kind: web.TextArea, Name: "text", Label: say.T("calendar.text"), Hint: say.T("calendar.text-hint"), Rows: 14},
		{Kind: web.File, Name: "file", Label: say.T("calendar.file"), Hint: say.T("calendar.file-hint"), Accept: ".docx,.html,.htm,.mht,.txt,.pdf"},
	}}
}

func (p Calendar) askNew(w http.ResponseWriter, r *http.Request) error {
	data := calendarNew{May: p.Keeper.MayEdit(r.Context(), web.Actor(r)) == nil, Form: p.newForm(r)}
	return calendarNewTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("calendar.new"), data)
}

// read takes a text apart and shows what it says; nothing is kept yet.
func (p Calendar) read(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Keeper.MayEdit(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	say := p.Kit.Say(r)
	text, err := noticeText(r, values)
	if err != nil {
		form := p.newForm(r)
		form.Fill(values)
		if form.Fail(err) {
			return calendarNewTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("calendar.new"), calendarNew{May: true, Form: form})
		}
		return err
	}
	reading := holiday.Read(text)
	draft := holiday.DraftOf(reading.Year, "", reading.Notice, text)
	return calendarCheckTemplate.Show(p.Kit, w, r, say.T("calendar.check"), calendarCheck{
		Read: true, Doubts: reading.Doubts, Source: text, Form: p.draftForm(r, draft, "/admin/calendar/check"),
	})
}

// noticeText gives the text that was pasted, or that of the file.
func noticeText(r *http.Request, values url.Values) (string, error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		text := values.Get("text")
		switch {
		case strings.TrimSpace(text) == "":
			return "", noticeError("text", "请粘贴通知的全文，或者选择文件。")
		case len(text) > holiday.MaxText:
			return "", noticeError("text", "文字太长，一份放假通知不会超过"+strconv.Itoa(holiday.MaxText>>10)+" KB；请只粘贴通知本身。")
		}
		return text, nil
	}
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // only read
	data, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	opener := open.New(open.Options{MaxBytes: maxSheet})
	defer func() { _ = opener.Close() }() // only read
	d, err := opener.Read(r.Context(), header.Filename, data)
	if err != nil {
		if errs.KindOf(err) == errs.Internal {
			return "", err
		}
		return "", noticeError("file", errs.Public(err))
	}
	return holiday.Clip(holiday.Text(d)), nil
}

func noticeError(field, sentence string) error {
	return &errs.Error{Kind: errs.Invalid, Public: sentence, Fields: errs.Fields{{Name: field, Public: sentence}}}
}

// spare is how many empty lines there are for holidays that were not read.
const spare = 2

// maxDraft is how many holidays a form takes.
const maxDraft = 40

func (p Calendar) draftForm(r *http.Request, d holiday.Draft, action string) web.Form {
	say := p.Kit.Say(r)
	form := web.Form{Action: action, Submit: say.T("calendar.keep"), Cancel: "/admin/calendar", Fields: []web.Field{
		{Name: "number", Label: say.T("calendar.number"), Hint: say.T("calendar.number-hint"), Required: true, Value: d.Number, MaxLength: 60},
		{Kind: web.Date, Name: "issued", Label: say.T("calendar.issued"), Required: true, Narrow: true, Value: d.Issued},
		{Name: "year", Label: say.T("calendar.year"), Required: true, Narrow: true, InputMode: "numeric", MaxLength: 4, Value: d.Year},
		{Name: "region", Label: say.T("calendar.region"), Hint: say.T("calendar.region-hint"), MaxLength: 30, Value: d.Region},
		{Kind: web.Section, Name: "holidays", Label: say.T("calendar.holidays"), Hint: say.T("calendar.holidays-hint")},
	}}
	for i := range min(maxDraft, len(d.Holidays)+spare) {
		var h holiday.DraftHoliday
		if i < len(d.Holidays) {
			h = d.Holidays[i]
		}
		n := strconv.Itoa(i)
		form.Fields = append(form.Fields,
			web.Field{Name: "name-" + n, Label: say.T("calendar.holiday-n", i+1), Value: h.Name, MaxLength: 40, Beside: true},
			web.Field{Name: "off-" + n, Label: say.T("calendar.off"), Value: h.Off, MaxLength: 400, Beside: true},
			web.Field{Name: "work-" + n, Label: say.T("calendar.work"), Value: h.Work, MaxLength: 400, Beside: true},
		)
	}
	form.Fields = append(form.Fields, web.Field{Kind: web.Hidden, Name: "source", Value: d.Source})
	return form
}

// readDraft reads the form that draftForm has made.
func readDraft(v url.Values) holiday.Draft {
	d := holiday.Draft{Number: v.Get("number"), Issued: v.Get("issued"), Year: v.Get("year"), Region: v.Get("region"), Source: v.Get("source")}
	d.Source = holiday.Clip(d.Source)
	for i := range maxDraft {
		n := strconv.Itoa(i)
		if !v.Has("name-" + n) {
			break
		}
		d.Holidays = append(d.Holidays, holiday.DraftHoliday{Name: v.Get("name-" + n), Off: v.Get("off-" + n), Work: v.Get("work-" + n)})
	}
	for n := len(d.Holidays); n > 0 && d.Holidays[n-1] == (holiday.DraftHoliday{}); n-- { // lines that were spare
		d.Holidays = d.Holidays[:n-1]
	}
	return d
}

// askByHand gives the form with the statutory holidays and no days.
func (p Calendar) askByHand(w http.ResponseWriter, r *http.Request) error {
	if err := p.Keeper.MayEdit(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	var d holiday.Draft
	for _, name := range []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"} {
		d.Holidays = append(d.Holidays, holiday.DraftHoliday{Name: name})
	}
	return calendarCheckTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("calendar.by-hand"), calendarCheck{Form: p.draftForm(r, d, "/admin/calendar/check")})
}

func (p Calendar) add(w http.ResponseWriter, r *http.Request) error {
	return p.keep(w, r, func(record holiday.Record) (string, error) {
		return p.Keeper.Add(r.Context(), web.Actor(r), record)
	})
}

func (p Calendar) askEdit(w http.ResponseWriter, r *http.Request) error {
	record, err := p.draftRecord(r)
	if err != nil {
		return err
	}
	return calendarCheckTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("calendar.edit"), calendarCheck{
		Source: record.Source, Doubts: holiday.Doubts(record.Year, record.Region, record.Notice),
		Form: p.draftForm(r, holiday.DraftOf(record.Year, record.Region, record.Notice, record.Source), ""),
	})
}

// draftRecord gives the notice that the address names, to somebody who may
// change it and as long as it can be changed.
func (p Calendar) draftRecord(r *http.Request) (holiday.Record, error) {
	if err := p.Keeper.MayEdit(r.Context(), web.Actor(r)); err != nil {
		return holiday.Record{}, err
	}
	record, err := p.Keeper.Notice(r.Context(), web.Actor(r), r.PathValue("notice"))
	if err == nil && record.State() != holiday.Drafted {
		err = errs.New(errs.Conflict, "这份通知已经生效或者撤回，不能修改。")
	}
	return record, err
}

func (p Calendar) edit(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("notice")
	return p.keep(w, r, func(record holiday.Record) (string, error) {
		return id, p.Keeper.Correct(r.Context(), web.Actor(r), id, record)
	})
}

// keep checks what was typed and keeps it; what is wrong is shown beside it.
func (p Calendar) keep(w http.ResponseWriter, r *http.Request, do func(holiday.Record) (string, error)) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Keeper.MayEdit(r.Context(), web.Actor(r)); err != nil {
		return err
	}
	draft, say, id := readDraft(values), p.Kit.Say(r), ""
	record, err := draft.Record()
	if err == nil {
		id, err = do(record)
	}
	if err != nil {
		form := p.draftForm(r, draft, "")
		form.Fill(values)
		if form.Fail(err) {
			return calendarCheckTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("calendar.check"), calendarCheck{Source: draft.Source, Form: form})
		}
		return err
	}
	return p.Kit.Done(w, r, "/admin/calendar/"+id, say.T("calendar.kept"))
}
