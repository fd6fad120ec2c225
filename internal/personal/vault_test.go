package personal_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/ident"
	"gongkai/internal/org"
	"gongkai/internal/personal"
	"gongkai/internal/seal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		kind        personal.Kind
		plain, want string
	}{
		{personal.Phone, "138 0013 1234", "138****1234"},
		{personal.IDNumber, "11010519491231002x", "11*************02X"},
		{personal.BankCard, "4111 1111 1111 1111", "************1111"},
		{personal.Address, "青川旗河湾镇红星村三组12号", "青川旗河湾镇***"},
		{personal.Address, "北京市海淀区中关村街道27号院3号楼", "北京市海淀区***"},
		{personal.Address, "内蒙古自治区巴彦淖尔市临河区胜利北路1号", "内蒙古自治区巴彦淖尔市临河区***"},
		{personal.Address, "红旗小区5号楼201室（朝阳街道）", "***"},
		{personal.Address, "胜利路12号", "***"},
		{personal.Phone, "0478-3212345", "047****2345"},
		{personal.IDNumber, "150802491231002", "15**********002"},
		{personal.Email, "Zhang.San@Example.cn", "z********@example.cn"},
		{personal.Name, "张三丰", "张**"},
		{personal.Other, "什么都不显示", "***"},
	} {
		normal := c.kind.Normal(c.plain)
		if err := c.kind.Check(normal); err != nil {
			t.Errorf("%s %s: %v", c.kind, c.plain, err)
		}
		if got := c.kind.Mask(normal); got != c.want {
			t.Errorf("%s %s is shown as %s, want %s", c.kind, c.plain, got, c.want)
		}
	}
	for kind, plain := range map[personal.Kind]string{
		personal.IDNumber: "110105194912310021", personal.Phone: "12345678901", personal.Email: "a@b", personal.BankCard: "4111111111111112",
	} {
		if err := kind.Check(kind.Normal(plain)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s %s: %v", kind, plain, err)
		}
	}
}

func TestDataAreSealedMaskedRevealedAndErased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		tree, c, ctx := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai)), t.Context()
		path := filepath.Join(t.TempDir(), "keys.json")
		keys, err := seal.Create(path, "test", seal.AES, c.Now())
		if err != nil {
			t.Fatal(err)
		}
		kept := store.Personal{DB: db}
		v := &personal.Vault{Store: kept, Seals: keys, Organs: org.Fixed(tree), Clock: c, IDs: &ident.Ordered{Clock: c}}
		clerk := account.Actor{ID: "clerk", Organ: storetest.BureauID, Grants: []account.Grant{{Organ: storetest.BureauID, Role: account.Clerk}}}
		other := account.Actor{ID: "other", Organ: storetest.OtherID, Grants: []account.Grant{{Organ: storetest.OtherID, Role: account.Clerk}}}
		owner := event.Subject{Type: "request", ID: "r1"}

		d, err := v.Put(ctx, clerk, storetest.BureauID, owner, personal.Phone, "138 0013 1234")
		if err != nil {
			t.Fatal(err)
		}
		if row, err := kept.Datum(ctx, d.ID); err != nil || strings.Contains(string(row.Sealed), "1380013") {
			t.Errorf("the row can be read: %q, %v", row.Sealed, err)
		}
		if shown, err := v.Masked(ctx, owner); err != nil || len(shown) != 1 || shown[0].Masked != "138****1234" {
			t.Errorf("%+v, %v", shown, err)
		}

		if _, err := v.Reveal(ctx, other, d.ID, "核对申请人身份"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("another organ's clerk: %v", err)
		}
		if _, err := v.Reveal(ctx, clerk, d.ID, "看看"); errs.KindOf(err) != errs.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if plain, err := v.Reveal(ctx, clerk, d.ID, "核对申请人身份"); err != nil || plain != "13800131234" {
			t.Errorf("%s, %v", plain, err)
		}

		if found, err := v.Find(ctx, clerk, personal.Phone, "13800131234"); err != nil || len(found) != 1 || found[0] != owner {
			t.Errorf("found %v, %v", found, err)
		}
		if found, err := v.Find(ctx, other, personal.Phone, "13800131234"); err != nil || len(found) != 0 {
			t.Errorf("another organ finds %v, %v", found, err)
		}

		if err := keys.Rotate(seal.SM4, c.Now()); err != nil {
			t.Fatal(err)
		}
		if n, err := v.Reseal(ctx); n != 1 || err != nil {
			t.Errorf("sealed %d anew, %v", n, err)
		}
		if n, err := v.Reseal(ctx); n != 0 || err != nil {
			t.Errorf("sealed %d anew again, %v", n, err)
		}

		d.EraseAfter = calendar.On(2026, 11, 22)
		d.ID = ident.Random{Clock: c}.New()
		if err := kept.Put(ctx, d, func(before []string) []event.Event { return nil }); err != nil {
			t.Fatal(err)
		}
		if n, err := v.Erase(ctx); n != 1 || err != nil {
			t.Errorf("erased %d, %v", n, err)
		}
		if _, err := v.Reveal(ctx, clerk, d.ID, "核对申请人身份"); errs.KindOf(err) != errs.NotFound {
			t.Errorf("revealed after it was erased: %v", err)
		}
		events, err := db.EventsOf(ctx, owner)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, e := range events {
			kinds = append(kinds, string(e.Kind))
			if strings.Contains(string(e.Data), "1380013") {
				t.Errorf("event %s holds the datum: %s", e.Kind, e.Data)
			}
		}
		if got := strings.Join(kinds, " "); got != "personal.kept personal.revealed personal.erased" {
			t.Errorf("events %s", got)
		}
	})
}

// seized is a vault with a little county behind it.
func seized(t *testing.T, db *store.DB) (*personal.Vault, *clock.Manual) {
	t.Helper()
	tree, c := storetest.County(t, db), clock.At(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai))
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys.json"), "test", seal.AES, c.Now())
	if err != nil {
		t.Fatal(err)
	}
	return &personal.Vault{Store: store.Personal{DB: db}, Seals: keys, Organs: org.Fixed(tree), Clock: c, IDs: &ident.Ordered{Clock: c}}, c
}

func in(organ string, roles ...account.Role) account.Actor {
	a := account.Actor{ID: "actor", Organ: organ}
	for _, r := range roles {
		a.Grants = append(a.Grants, account.Grant{Organ: organ, Role: r})
	}
	return a
}

// Applicants' data are the business of officers, colleagues' of who looks after
// people: the administrators do no business, and clerks look after nobody.
func TestWhoMayRevealWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		v, _ := seized(t, db)
		ctx := t.Context()
		applicant, colleague := event.Subject{Type: "request", ID: "r1"}, event.Subject{Type: "person", ID: "p1"}
		ids := map[event.Subject]string{}
		for _, owner := range []event.Subject{applicant, colleague} {
			d, err := v.Put(ctx, in(storetest.BureauID), storetest.BureauID, owner, personal.Phone, "13800131234")
			if err != nil {
				t.Fatal(err)
			}
			ids[owner] = d.ID
		}
		for _, c := range []struct {
			name                 string
			actor                account.Actor
			applicant, colleague bool
		}{
			{"clerk", in(storetest.BureauID, account.Clerk), true, false},
			{"head", in(storetest.BureauID, account.Head), true, true},
			{"signer", in(storetest.BureauID, account.Signer), false, false},
			{"system administrator above", in(storetest.CountyID, account.SystemAdmin), false, true},
			{"security administrator above", in(storetest.CountyID, account.SecurityAdmin), false, true},
			{"audit administrator above", in(storetest.CountyID, account.AuditAdmin), false, false},
			{"head above", in(storetest.CountyID, account.Head), false, false},
			{"system administrator of another organ", in(storetest.OtherID, account.SystemAdmin), false, false},
			{"nobody", account.Actor{}, false, false},
		} {
			for owner, want := range map[event.Subject]bool{applicant: c.applicant, colleague: c.colleague} {
				if plain, err := v.Reveal(ctx, c.actor, ids[owner], "核对身份，电话通知"); (err == nil) != want || (plain != "") != want {
					t.Errorf("%s reveals of %s: %q, %v", c.name, owner, plain, err)
				}
			}
		}
		if found, err := v.Find(ctx, in(storetest.BureauID, account.Clerk), personal.Phone, "13800131234"); err != nil || len(found) != 1 || found[0] != applicant {
			t.Errorf("a clerk finds %v, %v", found, err)
		}
		if _, err := v.Find(ctx, in(storetest.CountyID, account.SystemAdmin), personal.Phone, "13800131234"); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a system administrator looks for applicants: %v", err)
		}
	})
}

// What is replaced is erased, and that it was there stays known.
func TestReplacedDataLeaveATrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		v, _ := seized(t, db)
		ctx, owner := t.Context(), event.Subject{Type: "person", ID: "p1"}
		first, err := v.Put(ctx, in(storetest.BureauID), storetest.BureauID, owner, personal.Phone, "13800131234")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Put(ctx, in(storetest.BureauID), storetest.BureauID, owner, personal.Phone, "13900131234"); err != nil {
			t.Fatal(err)
		}
		old, err := v.Store.Datum(ctx, first.ID)
		if err != nil || old.Sealed != nil || old.Blind != "" || old.ErasedAt.IsZero() {
			t.Errorf("%+v, %v", old, err)
		}
		if shown, err := v.Masked(ctx, owner); err != nil || len(shown) != 1 || shown[0].Masked != "139****1234" {
			t.Errorf("%+v, %v", shown, err)
		}
		events, err := db.EventsOf(ctx, owner)
		if err != nil || len(events) != 3 || events[1].Kind != "personal.erased" || !strings.Contains(string(events[1].Data), first.ID) {
			t.Errorf("%+v, %v", events, err)
		}
	})
}

// The own data of who has left are erased when their time is over, those of a
// closed matter after their last day.
func TestErasureBySchedule(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		v, c := seized(t, db)
		v.Leavers = func(context.Context) (time.Duration, error) { return 30 * 24 * time.Hour, nil }
		ctx := t.Context()
		storetest.Person(t, db, "gone", storetest.BureauID)
		storetest.Person(t, db, "here", storetest.BureauID)
		storetest.Exec(t, db, "UPDATE person SET active = $1, left_at = $2 WHERE id = 'gone'", false, c.Now().UnixMicro())
		matter := event.Subject{Type: "request", ID: "r1"}
		for _, owner := range []event.Subject{{Type: "person", ID: "gone"}, {Type: "person", ID: "here"}, matter} {
			if _, err := v.Put(ctx, in(storetest.BureauID), storetest.BureauID, owner, personal.Phone, "13800131234"); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.EraseAfter(ctx, in(storetest.BureauID), storetest.BureauID, matter, calendar.On(2026, 11, 30)); err != nil {
			t.Fatal(err)
		}
		for _, day := range []struct{ days, erased int }{{1, 0}, {6, 0}, {1, 1}, {21, 0}, {2, 1}, {400, 0}} {
			c.Advance(time.Duration(day.days) * 24 * time.Hour)
			if n, err := v.Erase(ctx); n != day.erased || err != nil {
				t.Errorf("on %s: %d erased, want %d, %v", c.Now().Format("2006-01-02"), n, day.erased, err)
			}
		}
		if shown, err := v.Masked(ctx, event.Subject{Type: "person", ID: "here"}); err != nil || len(shown) != 1 {
			t.Errorf("of somebody who is here: %+v, %v", shown, err)
		}
	})
}

// However a value is written, its mask shows no more than the kind allows.
func FuzzMask(f *testing.F) {
	for _, s := range []string{"13812341234", "150802199001011234", "青川旗河湾镇红星村三组12号", "a@b.cn", "张三", "6222021234567890123", "", "\xff街道9号"} {
		f.Add(s)
	}
	kept := map[personal.Kind]int{personal.IDNumber: 5, personal.Phone: 7, personal.BankCard: 4, personal.Name: 1, personal.Other: 0}
	f.Fuzz(func(t *testing.T, s string) {
		for kind, most := range kept {
			mask := kind.Mask(kind.Normal(s))
			if shown := len([]rune(strings.ReplaceAll(mask, "*", ""))); shown > most {
				t.Errorf("%s %q is shown as %q", kind, s, mask)
			}
		}
		if mask := personal.Address.Mask(s); strings.ContainsAny(mask, "0123456789号室") {
			t.Errorf("the address %q is shown as %q", s, mask)
		}
		if name, _, ok := strings.Cut(personal.Email.Mask(s), "@"); ok && len([]rune(strings.ReplaceAll(name, "*", ""))) > 1 {
			t.Errorf("the e-mail address %q is shown as %q", s, name)
		}
	})
}
