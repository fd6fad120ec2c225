package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the project that is no test.
type source struct {
	path  string // slashed, from the repository's root
	pkg   string // as in Row.Package
	file  *ast.File
	lines int
}

func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	fset := token.NewFileSet()
	for _, top := range []string{"cmd", "internal"} {
		err := fs.WalkDir(os.DirFS(root), top, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution|parser.ParseComments)
			if err != nil {
				return err
			}
			pkg := strings.TrimPrefix(path.Dir(name), "internal/")
			all = append(all, source{name, pkg, file, bytes.Count(text, []byte("\n"))})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %d Go files found below %s", len(all), root)
	}
	return all
}

func TestImports(t *testing.T) {
	rows := map[string]Row{}
	for _, r := range Imports() {
		if _, twice := rows[r.Package]; twice {
			t.Errorf("%s has two rows", r.Package)
		}
		rows[r.Package] = r
	}
	for _, s := range sources(t) {
		row, ok := rows[s.pkg]
		if !ok {
			t.Errorf("%s: package %s has no row in archtest.Imports", s.path, s.pkg)
			continue
		}
		for _, spec := range s.file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if why := refused(row, imported); why != "" {
				t.Errorf("%s imports %s: %s", s.path, imported, why)
			}
		}
	}
}

// refused says why a package may not import another, "" if it may.
func refused(row Row, imported string) string {
	if own, ok := strings.CutPrefix(imported, Module+"/internal/"); ok {
		if slices.Contains(row.Own, own) {
			return ""
		}
		return "this arrow is not in the table"
	}
	first, _, _ := strings.Cut(imported, "/")
	if strings.Contains(first, ".") {
		if slices.ContainsFunc(row.Third, func(p string) bool { return imported == p || strings.HasPrefix(imported, p+"/") }) {
			return ""
		}
		return "this module is not in the table"
	}
	if row.Pure && slices.Contains(Forbidden(), imported) {
		return "a domain package or codec does not reach out to the machine"
	}
	return ""
}

// officeFiles begin with this: they alone start another program, LibreOffice.
const officeFiles = "internal/doc/open/office"

func TestOnlyOneDoorToOtherPrograms(t *testing.T) {
	for _, s := range sources(t) {
		if s.pkg != "doc/open" || strings.HasPrefix(s.path, officeFiles) {
			continue
		}
		for _, spec := range s.file.Imports {
			if imported, _ := strconv.Unquote(spec.Path.Value); imported == "os/exec" || imported == "os" || imported == "net/http" {
				t.Errorf("%s imports %s: only %s*.go may", s.path, imported, officeFiles)
			}
		}
	}
}

func TestNoClockInPurePackages(t *testing.T) {
	pure := map[string]bool{}
	for _, r := range Imports() {
		pure[r.Package] = r.Pure
	}
	for _, s := range sources(t) {
		if !pure[s.pkg] {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") {
				t.Errorf("%s asks for the time with time.%s: hand the date in", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

func TestNoInit(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has func init: build the value where it is used", s.path)
			}
		}
	}
}

func TestFileLength(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > MaxLines {
			t.Errorf("%s has %d lines, more than %d: look for the second noun in it", s.path, s.lines, MaxLines)
		}
	}
}

func TestEveryPackageHasATour(t *testing.T) {
	toured := map[string]bool{}
	for _, s := range sources(t) {
		toured[s.pkg] = toured[s.pkg] || s.file.Doc != nil
	}
	for pkg, ok := range toured {
		if !ok {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

func TestRefused(t *testing.T) {
	row := Row{Package: "calendar", Own: []string{"law"}, Pure: true, Third: []string{"golang.org/x/text"}}
	for imported, allowed := range map[string]bool{
		"gongkai/internal/law":            true,
		"gongkai/internal/store":          false,
		"golang.org/x/text/width":         true,
		"golang.org/x/textual":            false,
		"github.com/jackc/pgx/v5":         false,
		"time":                            true,
		"os":                              false,
		"net/http":                        false,
		"html/template":                   false,
		"gongkai/internal/annual/rollup":  false,
		"gongkai/internal/calendar/extra": false,
	} {
		if got := refused(row, imported) == ""; got != allowed {
			t.Errorf("refused(%s): allowed %v, want %v", imported, got, allowed)
		}
	}
}
