package deed

import (
	"net/http"
	"net/url"
	"strings"

	"gongkai/internal/web"
)

// Keeper is a page whose form can be put aside and gone on with later.
type Keeper interface {
	// Resumed gives what was put aside, where the form should begin with it; nil
	// else. asked is what stands in the address.
	Resumed(asked url.Values) (*Values, error)
	// Put puts aside what was typed, as it is.
	Put(v *Values) error
	// Kept answers that it was put aside.
	Kept() error
	// Drop throws away what was put aside, and answers with the empty form.
	Drop() error
}

// What else a form may be sent for.
const (
	Later   = "later"   // put it aside
	Quietly = "quietly" // the same, by the script, which wants no page
	Dropped = "drop"    // throw away what was put aside
)

// Written tells whether a form asks for more than a choice or a line: what is worth
// being put aside.
func Written(form *web.Form) bool {
	lines := 0
	for _, f := range form.Fields {
		switch f.Kind {
		case web.TextArea:
			return true
		case "", web.Text:
			lines++
		}
	}
	return lines >= manyLines
}

// manyLines is how many lines make a form worth it.
const manyLines = 2

// keep does what is not the deed itself; done tells whether that was all. What could
// not be put aside is an error that belongs to the form.
func keep(p Page, v *Values, w http.ResponseWriter) (done bool, err error) {
	k, ok := p.(Keeper)
	if !ok {
		return false, nil
	}
	switch v.Get(web.DoField) {
	case Later:
		if err := k.Put(v); err != nil {
			return false, err
		}
		return true, k.Kept()
	case Quietly:
		if err := k.Put(v); err != nil {
			return true, err
		}
		w.WriteHeader(http.StatusNoContent)
		return true, nil
	case Dropped:
		return true, k.Drop()
	}
	return false, nil
}

// Typed gives the fields that somebody filled in, without those that belong to the
// page.
func (v *Values) Typed() map[string][]string {
	typed := map[string][]string{}
	for name, all := range v.Values {
		if strings.HasPrefix(name, "_") || strings.HasPrefix(name, web.KeptPrefix) {
			continue
		}
		typed[name] = all
	}
	return typed
}
