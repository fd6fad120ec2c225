package store_test

import (
	"encoding/json"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/paging"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// disputed is a request that was answered and attacked.
func disputed(t *testing.T, id, number string) foi.Request {
	t.Helper()
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	r := foi.Request{ID: id, Organ: storetest.BureauID}
	day := calendar.On(2025, 3, 3)
	if _, err := r.Do(foi.Record{Past: foi.Past{
		Number: number, Channel: foi.InPerson, Arrived: day, Party: foi.Party{Kind: "C2", Organisation: "绿水公司"}, Ask: foi.Ask{Text: "采购合同"}, Outcome: "R3.1", Ended: day.Add(7), Way: foi.Post,
		Disputes: []foi.Dispute{{Ref: "d1", Kind: foi.Reconsideration, Body: "青川旗人民政府", Number: "青政复〔2025〕17号", FiledOn: day.Add(20)}},
	}}, foi.Scene{Actor: "a", Today: calendar.On(2025, 6, 2), Calendar: cal}); err != nil {
		t.Fatal(err)
	}
	return r
}

// The ledgers of disputes and of fees, and the list of requests, are searched by the
// number of a case and by whoever decides it.
func TestRequestsAreFoundByTheirCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		storetest.County(t, db)
		s, today := store.Requests{DB: db}, calendar.On(2025, 6, 2)
		fee := disputed(t, "r2", "依申请〔2025〕2号")
		fee.Disputes, fee.Fee = nil, &foi.Demand{Method: foi.ByPieces, Fen: 1000, Voucher: "蒙00012345"}
		if err := s.Add(t.Context(), func(foi.Around) (foi.Change, error) {
			return foi.Change{Added: []foi.Request{disputed(t, "r1", "依申请〔2025〕1号"), fee}}, nil
		}); err != nil {
			t.Fatal(err)
		}
		places := []account.Place{{Organ: storetest.CountyID, Below: true}}
		for words, want := range map[string][3]int{
			"青政复〔2025〕17": {1, 1, 0}, "旗人民政府": {1, 1, 0}, "依申请〔2025〕1号": {1, 1, 0}, "依申请": {2, 1, 1}, "00012345": {1, 0, 1}, "绿水 蒙0001": {1, 0, 1}, "17号 2号": {0, 0, 0},
		} {
			q := paging.Query{Words: words}
			list, err := s.List(t.Context(), places, q, today)
			if err != nil {
				t.Fatal(err)
			}
			disputes, err := s.Disputes(t.Context(), places, q, today)
			if err != nil {
				t.Fatal(err)
			}
			fees, err := s.Fees(t.Context(), places, q)
			if err != nil {
				t.Fatal(err)
			}
			if got := [3]int{list.Total, len(disputes.Rows), len(fees.Rows)}; got != want {
				t.Errorf("%s: %v, want %v", words, got, want)
			}
		}
		if err := db.VerifyIndexes(t.Context(), func(f store.Finding) { t.Errorf("%s: %s", f.ID, f.English) }); err != nil {
			t.Fatal(err)
		}
	})
}

// What was there before is found by its cases after an upgrade.
func TestUpgradeIndexesCases(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address)
		if err := db.MigrateTo(t.Context(), store.GramVersion()-1, "0.1.0", migrated); err != nil {
			t.Fatal(err)
		}
		storetest.County(t, db)
		file, err := json.Marshal(disputed(t, "r1", "依申请〔2025〕1号"))
		if err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, db, `INSERT INTO request (id, organ_id, number, status, outcome, visibility, handler, channel, kind, organisation, applicant, headline, title,
			arrived_on, received_on, due, ended_on, ended, open, running, file) VALUES ('r1', $1, '依申请〔2025〕1号', 'closed', 'R3.1', '', '', 'post', 'C2', '绿水公司', 'a', '采购合同', '', '2025-03-03', '2025-03-03', '9999-12-31', '2025-03-10', 'R3.1', FALSE, FALSE, $2)`,
			storetest.BureauID, string(file))
		storetest.Exec(t, db, "INSERT INTO request_dispute (request_id, ref, organ_id, kind, filed_on, decided_on, result) VALUES ('r1', 'd1', $1, 'review', '2025-03-23', '', '')", storetest.BureauID)
		if err := db.Migrate(t.Context(), "0.2.0", migrated); err != nil {
			t.Fatal(err)
		}
		page, err := store.Requests{DB: db}.List(t.Context(), []account.Place{{Organ: storetest.BureauID}}, paging.Query{Words: "青政复〔2025〕17号"}, calendar.On(2025, 6, 2))
		if err != nil || page.Total != 1 {
			t.Errorf("%d, %v", page.Total, err)
		}
	})
}
