//go:build load

package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/paging"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/web"
)

// loaded is how many documents the portal has under load.
const loaded = 100_000

// TestPortalUnderLoad measures home, list and a document of the portal with wrk at
// 100,000 documents, beside nginx that serves the same bytes as files, in one run.
// scripts/load runs it; GONGKAI_LOAD_SECONDS says for how long each.
func TestPortalUnderLoad(t *testing.T) {
	o := Options{Config: configuration(t), Version: "load", Log: quiet(t), Limits: web.Limits{}}
	o.Config.Jobs = false
	a, err := OpenDemo(t.Context(), o, false)
	if err != nil {
		t.Fatal(err)
	}
	s := serveSite(t, a)
	begun := time.Now()
	s.seed(t, loaded)
	fmt.Printf("%d documents in %s\n", loaded, time.Since(begun).Round(time.Second))
	page, err := s.rooms.documents.Catalogue(t.Context(), account.Place{}, paging.Query{Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	files := t.TempDir()
	pages := []struct{ name, path string }{{"home", "/"}, {"list", "/open?page=3"}, {"document", "/open/" + page.Rows[0].ID}}
	for _, p := range pages {
		_, body := status(t, http.DefaultClient, s.URL+p.path)
		if err := os.WriteFile(filepath.Join(files, p.name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	static := nginx(t, files)
	fmt.Printf("%-10s %8s %18s %12s %18s %12s\n", "page", "bytes", "gongkai req/s", "p99", "nginx req/s", "p99")
	for _, p := range pages {
		info, err := os.Stat(filepath.Join(files, p.name))
		if err != nil {
			t.Fatal(err)
		}
		ours, ourTail := wrk(t, s.URL+p.path)
		theirs, theirTail := wrk(t, static+"/"+p.name)
		fmt.Printf("%-10s %8d %18s %12s %18s %12s\n", p.name, info.Size(), ours, ourTail, theirs, theirTail)
	}
}

// seed adds copies of a published document, each with its own title and number.
func (s *site) seed(t *testing.T, n int) {
	t.Helper()
	ctx, documents := context.Background(), store.Documents{DB: s.db}
	page, err := s.rooms.documents.Catalogue(ctx, account.Place{}, paging.Query{Size: 1, Filters: map[string]string{publish.FilterKind: "notice"}})
	if err != nil || len(page.Rows) == 0 {
		t.Fatal(err)
	}
	pattern, err := documents.Document(ctx, page.Rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	const batch = 1000
	for at := 0; at < n; at += batch {
		err := documents.Add(ctx, func(publish.Around) (publish.Change, error) {
			var c publish.Change
			for i := at; i < min(n, at+batch); i++ {
				d := pattern
				d.ID, d.Index, d.Links, d.Posts = s.rooms.ids.New(), fmt.Sprintf("LOAD/%07d", i), nil, nil
				v := d.Versions[len(d.Versions)-1]
				v.Title = fmt.Sprintf("关于第%d号事项的公告", i)
				d.Title, d.Versions, d.Files = v.Title, []publish.Version{v}, nil
				c.Added = append(c.Added, d)
			}
			return c, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// nginx serves a folder, with as many workers as the machine has cores.
func nginx(t *testing.T, files string) string {
	t.Helper()
	home := t.TempDir()
	const address = "127.0.0.1:18089"
	conf := fmt.Sprintf(`worker_processes auto; pid %[1]s/pid; error_log %[1]s/error.log; daemon off; user root;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100; default_type "text/html; charset=utf-8";
  client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
  server { listen %[2]s; root %[3]s; } }`, home, address, files)
	if err := os.WriteFile(filepath.Join(home, "conf"), []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("nginx", "-c", filepath.Join(home, "conf"), "-e", filepath.Join(home, "error.log"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() })
	for range 50 {
		if resp, err := http.Get("http://" + address + "/home"); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("nginx answers %d", resp.StatusCode)
			}
			return "http://" + address
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("nginx does not answer")
	return ""
}

var (
	rate = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	tail = regexp.MustCompile(`99%\s+(\S+)`)
)

// wrk gives requests in a second and the 99th percentile of how long one takes.
func wrk(t *testing.T, address string) (perSecond, p99 string) {
	t.Helper()
	seconds := os.Getenv("GONGKAI_LOAD_SECONDS")
	if seconds == "" {
		seconds = "10"
	}
	out, err := exec.Command("wrk", "-t2", "-c32", "-d"+seconds+"s", "--latency", address).CombinedOutput()
	text := string(out)
	if err != nil || strings.Contains(text, "Non-2xx") {
		t.Fatalf("wrk %s: %v\n%s", address, err, text)
	}
	return rate.FindStringSubmatch(text)[1], tail.FindStringSubmatch(text)[1]
}
