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
		{Package: "clock"},
		{Package: "ident", Own: []string{"clock"}},
		{Package: "paging", Pure: true},
		{Package: "event", Own: []string{"errs", "clock", "ident"}, Pure: true, Third: []string{"golang.org/x/mod/sumdb"}},
		{Package: "blob", Own: []string{"errs"}},
		{Package: "backup", Own: []string{"errs", "clock", "ident", "blob", "event", "account"}, Third: []string{"github.com/klauspost/compress"}},
		{Package: "seal", Own: []string{"errs", "ident"}, Third: []string{"github.com/emmansun/gmsm", "golang.org/x/mod/sumdb/note"}},
		{Package: "mail", Own: []string{"errs"}, Third: []string{"github.com/wneessen/go-mail"}},
		{Package: "config", Own: []string{"errs"}},
		{Package: "locale", Own: []string{"errs"}, Pure: true},
		{Package: "doc/markup", Own: []string{"errs"}, Pure: true},
		{Package: "doc/opc", Own: []string{"doc/markup", "errs"}, Pure: true},
		{Package: "doc/docx", Own: []string{"doc", "doc/markup", "errs"}, Pure: true, Third: []string{"golang.org/x/text"}},
		{Package: "doc/html", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/net", "golang.org/x/text"}},
		{Package: "doc/text", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/text"}},
		{Package: "doc/csv", Own: []string{"doc/text", "errs"}, Pure: true},
		{Package: "doc/xlsx", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"github.com/xuri/excelize", "golang.org/x/net"}},
		{Package: "doc/pdf", Own: []string{"doc", "errs"}, Pure: true, Third: []string{"golang.org/x/text", "github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"}},
		{Package: "doc/open", Own: []string{"doc", "doc/docx", "doc/html", "doc/text", "doc/csv", "doc/xlsx", "doc/pdf", "errs"}},
		{
			Package: "doc/inside", Own: []string{"doc", "doc/markup", "doc/opc", "doc/csv", "doc/text", "doc/pdf", "doc/open", "errs"}, Pure: true,
			Third: []string{"golang.org/x/net", "golang.org/x/text"},
		},
		{Package: "doc/clean", Own: []string{"doc", "doc/markup", "doc/opc", "doc/open", "doc/inside", "doc/text", "doc/pdf", "errs"}, Pure: true, Third: []string{"golang.org/x/text"}},

		// Law and time.
		{Package: "law", Pure: true},
		{Package: "rule", Own: []string{"law", "doc"}, Pure: true},
		{Package: "calendar", Own: []string{"law", "errs"}, Pure: true},

		// Who.
		{Package: "org", Own: []string{"errs", "clock", "ident", "paging", "event", "calendar", "account"}, Pure: true},
		{Package: "account", Own: []string{"errs", "clock", "ident", "paging", "event"}, Pure: true, Third: []string{"github.com/alexedwards/argon2id", "github.com/pquerna/otp", "golang.org/x/sync"}},
		{Package: "personal", Own: []string{"errs", "clock", "ident", "event", "account", "seal", "calendar"}, Pure: true},
		{Package: "founding", Own: []string{"errs", "clock", "ident", "event", "calendar", "org", "account", "personal"}, Pure: true},
		{Package: "setting", Own: []string{"errs", "law", "clock", "ident", "event", "account", "org"}, Pure: true},
		{Package: "job", Own: []string{"errs", "clock", "ident", "paging", "event", "account", "org"}},

		// What the office does.
		{Package: "procedure", Own: []string{"errs", "event", "account"}, Pure: true},
		{Package: "procedure/proceduretest", Own: []string{"procedure", "event", "law"}},
		{Package: "holiday", Own: []string{"errs", "clock", "ident", "event", "account", "calendar", "doc", "org"}, Pure: true},
		{Package: "work", Own: []string{"errs", "clock", "ident", "paging", "event", "account", "calendar", "law"}, Pure: true},
		{Package: "notify", Own: []string{"errs", "clock", "ident", "paging", "event", "account"}, Pure: true},
		{Package: "client", Own: []string{"errs", "clock", "ident", "paging", "event", "account"}, Pure: true},
		{Package: "audit", Own: []string{"errs", "clock", "ident", "paging", "event", "account"}, Pure: true},
		{Package: "guard", Own: []string{"errs", "law", "rule", "doc", "doc/csv", "doc/open", "doc/pdf", "doc/inside", "doc/clean", "personal", "search"}, Pure: true},
		{Package: "lexicon", Own: []string{"errs", "clock", "ident", "paging", "event", "org", "account", "rule", "guard"}, Pure: true},
		{Package: "foi", Own: []string{"errs", "law", "clock", "ident", "paging", "event", "calendar", "org", "account", "personal", "setting", "procedure"}, Pure: true},
		{Package: "publish", Own: []string{"errs", "law", "clock", "ident", "paging", "event", "calendar", "org", "account", "setting", "doc", "procedure"}, Pure: true},
		{Package: "arrival", Own: []string{"errs", "event", "account", "job"}, Pure: true},
		{Package: "accession", Own: []string{"arrival", "errs", "clock", "ident", "event", "blob", "org", "account", "doc", "job", "publish"}, Pure: true, Third: []string{"golang.org/x/text"}},
		{Package: "channel", Own: []string{"errs", "clock", "ident", "paging", "event", "calendar", "org", "account", "doc", "publish"}, Pure: true},
		{Package: "fault", Own: []string{"errs", "clock", "ident", "paging", "event", "calendar", "org", "account", "personal", "setting", "work"}, Pure: true},
		{Package: "consult", Own: []string{"errs", "clock", "ident", "paging", "event", "calendar", "org", "account", "personal", "procedure"}, Pure: true},
		{Package: "intake", Own: []string{"errs", "law", "clock", "ident", "event", "blob", "org", "account", "personal", "foi"}, Pure: true},
		{Package: "letter", Own: []string{"errs", "law", "clock", "ident", "paging", "event", "calendar", "doc", "doc/docx", "doc/pdf", "org", "account", "personal", "foi"}, Pure: true},
		{Package: "release", Own: []string{"errs", "law", "rule", "clock", "ident", "event", "calendar", "account", "doc", "doc/open", "guard", "foi"}, Pure: true},
		{Package: "foi/sheet", Own: []string{"errs", "law", "calendar", "personal", "foi"}, Pure: true},
		{Package: "takeover", Own: []string{"arrival", "errs", "clock", "ident", "event", "org", "account", "job", "foi", "foi/sheet"}, Pure: true},
		{Package: "search", Pure: true, Third: []string{"golang.org/x/text/width", "github.com/mozillazg/go-pinyin"}},
		{Package: "annual", Own: []string{"law", "org", "doc", "errs"}, Pure: true},
		{Package: "annual/annualtest", Own: []string{"annual", "law", "doc"}, Third: []string{"pgregory.net/rapid"}},
		{Package: "annual/read", Own: []string{"annual", "doc", "law", "errs"}, Pure: true},
		{Package: "annual/write", Own: []string{"annual", "doc", "law"}, Pure: true},
		{Package: "annual/compute", Own: []string{"annual", "foi", "law"}, Pure: true},
		{Package: "compile", Own: []string{"errs", "law", "rule", "clock", "ident", "event", "calendar", "org", "account", "setting", "procedure", "annual", "annual/check"}, Pure: true},
		{Package: "filing", Own: []string{"errs", "clock", "ident", "event", "calendar", "org", "account", "procedure", "rule", "annual", "annual/check"}, Pure: true},
		{Package: "stats", Own: []string{"law", "paging", "calendar", "account", "annual", "annual/compute", "compile", "consult", "filing", "foi", "publish"}, Pure: true},
		{Package: "collect", Own: []string{"errs", "rule", "clock", "ident", "job", "paging", "event", "blob", "calendar", "doc", "org", "account", "work", "procedure", "annual", "annual/read", "annual/check", "annual/rollup", "compile"}, Pure: true, Third: []string{"golang.org/x/text", "golang.org/x/mod/sumdb"}},
		{Package: "annual/check", Own: []string{"annual", "law", "org", "rule", "doc"}, Pure: true},
		{Package: "annual/diff", Own: []string{"annual", "doc"}, Pure: true, Third: []string{"github.com/jedib0t/go-pretty"}},
		{Package: "annual/rollup", Own: []string{"annual", "annual/write", "org", "doc", "doc/csv", "errs"}, Pure: true, Third: []string{"github.com/xuri/excelize"}},

		// Adapters.
		{
			Package: "store",
			Own: []string{
				"errs", "clock", "ident", "paging", "event", "blob", "backup", "seal", "job", "org", "account", "personal", "setting",
				"holiday", "work", "notify", "client", "audit", "calendar", "foi", "letter", "intake", "release", "publish", "search", "takeover", "lexicon", "compile", "collect", "rule", "fault",
				"channel", "arrival", "accession", "annual", "filing", "consult",
			},
			Third: []string{
				"modernc.org/sqlite", "github.com/jackc/pgx", "github.com/alexedwards/scs", "github.com/klauspost/compress",
				"golang.org/x/mod/sumdb", "golang.org/x/sync",
			},
		},
		{Package: "wechat", Own: []string{"channel", "clock"}},
		{Package: "wechat/double", Own: []string{"clock", "ident"}},
		{Package: "store/storetest", Own: []string{"store", "clock", "ident", "org", "blob", "seal"}},
		{
			Package: "housetest", Own: []string{
				"account", "calendar", "clock", "consult", "doc/inside", "doc/open", "errs", "foi", "guard", "ident", "letter", "org", "personal", "publish", "rule", "seal", "setting", "store", "store/storetest",
			},
		},
		{
			Package: "web",
			Own:     []string{"errs", "clock", "ident", "paging", "account", "locale"},
			Third: []string{
				"github.com/alexedwards/scs", "github.com/go-chi/httprate", "github.com/klauspost/compress", "github.com/andybalholm/brotli",
				"github.com/prometheus/client_golang", "github.com/xuri/excelize", "github.com/skip2/go-qrcode",
			},
		},
		{Package: "web/webtest", Own: []string{"account", "clock", "errs", "ident", "web"}, Third: []string{"github.com/PuerkitoBio/goquery", "github.com/alexedwards/scs", "github.com/jba/templatecheck"}},
		{Package: "web/gallery", Own: pages()},
		{Package: "web/choice", Own: []string{"account", "org", "locale", "procedure", "web"}},
		{Package: "web/course", Own: []string{"calendar", "locale", "web", "work"}},
		{Package: "web/deed", Own: []string{"errs", "account", "event", "blob", "calendar", "locale", "procedure", "web"}},
		{Package: "web/sheet", Own: []string{"doc", "letter"}},
		{Package: "web/desk/letters", Own: pages("event", "clock", "org", "calendar", "personal", "law", "foi", "letter", "release", "guard", "rule", "doc", "web/choice", "web/sheet")},
		{Package: "web/portal", Own: pages("consult", "event", "org", "law", "calendar", "foi", "publish", "search", "web/course"), Third: []string{"github.com/skip2/go-qrcode", "golang.org/x/mod/sumdb"}},
		{Package: "web/portal/platform", Own: pages("consult", "collect", "foi", "org", "law", "calendar", "clock", "publish", "search", "blob", "setting", "doc", "doc/docx", "doc/pdf", "doc/xlsx", "annual")},
		{Package: "web/portal/faults", Own: pages("fault", "org")},
		{Package: "web/desk/faults", Own: pages("fault", "calendar", "personal", "org")},
		{Package: "web/portal/consultations", Own: pages("consult", "org", "blob", "calendar", "procedure", "publish")},
		{Package: "web/desk/consultations", Own: pages("consult", "org", "calendar", "event", "personal", "paging", "procedure", "web/choice", "web/deed")},
		{Package: "web/portal/apply", Own: pages("event", "org", "law", "calendar", "foi", "intake", "blob", "personal", "release", "web/course")},
		{Package: "web/printed", Own: []string{"annual", "annual/write"}},
		{Package: "web/desk", Own: pages("event", "org", "account", "work", "notify", "calendar", "setting", "personal", "law", "web/choice", "web/course")},
		{
			Package: "web/desk/ledger",
			Own:     pages("channel", "publish", "event", "org", "law", "calendar", "setting", "personal", "foi", "foi/sheet", "arrival", "takeover", "job", "work", "doc", "doc/open", "annual", "annual/compute", "annual/write", "web/choice", "web/printed"),
		},
		{Package: "web/slide", Own: []string{"doc", "locale", "publish", "web", "web/course"}},
		{Package: "web/board", Own: pages("event", "org", "publish", "web/slide")},
		{Package: "web/desk/channels", Own: pages("blob", "calendar", "channel", "event", "org", "publish", "web/choice", "web/slide")},
		{Package: "web/desk/documents", Own: pages("event", "org", "publish", "calendar", "law", "doc", "web/sheet", "web/choice", "web/course", "web/deed", "arrival", "accession", "job")},
		{Package: "web/desk/words", Own: pages("org", "rule", "guard", "lexicon", "web/choice")},
		{Package: "web/desk/requests", Own: pages("event", "org", "foi", "work", "calendar", "law", "doc", "blob", "personal", "letter", "web/sheet", "web/choice", "web/course", "web/deed")},
		{Package: "web/desk/collected", Own: pages("blob", "job", "event", "org", "calendar", "rule", "annual", "annual/check", "collect", "doc", "web/choice", "web/printed", "web/finding")},
		{Package: "web/desk/reports", Own: pages("web/deed", "event", "org", "calendar", "rule", "annual", "annual/compute", "annual/write", "annual/rollup", "doc", "doc/open", "compile", "collect", "paging", "setting", "web/choice", "web/printed")},
		{Package: "web/desk/filings", Own: pages("event", "org", "calendar", "procedure", "rule", "annual", "filing", "web/choice", "web/deed", "web/printed", "web/course")},
		{Package: "web/sign", Own: pages("event", "org", "setting", "founding"), Third: []string{"github.com/coreos/go-oidc", "golang.org/x/oauth2"}},
		{Package: "web/admin", Own: pages("web/choice", "blob", "channel", "publish", "backup", "event", "org", "account", "personal", "setting", "holiday", "calendar", "job", "client", "audit", "work", "notify", "law", "doc", "doc/open")},
		{
			Package: "web/api", Own: pages("collect", "event", "filing", "org", "client", "calendar", "foi", "work", "law", "annual", "personal"),
			Third: []string{"github.com/danielgtaylor/huma", "github.com/coreos/go-oidc", "github.com/go-chi/httprate"},
		},
		{Package: "web/finding", Own: []string{"annual", "annual/check", "annual/write", "doc", "rule", "law", "locale"}},
		{Package: "cli/limits", Own: []string{"calendar", "foi", "errs", "law"}},
		{
			Package: "cli",
			Own: []string{
				"app", "config", "errs", "locale", "account", "founding", "doc", "doc/open", "doc/inside", "doc/clean", "event", "store", "blob", "backup", "seal", "clock", "ident",
				"annual", "annual/read", "annual/check", "annual/write", "annual/diff", "annual/rollup",
				"calendar", "foi", "law", "rule", "guard", "monitor", "org", "web", "web/finding", "cli/limits",
			},
			Third: []string{
				"github.com/alecthomas/kong", "github.com/jedib0t/go-pretty", "github.com/schollz/progressbar",
				"golang.org/x/term", "golang.org/x/sync", "golang.org/x/mod/sumdb",
			},
		},
		{
			Package: "world",
			Own:     []string{"errs", "clock", "ident", "paging", "event", "org", "account", "personal", "setting", "work", "notify", "client", "calendar", "holiday", "fault", "filing", "consult", "rule", "foi", "letter", "collect", "compile", "publish", "channel", "store", "annual", "annual/compute", "annual/write", "doc", "doc/docx", "doc/pdf", "doc/xlsx"},
		},
		{
			Package: "app",
			Own: []string{
				"errs", "clock", "ident", "locale", "config", "event", "blob", "backup", "seal", "job", "mail", "paging", "org", "account", "personal",
				"setting", "holiday", "work", "notify", "client", "audit", "foi", "publish", "search", "letter", "intake", "release", "takeover", "rule", "guard", "lexicon", "doc/open", "doc/inside", "founding", "calendar", "store", "world", "compile", "consult", "collect", "stats", "filing", "annual", "annual/write", "doc", "fault",
				"web", "web/portal", "web/portal/apply", "web/portal/platform", "web/desk", "web/desk/documents", "web/desk/ledger", "web/desk/letters", "web/desk/requests", "web/desk/words", "web/sign", "web/admin", "web/api", "web/gallery", "web/desk/reports", "web/desk/collected", "web/portal/faults", "web/desk/faults",
				"channel", "accession", "wechat", "wechat/double", "web/board", "web/desk/channels", "web/desk/filings",
				"consult", "web/portal/consultations", "web/desk/consultations",
			},
			Third: []string{"github.com/alexedwards/scs", "github.com/prometheus/client_golang", "golang.org/x/sync", "golang.org/x/mod/sumdb"},
		},
		{Package: "cmd/gongkai", Own: []string{"cli"}},

		// About the project itself.
		{Package: "archtest"},
		{Package: "testreports"},
		{Package: "testtool"},
	}
}

// pages adds what every room of pages sees to what one of them shows.
func pages(shows ...string) []string {
	return append([]string{"errs", "clock", "ident", "paging", "account", "locale", "web"}, shows...)
}

// Forbidden gives what a pure package never imports: what it needs from the
// machine is handed in.
func Forbidden() []string {
	return []string{"os", "os/exec", "net", "net/http", "database/sql", "html/template", "math/rand", "math/rand/v2"}
}

// MaxLines is how long a Go file may be, tests excluded. Past it a second noun
// is hiding in the file.
const MaxLines = 500
