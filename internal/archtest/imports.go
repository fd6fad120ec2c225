// Package archtest holds what the house promises about itself, and tests it:
// who may import whom, what a domain package never touches, how long a file
// may be. The table below is the truth; docs/ARCHITECTURE.md explains it.
//
// A package without a row fails the test, so a new room starts with a line
// here.
package archtest

// Module is the path of this module.
const Module = "gongkai"

// Row says what a package may import of this module. The standard library is
// always allowed, except for what Pure forbids.
type Row struct {
	Package string   // below internal/, or cmd/gongkai
	Own     []string // packages below internal/
	Pure    bool     // a domain package or a codec: no files, clock, network, database or templates
	Third   []string // prefixes of modules of others
}

// Imports gives the arrows that are allowed. Test files are free: they may
// build a whole world.
func Imports() []Row {
	return []Row{
		// Ground: no office words.
		{Package: "errs", Pure: true},
		{Package: "doc", Pure: true},
		{Package: "locale", Own: []string{"errs"}, Pure: true},
		{Package: "doc/docx", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/text"}},
		{Package: "doc/html", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/net", "golang.org/x/text"}},
		{Package: "doc/text", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/text"}},
		{Package: "doc/xlsx", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"github.com/xuri/excelize", "golang.org/x/net"}},
		{Package: "doc/pdf", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/text", "github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"}},
		{Package: "doc/open", Own: []string{"doc", "doc/docx", "doc/html", "doc/text", "doc/xlsx", "doc/pdf", "errs"}},

		// Law and time.
		{Package: "law", Pure: true},
		{Package: "rule", Own: []string{"law", "doc"}, Pure: true},
		{Package: "calendar", Own: []string{"law", "errs"}, Pure: true},

		// Who.
		{Package: "org", Own: []string{"errs"}, Pure: true},

		// What the office does.
		{Package: "foi", Own: []string{"errs", "law", "calendar"}, Pure: true},
		{Package: "annual", Own: []string{"law", "org", "doc", "errs"}, Pure: true},
		{Package: "annual/annualtest", Own: []string{"annual", "law", "doc"}, Third: []string{"pgregory.net/rapid"}},
		{Package: "annual/read", Own: []string{"annual", "doc", "law", "errs"}, Pure: true},
		{Package: "annual/write", Own: []string{"annual", "doc", "law"}, Pure: true},
		{Package: "annual/check", Own: []string{"annual", "law", "org", "rule", "doc"}, Pure: true},
		{Package: "annual/diff", Own: []string{"annual", "doc"}, Pure: true, Third: []string{"github.com/jedib0t/go-pretty"}},
		{Package: "annual/rollup", Own: []string{"annual", "annual/write", "org", "doc", "errs"}, Pure: true, Third: []string{"github.com/xuri/excelize", "golang.org/x/text"}},

		// Adapters.
		{Package: "web/finding", Own: []string{"annual", "annual/check", "annual/write", "doc", "rule", "law", "locale"}},
		{Package: "cli/limits", Own: []string{"calendar", "foi", "errs", "law"}},
		{
			Package: "cli",
			Own: []string{
				"app", "config", "errs", "locale", "doc", "doc/open",
				"annual", "annual/read", "annual/check", "annual/write", "annual/diff", "annual/rollup",
				"calendar", "foi", "law", "rule", "guard", "monitor", "org", "web/finding", "cli/limits",
			},
			Third: []string{
				"github.com/alecthomas/kong", "github.com/jedib0t/go-pretty", "github.com/schollz/progressbar",
				"golang.org/x/term", "golang.org/x/sync",
			},
		},
		{Package: "cmd/gongkai", Own: []string{"cli"}},

		// About the project itself.
		{Package: "archtest"},
		{Package: "testreports"},
		{Package: "testtool"},
	}
}

// Forbidden gives what a pure package never imports: what it needs from the
// machine is handed in.
func Forbidden() []string {
	return []string{"os", "os/exec", "net", "net/http", "database/sql", "html/template", "math/rand", "math/rand/v2"}
}

// MaxLines is how long a Go file may be, tests excluded. Past it a second noun
// is hiding in the file.
const MaxLines = 500
