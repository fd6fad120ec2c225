package app

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/config"
	"gongkai/internal/mail"
	"gongkai/internal/notify"
	"gongkai/internal/paging"
	"gongkai/internal/work"
	"gongkai/internal/world"
)

// TestFirstPagesShowSomething looks at what the people of the demo find.
func TestFirstPagesShowSomething(t *testing.T) {
	s := openSite(t)
	states := map[work.State]int{}
	tones := map[work.Tone]int{}
	for _, login := range world.Logins() {
		p := s.people[login]
		if homeOf(p) == "/admin" {
			continue
		}
		open, err := s.rooms.work.Mine(t.Context(), p.Actor(), paging.Query{})
		if err != nil || open.Total == 0 {
			t.Errorf("%s has nothing to do: %v", login, err)
		}
		for _, i := range open.Rows {
			tones[i.Left.Tone]++
		}
		for _, state := range work.States() {
			page, err := s.rooms.work.Mine(t.Context(), p.Actor(), paging.Query{Filters: map[string]string{work.FilterState: string(state)}})
			if err != nil {
				t.Fatal(err)
			}
			states[state] += page.Total
		}
		if n, err := s.rooms.notify.Unread(t.Context(), p.Actor()); err != nil || n == 0 {
			t.Errorf("%s has no unread notice: %v", login, err)
		}
	}
	if len(states) != 3 || states[work.Done] == 0 || states[work.Withdrawn] == 0 || tones[work.Red] == 0 || tones[work.Amber] == 0 || tones[work.Calm] == 0 {
		t.Errorf("states %v, tones %v", states, tones)
	}
}

// TestAssignmentReachesTheTelephone follows an assignment to the gateway of an
// operator, through events, notices, the outbox and its job.
func TestAssignmentReachesTheTelephone(t *testing.T) {
	var (
		mu   sync.Mutex
		sent []map[string]string
	)
	gateway := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || mail.Sign("geheim", r.Header.Get(mail.TimeHeader), body) != r.Header.Get(mail.SignatureHeader) {
			t.Errorf("a call that is not signed: %v", err)
		}
		var call map[string]string
		if err := json.Unmarshal(body, &call); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, call)
	}))
	defer gateway.Close()
	s := openSite(t)
	s.rooms.notify.Senders = senders(config.Config{SMS: config.SMS{URL: gateway.URL, Secret: "geheim"}})
	clerk, head := s.people["jingban"], s.people["fuzeren"]
	if err := s.rooms.notify.Choose(t.Context(), clerk.Actor(), map[notify.Channel]notify.Choice{notify.SMS: {Enabled: true}}); err != nil {
		t.Fatal(err)
	}
	i, err := s.rooms.work.Assign(t.Context(), head.Actor(), work.Draft{
		Organ: clerk.Organ, Task: work.Publish, Title: "公开双公示数据", For: work.Holder{Person: clerk.ID}, Due: calendar.On(time.Now().Year()+2, time.March, 5), // nobody knows yet whether people work then
	})
	if err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) { // the site's own background does it
		mu.Lock()
		n := len(sent)
		mu.Unlock()
		if n > 0 || time.Now().After(until) {
			break
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(sent) != 1 || sent[0]["to"] != "13800000005" || !strings.Contains(sent[0]["text"], "新的待办：公开双公示数据") {
		t.Fatalf("%v", sent)
	}
	page, err := s.rooms.notify.Mine(t.Context(), clerk.Actor(), paging.Query{Filters: map[string]string{notify.FilterUnread: "yes"}})
	if err != nil || !slices.ContainsFunc(page.Rows, func(n notify.Notice) bool { return n.Link == "/desk/work/"+i.ID }) {
		t.Errorf("%+v, %v", page, err)
	}
}
