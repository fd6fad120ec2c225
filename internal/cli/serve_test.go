package cli_test

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"gongkai/internal/cli"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// served is gongkai serve, as a person runs it.
type served struct {
	address string
	setup   string // as it was printed; "" for nothing
	stop    func() (code int, log string)
}

func serve(t *testing.T, args ...string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var log bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--set", "log-level=debug"}, args...), func(string) string { return "" }, nil, in, &log)
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	s := served{stop: func() (int, string) {
		cancel()
		go io.Copy(io.Discard, out)
		return <-ended, log.String()
	}}
	if lines.Scan() {
		s.address = strings.TrimPrefix(lines.Text(), "已就绪：")
	}
	if !strings.HasPrefix(s.address, "http") {
		code, said := s.stop()
		t.Fatalf("it does not serve: %d %s", code, said)
	}
	more := make(chan string, 1)
	go func() {
		if lines.Scan() {
			more <- strings.TrimPrefix(lines.Text(), "首次设置：")
		}
	}()
	select {
	case s.setup = <-more:
	case <-time.After(500 * time.Millisecond):
	}
	return s
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// The first start prints where the deployment is set up, by a secret that is in
// no log; afterwards there is nothing to set up. A stop is no failure.
func TestTheFirstStartIsSetUpByItsSecret(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s := serve(t, "--data", data)
	if code, body := get(t, s.setup); code != http.StatusOK || !strings.Contains(body, "<form") {
		t.Errorf("%s: %d", s.setup, code)
	}
	if code, _ := get(t, s.address+"/setup?secret=GUESSED"); code == http.StatusOK {
		t.Error("a guessed secret sets up")
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 200, "/log": 200, "/nowhere": 404} {
		if code, _ := get(t, s.address+path); code != want {
			t.Errorf("%s: %d", path, code)
		}
	}
	code, log := s.stop()
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	_, secret, _ := strings.Cut(s.setup, "secret=")
	if secret == "" || strings.Contains(log, secret) {
		t.Errorf("the secret %q is in the log:\n%s", secret, log)
	}
	found(t, "--data", data)
	if s = serve(t, "--data", data); s.setup != "" {
		t.Errorf("set up again: %s", s.setup)
	}
	resp, err := http.PostForm(s.address+"/login?q=wangxiaoming", url.Values{"login": {"zhangsanfeng"}, "password": {"hunter2hunter2"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	code, log = s.stop()
	if code != 0 || !strings.Contains(log, `route="POST /login"`) {
		t.Errorf("exit code %d: %s", code, log)
	}
	for _, personal := range []string{"zhangsanfeng", "hunter2", "wangxiaoming"} {
		if strings.Contains(log, personal) {
			t.Errorf("%s is in the log:\n%s", personal, log)
		}
	}
}

// found makes a deployment.
func found(t *testing.T, where ...string) {
	t.Helper()
	code, _, stderr := run(t, "", append([]string{
		"init", "--organ", "青川旗人民政府", "--region", "150823", "--level", "county", "--system", "zhang=张一", "--security", "lina=李二", "--audit", "wang=王三",
	}, where...)...)
	if code != 0 {
		t.Fatal(stderr)
	}
}

// A receipt from the site is checked by anybody, with nothing but the public key.
func TestAReceiptIsVerifiedOffline(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	found(t, "--data", data)
	s := serve(t, "--data", data)
	db := storetest.Open(t, filepath.Join(data, "gongkai.db"))
	var id string
	if err := db.Write(t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT MIN(id) FROM event").Scan(&id)
	}); err != nil {
		t.Fatal(err)
	}
	var code int
	var receipt string
	for deadline := time.Now().Add(20 * time.Second); code != http.StatusOK && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		code, receipt = get(t, s.address+"/log/receipt/"+id+"?format=json")
	}
	_, key := get(t, s.address+"/log/key")
	if code, log := s.stop(); code != 0 {
		t.Fatal(log)
	}
	key = strings.TrimSpace(key)
	elsewhere := t.TempDir()
	verify := func(text, key string) (int, string) {
		path := filepath.Join(elsewhere, "receipt.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, stderr := run(t, "", "verify", "--receipt", path, "--key", key, "--data", filepath.Join(elsewhere, "nothing"))
		return code, out + stderr
	}
	if code, said := verify(receipt, key); code != 0 || !strings.Contains(said, "回执有效") {
		t.Errorf("a good receipt: %d %s", code, said)
	}
	changed := regexp.MustCompile(`"actor": "[^"]*"`).ReplaceAllString(receipt, `"actor": "nobody"`)
	if code, said := verify(changed, key); code != 1 || !strings.Contains(said, "被改动过") {
		t.Errorf("a changed receipt: %d %s", code, said)
	}
	other := filepath.Join(elsewhere, "other")
	found(t, "--data", other)
	_, out, _ := run(t, "", "keys", "show", "--data", other)
	_, otherKey, _ := strings.Cut(strings.TrimSpace(out), "日志公钥：")
	if code, said := verify(receipt, otherKey); code != 1 || !strings.Contains(said, "公钥") {
		t.Errorf("with another key: %d %s", code, said)
	}
	if code, said := verify("{}", key); code != 2 {
		t.Errorf("no receipt at all: %d %s", code, said)
	}
	if _, err := os.Stat(filepath.Join(elsewhere, "nothing")); !os.IsNotExist(err) {
		t.Error("verifying a receipt made data")
	}
}

// A deployment begins on one file, moves to PostgreSQL, and back: it is the same.
func TestADeploymentMovesBetweenDatabases(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	do := func(args ...string) string {
		t.Helper()
		code, out, stderr := run(t, "", args...)
		if code != 0 {
			t.Fatalf("gongkai %s: %d %s", strings.Join(args, " "), code, out+stderr)
		}
		return out
	}
	found(t, "--data", in("one"))
	do("verify", "--data", in("one"))
	do("backup", "--data", in("one"), in("one.tar.zst"))
	address := storetest.PostgresURL(t)
	move := func(from, to string, database ...string) {
		t.Helper()
		do(append([]string{"restore", in(from + ".tar.zst"), "--data", in(to)}, database...)...)
		keys, err := os.ReadFile(filepath.Join(in("one"), "keys.json"))
		if err == nil {
			err = os.WriteFile(filepath.Join(in(to), "keys.json"), keys, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if out := do(append([]string{"verify", "--data", in(to)}, database...)...); !strings.Contains(out, "没有发现改动") {
			t.Errorf("%s: %s", to, out)
		}
		do(append([]string{"backup", in(to + ".tar.zst"), "--data", in(to)}, database...)...)
	}
	move("one", "two", "--database", address)
	move("two", "three")
	rows := func(name string) string {
		t.Helper()
		var b bytes.Buffer
		for _, table := range members(t, in(name+".tar.zst")) {
			b.WriteString(table)
		}
		return b.String()
	}
	if one, three := rows("one"), rows("three"); one != three || len(one) < 1000 {
		t.Error("what came back is not what went")
	}
	if code, _, stderr := run(t, "", "restore", in("one.tar.zst"), "--data", in("four"), "--database", address); code != 2 || !strings.Contains(stderr, "已经有数据") {
		t.Errorf("over a PostgreSQL with data: %d %s", code, stderr)
	}
	if code, _, stderr := run(t, "", "backup", in("five.tar.zst"), "--data", in("five"), "--database", storetest.PostgresURL(t)); code != 2 || !strings.Contains(stderr, "还没有 gongkai 的数据：PostgreSQL") {
		t.Errorf("a backup of an empty PostgreSQL: %d %s", code, stderr)
	}
}

// members gives the rows of an archive, a member each.
func members(t *testing.T, path string) (all []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	packed, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	for in := tar.NewReader(packed); ; {
		header, err := in.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(header.Name, "table/") {
			continue
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, header.Name+"\n"+string(text))
	}
}
