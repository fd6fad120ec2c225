package portal

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/web"
)

// maxUpload is the body of a form with a receipt; the form around it is small.
const maxUpload = 2*event.MaxReceipt + 64<<10

// logCheck asks for a receipt and tells whether it holds.
type logCheck struct {
	Form   web.Form
	Answer *checkAnswer
}

type checkAnswer struct {
	Proven    proven
	Continues bool // the log of today begins with the receipt's
}

var logCheckTemplate = web.Define[logCheck]("portal/log_check")

func (p Log) checkForm(r *http.Request) web.Form {
	say := p.Kit.Say(r)
	return web.Form{
		Action: "/log/check", Upload: true, Submit: say.T("log.check-it"),
		Fields: []web.Field{
			{Kind: web.File, Name: "file", Label: say.T("log.file"), Hint: say.T("log.file-hint"), Accept: ".json,application/json"},
			{Kind: web.TextArea, Name: "text", Label: say.T("log.text"), Hint: say.T("log.text-hint"), Rows: 8},
		},
	}
}

func (p Log) ask(w http.ResponseWriter, r *http.Request) error {
	return logCheckTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("log.check"), logCheck{Form: p.checkForm(r)})
}

// check verifies a receipt as anybody could offline, and then whether the log of
// today still begins with what the receipt was made from.
func (p Log) check(w http.ResponseWriter, r *http.Request) error {
	data, title := logCheck{Form: p.checkForm(r)}, p.Kit.Say(r).T("log.check")
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	shown, err := p.verify(r, values)
	if err != nil {
		data.Form.Fill(values)
		if data.Form.Fail(err) {
			return logCheckTemplate.ShowStatus(p.Kit, w, r, http.StatusUnprocessableEntity, title, data)
		}
		return err
	}
	words, err := p.words(r, shown)
	if err != nil {
		return err
	}
	continues, err := p.Store.Continues(r.Context(), shown.Head)
	if err != nil {
		return err
	}
	data.Answer = &checkAnswer{words, continues}
	return logCheckTemplate.Show(p.Kit, w, r, title, data)
}

func (p Log) verify(r *http.Request, values url.Values) (event.Proven, error) {
	raw := []byte(strings.TrimSpace(values.Get("text")))
	file, _, err := r.FormFile("file")
	switch {
	case err == nil:
		defer func() { _ = file.Close() }() // only read
		if raw, err = io.ReadAll(io.LimitReader(file, event.MaxReceipt+1)); err != nil {
			return event.Proven{}, err
		}
	case !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return event.Proven{}, errs.Wrap(err, errs.Corrupt, "文件没有完整送达，请重新选择文件。")
	}
	if len(raw) == 0 {
		return event.Proven{}, &errs.Error{
			Kind: errs.Invalid, Public: "请选择回执文件，或者粘贴回执的内容。", Fields: errs.Fields{{Name: "file", Public: "请选择回执文件，或者粘贴回执的内容。"}},
		}
	}
	return event.VerifyReceipt(raw, p.Keys)
}
