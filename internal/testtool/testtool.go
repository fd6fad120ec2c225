// Package testtool finds the programs of others that tests drive, such as
// LibreOffice. A test that needs one never passes silently without it: in CI it
// fails, elsewhere it is skipped with a sentence that says what is missing.
package testtool

import (
	"os"
	"os/exec"
	"testing"
)

// Find gives the path of a program.
func Find(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	sentence := program + " is missing: make setup installs it"
	if os.Getenv("CI") == "true" {
		t.Fatal(sentence)
	}
	t.Skip(sentence)
	return ""
}
