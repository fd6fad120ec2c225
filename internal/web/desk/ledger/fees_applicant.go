package ledger

import (
	"net/http"
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// applicantData is the months of an applicant with one organ.
type applicantData struct {
	Number, Path string // of the request that leads here
	Months       []applicantMonth
	Cite         string
}

// applicantMonth is what was asked for in a month, each with its place in it.
type applicantMonth struct {
	Title   string
	Entries []applicantEntry
	Steps   []string
	Fee     string
}

type applicantEntry struct {
	Number, Path, Received, Price string
	Rank                          int64
	Here                          bool
}

var applicantTemplate = web.Define[applicantData]("desk/ledger_applicant")

func (p Pages) applicant(w http.ResponseWriter, r *http.Request) error {
	say := p.Kit.Say(r)
	request, months, err := p.Desk.LedgerOf(r.Context(), web.Actor(r), r.PathValue("request"))
	if err != nil {
		return err
	}
	tariff, _ := foi.TariffOf(foi.ByPieces)
	data := applicantData{Number: request.Number, Path: "/desk/requests/" + request.ID, Cite: tariff.Cite}
	for _, m := range months {
		year, month, _ := m.First.Civil()
		one := applicantMonth{Title: say.T("ledger.year-month", year, int(month)), Fee: foi.Yuan(m.Fee.Fen)}
		for _, s := range m.Fee.Steps {
			one.Steps = append(one.Steps, stepWord(say, s))
		}
		for _, e := range m.Entries {
			one.Entries = append(one.Entries, applicantEntry{e.Number, "/desk/requests/" + e.ID, e.Received.String(), foi.Yuan(e.Fen), e.Rank, e.ID == request.ID})
		}
		data.Months = append(data.Months, one)
	}
	return applicantTemplate.Show(p.Kit, w, r, say.T("ledger.applicant-of", request.Number), data)
}

func stepWord(say *locale.Catalogue, s foi.FeeStep) string {
	if say.Lang == locale.English {
		return s.English()
	}
	return s.Chinese()
}

// stepsOf tells how a fee comes about, in one line; "" when nothing is to be paid.
func stepsOf(say *locale.Catalogue, f foi.Fee) string {
	if f.Fen == 0 {
		return ""
	}
	var all []string
	for _, s := range f.Steps {
		if s.From > 0 {
			all = append(all, stepWord(say, s))
		}
	}
	return strings.Join(all, "；")
}

func kindWord(id string) string {
	for _, k := range law.ApplicantKinds() {
		if k.ID == id {
			return k.Label
		}
	}
	return id
}
