package requests

import (
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
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
func (p Pages) previews(f form) bool { return f.counts || sends(f) }

// sends tells whether an act sends a letter, or words one that another act sends.
func sends(f form) bool {
	return len(foi.LettersOf(f.event)) > 0 && f.event != foi.Served && f.event != foi.ServedAgain && f.event != foi.Confirmed && f.event != foi.Corrected ||
		f.event == foi.Submitted || f.event == foi.ExtensionProposed
}

// preview answers with what would come of the answers so far. Nothing is kept.
func (p Pages) preview(w http.ResponseWriter, r *http.Request, f form) error {
	s, why, err := p.scene(r, f)
	if err != nil {
		return err
	}
	v, err := p.readForm(r, filesOf(s.request)...)
	if err != nil {
		return err
	}
	data := previewData{}
	if why != nil {
		data.Wrong = errs.Public(why)
		return previewTemplate.ShowFragment(p.Kit, w, r, s.say.T("requests.preview"), data)
	}
	deed := f.deed(s, v)
	data.Sums = sums(s.say, deed)
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

// sums show how the amount of a fee comes about.
func sums(say *locale.Catalogue, deed foi.Deed) []course.Line {
	d, ok := deed.(foi.DemandFee)
	if !ok {
		return nil
	}
	return feeLines(say, d)
}
