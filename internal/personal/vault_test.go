package personal_test

import (
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
		v := &personal.Vault{Store: kept, Seals: keys, Organs: org.Fixed(tree), Clock: c, IDs: ident.Random{Clock: c}}
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
		if err := kept.Put(ctx, d, nil); err != nil {
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
