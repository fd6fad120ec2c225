package app

import (
	"slices"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/foi"
	"gongkai/internal/notify"
	"gongkai/internal/paging"
	"gongkai/internal/personal"
	"gongkai/internal/work"
)

// told gives what somebody was told of one request, the latest first.
func (s *site) told(t *testing.T, login, number string) (kinds []string) {
	t.Helper()
	if _, err := s.rooms.sequencer.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.readOn(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, err := s.rooms.notify.Mine(t.Context(), s.people[login].Actor(), paging.Query{Size: paging.MaxSize})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range page.Rows {
		if len(n.Title) >= len(number) && n.Title[:len(number)] == number {
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

// TestPeopleAreToldOfRequests follows a request: who is told of it, who is
// reminded, and that nobody is told the same twice.
func TestPeopleAreToldOfRequests(t *testing.T) {
	c := clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	ctx, desk := t.Context(), s.rooms.requests
	clerk, head := s.people["jingban"], s.people["fuzeren"]
	r, err := desk.Register(ctx, clerk.Actor(), foi.Intake{Organ: clerk.Organ, Facts: []foi.Facts{{personal.Name: "张三", personal.Phone: "13800131234"}}, Receive: foi.Receive{
		Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C1"}}, Ask: foi.Ask{Text: "低保发放明细", Form: "paper", Way: "post"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	look := func(login string, want ...string) {
		t.Helper()
		if got := s.told(t, login, r.Number); !slices.Equal(got, want) {
			t.Errorf("%s was told %v, want %v", login, got, want)
		}
	}
	look("jingban") // who did it is not told
	look("jingban2", "request.received")
	look("minzheng-jb")
	if err := desk.Do(ctx, head.Actor(), r.ID, foi.Reassign{To: clerk.ID}); err != nil {
		t.Fatal(err)
	}
	look("jingban", "request.reassigned")
	look("jingban2", "request.received")

	remind := func(day string, times int) {
		t.Helper()
		at, err := time.ParseInLocation(time.DateOnly, day, clock.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		c.Set(at.Add(7 * time.Hour))
		for range times {
			if _, err := desk.Tend(ctx); err != nil {
				t.Fatal(err)
			}
			if err := s.remind(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	count := func(login, kind string) (n int) {
		for _, k := range s.told(t, login, r.Number) {
			if k == kind {
				n++
			}
		}
		return n
	}
	due := func(login string, soon, over int) {
		t.Helper()
		if a, b := count(login, notify.WorkDue), count(login, notify.WorkOverdue); a != soon || b != over {
			t.Errorf("%s on %s: %d reminders, %d of being late; want %d, %d", login, c.Now().Format(time.DateOnly), a, b, soon, over)
		}
	}
	remind("2026-03-12", 2) // the look at the content is over; 12 working days are left
	early := count("jingban", notify.WorkDue)
	remind("2026-03-19", 2) // the reply is due on 30 March: 7 working days
	due("jingban", early+1, 0)
	due("fuzeren", 0, 0)
	remind("2026-03-25", 2) // 3
	due("jingban", early+2, 0)
	due("fuzeren", 1, 0)
	remind("2026-03-27", 2) // 1
	due("jingban", early+3, 0)
	due("fuzeren", 2, 0)
	due("zhuguan", 0, 0)
	remind("2026-03-31", 2) // overdue by a working day
	due("jingban", early+3, 1)
	due("fuzeren", 2, 1)
	due("zhuguan", 0, 1)
	remind("2026-04-01", 1)
	due("zhuguan", 0, 2)
	remind("2026-04-04", 1) // Saturday, Qingming
	due("zhuguan", 0, 2)
}

// Work of a request that is handed over for a leave is news to the substitute;
// that the same work moves with a reassigned request is said once.
func TestHandingOverTheWorkOfARequest(t *testing.T) {
	c := clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	ctx, desk := t.Context(), s.rooms.requests
	clerk, other, head := s.people["jingban"], s.people["jingban2"], s.people["fuzeren"]
	r, err := desk.Register(ctx, clerk.Actor(), foi.Intake{Organ: clerk.Organ, Receive: foi.Receive{
		Channel: foi.InPerson, Parties: []foi.Party{{Role: foi.IsApplicant, Kind: "C2", Organisation: "青川建材有限公司"}}, Ask: foi.Ask{Text: "采购合同", Form: "paper", Way: "post"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.Do(ctx, head.Actor(), r.ID, foi.Reassign{To: clerk.ID}); err != nil {
		t.Fatal(err)
	}
	s.told(t, "jingban2", r.Number) // the watcher reads every few seconds
	if _, err := s.rooms.work.PassAll(ctx, head.Actor(), clerk.Organ, clerk.ID, work.Holder{Person: other.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Tend(ctx); err != nil {
		t.Fatal(err)
	}
	if got := s.told(t, "jingban2", r.Number); !slices.Equal(got, []string{"work.passed", "work.passed"}) {
		t.Errorf("the substitute was told %v", got)
	}
	mine, err := s.rooms.work.Mine(ctx, other.Actor(), paging.Query{Words: r.Number})
	if err != nil || mine.Total != 2 {
		t.Errorf("the substitute has %d things to do about the request, %v", mine.Total, err)
	}
}
