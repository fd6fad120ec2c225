package admin_test

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/clock"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
	"gongkai/internal/web/admin"
	"gongkai/internal/web/webtest"
)

func openOrgans(t *testing.T, db *store.DB) *webtest.Browser {
	t.Helper()
	storetest.County(t, db)
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	organs := store.Organs{DB: db}
	office := &org.Office{Store: organs, Book: &org.Book{Store: organs, Clock: now}, Clock: now, IDs: ident.Random{Clock: now}}
	kit := webtest.Kit(t, now, organPeople)
	return webtest.Open(t, kit, admin.Organs{Kit: kit, Office: office, History: db, Meanings: org.EventKinds()}.Routes())
}

// fields are what the form of a new organ asks beside name and parent.
func fields(name, parent string) url.Values {
	return url.Values{
		"name": {name}, "parent": {parent}, "nature": {"administrative"}, "level": {"county"}, "region": {"150899"}, "from": {"2026-11-23"},
		"phone": {"0478-3212345"}, "reason": {"旗委编委〔2026〕3号"},
	}
}

func TestLifeOfAnOrganOnItsPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := openOrgans(t, db).As("county")
		wrong := fields("青川旗水利局", storetest.CountyID)
		wrong.Set("credit_code", "123")
		wrong.Set("from", "2026-13-40")
		a := b.Submit("/admin/organs/new", wrong)
		if a.Status != 422 && a.Status != 400 || a.Find(".summary li").Length() != 2 || a.Find("#f-name").AttrOr("value", "") != "青川旗水利局" {
			t.Fatalf("%d %s", a.Status, a.Find(".summary").Text())
		}
		a = b.Submit("/admin/organs/new", fields("青川旗水利局", storetest.CountyID))
		page := a.Path
		if a.Status != 200 || a.Find("h1").Text() != "青川旗水利局" || !strings.Contains(a.Find("main").Text(), "0478-3212345") {
			t.Fatalf("%d %s", a.Status, a.Find("main").Text())
		}
		for _, step := range []struct {
			act   string
			typed url.Values
			want  string
		}{
			{"rename", url.Values{"name": {"青川旗水利和湖泊局"}, "from": {"2026-12-01"}}, "青川旗水利和湖泊局"},
			{"move", url.Values{"parent": {storetest.OtherID}, "from": {"2026-12-01"}}, "青川旗民政局"},
			{"contact", url.Values{"phone": {"0478-7654321"}}, "0478-7654321"},
			{"correct?version=2026-11-23", fields("青川旗水务局", ""), "青川旗水务局"},
			{"merge", url.Values{"successor": {storetest.BureauID}, "from": {"2027-01-01"}, "reason": {"机构改革"}}, "2027-01-01"},
		} {
			if a := b.Submit(page+"/"+step.act, step.typed); a.Status != 200 || a.Path != page || !strings.Contains(a.Find("main").Text(), step.want) {
				t.Errorf("%s: %d %s %s", step.act, a.Status, a.Path, a.Find("main").Text())
			}
		}
		for _, path := range []string{"/nothing", "/correct?version=2001-01-01"} {
			if a := b.Get(page + path); a.Status != 404 {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
		if a := b.As("other").Get(page); a.Status != 403 {
			t.Errorf("an administrator of another organ sees it: %d", a.Status)
		}
	})
}

func TestOrgansGoOutAndComeIn(t *testing.T) {
	db := storetest.SQLite(t)
	b := openOrgans(t, db).As("county")
	book, err := excelize.OpenReader(strings.NewReader(b.Get("/admin/organs?format=xlsx").Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 5 || rows[2][1] != "青川旗人民政府" {
		t.Fatalf("%v, %v", rows, err)
	}
	printed := b.Get("/admin/organs?format=csv&q=民政局").Body
	list, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(printed, "\ufeff"))).ReadAll()
	if err != nil || len(list) != 2 || !slices.Equal(list[0], rows[0]) || list[1][0] != "青川旗民政局" {
		t.Fatalf("%v, %v", list, err)
	}
	list[1][slices.Index(list[0], "电话")] = "0478-3212345"
	list = append(list, []string{"青川旗水利局", "青川旗人民政府"})
	sheet := func(rows [][]string) []byte {
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	upload := func(rows [][]string, keep string) webtest.Answer {
		return b.Upload("/admin/organs/import", "sheet", "机关.csv", sheet(rows), url.Values{"keep": {keep}})
	}
	if a := upload(list, ""); a.Status != 200 || !strings.Contains(a.Find(".notice.green").Text(), "新建 1 个，更新 1 个") {
		t.Errorf("a look: %d %s", a.Status, a.Find("main").Text())
	}
	if a := upload(append(list, []string{"某股", "没有的局"}), "1"); a.Find("tbody tr").Length() != 1 || !strings.Contains(a.Find("tbody tr").Text(), "上级机关") {
		t.Errorf("a wrong line: %s", a.Find("main").Text())
	}
	if a := upload(list, "1"); a.Status != 200 || a.Path != "/admin/organs" || !strings.Contains(a.Find("main").Text(), "青川旗水利局") {
		t.Errorf("kept: %d %s", a.Status, a.Find("main").Text())
	}
	for name, rows := range map[string][][]string{"an unknown column": {{"机关名称", "颜色"}, {"甲局", "红"}}, "no heading": {{"甲局", "乙"}}, "nothing": nil} {
		if a := upload(rows, "1"); a.Status == 200 || a.Status >= 500 || a.Find(".summary").Length() != 1 {
			t.Errorf("%s: %d %s", name, a.Status, a.Find("main").Text())
		}
	}
}
