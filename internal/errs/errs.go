// Package errs is how gongkai says that something went wrong.
//
// An error has two texts. The public sentence is for the person in front of
// the screen: Chinese, what is wrong, where, and what to do; it never shows
// internals. The wrapped cause is for the log. A kind tells callers (exit
// codes, HTTP statuses) what sort of failure it is.
//
// Errors without a kind are bugs or broken machines: Public returns a neutral
// sentence for them and nothing of their text.
package errs

import (
	"errors"
	"fmt"
)

// Kind sorts failures by what the caller should do about them.
type Kind int

const (
	// Internal is everything that nobody planned for.
	Internal Kind = iota
	// Invalid is input that breaks a rule; the sentence says which.
	Invalid
	// NotFound is something named that does not exist.
	NotFound
	// Unsupported is a file of a kind that gongkai does not read.
	Unsupported
	// Encrypted is a file that cannot be read without its password.
	Encrypted
	// Corrupt is a file that is not what it says it is, or is broken.
	Corrupt
	// TooLarge is input beyond a documented limit.
	TooLarge
	// Picture is a document whose text is only an image.
	Picture
	// Unauthenticated is an act that needs somebody who has signed in.
	Unauthenticated
	// Forbidden is an act that this person may not do here.
	Forbidden
	// Conflict is an act on something that has changed since it was shown, or
	// that contradicts what is on record.
	Conflict
	// TooMany is one call too many in too short a time.
	TooMany
	// Unavailable is something that will work again by itself, later.
	Unavailable
)

var kindNames = [...]string{
	"internal", "invalid", "not-found", "unsupported", "encrypted", "corrupt", "too-large", "picture",
	"unauthenticated", "forbidden", "conflict", "too-many", "unavailable",
}

// String gives the kind's stable name, used in JSON and logs.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return "internal"
	}
	return kindNames[k]
}

// Error is a failure with a public sentence.
type Error struct {
	Kind    Kind
	Public  string // Chinese, for the person; complete sentence
	English string // the same for who runs the program and reads English; "" for most
	Cause   error  // for the log; may be nil
	Fields  Fields // what is wrong with single fields of a form; may be empty
}

// Field is what is wrong with one field of a form.
type Field struct {
	Name   string // of the form's field
	Public string // Chinese, complete sentence: what is wrong and what to do
}

// Fields collects what is wrong with a form, in the order of its fields.
type Fields []Field

// Add notes what is wrong with a field.
func (f *Fields) Add(name, format string, args ...any) {
	*f = append(*f, Field{name, fmt.Sprintf(format, args...)})
}

// Err gives an Invalid error that holds the fields, nil when nothing is wrong.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Public: f[0].Public, Fields: f}
}

// InField is an Invalid error about one field of a form.
func InField(name, format string, args ...any) error {
	var f Fields
	f.Add(name, format, args...)
	return f.Err()
}

// AtField says the sentence of an error at a field of a form, as an Invalid one.
func AtField(name string, err error) error {
	return &Error{Kind: Invalid, Public: Public(err), Cause: err, Fields: Fields{{name, Public(err)}}}
}

// FieldsOf gives the fields that the first Error in the chain complains about.
func FieldsOf(err error) Fields {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// New makes an error of a kind with a public Chinese sentence.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Public: fmt.Sprintf(format, args...)}
}

// Wrap is New with the cause kept for the log.
func Wrap(cause error, kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Public: fmt.Sprintf(format, args...), Cause: cause}
}

// InEnglish says the same to who runs the program and reads no Chinese.
func (e *Error) InEnglish(format string, args ...any) *Error {
	e.English = fmt.Sprintf(format, args...)
	return e
}

// Error gives the text for the log: the sentence and the cause.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Public
	}
	return e.Public + ": " + e.Cause.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf tells the kind of the first Error in the chain, else Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// English gives the English sentence that may be shown to a person, the Chinese
// one where there is no other.
func English(err error) string {
	var e *Error
	if errors.As(err, &e) && e.English != "" {
		return e.English
	}
	return Public(err)
}

// Public gives the sentence that may be shown to a person.
func Public(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Public
	}
	return "程序内部出错，未能完成操作；请保留文件并联系系统管理员。"
}
