package app

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/client"
	"gongkai/internal/clock"
	"gongkai/internal/personal"
)

// Another system hands over a request, once however often it calls, and follows
// it; nothing of the applicant comes back.
func TestAnotherSystemHandsOverARequest(t *testing.T) {
	now := time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)
	s := openSiteAt(t, clock.At(now))
	bureau, other := s.people["jingban"].Organ, s.people["minzheng-jb"].Organ
	_, token, err := s.rooms.clients.Create(t.Context(), s.people["anquan"].Actor(), client.Draft{
		Organ: bureau, Name: "12345热线", Acts: []account.Act{account.SeeRequests, account.HandleRequests}, Expires: now.AddDate(0, 1, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	call := func(method, path, body string) (int, map[string]any, string) {
		r, _ := http.NewRequest(method, s.URL+"/api/v1/requests"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", "hotline-"+fmt.Sprint(crc32.ChecksumIEEE([]byte(body))))
		resp, err := (&http.Client{Transport: bearer(token)}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		raw, _ := io.ReadAll(resp.Body)
		var answer map[string]any
		if err := json.Unmarshal(raw, &answer); err != nil {
			t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, raw)
		}
		return resp.StatusCode, answer, string(raw)
	}
	request := func(organ, id string) string {
		return `{"organ":"` + organ + `","channel":"in-person","on":"2026-11-26","text":"2026年大厅延时服务的排班表","form":"paper","way":"post",` +
			`"applicant":{"kind":"C1","name":"钱多多","idNumber":"` + id + `","phone":"13912345678"}}`
	}
	if code, answer, _ := call("POST", "", request(bureau, "110105194912310021")); code != 422 || !strings.Contains(fmt.Sprint(answer), "校验") {
		t.Errorf("a wrong ID number: %d %v", code, answer)
	}
	if code, answer, _ := call("POST", "", request(other, "11010519491231002X")); code != 403 {
		t.Errorf("another organ's: %d %v", code, answer)
	}
	code, made, _ := call("POST", "", request(bureau, "11010519491231002X "))
	if code != 201 || made["status"] != "handling" || made["due"] != "2026-12-24" {
		t.Fatalf("%d %v", code, made)
	}
	if _, again, _ := call("POST", "", request(bureau, "11010519491231002X ")); again["number"] != made["number"] {
		t.Errorf("sent twice, registered twice: %v, %v", made, again)
	}
	code, got, raw := call("GET", "/"+made["id"].(string), "")
	if code != 200 || got["text"] != "2026年大厅延时服务的排班表" || len(got["limit"].([]any)) == 0 || len(got["options"].([]any)) == 0 {
		t.Errorf("%d %s", code, raw)
	}
	for _, secret := range []string{"钱多多", "11010519491231002X", "13912345678"} {
		if strings.Contains(raw, secret) {
			t.Errorf("the answer tells %s", secret)
		}
	}
	found, err := s.rooms.requests.FindByPerson(t.Context(), s.people["jingban"].Actor(), personal.IDNumber, "11010519491231002X")
	if err != nil || len(found) != 1 || found[0].ID != made["id"] {
		t.Errorf("the clerk finds %v (%v)", found, err)
	}
	if code, list, _ := call("GET", "?year=2026&row=R4&column=C1", ""); code != 200 || list["total"].(float64) == 0 {
		t.Errorf("what is carried over: %d %v", code, list)
	}
	if code, figures, _ := call("GET", "/figures?year=2026&organ="+bureau, ""); code != 200 || len(figures["table3"].([]any)) == 0 || len(figures["table4"].([]any)) == 0 {
		t.Errorf("%d %v", code, figures)
	}
	if code, _, _ := call("GET", "/figures?year=2026&organ="+other, ""); code != 403 {
		t.Errorf("figures of another organ: %d", code)
	}
	if code, table, _ := call("GET", "/table", ""); code != 200 || len(table["transitions"].([]any)) < 40 || !strings.Contains(table["mermaid"].(string), "stateDiagram-v2") {
		t.Errorf("%d %v", code, table)
	}
}
