package api_test

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/filing"
	"gongkai/internal/store/storetest"
)

// A program of a section files a month, is told what speaks against it, and cannot
// confirm; another organ's program is refused.
func TestAProgramFilesFigures(t *testing.T) {
	w := open(t, nil)
	ctx := t.Context()
	clerk := account.Actor{ID: "lina", Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.Clerk}}}
	if _, err := w.filings.Standard(ctx, clerk, storetest.BureauID, calendar.On(2026, 1, 1), map[account.Role]string{account.Liaison: storetest.SectionID}); err != nil {
		t.Fatal(err)
	}
	token := w.token(true, account.SeeFilings, account.FileFigures)
	status, answer, _ := w.call("GET", "/api/v1/filings?organ="+storetest.BureauID+"&year=2026", token, "")
	if returns := answer["returns"].([]any); status != 200 || len(returns) != 12*3+4*2 {
		t.Fatalf("%d %v", status, answer)
	}
	october := "/api/v1/filings/" + filing.Key{Section: storetest.SectionID, Role: account.Liaison, Period: filing.Period{Year: 2026, Every: filing.Monthly, Part: 10}}.String()
	status, answer, _ = w.call("GET", october, token, "")
	if figures := answer["figures"].([]any); status != 200 || len(figures) != 4 || answer["status"] != "new" || answer["late"] != true {
		t.Fatalf("%d %v", status, answer)
	}
	for body, says := range map[string]string{
		`{"values":{"licences.decisions":"一百"}}`: "body.values.licences.decisions",
		`{"values":{"no.such":"1"}}`:             "没有名称为",
		`{}`:                                     "请写明 values",
		`{"values":{"licences.decisions":"1"},"submit":true}`: "没有填写",
	} {
		status, answer, _ := w.call("POST", october, token, body)
		if all := strings.Join(strings.Fields(jsonOf(t, answer)), " "); status < 400 || status >= 500 || !strings.Contains(all, says) {
			t.Errorf("%s: %d %s", body, status, all)
		}
	}
	status, answer, _ = w.call("POST", october, token, `{"values":{"licences.decisions":"12","penalties.decisions":"0","coercion.decisions":"0","fees.amount":"3.25"},"source":"审批系统","submit":true}`)
	if status != 200 || answer["status"] != "submitted" || answer["confirmed"] != false {
		t.Fatalf("%d %v", status, answer)
	}
	if status, answer, _ = w.call("POST", october, token, `{"nil":true}`); status != 409 {
		t.Errorf("what waits to be confirmed is changed: %d %v", status, answer)
	}
	if status, _, _ = w.call("POST", october, w.token(true, account.SeeFilings), `{"nil":true}`); status != 403 {
		t.Errorf("a program that may only look files: %d", status)
	}
	if status, _, _ = w.call("GET", "/api/v1/filings?organ="+storetest.OtherID, token, ""); status != 403 {
		t.Errorf("another organ's returns: %d", status)
	}
}
