package app

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/world"
)

// strangerAt are where the matrix's people work, seen from the organ of the samples.
var strangerAt = []string{"own", "below", "other", "above"}

// castOf adds somebody in every role to each of the organs and gives the site
// anew, in which one may enter as any of them.
func castOf(t *testing.T, s *site, organs map[string]string) (*site, []string) {
	t.Helper()
	ctx := context.Background()
	system, security := s.people["xitong"].Actor(), s.people["anquan"].Actor()
	var logins []string
	for _, where := range strangerAt {
		for _, role := range account.Roles() {
			login := fmt.Sprintf("%s-%s", where, role.Role)
			p, _, err := s.People.Invite(ctx, system, account.Draft{Organ: organs[where], Login: login, Name: login})
			if err == nil {
				err = s.People.Grant(ctx, security, p.ID, account.Grant{Organ: organs[where], Role: role.Role}, "到岗，按职责授予")
			}
			if err != nil {
				t.Fatal(login, err)
			}
			logins = append(logins, login)
		}
	}
	if err := s.mount(ctx, Options{Config: s.App.Config, Version: "test", Log: s.Log, demo: append(world.Logins(), logins...)}); err != nil {
		t.Fatal(err)
	}
	all := &site{s.App, httptest.NewServer(s.Handler), map[string]account.Person{}}
	t.Cleanup(all.Server.Close)
	for _, login := range append(world.Logins(), logins...) {
		p, err := s.People.Store.ByLogin(ctx, login)
		if err != nil {
			t.Fatal(err)
		}
		all.people[login] = p
	}
	return all, logins
}
