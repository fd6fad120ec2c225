package law

import (
	"strings"
	"testing"
	"time"
)

func TestInstrumentsAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, i := range Instruments() {
		if seen[i.Name] {
			t.Errorf("%s is listed twice", i.Name)
		}
		seen[i.Name] = true
		if i.Title == "" || i.Mark == "" {
			t.Errorf("%s has no title or no mark", i.Name)
		}
		for _, day := range []string{i.Since, i.Until} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				t.Errorf("%s: %v", i.Name, err)
			}
		}
		last := 0
		for _, a := range i.Known {
			if a.No <= last || a.No > i.Articles || a.Title == "" {
				t.Errorf("%s: article %d is out of order, out of range or has no title", i.Name, a.No)
			}
			last = a.No
		}
	}
}

func TestRegulationIsWhole(t *testing.T) {
	i, ok := Lookup("条例")
	if !ok || len(i.Known) != 56 || i.Articles != 56 {
		t.Fatalf("the Regulation has %d of 56 articles", len(i.Known))
	}
	if i.InForce("2019-05-14") || !i.InForce("2019-05-15") {
		t.Error("the Regulation is in force from 2019-05-15")
	}
}

func TestOutcomesAreCited(t *testing.T) {
	if n := len(Outcomes()); n != 21 {
		t.Errorf("%d outcomes, want 21", n)
	}
	for _, o := range Outcomes() {
		if err := CheckCitation(o.Cite); err != nil {
			t.Errorf("%s: %v", o.ID, err)
		}
	}
}

func TestRepliesFallIntoOutcomes(t *testing.T) {
	told := map[string]bool{"R3.2": true} // what several parts add up to
	for _, r := range Replies() {
		o, ok := OutcomeByID(r.Outcome)
		if !ok || !strings.HasPrefix(r.Code, o.Code) {
			t.Errorf("%s is counted in %q", r.Code, r.Outcome)
		}
		if err := CheckCitation(r.Cite); err != nil {
			t.Errorf("%s: %v", r.Code, err)
		}
		told[o.ID] = true
	}
	if len(told) != len(Outcomes()) {
		t.Errorf("%d of %d outcomes can be reached", len(told), len(Outcomes()))
	}
}

func TestPublicationItems(t *testing.T) {
	items := PublicationItems()
	if len(items) != 15 || items[0].Label != "（一）" || items[14].Label != "（十五）" || items[9].Label != "（十）" {
		t.Errorf("labels are wrong: %v", items)
	}
	table2 := 0
	for _, i := range items {
		if err := CheckCitation(i.Cite); err != nil {
			t.Error(err)
		}
		if i.Table2 {
			table2++
		}
	}
	if table2 != 4 {
		t.Errorf("%d items are counted in table 2, want 4", table2)
	}
	if len(LevelSubjects(CityOrCounty)) != 7 || len(LevelSubjects(Township)) != 8 || LevelSubjects("") != nil {
		t.Error("the subjects of 条例§21 are wrong")
	}
}

func TestRemedies(t *testing.T) {
	outcome := func(code string) Outcome {
		for _, o := range Outcomes() {
			if o.Code == code {
				return o
			}
		}
		t.Fatalf("no outcome %s", code)
		return Outcome{}
	}
	for _, c := range []struct {
		name, code string
		year       int
		month      time.Month
		day        int
		want       Remedy
	}{
		{"Q24 before", "C3", 2023, 12, 31, EitherRemedy},
		{"Q24 after", "C3", 2024, 1, 1, ReviewFirst},
		{"Q25", "D1", 2025, 6, 1, EitherRemedy},
		{"partly disclosed", "B", 2024, 5, 1, ReviewFirst},
		{"special access is no refusal", "C8", 2024, 5, 1, EitherRemedy},
		{"disclosed, but perhaps not all", "A", 2024, 5, 1, EitherRemedy},
		{"withdrawn", "F3", 2024, 5, 1, NoRemedy},
	} {
		if got := outcome(c.code).RemedyOn(c.year, c.month, c.day); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	for _, r := range []Remedy{ReviewFirst, EitherRemedy} {
		if err := CheckCitation(r.Cite()); err != nil {
			t.Error(err)
		}
		if r.Text("某县人民政府", "某县人民法院") == "" {
			t.Error("a remedy has no text")
		}
	}
	if NoRemedy.Text("a", "b") != "" || NoRemedy.Cite() != "" {
		t.Error("no remedy must say nothing")
	}
}

func TestReviewer(t *testing.T) {
	for _, c := range []struct {
		name string
		of   Respondent
		want string
	}{
		{"Q26 county department", LocalDepartment, "本级人民政府"},
		{"Q27 county tax bureau", VerticalOrgan, "上一级主管部门"},
		{"Q28 county government", LocalGovernment, "上一级人民政府"},
		{"province", ProvincialGovernment, "本级人民政府"},
	} {
		if got := ReviewerOf(c.of); got.Organ != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Organ, c.want)
		}
	}
	for r := LocalDepartment; r <= AuthorisedOrganisation; r++ {
		if err := CheckCitation(ReviewerOf(r).Cite); err != nil {
			t.Error(err)
		}
	}
}

func TestSubjectsAreKnownByTheirKey(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range []Level{CityOrCounty, Township} {
		all := Subjects(l)
		if len(all) != 15+len(LevelSubjects(l)) {
			t.Errorf("%s has %d subjects", l, len(all))
		}
		for _, s := range all {
			if err := CheckCitation(s.Cite); err != nil {
				t.Error(err)
			}
			if found, ok := SubjectByID(s.ID); !ok || found != s {
				t.Errorf("%s gives %+v", s.ID, found)
			}
			if seen[s.ID] && s.Level != "" {
				t.Errorf("%s names two subjects", s.ID)
			}
			seen[s.ID] = true
		}
	}
	if got := Subjects("province"); len(got) != 15 {
		t.Errorf("a province has %d subjects", len(got))
	}
}
