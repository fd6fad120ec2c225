package foi_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/ident"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// shelf is a house with a store of files.
type shelf struct {
	*house
	files store.Files
}

func withFiles(t *testing.T, db *store.DB, on string) *shelf {
	h := build(t, db, on)
	return &shelf{h, storetest.Files(t, db, h.now)}
}

func (s *shelf) keep(content, name, what string) foi.File {
	s.Helper()
	info, err := s.files.Put(s.Context(), strings.NewReader(content), 1<<20)
	if err != nil {
		s.Fatal(err)
	}
	lies := filepath.Join(s.files.Folder.Path, info.Hash[:2], info.Hash)
	if err := os.Chtimes(lies, s.now.Now(), s.now.Now()); err != nil { // the disk goes by the machine's clock
		s.Fatal(err)
	}
	return foi.File{Hash: info.Hash, Name: name, What: what}
}

// lies tells whether a content is on the disk.
func (s *shelf) lies(f foi.File) bool {
	s.Helper()
	_, err := os.Stat(filepath.Join(s.files.Folder.Path, f.Hash[:2], f.Hash))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.Fatal(err)
	}
	return err == nil
}

func (s *shelf) registerWith(text string, papers ...foi.File) foi.Request {
	s.Helper()
	in := intake(text, zhang)
	in.Receive.Files = papers
	r, err := s.Register(s.Context(), clerk, in)
	if err != nil {
		s.Fatal(err)
	}
	return r
}

func (s *shelf) eraseDue() int {
	s.Helper()
	if _, err := s.vault.Erase(s.Context()); err != nil {
		s.Fatal(err)
	}
	n, err := s.files.Erase(s.Context(), &ident.Ordered{Clock: s.now})
	if err != nil {
		s.Fatal(err)
	}
	return n
}

// verified fails when anything looks changed past the program.
func (s *shelf) verified() {
	s.Helper()
	report := func(f store.Finding) {
		if strings.HasPrefix(f.ID, "request/") || f.Room == "file" {
			s.Errorf("%+v", f)
		}
	}
	if err := errors.Join(s.db.VerifyState(s.Context(), report), s.db.VerifyFiles(s.Context(), s.files.Folder, report)); err != nil {
		s.Fatal(err)
	}
}

func (s *shelf) kinds(id string) (all []event.Kind) {
	s.Helper()
	events, err := s.db.EventsOf(s.Context(), foi.Subject(id))
	if err != nil {
		s.Fatal(err)
	}
	for _, e := range events {
		if strings.Contains(string(e.Data), "张三") {
			s.Errorf("%s names the applicant: %s", e.Kind, e.Data)
		}
		all = append(all, e.Kind)
	}
	return all
}

// Ten years after the end the papers go with the personal data; what another
// request or a reply refers to stays for it.
func TestPapersAreErasedWithThePersonalData(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := withFiles(t, db, "2026-09-18")
		card, shared, answer := s.keep("身份证", "张三身份证.jpg", "identity"), s.keep("两件都用", "张三说明.pdf", "scan"), s.keep("公开的", "台账.xlsx", "released")
		alsoReleased := s.keep("申请人送来、答复里又公开", "张三的文件.pdf", "scan")
		r := s.registerWith("2024年度低保审批台账", card, shared, alsoReleased)
		open := s.registerWith("2025年度低保审批台账", shared)
		again := alsoReleased
		again.What = "released"
		item := given
		item.Files = []foi.File{answer, again}
		s.do(clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{item}}})
		s.do(head, r.ID, foi.Approve{})
		s.do(signer, r.ID, foi.Sign{})
		receipt := s.keep("已送达", "张三的邮箱回执.png", "evidence")
		s.do(clerk, r.ID, foi.Serve{Way: foi.Electronic, Proof: []foi.File{receipt}})
		s.home.On("2026-09-25")
		later := s.keep("再次送达", "张三签收.png", "evidence")
		s.do(clerk, r.ID, foi.ServeAgain{Serve: foi.Serve{Way: foi.Electronic, Proof: []foi.File{later}}})
		all := []foi.File{card, shared, answer, alsoReleased, receipt, later}

		s.home.On("2036-09-18")
		if n := s.eraseDue(); n != 0 {
			t.Errorf("erased %d on the last day", n)
		}
		s.home.On("2036-09-19")
		if n := s.eraseDue(); n != 1 {
			t.Errorf("erased the papers of %d requests", n)
		}
		for _, f := range all {
			want := f == shared || f == answer || f == alsoReleased
			if s.lies(f) != want {
				t.Errorf("%s on the disk: %v", f.Name, !want)
			}
			info, err := s.files.Info(t.Context(), f.Hash)
			if err != nil || info.Erased.IsZero() != want {
				t.Errorf("%s: %+v, %v", f.Name, info, err)
			}
		}
		got, err := s.Store.Request(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Papers()) != 0 || len(got.Files) != 3 || got.Files[0].Name != "" || got.Files[0].Erased != calendar.On(2036, time.September, 19) || got.Services[0].Proof[0].Erased.IsZero() {
			t.Errorf("the record: %+v %+v", got.Files, got.Services)
		}
		if err := s.OpenFile(t.Context(), clerk, got, got.Files[1]); errs.KindOf(err) != errs.NotFound || !strings.Contains(errs.Public(err), "2036-09-19") {
			t.Errorf("a paper of it opens, for another request refers to it: %v", err)
		}
		if other, err := s.Store.Request(t.Context(), open.ID); err != nil || len(other.Papers()) != 1 {
			t.Errorf("the open request: %+v, %v", other.Files, err)
		}
		if !slices.Contains(s.kinds(r.ID), foi.PapersErased) {
			t.Error("no event tells of it")
		}
		s.verified()
		if n := s.eraseDue(); n != 0 {
			t.Errorf("erased %d again", n)
		}
	})
}

// One that is opened again keeps its papers.
func TestPapersOfARequestThatIsOpenedAgainStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := withFiles(t, db, "2026-09-18")
		card := s.keep("身份证", "身份证.jpg", "identity")
		r := s.registerWith("2024年度低保审批台账", card)
		s.answer(r.ID, given)
		s.do(clerk, r.ID, foi.FileDispute{Kind: foi.Reconsideration, Body: "青川旗人民政府", Number: "1号"})
		s.do(clerk, r.ID, foi.DecideDispute{Ref: "d1", Result: foi.Overturned, Order: true, Until: calendar.On(2026, time.October, 30)})
		s.do(clerk, r.ID, foi.Reopen{})
		s.home.On("2037-09-18")
		if n := s.eraseDue(); n != 0 || !s.lies(card) {
			t.Errorf("erased %d, on the disk %v", n, s.lies(card))
		}
	})
}

func TestFilesThatNoRecordRefersToAreTakenOff(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := withFiles(t, db, "2026-09-18")
		unsent, sent := s.keep("没有提交的", "没有提交.pdf", "scan"), s.keep("提交的", "提交.pdf", "scan")
		s.registerWith("2024年度低保审批台账", sent)
		stray := s.keep("没有记录的", "没有记录.pdf", "scan")
		storetest.Exec(t, db, "DELETE FROM blob WHERE hash = $1", stray.Hash) // as after a kill between disk and database
		tidy := func() int {
			n, err := s.files.Tidy(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		s.now.Advance(47 * time.Hour)
		if n := tidy(); n != 0 || !s.lies(unsent) || !s.lies(stray) {
			t.Errorf("took off %d within two days", n)
		}
		reused := s.keep("没有提交的", "又来了.pdf", "scan") // its two days begin anew
		s.now.Advance(2 * time.Hour)
		if n := tidy(); n != 1 || s.lies(stray) || !s.lies(reused) {
			t.Errorf("took off %d; stray %v, sent again %v", n, s.lies(stray), s.lies(reused))
		}
		s.now.Advance(48 * time.Hour)
		if n := tidy(); n != 1 || s.lies(unsent) || !s.lies(sent) {
			t.Errorf("took off %d; unsent %v, sent %v", n, s.lies(unsent), s.lies(sent))
		}
		if _, err := s.files.Info(t.Context(), unsent.Hash); errs.KindOf(err) != errs.NotFound {
			t.Errorf("its row is there: %v", err)
		}
		s.verified()
		if back := s.keep("没有提交的", "第三次.pdf", "scan"); !s.lies(back) {
			t.Error("it cannot be sent any more")
		}
	})
}

func TestOpeningAPaperIsOnRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := withFiles(t, db, "2026-09-18")
		card, answer := s.keep("身份证", "张三身份证.jpg", "identity"), s.keep("公开的", "台账.xlsx", "released")
		r := s.registerWith("2024年度低保审批台账", card)
		for _, actor := range []string{"signer", "stranger"} {
			who := signer
			if actor == "stranger" {
				who = stranger
			}
			if err := s.OpenFile(t.Context(), who, r, card); errs.KindOf(err) != errs.Forbidden {
				t.Errorf("%s: %v", actor, err)
			}
		}
		if err := errors.Join(s.OpenFile(t.Context(), clerk, r, card), s.OpenFile(t.Context(), signer, r, answer), s.TakeFile(t.Context(), r, answer)); err != nil {
			t.Fatal(err)
		}
		events, err := db.EventsOf(t.Context(), foi.Subject(r.ID))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range events {
			if e.Kind == foi.FileOpened || e.Kind == foi.FileTaken {
				got = append(got, string(e.Kind)+" "+e.Actor+" "+string(e.Data))
			}
		}
		want := []string{
			"request.file-opened " + clerk.ID + ` {"file":"` + card.Hash[:12] + `","what":"identity"}`,
			"request.file-taken public " + `{"file":"` + answer.Hash[:12] + `","what":"released"}`,
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

// Who serves by mail shows that it arrived, whoever asks for it
// (国办公开办函〔2016〕235号).
func TestElectronicServiceWantsProof(t *testing.T) {
	s := withFiles(t, storetest.SQLite(t), "2026-09-18")
	r := s.registerWith("2024年度低保审批台账")
	s.do(clerk, r.ID, foi.Submit{Decision: foi.Decision{Items: []foi.Item{given}}})
	s.do(head, r.ID, foi.Approve{})
	s.do(signer, r.ID, foi.Sign{})
	err := s.Do(t.Context(), clerk, r.ID, foi.Serve{Way: foi.Electronic})
	if f := errs.FieldsOf(err); len(f) != 1 || f[0].Name != "proof" {
		t.Fatalf("without proof: %v", err)
	}
	proof := []foi.File{s.keep("回执", "回执.png", "evidence")}
	s.do(clerk, r.ID, foi.Serve{Way: foi.Electronic, Proof: proof})
	if err := s.Do(t.Context(), clerk, r.ID, foi.ServeAgain{Serve: foi.Serve{Way: foi.Electronic}}); len(errs.FieldsOf(err)) != 1 {
		t.Errorf("again without proof: %v", err)
	}
	s.do(clerk, r.ID, foi.ServeAgain{Serve: foi.Serve{Way: foi.Electronic, Proof: proof}})
}
