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
	constant, read := map[string]string{}, map[string]bool{} // the first by the name of the setting
	for _, s := range sources(t) {
		defines := false
		if s.pkg == "setting" {
			for name, value := range textConstants(s.file) {
				if _, ok := setting.Find(value); ok {
					constant[value], defines = name, true
				}
			}
		}
		if defines {
			continue // to define a setting is not to read it
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
