package store_test

import (
	"slices"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/consult"
	"gongkai/internal/housetest"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// What a consultation is found by is counted again: what was changed in it, taken away or
// put there past the program is named.
func TestTheSearchOfConsultationsIsCountedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		desk := housetest.New(t, db, "2026-03-02").Consultations()
		begin := func(title string) string {
			id, err := desk.Begin(t.Context(), housetest.Is(account.Clerk, storetest.BureauID), storetest.BureauID, consult.Content{
				Title: title, Kind: consult.Normative, From: calendar.On(2026, 3, 2), Until: calendar.On(2026, 3, 11),
				Draft: consult.Paper{Text: "第一条　为了规范停车场管理，制定本办法。"}, Explanation: consult.Paper{Text: "一、起草的背景和依据。"}, Contact: "政策法规股", Phone: "0478-3212345",
			})
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		whole, changed, gone := begin("关于停车场办法的公告"), begin("关于充电桩办法的公告"), begin("关于养犬办法的公告")
		wrong := func() (all []string) {
			if err := db.VerifyIndexes(t.Context(), func(f store.Finding) { all = append(all, f.ID) }); err != nil {
				t.Fatal(err)
			}
			return all
		}
		if all := wrong(); len(all) > 0 {
			t.Fatalf("before anything was changed: %v", all)
		}
		storetest.Exec(t, db, "UPDATE consultation_text SET joined = '别的' WHERE consultation_id = $1", changed)
		storetest.Exec(t, db, "DELETE FROM consultation_text WHERE consultation_id = $1", gone)
		want := []string{"consultation_text/" + changed, "consultation_text/" + gone}
		slices.Sort(want)
		if all := wrong(); !slices.Equal(all, want) {
			t.Errorf("found %v, want %v and nothing of %s", all, want, whole)
		}
		storetest.Exec(t, db, "UPDATE consultation_text SET body = '别的' WHERE consultation_id = $1", whole)
		if all := wrong(); !slices.Contains(all, "consultation_text/"+whole) {
			t.Errorf("a body that says something else is not among %v", all)
		}
	})
}
