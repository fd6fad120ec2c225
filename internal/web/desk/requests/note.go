package requests

import (
	"net/http"

	"gongkai/internal/foi"
	"gongkai/internal/web"
)

// noteLine is a note of the office.
type noteLine struct{ At, Who, Text string }

// noteForm asks for a note; it stands on the page of the request.
func (v *view) noteForm() web.Form {
	return web.Form{Action: path(v.request.ID) + "/notes", Submit: v.say.T("requests.note-add"), Fields: []web.Field{
		{Kind: web.TextArea, Name: "note", Label: v.say.T("requests.note"), Hint: v.say.T("requests.note-hint"), Rows: 2, MaxLength: foi.MaxNote, Required: true},
	}}
}

// addNotes lists the notes, the latest first.
func (v *view) addNotes(d *caseData) error {
	notes, err := v.p.Notes.Of(v.r.Context(), v.actor, v.request.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, n := range notes {
		ids = append(ids, n.By)
	}
	names, err := v.p.Names.Names(v.r.Context(), ids)
	if err != nil {
		return err
	}
	for _, n := range notes {
		d.Notes = append(d.Notes, noteLine{n.At.Format("2006-01-02 15:04"), names[n.By], n.Text})
	}
	d.NoteForm = v.noteForm()
	return nil
}

func (p Pages) note(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, r.PathValue("request"))
	if err != nil {
		return err
	}
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.Notes.Write(r.Context(), v.actor, v.request.ID, typed.Get("note"))
	if err == nil {
		return p.Kit.Done(w, r, path(v.request.ID)+"#notes", v.say.T("requests.note-done"))
	}
	data, dataErr := v.data()
	if dataErr != nil {
		return dataErr
	}
	data.NoteForm.Fill(typed)
	if !data.NoteForm.Fail(err) {
		return err
	}
	return caseTemplate.ShowStatus(p.Kit, w, r, web.Status(err), v.request.Number, data)
}
