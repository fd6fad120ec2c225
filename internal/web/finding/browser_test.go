package finding

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"gongkai/internal/locale"
)

// TestBrowser looks at the page in Chromium, on a desk and on a phone: axe-core
// finds nothing, nothing sticks out of a phone's screen, a mark leads to its
// finding and back by keyboard, and nothing is loaded. It needs what make setup
// installs; make test asks for it, a plain go test goes without.
func TestBrowser(t *testing.T) {
	if os.Getenv("GONGKAI_BROWSER_TESTS") == "" && os.Getenv("CI") != "true" {
		t.Skip("the browser tests are left out: run make test, or set GONGKAI_BROWSER_TESTS=1 after make setup")
	}
	browser := filepath.Join("..", "..", "..", "test", "browser")
	if _, err := os.Stat(filepath.Join(browser, "node_modules", "axe-core")); err != nil {
		t.Fatal("the node packages of the browser tests are missing: run make setup")
	}
	args := []string{filepath.Join(browser, "finding.mjs"), os.Getenv("GONGKAI_SHOTS")}
	dir := t.TempDir()
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		path := filepath.Join(dir, "finding-"+string(lang)+".html")
		var b bytes.Buffer
		lines, pages := samples()
		if err := Write(&b, lang, lines, slices.Values(pages)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.CommandContext(t.Context(), "node", args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
