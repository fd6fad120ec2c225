package setting_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/ident"
	"gongkai/internal/law"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func open(t *testing.T) *setting.Office {
	t.Helper()
	db := storetest.SQLite(t)
	now := clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	trees, kept := org.Fixed(storetest.County(t, db)), store.Settings{DB: db}
	return &setting.Office{
		Book: &setting.Book{Store: kept, Trees: trees, Clock: now}, Store: kept, Trees: trees, Clock: now, IDs: ident.Random{Clock: now},
	}
}

func holder(organ string, roles ...account.Role) account.Actor {
	a := account.Actor{ID: "p", Organ: organ}
	for _, r := range roles {
		a.Grants = append(a.Grants, account.Grant{Organ: organ, Role: r})
	}
	return a
}

var (
	sys = holder(storetest.CountyID, account.SystemAdmin)
	sec = holder(storetest.CountyID, account.SecurityAdmin)
)

// The table is what people read and what the program obeys; each line must hold
// together.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	var groups []setting.Group
	for _, g := range setting.Groups() {
		groups = append(groups, g.Group)
	}
	for _, d := range setting.Definitions() {
		if seen[d.Name] {
			t.Errorf("%s stands twice", d.Name)
		}
		seen[d.Name] = true
		if !slices.Contains(groups, d.Group) {
			t.Errorf("%s is in no group", d.Name)
		}
		if d.Basis != setting.Custom {
			if err := law.CheckCitation(d.Basis); err != nil {
				t.Errorf("%s: %v", d.Name, err)
			}
		}
		if !strings.HasSuffix(d.Why, "。") || !strings.HasSuffix(d.Hint.Chinese, "。") || d.Hint.English == "" || d.Title.Chinese == "" || d.Title.English == "" {
			t.Errorf("%s lacks words", d.Name)
		}
		if stored, err := d.Parse(d.Default); err != nil || stored != d.Default {
			t.Errorf("default of %s: %q, %v", d.Name, stored, err)
		}
		if security := d.Strict != setting.NoneIsStricter; security && d.Act != account.EditSecurity {
			t.Errorf("%s has a floor and is not the security administrator's", d.Name)
		}
		if (d.Kind == setting.Duration) != (d.Step > 0) {
			t.Errorf("%s: a duration has a step, and nothing else has", d.Name)
		}
	}
}

func TestPolicyOfDefaults(t *testing.T) {
	got, err := open(t).Book.Policy(context.Background(), storetest.SectionID)
	if want := account.DefaultPolicy(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the table gives %+v (%v), the accounts say %+v", got, err, want)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, typed, want, wrong string
	}{
		{setting.PasswordLength, " 12 ", "12", ""},
		{setting.PasswordLength, "１２", "12", ""},
		{setting.PasswordLength, "012", "12", ""},
		{setting.PasswordLength, "", "", "请填写口令最短长度，8至64的整数。"},
		{setting.PasswordLength, "十二", "", "“十二”不是整数；口令最短长度应填8至64的整数。"},
		{setting.PasswordLength, "9999999999999999999999", "", "“9999999999999999999999”不是整数；口令最短长度应填8至64的整数。"},
		{setting.PasswordLength, "7", "", "口令最短长度应在8至64个字符之间。"},
		{setting.BackupAt, "2:30", "02:30", ""},
		{setting.BackupAt, "02：30", "02:30", ""},
		{setting.BackupAt, "24:00", "", "每日备份时间应写成 02:30 的形式，从 00:00 到 23:59。"},
		{setting.SiteName, "  ", "", ""},
		{setting.SiteName, strings.Repeat("公", 41), "", "网站名称不超过40个字，现在有41个。"},
		{setting.SiteName, "公开\x00网", "", "网站名称中有不能显示的字符，请重新输入。"},
		{setting.SiteErrors, "", "", ""},
		{setting.SiteErrors, " https://zfwzzc.www.gov.cn/x?site_code=1508990001 ", "https://zfwzzc.www.gov.cn/x?site_code=1508990001", ""},
		{setting.SiteErrors, "javascript:alert(1)", "", "“我为政府网站找错”的网址应是完整的网址，以 https:// 开头。"},
		{setting.SiteMark, "www.gov.cn", "", "党政机关网站标识的网址应是完整的网址，以 https:// 开头。"},
		{setting.FactorRoles, "clerk system-admin", "clerk system-admin", ""},
		{setting.FactorRoles, "system-admin clerk", "clerk system-admin", ""},
		{setting.FactorRoles, "king", "", "请从列出的选项中选择。"},
		{setting.FactorRoles, "", "", ""},
	} {
		d, ok := setting.Find(c.name)
		if !ok {
			t.Fatal(c.name)
		}
		got, err := d.Parse(c.typed)
		if got != c.want || (c.wrong != "") != (err != nil) || err != nil && errs.Public(err) != c.wrong {
			t.Errorf("%s %q: %q, %v", c.name, c.typed, got, err)
		}
	}
}

// Whatever is typed, what is kept can be typed again and stays the same.
func TestParseIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom(setting.Definitions()).Draw(t, "setting")
		typed := rapid.OneOf(rapid.String(), rapid.Map(rapid.IntRange(-5, 2000), func(n int) string { return string(rune('0'+n%10)) + "0" }), rapid.Just(d.Default)).Draw(t, "typed")
		once, err := d.Parse(typed)
		if err != nil {
			return
		}
		twice, err := d.Parse(once)
		if err != nil || once != twice || !utf8.ValidString(once) {
			t.Fatalf("%s: %q is kept as %q, then %q (%v)", d.Name, typed, once, twice, err)
		}
	})
}

func TestWhoMayChange(t *testing.T) {
	ctx := context.Background()
	bureau := holder(storetest.BureauID, account.SystemAdmin)
	for _, c := range []struct {
		what        string
		actor       account.Actor
		organ, name string
		want        errs.Kind
		fine        bool
	}{
		{"system administrator of the root, the deployment", sys, setting.Whole, setting.WorkWarnDays, 0, true},
		{"system administrator of the root, an organ below", sys, storetest.SectionID, setting.WorkWarnDays, 0, true},
		{"system administrator, security", sys, storetest.BureauID, setting.PasswordLength, errs.Forbidden, false},
		{"security administrator, security", sec, storetest.BureauID, setting.PasswordLength, 0, true},
		{"security administrator, the rest", sec, storetest.BureauID, setting.WorkWarnDays, errs.Forbidden, false},
		{"administrator of a bureau, its own", bureau, storetest.BureauID, setting.WorkWarnDays, 0, true},
		{"administrator of a bureau, below", bureau, storetest.SectionID, setting.WorkWarnDays, 0, true},
		{"administrator of a bureau, beside", bureau, storetest.OtherID, setting.WorkWarnDays, errs.Forbidden, false},
		{"administrator of a bureau, above", bureau, storetest.CountyID, setting.WorkWarnDays, errs.Forbidden, false},
		{"administrator of a bureau, the deployment", bureau, setting.Whole, setting.WorkWarnDays, errs.Forbidden, false},
		{"head, who may only look", holder(storetest.BureauID, account.Head), storetest.BureauID, setting.WorkWarnDays, errs.Forbidden, false},
		{"the public", account.Actor{}, setting.Whole, setting.WorkWarnDays, errs.Unauthenticated, false},
		{"a setting of the deployment for an organ", sys, storetest.BureauID, setting.BackupKeep, errs.Invalid, false},
		{"a setting that is none", sys, setting.Whole, "moon.phase", errs.NotFound, false},
		{"an organ that is none", sys, "nowhere", setting.WorkWarnDays, errs.Forbidden, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			value := "12"
			err := open(t).Change(ctx, c.actor, c.organ, c.name, value)
			if c.fine != (err == nil) || err != nil && errs.KindOf(err) != c.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLowerOrgansMayBeStricterNeverLaxer(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name, above, stricter, laxer string
	}{
		{setting.PasswordLength, "12", "16", "10"},
		{setting.PasswordDays, "60", "30", "90"},
		{setting.PasswordDays, "60", "30", "0"},
		{setting.LockFailures, "5", "3", "8"},
		{setting.LockMinutes, "30", "60", "15"},
		{setting.SessionIdle, "20", "10", "60"},
		{setting.SessionCount, "2", "1", "3"},
		{setting.FactorRoles, "clerk system-admin", "clerk signer system-admin", "system-admin"},
		{setting.FactorRoles, "clerk system-admin", "clerk signer system-admin", ""},
	} {
		t.Run(c.name+" "+c.laxer, func(t *testing.T) {
			o := open(t)
			change := func(organ, value string) error { return o.Change(ctx, sec, organ, c.name, value) }
			if d, _ := setting.Find(c.name); d.Default != c.above {
				if err := change(setting.Whole, c.above); err != nil {
					t.Fatal(err)
				}
			}
			if err := change(storetest.BureauID, c.laxer); errs.KindOf(err) != errs.Invalid {
				t.Errorf("%q below %q: %v", c.laxer, c.above, err)
			}
			if err := change(storetest.BureauID, c.stricter); err != nil {
				t.Errorf("%q below %q: %v", c.stricter, c.above, err)
			}
			if err := change(storetest.SectionID, c.above); errs.KindOf(err) != errs.Invalid {
				t.Errorf("the section must be as strict as the bureau: %v", err)
			}
		})
	}
}

// When the rule above becomes stricter, what was allowed below no longer holds.
func TestStricterAboveOverrules(t *testing.T) {
	ctx, o := context.Background(), open(t)
	for _, step := range []struct{ organ, value string }{{storetest.BureauID, "12"}, {storetest.CountyID, "16"}} {
		if err := o.Change(ctx, sec, step.organ, setting.PasswordLength, step.value); err != nil {
			t.Fatal(err)
		}
	}
	v, err := o.Value(ctx, sec, storetest.BureauID, setting.PasswordLength)
	if err != nil || v.Value != "16" || !v.Overruled || v.Source.Organ != storetest.CountyID {
		t.Errorf("%+v, %v", v, err)
	}
	if err := o.Reset(ctx, sec, storetest.CountyID, setting.PasswordLength); err != nil {
		t.Fatal(err)
	}
	if v, _ := o.Value(ctx, sec, storetest.BureauID, setting.PasswordLength); v.Value != "12" || v.Overruled {
		t.Errorf("afterwards the bureau's own holds again: %+v", v)
	}
}

func TestSameValueIsRefused(t *testing.T) {
	ctx, o := context.Background(), open(t)
	if err := o.Change(ctx, sys, setting.Whole, setting.WorkWarnDays, "5"); err != nil {
		t.Fatal(err)
	}
	if err := o.Change(ctx, sys, setting.Whole, setting.WorkWarnDays, " 5"); len(errs.FieldsOf(err)) != 1 {
		t.Errorf("got %v", err)
	}
}

// places are the organs of the little county, each with the one above it.
var places = []struct{ organ, above string }{
	{setting.Whole, ""},
	{storetest.CountyID, setting.Whole},
	{storetest.BureauID, storetest.CountyID},
	{storetest.OtherID, storetest.CountyID},
	{storetest.SectionID, storetest.BureauID},
}

// Whatever is changed and reset in whatever order: an organ has its own value,
// else what holds above it; and security never gets laxer downwards.
func TestInheritance(t *testing.T) {
	ctx, o := context.Background(), open(t)
	rapid.Check(t, func(t *rapid.T) {
		names := []string{setting.PasswordLength, setting.PasswordDays, setting.SessionIdle, setting.WorkWarnDays, setting.FactorRoles}
		d, _ := setting.Find(rapid.SampledFrom(names).Draw(t, "setting"))
		actor := sec
		if d.Act == account.EditSettings {
			actor = sys
		}
		for _, place := range places {
			_ = o.Reset(ctx, actor, place.organ, d.Name) // what the draw before left
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			place := rapid.SampledFrom(places).Draw(t, "place").organ
			if rapid.Bool().Draw(t, "reset") {
				_ = o.Reset(ctx, actor, place, d.Name) // refused where nothing is set
			} else {
				_ = o.Change(ctx, actor, place, d.Name, draw(t, d)...) // refused where laxer
			}
			check(t, o, d)
		}
	})
}

func draw(t *rapid.T, d setting.Definition) []string {
	if d.Kind == setting.Choices {
		return rapid.SliceOf(rapid.SampledFrom([]string{"clerk", "signer", "head"})).Draw(t, "roles")
	}
	n := rapid.IntRange(d.Min, min(d.Max, d.Min+6)).Draw(t, "value")
	return []string{string(rune('0'+n/100%10)) + string(rune('0'+n/10%10)) + string(rune('0'+n%10))}
}

func check(t *rapid.T, o *setting.Office, d setting.Definition) {
	ctx := context.Background()
	for _, place := range places {
		v, err := o.Book.Value(ctx, place.organ, d.Name)
		if err != nil {
			t.Fatal(err)
		}
		above := setting.Value{Value: d.Default, Source: setting.Source{Default: true}}
		if place.organ != setting.Whole {
			if above, err = o.Book.Value(ctx, place.above, d.Name); err != nil {
				t.Fatal(err)
			}
			if d.Laxer(v.Value, above.Value) {
				t.Fatalf("%s: %s is laxer with %q than above with %q", d.Name, place.organ, v.Value, above.Value)
			}
		}
		switch {
		case v.Own == nil && (v.Value != above.Value || v.Source != above.Source):
			t.Fatalf("%s: %s inherits %q from %v, above is %q from %v", d.Name, place.organ, v.Value, v.Source, above.Value, above.Source)
		case v.Own != nil && !v.Overruled && v.Value != v.Own.Value:
			t.Fatalf("%s: %s has %q of its own, and %q holds", d.Name, place.organ, v.Own.Value, v.Value)
		case v.Inherited != above.Value:
			t.Fatalf("%s: %s says that it inherits %q, above is %q", d.Name, place.organ, v.Inherited, above.Value)
		}
	}
}

// To ask for a number of seconds where a time of day is kept is a bug that must
// not pass for a zero.
func TestBookAnswersOnlyInItsKind(t *testing.T) {
	ctx, b := context.Background(), open(t).Book
	if d, err := b.Duration(ctx, setting.Whole, setting.JobKeepDays); err != nil || d != 30*24*time.Hour {
		t.Errorf("%s, %v", d, err)
	}
	if s, err := b.Text(ctx, setting.Whole, setting.BackupAt); err != nil || s != "02:30" {
		t.Errorf("%s, %v", s, err)
	}
	if roles, err := b.Choices(ctx, storetest.SectionID, setting.FactorRoles); err != nil || len(roles) != 3 {
		t.Errorf("%v, %v", roles, err)
	}
	for name, ask := range map[string]func() error{
		"a duration of a number": func() error { _, err := b.Duration(ctx, "", setting.BackupKeep); return err },
		"a number of a text":     func() error { _, err := b.Int(ctx, "", setting.SiteName); return err },
		"a text of choices":      func() error { _, err := b.Text(ctx, "", setting.FactorRoles); return err },
		"a yes of a number":      func() error { _, err := b.Bool(ctx, "", setting.BackupKeep); return err },
		"what there is not":      func() error { _, err := b.Text(ctx, "", "moon.phase"); return err },
	} {
		if ask() == nil {
			t.Errorf("%s is answered", name)
		}
	}
}

func TestPatternsNeverGiveANumberTwice(t *testing.T) {
	for pattern, want := range map[string]string{
		"{code}/{yyyy}-{serial:5}":   "0142768-8/2026-00012", // the shapes of published catalogues
		"{code}/{yyyymm}-{serial:5}": "0142768-8/202603-00012",
		"QC{yyyy}{serial}":           "QC202612",
		"{code}-{serial:3}-{yyyy}":   "0142768-8-012-2026",
	} {
		p, err := setting.ParsePattern(pattern)
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
		}
		if got := p.Number("0142768-8", 2026, 3, 12); got != want {
			t.Errorf("%s gives %s, want %s", pattern, got, want)
		}
	}
	for _, bad := range []string{"", "{code}-{serial}", "{yyyy}", "{code}/{yyyy}-{serial:0}", "{code}/{yyyy}-{seq}", "{yyyy}{serial", "{yyyy} {serial}", "{serial:12}{yyyy}"} {
		if _, err := setting.ParsePattern(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	d, _ := setting.Find(setting.IndexPattern)
	if _, err := d.Parse("{code}-{serial}"); err == nil {
		t.Error("a pattern without the year can be set")
	}
}

// A setting that names something may only name what there is.
func TestWhatIsNamedMustBeThere(t *testing.T) {
	o := open(t)
	o.Known = map[string]func(context.Context) ([]string, error){setting.CalendarRegion: func(context.Context) ([]string, error) { return []string{"内蒙古自治区"}, nil }}
	admin := holder(storetest.CountyID, account.SystemAdmin)
	err := o.Change(t.Context(), admin, storetest.CountyID, setting.CalendarRegion, "内蒙")
	if f := errs.FieldsOf(err); len(f) != 1 || !strings.Contains(f[0].Public, "内蒙古自治区") {
		t.Errorf("a region that is none: %v", err)
	}
	if err := o.Change(t.Context(), admin, storetest.CountyID, setting.CalendarRegion, "内蒙古自治区"); err != nil {
		t.Error(err)
	}
}
