package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/annual/check"
	"gongkai/internal/clock"
	"gongkai/internal/compile"
	"gongkai/internal/org"
	"gongkai/internal/rule"
)

// TestBrowserJanuary lets a January pass in Chromium: a bureau compiles its report,
// mends what the checker finds, signs, freezes and publishes it; the superior collects
// twelve organs, three of them as files with errors that were really published, has
// them mended, and sums. The file that is taken away is what the command line finds
// clean.
func TestBrowserJanuary(t *testing.T) {
	browser := browserFolder(t)
	c := clock.At(time.Date(2025, 12, 10, 9, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, c)
	for _, text := range []string{"2025年大厅值班表", "2025年窗口设置方案", "2025年延时服务事项目录"} {
		s.hand(t, text)
	}
	c.Set(time.Date(2026, 1, 12, 9, 0, 0, 0, clock.Shanghai))
	organs := s.signedElsewhere(t, 8)
	folder := t.TempDir()
	file := func(name string, content []byte) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	town, nature, civil := s.asPublished(t)
	question, err := json.Marshal(map[string]any{
		"base": s.URL, "clock": s.checking(t, c), "shots": os.Getenv("GONGKAI_SHOTS"), "life": "january",
		"facts": map[string]string{
			"bureau": s.people["jingban"].Organ, "county": s.people["zhuguan"].Organ, "signed": organs, "taken": filepath.Join(folder, "签发.docx"),
			"town": s.people["chengguan"].Organ, "townFile": file(town.name, town.file), "townMended": file("更正-"+town.name, town.mended),
			"nature": s.people["ziran-jb"].Organ, "natureFile": file(nature.name, nature.file), "natureMended": file("更正-"+nature.name, nature.mended),
			"civil": s.people["minzheng-jb"].Organ, "civilFile": file(civil.name, civil.file),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	run(t, browser, "january.mjs", question)
	if t.Failed() {
		return
	}
	s.wasNoticed(t, town, s.people["chengguan"].Organ)
	s.wasNoticed(t, nature, s.people["ziran-jb"].Organ)
	s.wasNoticed(t, civil, s.people["minzheng-jb"].Organ)
	taken, err := os.ReadFile(filepath.Join(folder, "签发.docx"))
	if err != nil {
		t.Fatal(err)
	}
	r := s.readReport(t, "签发.docx", taken)
	if r.Get("table3", "R1", "C7").N < 3 {
		t.Fatalf("%+v", r)
	}
	for _, f := range check.Check(&check.Input{Report: r}).Findings {
		if f.Severity != rule.Info {
			t.Errorf("%s %s: %s", f.Rule, f.Severity, f.Message)
		}
	}
}

// checking gives an address that sets the day of the site and lets the night's checks of
// collected reports be done.
func (s *site) checking(t *testing.T, c *clock.Manual) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, err := time.Parse(time.RFC3339, r.URL.Query().Get("at"))
		if err == nil {
			c.Set(at.In(clock.Shanghai))
			s.readBrought(r.Context())
			_, err = s.rooms.collect.Check(r.Context(), func(int) {})
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// signedElsewhere lets other organs of the county sign reports on a year in which nobody
// asked for anything, and gives their names.
func (s *site) signedElsewhere(t *testing.T, many int) string {
	t.Helper()
	tree, err := s.rooms.book.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	busy := map[string]bool{}
	for _, login := range []string{"jingban", "zhuguan", "minzheng-jb", "ziran-jb", "chengguan"} {
		busy[s.people[login].Organ] = true
	}
	var names []string
	for _, n := range tree.Subtree(s.people["zhuguan"].Organ) {
		if busy[n.ID] || n.Nature == org.Internal || n.Ended || len(names) == many || len(tree.Children(n.ID)) > 0 {
			continue
		}
		names = append(names, n.Name)
		for _, step := range []struct {
			login string
			role  account.Role
			deed  compile.Deed
		}{
			{"jingban", account.Clerk, compile.Start{}},
			{"jingban", account.Clerk, quietYear()},
			{"jingban", account.Clerk, compile.Submit{}},
			{"fuzeren", account.Head, compile.Pass{}},
			{"qianfa", account.Signer, compile.Sign{}},
		} {
			actor := s.people[step.login].Actor()
			actor.Grants = append(actor.Grants, account.Grant{Organ: n.ID, Role: step.role})
			if step.deed.Event() == compile.Submitted {
				s.answerWarnings(t, actor, n.ID)
			}
			if err := s.rooms.reports.Do(t.Context(), actor, n.ID, 2025, step.deed); err != nil {
				t.Fatalf("%s, %s: %v", n.Name, step.deed.Event(), err)
			}
		}
	}
	if len(names) < many {
		t.Fatalf("only %d organs sign", len(names))
	}
	return strings.Join(names, "、")
}

// quietYear is what an organ writes that nobody asked for anything.
func quietYear() compile.Write {
	zero := compile.Filed{Source: "各股室年度统计"}
	return compile.Write{Content: compile.Content{
		Text: map[compile.Section]string{
			compile.Proactive: "通过政府网站和公告栏公开本机关的职责、办事指南和工作动态。", compile.OnRequest: "2025年，未收到政府信息公开申请，没有上年结转的申请。",
			compile.Management: "起草文件时即认定公开属性，公开前逐项审查。", compile.Platform: "以旗政府网站为主要平台，按要求更新各栏目。",
			compile.Supervision: "明确分管领导和办公室的责任，每半年自查一次。", compile.Problems: "公开内容不够丰富，更新有时不及时。",
			compile.Improvements: "已明确专人每周更新栏目，并增加办事指南的内容。", compile.Other: "依照《政府信息公开信息处理费管理办法》，本年度未收取信息处理费。",
		},
		Filed: map[string]compile.Filed{"table2/licences/decisions": zero, "table2/penalties/decisions": zero, "table2/coercion/decisions": zero, "table2/fees/amount": zero},
	}}
}

// answerWarnings gives a reason for each warning.
func (s *site) answerWarnings(t *testing.T, actor account.Actor, organ string) {
	t.Helper()
	b, err := s.rooms.reports.Open(t.Context(), actor, organ, 2025)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Examined.Errors() {
		t.Errorf("%s: %s", f.Rule, f.Message)
	}
	reasons := map[string]string{}
	for _, f := range b.Examined.Open() {
		reasons[f.Key] = "已核对，与实际一致。"
	}
	if len(reasons) > 0 {
		if err := s.rooms.reports.Do(t.Context(), actor, organ, 2025, compile.Write{Content: compile.Content{Reasons: reasons}}); err != nil {
			t.Fatal(err)
		}
	}
}
