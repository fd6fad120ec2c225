package requests

import (
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
	"gongkai/internal/web/sheet"
)

// previewData is what an act would come to, with the letters it would send.
type previewData struct {
	Sums    []course.Line // how an amount comes about
	Letters []sheet.View
	Wrong   string // why nothing can be shown yet
}

var previewTemplate = web.Define[previewData]("desk/request_preview")

// previews tells whether there is something to show before the act is done: the
// letters that it sends, the amount that it asks for.
func previews(f form) bool { return f.Counts || sends(f) }

// sends tells whether the answers to a form make a letter: that of the act, or one
// that another act sends. Receipts and records of service hold nothing that is
// worded here, and a reply that is signed was worded before.
func sends(f form) bool {
	switch f.Event {
	case foi.Submitted, foi.ExtensionProposed:
		return true
	case foi.Served, foi.ServedAgain, foi.Confirmed, foi.Corrected, foi.Signed:
		return false
	}
	return len(foi.LettersOf(f.Event)) > 0
}

// preview answers with what would come of the answers so far. Nothing is kept.
func (p Pages) preview(w http.ResponseWriter, r *http.Request, f form) error {
	s, err := p.scene(w, r, f)
	if err != nil {
		return err
	}
	v, err := p.readForm(r, append(filesOf(s.request), s.keptFiles()...)...)
	if err != nil {
		return err
	}
	data := previewData{}
	if s.why != nil {
		data.Wrong = errs.Public(s.why)
		return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("requests.preview"), data)
	}
	deed := f.Deed(s, v)
	if err := v.Err(); f.Counts && err != nil { // there is nothing to reckon yet
		data.Wrong = errs.Public(err)
		return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("requests.preview"), data)
	}
	if data.Sums, err = s.sums(deed); err != nil {
		return err
	}
	if !sends(f) {
		return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("requests.preview"), data)
	}
	letters, err := p.Letters.Preview(r.Context(), s.actor, s.request.ID, deed, s.facts)
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict, errs.NotFound:
		data.Wrong, err = errs.Public(err), nil
	}
	if err != nil {
		return err
	}
	for _, l := range letters {
		data.Letters = append(data.Letters, sheet.Of(l))
	}
	return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("requests.preview"), data)
}

// sums show how the amount of a fee comes about, or by which day a service is
// judged.
func (s *scene) sums(deed foi.Deed) ([]course.Line, error) {
	switch d := deed.(type) {
	case foi.DemandFee:
		return feeLines(s.say, d), nil
	case foi.Serve:
		return s.serviceLines(d)
	}
	return nil, nil
}

// serviceLines tell whether a reply that is served so is in time.
func (s *scene) serviceLines(d foi.Serve) ([]course.Line, error) {
	lines := []course.Line{{Text: serviceDay(s.say, d.Way), Cite: "国办公开办函〔2016〕235号"}}
	if s.request.Due.IsZero() {
		return lines, nil
	}
	judged, err := foi.Service{Way: d.Way, Day: d.On}.Judge(s.cal, s.request.Due)
	switch {
	case errs.KindOf(err) == errs.Invalid, errs.KindOf(err) == errs.NotFound: // the form says what is wrong; a day beyond the calendar cannot be judged
		return lines, nil
	case err != nil:
		return nil, err
	case judged.Warning != "":
		return []course.Line{{Text: judged.Warning}}, nil
	case judged.LateBy > 0:
		return append(lines, course.Line{Text: s.say.T("requests.served-late", course.ISO(d.On), course.ISO(s.request.Due), judged.LateBy), Cite: "条例§33.2"}), nil
	}
	return append(lines, course.Line{Text: s.say.T("requests.served-in-time", course.ISO(d.On), course.ISO(s.request.Due)), Cite: "条例§33.2"}), nil
}
