package app

import (
	"archive/zip"
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/clock"
	"gongkai/internal/collect"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/job"
	"gongkai/internal/paging"
	"gongkai/internal/web/webtest"
)

// readBrought does the jobs that read files which were brought.
func (s *site) readBrought(ctx context.Context) {
	(&job.Runner{Queue: s.rooms.queue, Handlers: map[job.Kind]job.Handler{collect.ReadKind: s.rooms.collect.ReadBatch}, Log: s.Log}).Pass(ctx)
}

// brings uploads files, lets them be read, and gives the page that tells what became of
// them.
func (s *site) brings(t *testing.T, b *webtest.Browser, keeper string, files ...webtest.Upload) string {
	t.Helper()
	a := b.UploadAll("/desk/collected/receive", url.Values{"organ": {keeper}}, files...)
	if a.Status != 200 || !strings.HasPrefix(a.Path, "/desk/collected/batch/") {
		t.Fatalf("%d %s %s", a.Status, a.Path, main(a))
	}
	s.readBrought(t.Context())
	return a.Path
}

// interrupted is a reader that the machine stops in the middle of the work.
type interrupted struct {
	collect.Reader
	after int
	stop  context.CancelFunc
}

func (r *interrupted) Read(ctx context.Context, name string, data []byte) (*doc.Doc, error) {
	if r.after--; r.after == 0 {
		r.stop()
		return nil, ctx.Err()
	}
	return r.Reader.Read(ctx, name, data)
}

// Many files are read by a job: it may be broken off and goes on where it was, each file is
// settled once, each refusal says why, and the same files brought twice are no other batch.
func TestManyFilesAreReadInTheBackground(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai)))
	watcher, root := s.browse(t, "zhuguan"), s.people["zhuguan"].Organ
	organs := []string{"青川旗民政局", "城关镇人民政府", "青川旗自然资源局", "青川旗能源局", "青川旗水利局"}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i, name := range append(organs, "不知道的机关") {
		into, err := z.Create(strconv.Itoa(i) + ".docx")
		if err == nil {
			_, err = into.Write(reportOf(t, name, 2023, nil))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	files := []webtest.Upload{
		{Field: "files", Name: "年报.zip", Data: packed.Bytes()},
		{Field: "files", Name: "照片.png", Data: []byte("\x89PNG\r\n\x1a\n")},
		{Field: "files", Name: "坏的.zip", Data: packed.Bytes()[:300]},
	}
	form := url.Values{"organ": {root}}
	first := watcher.UploadAll("/desk/collected/receive", form, files...)
	if !strings.Contains(main(first), "已处理 0 份，共 8 份") || first.Header.Get("Refresh") == "" {
		t.Fatalf("%d %s", first.Status, main(first))
	}
	if again := watcher.UploadAll("/desk/collected/receive", form, files...); again.Path != first.Path {
		t.Errorf("pressed twice, there are two batches: %s", again.Path)
	}

	id := strings.TrimPrefix(first.Path, "/desk/collected/batch/")
	b, err := s.rooms.collect.Progress(t.Context(), s.people["zhuguan"].Actor(), id)
	if err == nil {
		err = s.jobOffice().Cancel(t.Context(), s.people["xitong"].Actor(), b.Work.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	if a := watcher.Get(first.Path); a.Header.Get("Refresh") != "" || a.Find("main form.form").Length() != 1 {
		t.Errorf("its job was given up, and nobody can let it go on: %s", main(a))
	}
	if a := watcher.Submit(first.Path, nil); a.Path != first.Path || !strings.Contains(main(a), "等待后台处理") {
		t.Errorf("%d %s", a.Status, main(a))
	}

	ctx, stop := context.WithCancel(t.Context())
	reader := s.rooms.collect.Reader
	s.rooms.collect.Reader = &interrupted{reader, 4, stop}
	s.readBrought(ctx)
	s.rooms.collect.Reader = reader
	half := watcher.Get(first.Path)
	if !strings.Contains(main(half), "已处理 3 份，共 8 份") || half.Find("tbody tr").Length() != 3 {
		t.Fatalf("broken off: %s", main(half))
	}
	s.readBrought(t.Context())
	done := watcher.Get(first.Path)
	for _, says := range []string{"接收 6 份，没有接收 2 份", "不在名录中", "损坏", "城关镇人民政府"} {
		if !strings.Contains(main(done), says) {
			t.Errorf("it does not say %s: %s", says, main(done))
		}
	}
	if done.Header.Get("Refresh") != "" || strings.Contains(main(done), "已经收到过") {
		t.Errorf("%s", main(done))
	}
	tree, err := s.rooms.book.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range organs {
		id, _ := collect.Find(tree.Subtree(root), name)
		if came, err := s.rooms.collect.Store.Of(t.Context(), id, 2023); err != nil || len(came) != 1 {
			t.Errorf("%s came %d times, %v", name, len(came), err)
		}
	}
	waiting, err := s.rooms.collect.Waiting(t.Context(), s.people["zhuguan"].Actor(), paging.Query{})
	if err != nil || waiting.Total != 1 {
		t.Errorf("%d wait, %v", waiting.Total, err)
	}
	if a := watcher.Get(first.Path + "?format=xlsx"); a.Status != 200 || !strings.HasPrefix(a.Body, "PK") {
		t.Errorf("%d", a.Status)
	}
	if a := watcher.Get("/desk/collected/receive"); a.Find(`a[href="`+first.Path+`"]`).Length() != 1 || !strings.Contains(main(a), "已处理 8 份") {
		t.Errorf("%s", main(a))
	}
	if a := s.browse(t, "minzheng-jb").Get(first.Path); a.Status != 403 {
		t.Errorf("who does not collect sees it: %d", a.Status)
	}
	if err := s.rooms.collect.ReadAgain(t.Context(), s.people["zhuguan"].Actor(), id); errs.KindOf(err) != errs.Conflict {
		t.Errorf("read again: %v", err)
	}
	one := watcher.UploadAll("/desk/collected/receive", form, webtest.Upload{Field: "files", Name: "民政局.docx", Data: reportOf(t, "青川旗民政局", 2022, nil)})
	if one.Path != "/desk/collected/receive" || !strings.Contains(main(one), "接收了 1 份") {
		t.Errorf("a single small file waits: %s %s", one.Path, main(one))
	}
}

// Whoever may no longer collect when the job comes to it has nothing read in their name.
func TestBroughtFilesNeedTheRightWhenTheyAreRead(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, clock.Shanghai)))
	watcher, root := s.people["zhuguan"], s.people["zhuguan"].Organ
	var papers []collect.Paper
	for _, name := range []string{"青川旗民政局", "青川旗能源局"} {
		papers = append(papers, collect.Paper{Name: name + ".docx", Data: reportOf(t, name, 2023, nil)})
	}
	id, err := s.rooms.collect.Bring(t.Context(), watcher.Actor(), root, papers)
	if err != nil {
		t.Fatal(err)
	}
	s.rooms.collect.People = gone{watcher}
	s.readBrought(t.Context())
	b, err := s.rooms.collect.Progress(t.Context(), watcher.Actor(), id)
	if err != nil || !b.Read || !strings.Contains(b.Trouble, "已经停用") || len(b.Settled) != 0 {
		t.Errorf("%+v, %v", b, err)
	}
}

// gone is a person who has left.
type gone struct{ person account.Person }

func (g gone) Person(context.Context, string) (account.Person, error) {
	g.person.Active = false
	return g.person, nil
}
