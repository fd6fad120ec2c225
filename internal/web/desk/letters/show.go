package letters

import (
	"net/http"
	"strconv"

	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/letter"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/sheet"
)

// showData is one letter.
type showData struct {
	Letter   letter.Shown
	Path     string // of the letter
	Back     string // of the letters
	Request  foi.Request
	State    string
	Tone     string
	To       string
	Act      string // what it was made for
	Template string
	SentBy   string
	Way      string
	Sheet    sheet.View
	Versions int
	Edited   string // who changed the text last, and when; "" for nobody
	Stuck    bool   // it lacks something and waits to be sent
	Moot     string // what left it nothing to say
	Void     *voided
}

var showTemplate = web.Define[showData]("desk/letter_show")

func (p Letters) show(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	last := l.Versions[len(l.Versions)-1]
	ids := []string{l.SentBy, last.By}
	if l.Void != nil {
		ids = append(ids, l.Void.By)
	}
	who, err := p.who(r, ids)
	if err != nil {
		return err
	}
	data := showData{
		Letter: l, Path: pathOf(request) + "/letters/" + l.ID, Back: pathOf(request) + "/letters", Request: request, State: stateWord(say, l.Paper), Tone: tone(l.State),
		To: audience(say, l.Paper), Sheet: sheet.Of(l.Sheet), Versions: len(l.Versions), Template: say.T("letters.built-in"),
		Stuck: len(l.Lacking) > 0 && l.State == foi.PaperDraft && l.Moot == foi.Word{}, Moot: say.In(l.Moot),
	}
	if act, ok := foi.ActOf(l.Act); ok {
		if data.Act = act.Chinese; say.Lang == locale.English {
			data.Act = act.Done
		}
	}
	if l.Template != "built-in" {
		data.Template = say.T("letters.own-template")
	}
	if l.SentBy != "" {
		data.SentBy = who(l.SentBy)
	}
	data.Way = say.In(l.Way.Words())
	if v := l.Void; v != nil {
		data.Void = &voided{say.In(letter.VoidWord(l.Paper)), who(v.By), clockText(v.At)}
	}
	if last.By != event.System {
		data.Edited = say.T("letters.edited-by", who(last.By), clockText(last.At))
	}
	return showTemplate.Show(p.Kit, w, r, l.Title, data)
}

func (p Letters) load(r *http.Request) (foi.Request, letter.Shown, error) {
	return p.Office.Letter(r.Context(), web.Actor(r), r.PathValue("request"), r.PathValue("letter"))
}

// versionsData compares two texts of a letter.
type versionsData struct {
	Path     string
	All      []version
	Before   string
	After    string
	Lines    [][]letter.Change
	MayEdit  bool
	Versions int
}

// version is a text as the list has it.
type version struct {
	Nth       int
	Who, When string
	Compare   string // with the one before; "" for the first
	Here      bool
	Last      bool
}

var versionsTemplate = web.Define[versionsData]("desk/letter_versions")

func (p Letters) versions(w http.ResponseWriter, r *http.Request) error {
	request, l, err := p.load(r)
	if err != nil {
		return err
	}
	var ids []string
	for _, v := range l.Versions {
		ids = append(ids, v.By)
	}
	who, err := p.who(r, ids)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	path := pathOf(request) + "/letters/" + l.ID
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n < 2 || n > len(l.Versions) {
		n = len(l.Versions)
	}
	data := versionsData{Path: path, MayEdit: l.MayEdit, Versions: len(l.Versions)}
	for i, v := range l.Versions {
		one := version{Nth: i + 1, Who: who(v.By), When: clockText(v.At), Here: i+1 == n, Last: i+1 == len(l.Versions)}
		if i > 0 {
			one.Compare = path + "/versions?n=" + strconv.Itoa(i+1)
		}
		data.All = append(data.All, one)
	}
	if n > 1 {
		data.Before, data.After = say.T("letters.nth", n-1), say.T("letters.nth", n)
		data.Lines = letter.Compare(l.Versions[n-2].Text, l.Versions[n-1].Text)
	}
	return versionsTemplate.Show(p.Kit, w, r, say.T("letters.versions-of", l.Title), data)
}

func (p Letters) restore(w http.ResponseWriter, r *http.Request) error {
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	nth, _ := strconv.Atoi(values.Get("nth"))
	version, _ := strconv.Atoi(values.Get("version"))
	request, id := r.PathValue("request"), r.PathValue("letter")
	if err := p.Office.Restore(r.Context(), web.Actor(r), request, id, version, nth); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.restored", nth))
	return web.Redirect(w, r, "/desk/requests/"+request+"/letters/"+id)
}

func (p Letters) redraw(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	request, id := r.PathValue("request"), r.PathValue("letter")
	if err := p.Office.Redraw(r.Context(), web.Actor(r), request, id); err != nil {
		return err
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.redrawn"))
	return web.Redirect(w, r, "/desk/requests/"+request+"/letters/"+id)
}
