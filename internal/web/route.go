package web

import (
	"net/http"

	"gongkai/internal/account"
)

// Handler answers a request, or gives an error that Kit turns into a page or a
// problem document.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Frame is which of the surfaces a page belongs to.
type Frame string

// The frames.
const (
	Portal Frame = "portal"
	Desk   Frame = "desk"
	Admin  Frame = "admin"
	Bare   Frame = "bare" // sign-in and other pages with nothing around them
	API    Frame = "api"
	Board  Frame = "board" // full-screen, in a hall
)

// Rule says who gets to a route at all. The use case behind it judges again,
// with the organ it concerns.
type Rule struct {
	kind ruleKind
	acts []account.Act
}

type ruleKind int

const (
	noRule ruleKind = iota
	public
	signedIn
	needs
)

// Public is a route for everybody.
func Public() Rule { return Rule{kind: public} }

// SignedIn is a route for everybody who has signed in: their own matters only.
func SignedIn() Rule { return Rule{kind: signedIn} }

// Needs is a route for those who may do one of some acts somewhere.
func Needs(acts ...account.Act) Rule { return Rule{needs, acts} }

// Acts gives the acts of a Needs rule, none for the others.
func (r Rule) Acts() []account.Act { return r.acts }

// IsPublic tells whether the rule lets everybody in.
func (r Rule) IsPublic() bool { return r.kind == public }

// Route is one line of the table of routes, which the mux, the navigation and
// the authorisation test are made from.
type Route struct {
	Method string
	Path   string // as ServeMux has it: /admin/organs/{organ}
	Frame  Frame
	Rule   Rule
	Handle Handler
	Shows  []Checked // the templates it may show, for the tests
	Cached bool      // the same for everybody who has not signed in, until what it is made from changes
	Asked  bool      // with Cached: there is one for each question, so that not all can be kept; they are kept apart
	// Upload is the most bytes a body may have; 0 for the usual MaxForm.
	Upload int64
}

func (r Route) most() int64 {
	if r.Upload == 0 {
		return MaxForm
	}
	return r.Upload
}
