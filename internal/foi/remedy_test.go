package foi

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/law"
	"gongkai/internal/org"
)

type register map[string]org.Version

func (r register) Version(id string, _ calendar.Date) (org.Version, bool) {
	v, ok := r[id]
	return v, ok
}

var somewhere = register{
	"city":     {Name: "青河市人民政府", Nature: org.Administrative, Level: org.City},
	"county":   {Name: "青川旗人民政府", Parent: "city", Nature: org.Administrative, Level: org.County},
	"bureau":   {Name: "青川旗政务服务局", Parent: "county", Nature: org.Administrative, Level: org.County},
	"section":  {Name: "政务公开股", Parent: "bureau", Nature: org.Internal, Level: org.County},
	"justice":  {Name: "青川旗司法局", Parent: "county", Nature: org.Administrative, Level: org.County},
	"tax-city": {Name: "国家税务总局青河市税务局", Nature: org.Administrative, Level: org.City, Vertical: true},
	"tax":      {Name: "国家税务总局青川旗税务局", Parent: "tax-city", Nature: org.Administrative, Level: org.County, Vertical: true},
	"town":     {Name: "河湾镇人民政府", Parent: "county", Nature: org.TownshipLevel, Level: org.Town},
	"province": {Name: "青山省人民政府", Nature: org.Administrative, Level: org.Provincial},
	"ministry": {Name: "自然资源部", Nature: org.Administrative, Level: org.Central},
	"orphan":   {Name: "青川旗民政局", Nature: org.Administrative, Level: org.County},
}

func TestRemediesOfADecision(t *testing.T) {
	for _, c := range []struct {
		name, organ, outcome, on string
		kind                     law.Remedy
		reviewer, court          string
	}{
		{"Q24 in 2023", "bureau", "R3.3.3", "2023-12-31", law.EitherRemedy, "青川旗人民政府", "基层"},
		{"Q24 in 2024", "bureau", "R3.3.3", "2024-01-01", law.ReviewFirst, "青川旗人民政府", "基层"},
		{"Q25", "bureau", "R3.4.1", "2025-06-01", law.EitherRemedy, "青川旗人民政府", "基层"},
		{"Q26", "bureau", "R3.2", "2025-06-01", law.ReviewFirst, "青川旗人民政府", "基层"},
		{"Q27", "tax", "R3.3.4", "2025-06-01", law.ReviewFirst, "国家税务总局青河市税务局", "基层"},
		{"Q28", "county", "R3.3.6", "2025-06-01", law.ReviewFirst, "青河市人民政府", "中级"},
		{"a section acts for its bureau's government", "section", "R3.1", "2025-06-01", law.EitherRemedy, "青川旗人民政府", "基层"},
		{"a justice bureau: two to choose from", "justice", "R3.1", "2025-06-01", law.EitherRemedy, "青川旗人民政府或者上一级司法行政部门", "基层"},
		{"a township", "town", "R3.5.1", "2025-06-01", law.EitherRemedy, "青川旗人民政府", "基层"},
		{"a province", "province", "R3.3.1", "2025-06-01", law.ReviewFirst, "青山省人民政府", "中级"},
		{"a ministry", "ministry", "R3.3.1", "2025-06-01", law.ReviewFirst, "自然资源部", "中级"},
		{"the tree ends below the government", "orphan", "R3.1", "2025-06-01", law.EitherRemedy, "本级人民政府", "基层"},
	} {
		got, ok := RemediesOf(Decision{Outcome: c.outcome, SignedOn: day(t, c.on)}, c.organ, somewhere, "", false)
		if !ok || got.Kind != c.kind || got.Reviewer != c.reviewer || !strings.Contains(got.Court, c.court) {
			t.Errorf("%s: %+v", c.name, got)
		}
		if err := law.CheckCitation(got.Cite); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if first := strings.Contains(got.Text, "应当先"); first != (c.kind == law.ReviewFirst) || first && strings.Contains(got.Text, "也可以自收到") {
			t.Errorf("%s: %s", c.name, got.Text)
		}
	}
	got, _ := RemediesOf(Decision{Outcome: "R3.1", SignedOn: day(t, "2025-06-01")}, "bureau", somewhere, "青川旗人民法院", true)
	if !strings.Contains(got.Text, "互联网") || !strings.Contains(got.Text, "青川旗人民法院") {
		t.Error(got.Text)
	}
	if got, ok := RemediesOf(Decision{Outcome: "R3.6.3", SignedOn: day(t, "2025-06-01")}, "bureau", somewhere, "", false); !ok || got.Text != "" {
		t.Errorf("withdrawn: %+v", got)
	}
	if _, ok := RemediesOf(Decision{Outcome: "R3.1", SignedOn: day(t, "2025-06-01")}, "nowhere", somewhere, "", false); ok {
		t.Error("an organ that is not there has remedies")
	}
}
