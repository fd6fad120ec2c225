package web

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gongkai/internal/errs"
)

// Form is a form as the part "form" draws it: label above the field, hint under
// the label, what is wrong beside the field and in a summary that takes the
// focus. What was typed is kept.
type Form struct {
	Action  string // the path it is sent to; "" for the page itself
	Get     bool   // only asks: the answer stands at an address that can be kept
	Fields  []Field
	Submit  string
	Cancel  string   // path to go back to; "" for none
	Danger  bool     // the act cannot be undone
	Upload  bool     // has files
	Summary string   // what is wrong with the whole; "" for nothing
	Preview string   // path that shows what would come of it, in the element "preview"; "" for none
	Prompt  string   // on the button that asks for that without a script
	Keeps   string   // what the script sends as DoField while it is filled in, so that nothing is lost; "" for never
	Buttons []Option // beside Submit, sent as DoField: they show the form again
}

// DoField is what a button beside the main one is sent as.
const DoField = "_do"

// Kept is a file that came with the form before: it is sent again by its Value
// alone, in a field that is named after the file's with KeptPrefix before it.
type Kept struct{ Field, Value, Name string }

// KeptPrefix begins the names of the fields of files that were sent before.
const KeptPrefix = "kept-"

// Kinds of field.
const (
	Text      = "text"
	Password  = "password"
	Email     = "email"
	Tel       = "tel"
	Number    = "number"
	Date      = "date" // 2026-11-22
	TimeOfDay = "time"
	TextArea  = "textarea"
	Select    = "select"
	Radios    = "radios"
	Checks    = "checkboxes"
	Check     = "checkbox" // a single yes or no
	File      = "file"
	Hidden    = "hidden"
	Fact      = "fact"    // shown, not asked
	Section   = "section" // a heading between fields
	Grid      = "grid"    // numbers that are typed into a table as it is printed
)

// Field is a field of a form.
type Field struct {
	Kind         string // "" for Text
	Name         string
	Label        string
	Hint         string
	Value        string
	Values       []string // chosen of Checks
	Options      []Option
	Required     bool
	Wanted       bool     // it may be empty for now, and not in the end
	Offers       []string // sentences that a click takes into a TextArea
	Reads        *Reading // how a TextArea reads with its tokens; nil for none
	Autocomplete string
	InputMode    string
	MaxLength    int
	Rows         int
	Accept       string  // of a File
	Multiple     bool    // several Files
	Narrow       bool    // short values: codes, dates, numbers
	Beside       bool    // three of them stand in a row where there is room
	Button       *Option // behind it, sent as DoField
	Updates      bool    // of a Select or Radios: choosing shows the form again, with what it calls for
	Error        string
	Kept         []Kept // of a File: what was sent before
	Grid         *Table // of a Grid
}

// Reading is a text in which tokens stand for something, as it reads now. A form that is
// previewed shows it as one types.
type Reading struct {
	Field string // that it is the text of
	Parts []Token
}

// Token is a part of a text: what was written, or with a Name what stands for something.
type Token struct {
	Text, Name, Says string
	Wrong            bool // it stands for nothing
}

// Option is what can be chosen.
type Option struct {
	Value, Label, Hint string
	Chosen             bool
}

// Fill puts what was typed back into the fields; passwords and files excepted.
func (f *Form) Fill(values url.Values) {
	for field := range f.each() {
		typed, ok := values[field.Name]
		if ok || field.Kind == Checks {
			field.Options = unchosen(field.Options)
		}
		switch field.Kind {
		case Password, File, Fact, Section, Grid:
			continue
		case Checks:
			field.Values = typed
		case Check:
			field.Value = values.Get(field.Name)
		default:
			if ok {
				field.Value = typed[0]
			}
		}
	}
}

// each gives the fields, those in the cells of a grid too.
func (f *Form) each() iter.Seq[*Field] {
	return func(yield func(*Field) bool) {
		for i := range f.Fields {
			if !yield(&f.Fields[i]) {
				return
			}
			if f.Fields[i].Grid == nil {
				continue
			}
			cells := f.Fields[i].Grid.Fields
			for k := range cells {
				if !yield(&cells[k]) {
					return
				}
			}
		}
	}
}

// Told gives the fields with which something is wrong, in their order.
func (f Form) Told() []Field {
	var all []Field
	for field := range f.each() {
		if field.Error != "" {
			all = append(all, *field)
		}
	}
	return all
}

// Keep shows files that were sent before beside their fields.
func (f *Form) Keep(files []Kept) {
	for _, k := range files {
		for i := range f.Fields {
			if f.Fields[i].Kind == File && f.Fields[i].Name == k.Field {
				f.Fields[i].Kept = append(f.Fields[i].Kept, k)
			}
		}
	}
}

// Fail shows an Invalid, Conflict or TooLarge error in the form and tells true;
// any other error is not the form's and must be returned.
func (f *Form) Fail(err error) bool {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict, errs.TooLarge, errs.Unsupported, errs.Corrupt, errs.Encrypted, errs.TooMany:
	default:
		return false
	}
	known := false
	for _, wrong := range errs.FieldsOf(err) {
		for field := range f.each() {
			if field.Name == wrong.Name {
				field.Error, known = field.Error+wrong.Public, true
			}
		}
	}
	if !known {
		f.Summary = errs.Public(err)
	}
	return true
}

// Wrong tells whether something is wrong with the form.
func (f Form) Wrong() bool {
	return f.Summary != "" || len(f.Told()) > 0
}

// Inner tells whether a button stands between the fields: then another one before it is
// what the enter key presses.
func (f Form) Inner() bool {
	return slices.ContainsFunc(f.Fields, func(one Field) bool { return one.Button != nil })
}

// unchosen gives options of which none is chosen beforehand.
func unchosen(options []Option) []Option {
	free := slices.Clone(options)
	for i := range free {
		free[i].Chosen = false
	}
	return free
}

// Is tells whether an option is the chosen one.
func (f Field) Is(o Option) bool {
	if f.Kind == Checks {
		return o.Chosen || slices.Contains(f.Values, o.Value)
	}
	return o.Chosen || f.Value == o.Value
}

// ReadForm reads a form that was sent, with its files, and checks that it is
// ours. Lines end in one character, and what is no text is replaced.
func (k *Kit) ReadForm(r *http.Request) (url.Values, error) {
	const inMemory = 1 << 20
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(inMemory)
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, unread(err)
	}
	if Actor(r).SignedIn() {
		if err := k.checkToken(r); err != nil {
			return nil, err
		}
	}
	for _, values := range r.PostForm {
		for i, value := range values {
			values[i] = strings.ReplaceAll(text(value), "\r\n", "\n")
		}
	}
	return r.PostForm, nil
}

// unread tells why a form could not be read.
func unread(err error) error {
	var most *http.MaxBytesError
	if errors.As(err, &most) {
		return tooLarge(most.Limit).because(err)
	}
	return errHalf.because(err)
}

func tooLarge(most int64) *said {
	return sayError(errs.TooLarge, "problem.too-large", fmt.Sprintf("%.4g", float64(most)/(1<<20)))
}

// discard removes the files that a form brought: the server does it for its own
// request only, not for the copies that know more.
func (k *Kit) discard(r *http.Request) {
	if r.MultipartForm == nil {
		return
	}
	if err := r.MultipartForm.RemoveAll(); err != nil {
		k.Log.WarnContext(r.Context(), "uploaded files not removed", "error", err)
	}
}
