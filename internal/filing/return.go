package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/org"
)

// Key names a return: who files, and for what period.
type Key struct {
	Section string       `json:"section"`
	Role    account.Role `json:"role"`
	Period  Period       `json:"period"`
}

// String gives the key as addresses and the log have it.
func (k Key) String() string {
	return k.Section + "." + string(k.Role) + "." + k.Period.String()
}

// ParseKey reads what String gives.
func ParseKey(text string) (Key, error) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || !slices.Contains(Filers(), account.Role(parts[1])) {
		return Key{}, errNoReturn
	}
	p, err := ParsePeriod(parts[2])
	return Key{parts[0], account.Role(parts[1]), p}, err
}

var errNoReturn = errs.New(errs.NotFound, "没有这份填报；请从“数据填报”的页面进入。")

// Return is what a section files for a period, with all that became of it.
type Return struct {
	ID       string `json:"id"` // of its Key
	Organ    string `json:"organ"`
	Key      `json:"key"`
	Status   Status    `json:"status"`
	Draft    *Draft    `json:"draft,omitempty"`    // what is worked on or waits to be confirmed
	Versions []Version `json:"versions,omitempty"` // what was confirmed; the last counts
	History  []Entry   `json:"history"`
}

// Draft is a return on its way.
type Draft struct {
	Content
	Hands []string `json:"hands"`          // keys of who filled in
	Why   string   `json:"why,omitempty"`  // of a correction
	Back  string   `json:"back,omitempty"` // why it was sent back last
}

// Content is what is filed.
type Content struct {
	Nil     bool              `json:"nil,omitempty"`     // 零报告: nothing happened
	Values  map[string]int64  `json:"values,omitempty"`  // by Field.Key
	Remarks map[string]string `json:"remarks,omitempty"` // why a warning does not matter, by Finding.Key
	Source  string            `json:"source,omitempty"`  // where the figures were taken from
	Files   []File            `json:"files,omitempty"`   // evidence
}

// File is a paper that proves figures.
type File struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
}

// Version is what was confirmed. It never changes.
type Version struct {
	Content
	Hash        string        `json:"hash"` // SHA-256 of what was filed, which the log holds
	FiledBy     []string      `json:"filedBy"`
	ConfirmedBy string        `json:"confirmedBy"`
	ConfirmedOn calendar.Date `json:"confirmedOn"`
	Why         string        `json:"why,omitempty"` // of a correction
}

// hash is what the log holds of a version.
func (v Version) hash() (string, error) {
	filed, err := json.Marshal(v.Content)
	sum := sha256.Sum256(filed)
	return hex.EncodeToString(sum[:]), err
}

// Genuine tells whether a version is what was confirmed.
func (v Version) Genuine() bool {
	hash, err := v.hash()
	return err == nil && hash == v.Hash
}

// Last gives the version that counts, false while there is none.
func (r Return) Last() (Version, bool) {
	if len(r.Versions) == 0 {
		return Version{}, false
	}
	return r.Versions[len(r.Versions)-1], true
}

// Papers gives all files of a return, also of former versions.
func (r Return) Papers() []File {
	var all []File
	if r.Draft != nil {
		all = append(all, r.Draft.Files...)
	}
	for _, v := range r.Versions {
		all = append(all, v.Files...)
	}
	return all
}

// Subject names a return in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "filing", ID: id} }

// Digest is what verify compares with the record.
func (r Return) Digest() string { return event.Digest(r) }

// Scene is what surrounds a deed.
type Scene struct {
	Actor    string
	At       time.Time
	Today    calendar.Date
	Organ    org.Node
	Section  org.Node
	Period   Period
	Figures  []Figure         // that are asked for, in their order
	Before   map[string]int64 // as confirmed for the period before; nil for nothing
	LastYear map[string]int64 // … for the same period a year before
	Due      calendar.Date
	Lead     int           // how many days before the end of the period it stands on a list
	Jump     int           // times by which a figure may part from those before; 0 for any
	Judge    account.Place // where whoever confirms it is looked for
}

func (c Content) cloned() Content {
	c.Values, c.Remarks, c.Files = maps.Clone(c.Values), maps.Clone(c.Remarks), slices.Clone(c.Files)
	return c
}

// Has tells whether a figure was ever filed in the return, or any cell of a sheet.
func (r Return) Has(key string) bool {
	contents := []Content{}
	if r.Draft != nil {
		contents = append(contents, r.Draft.Content)
	}
	for _, v := range r.Versions {
		contents = append(contents, v.Content)
	}
	for _, c := range contents {
		for k := range c.Values {
			if k == key || strings.HasPrefix(k, key+"/") {
				return true
			}
		}
	}
	return false
}
