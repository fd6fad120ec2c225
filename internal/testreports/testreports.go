// Package testreports finds the real published annual reports that tests read.
// They are other people's documents and are not copied into this project: they
// lie in a folder shared/reports beside the repository.
//
// A test that needs them never passes silently without them: in CI it fails,
// elsewhere it is skipped with a sentence that says what is missing.
package testreports

import (
	"os"
	"path/filepath"
	"testing"
)

// Variable names the environment variable that overrides where the reports lie.
const Variable = "GONGKAI_REPORTS"

// Dir gives the absolute path of the folder shared/reports: the value of
// GONGKAI_REPORTS, else the first shared/reports found on the way up from the
// working directory.
func Dir(t testing.TB) string {
	t.Helper()
	dir, ok := find()
	if !ok {
		missing(t)
	}
	return dir
}

// Published gives the absolute path of the folder with the published reports
// of many organs, Dir/published.
func Published(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(Dir(t), "published")
	if !isDir(dir) {
		missing(t)
	}
	return dir
}

func missing(t testing.TB) {
	t.Helper()
	const sentence = "the published reports are missing: put shared/reports beside the repository or name the folder in " + Variable
	if os.Getenv("CI") == "true" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
}

func find() (string, bool) {
	if dir := os.Getenv(Variable); dir != "" {
		abs, err := filepath.Abs(dir)
		return abs, err == nil && isDir(abs)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		candidate := filepath.Join(dir, "shared", "reports")
		if isDir(candidate) {
			return candidate, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
