package app

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/event"
	"gongkai/internal/seal"
	"gongkai/internal/store"
)

// A new key seals everything there is, telephone numbers as well as second
// factors, and the old one goes once nothing needs it.
func TestRotationReachesEverythingSealed(t *testing.T) {
	ctx := context.Background()
	c := configuration(t)
	a, err := OpenDemo(ctx, Options{Config: c, Version: "test", Log: quiet(t)}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	p, err := a.People.Store.ByLogin(ctx, "shenji")
	if err != nil {
		t.Fatal(err)
	}
	secret := account.NewFactor()
	code, err := totp.GenerateCode(secret, a.rooms.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.People.Enrol(ctx, p.ID, secret, code); err != nil {
		t.Fatal(err)
	}
	old := a.keys.Active()
	n, err := a.RotateKeys(ctx, seal.SM4)
	if err != nil || n < 3 {
		t.Fatalf("%d sealed anew, %v", n, err)
	}
	for _, s := range a.sealers() {
		if err := s.Sealed(ctx, func(place string, sealed []byte) error {
			if key := a.keys.KeyOf(sealed); key == old.ID {
				t.Errorf("%s is still sealed with %s", place, key)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if gone, err := a.RetireKeys(ctx); err != nil || len(gone) != 0 {
		t.Errorf("retired on the day of the change: %v, %v", gone, err)
	}
	a.rooms.clock = clock.At(a.rooms.clock.Now().Add(48 * time.Hour))
	if gone, err := a.RetireKeys(ctx); err != nil || len(gone) != 1 || gone[0].ID != old.ID {
		t.Errorf("retired %v, %v", gone, err)
	}
	phone, err := a.rooms.vault.Plain(ctx, event.Subject{Type: "person", ID: p.ID}, account.KindPhone, "test")
	if err != nil || phone != "13800000003" {
		t.Errorf("%q, %v", phone, err)
	}
	next, err := totp.GenerateCode(secret, time.Now().Add(30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.People.CheckFactor(ctx, p.ID, next, ""); err != nil {
		t.Errorf("the second factor after the change: %v", err)
	}
	if err := a.Verify(ctx, func(f store.Finding) { t.Errorf("%s %s: %s", f.Room, f.ID, f.English) }); err != nil {
		t.Error(err)
	}
}
