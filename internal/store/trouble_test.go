package store_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

var subjectX = event.Subject{Type: "x", ID: "1"}

func TestWhatIsWrongWithTheDatabaseIsSaid(t *testing.T) {
	server := func(change func(*url.URL)) string {
		u, err := url.Parse(storetest.PostgresURL(t))
		if err != nil {
			t.Fatal(err)
		}
		change(u)
		return u.String()
	}
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ address, want string }{
		"no such database": {server(func(u *url.URL) { u.Path = "/nothing" }), "没有这个数据库"},
		"no such user":     {server(func(u *url.URL) { u.User = url.UserPassword("nobody", "hunter2") }), "用户名或者密码不对"},
		"no server":        {"postgres://x:hunter2@127.0.0.1:1/x", "连不上"},
		"no address":       {"postgres://x:hunter2@[/x", "打不开"},
		"a text":           {text, "不是 SQLite 数据库"},
		"a folder":         {t.TempDir(), "打不开"},
		"no folder":        {filepath.Join(text, "x.db"), "打不开"},
	} {
		_, err := store.Open(t.Context(), c.address)
		if errs.KindOf(err) != errs.Unavailable || !strings.Contains(errs.Public(err), c.want) || errs.English(err) == errs.Public(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the password is in the error: %v", name, err)
		}
	}
	for _, err := range []error{syscall.ENOSPC, &fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}, sql.ErrConnDone} {
		if got := store.Explain(err); errs.KindOf(got) != errs.Unavailable || !errors.Is(got, err) {
			t.Errorf("%v: %v", err, got)
		}
	}
	for _, err := range []error{nil, errors.New("a bug"), errs.New(errs.NotFound, "没有。"), sql.ErrNoRows} {
		if got := store.Explain(err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// Another process holds the database: a change waits, then says so, and works
// when the other has let go.
func TestADatabaseThatAnotherProcessHolds(t *testing.T) {
	t.Parallel() // it waits for as long as a change waits
	db := storetest.SQLite(t)
	other, err := sql.Open("sqlite", "file:"+db.Address()+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	err = db.Append(t.Context(), pen().Write("", subjectX, "x.done", nil))
	if got := store.Explain(err); errs.KindOf(got) != errs.Unavailable || !strings.Contains(errs.Public(got), "占用") {
		t.Errorf("while it is held: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Append(t.Context(), pen().Write("", subjectX, "x.done", nil)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if events, err := db.EventsOf(t.Context(), subjectX); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestNobodyElseMayReadTheDatabase(t *testing.T) {
	db := storetest.SQLite(t)
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(db.Address() + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("gongkai.db%s: %v, %v", suffix, info.Mode(), err)
		}
	}
}
