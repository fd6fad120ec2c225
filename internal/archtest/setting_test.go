package archtest

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"gongkai/internal/setting"
)

// awaited are settings whose reader is a room that is not built yet. As soon as
// the room is there, it must read them.
var awaited = map[string]string{
	"WorkWarnDays": "work", "NotifyQuietFrom": "notify", "NotifyQuietUntil": "notify", "NotifyDigestHour": "notify",
}

// TestSettingsAreRead fails for a setting that nothing asks for: people would
// change it, and nothing would follow.
func TestSettingsAreRead(t *testing.T) {
	all := sources(t)
	names, read := map[string]string{}, map[string]bool{}
	for _, s := range all {
		if s.path == "internal/setting/table.go" {
			names = textConstants(s.file)
		}
	}
	for _, s := range all {
		if s.path == "internal/setting/table.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "setting" {
					read[n.Sel.Name] = true
				}
			case *ast.Ident:
				if s.pkg == "setting" {
					read[n.Name] = true
				}
			}
			return true
		})
	}
	constant := map[string]string{} // by the name of the setting
	for name, value := range names {
		constant[value] = name
	}
	for _, d := range setting.Definitions() {
		name := constant[d.Name]
		room := awaited[name]
		if _, err := os.Stat(filepath.Join("..", room)); room != "" && os.IsNotExist(err) {
			continue
		}
		if name == "" || !read[name] {
			t.Errorf("no code reads the setting %s (%s)", d.Name, name)
		}
	}
}

// textConstants gives the constants of a file that are texts.
func textConstants(file *ast.File) map[string]string {
	all := map[string]string{}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			values := spec.(*ast.ValueSpec)
			for i, value := range values.Values {
				if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					all[values.Names[i].Name], _ = strconv.Unquote(literal.Value)
				}
			}
		}
	}
	return all
}
