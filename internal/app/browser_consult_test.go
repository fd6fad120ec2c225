package app

import (
	"context"

	"gongkai/internal/consult"
	"gongkai/internal/paging"
)

// consultVisits are the pages about consultations, each in the states that differ.
func (s *site) consultVisits() []visit {
	bureau, ctx := s.people["jingban"].Organ, context.Background()
	one := func(organ string, phase consult.Phase) string {
		page, err := s.rooms.consults.List(ctx, s.people["zhuguan"].Actor(), paging.Query{Filters: map[string]string{consult.FilterOrgan: organ, consult.FilterPhase: string(phase)}})
		if err != nil || page.Total == 0 {
			return "none" // which the browser reports
		}
		return page.Rows[0].ID
	}
	open, told, ended, waits := one(bureau, consult.Open), one(bureau, consult.Told), one(s.people["minzheng-jb"].Organ, consult.Ended), one(bureau, consult.Preparing)
	opinion := "none"
	if page, err := s.rooms.consults.Opinions(ctx, s.people["jingban"].Actor(), paging.Query{Filters: map[string]string{consult.FilterOf: told}}); err == nil && page.Total > 0 {
		opinion = page.Rows[0].ID
	}
	desk := consult.Path(open)
	return []visit{
		{Name: "consultation-open", Path: "/consultations/" + open, Most: portalPage, Print: true},
		{Name: "consultation-told", Path: "/consultations/" + told, Most: portalPage},
		{Name: "consultation-ended", Path: "/consultations/" + ended, Most: portalPage},
		{Name: "consultation-give", Path: "/consultations/" + open + "/opinion", Most: portalPage},
		{Name: "consultation-nobody", Path: "/consultations/opinion?number=YJ000000000000", Status: 404},
		{Name: "desk-consultation", As: "jingban", Path: desk},
		{Name: "desk-consultation-told", As: "jingban", Path: consult.Path(told)},
		{Name: "desk-consultation-ended", As: "minzheng-jb", Path: consult.Path(ended)},
		{Name: "desk-consultation-feedback", As: "minzheng-jb", Path: consult.Path(ended) + "/feedback"},
		{Name: "desk-consultation-approve", As: "fuzeren", Path: consult.Path(waits) + "/approve"},
		{Name: "desk-consultation-extend", As: "fuzeren", Path: desk + "/extend"},
		{Name: "desk-consultation-handle", As: "jingban", Path: desk + "/handle"},
		{Name: "desk-consultation-aside", As: "jingban", Path: desk + "/aside"},
		{Name: "desk-consultation-enter", As: "jingban", Path: desk + "/enter"},
		{Name: "desk-consultation-import", As: "jingban", Path: desk + "/import"},
		{Name: "desk-consultation-early", As: "jingban", Path: desk + "/submit-feedback", Status: 409},
		{Name: "desk-opinion", As: "jingban", Path: "/desk/opinions/" + opinion},
	}
}
