package web

import (
	"gongkai/internal/errs"
	"gongkai/internal/locale"
)

// said is an error of the kit itself. It is said in the language of the page;
// those of the rooms quote the law and are Chinese everywhere.
type said struct {
	key  string // of the catalogue
	args []any
	err  *errs.Error
}

var chinese = locale.Load(locale.Chinese)

func sayError(kind errs.Kind, key string, args ...any) *said {
	return &said{key, args, errs.New(kind, "%s", chinese.T(key, args...))}
}

func (s *said) Error() string { return s.err.Error() }

// Unwrap gives the error with its kind and its Chinese sentence.
func (s *said) Unwrap() error { return s.err }

// because gives the same error with its cause, for the log.
func (s *said) because(cause error) *said {
	return &said{s.key, s.args, errs.Wrap(cause, s.err.Kind, "%s", s.err.Public)}
}

// What the kit refuses by itself.
var (
	errNoPage    = sayError(errs.NotFound, "problem.no-page")
	errMethod    = sayError(errs.Invalid, "problem.method")
	errElsewhere = sayError(errs.Forbidden, "problem.elsewhere")
	errExpired   = sayError(errs.Conflict, "problem.expired")
	errTooMany   = sayError(errs.TooMany, "problem.slow-down")
	errSignIn    = sayError(errs.Unauthenticated, "problem.sign-in-first")
	errHalf      = sayError(errs.Invalid, "problem.half")
)
