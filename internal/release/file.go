package release

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/event"
	"gongkai/internal/guard"
	"gongkai/internal/rule"
)

// File is a file that is to go out with the reply to a request.
type File struct {
	ID         string      `json:"id"`
	Request    string      `json:"request"`
	Organ      string      `json:"organ"`
	Name       string      `json:"name"`
	Hash       string      `json:"hash"`     // of what would go out
	Original   string      `json:"original"` // of what was uploaded; stays inside
	AddedBy    string      `json:"addedBy"`
	AddedAt    time.Time   `json:"addedAt"`
	Redactions []Redaction `json:"redactions,omitempty"`
	Waivers    []Waiver    `json:"waivers,omitempty"`
	// OriginalGone is when the original was erased, as its time was over.
	OriginalGone calendar.Date `json:"originalGone,omitzero"`
	Show         *Showing      `json:"show,omitempty"` // of one that is to be shown to everybody
}

// StaysInside tells whether the original is kept in the house beside what went out.
// That of a file for the disclosure log is what went out.
func (f File) StaysInside() bool {
	return f.Original != f.Hash && f.Show == nil && f.OriginalGone.IsZero()
}

// EraseOriginal notes that the original is gone. It tells with false that there is
// none beside what went out.
func (f *File) EraseOriginal(on calendar.Date) bool {
	if !f.StaysInside() {
		return false
	}
	f.OriginalGone = on
	return true
}

// OriginalErased is the event of EraseOriginal.
func (f File) OriginalErased(pen event.Pen) event.Event {
	return pen.Write(f.Organ, event.Subject{Type: "request", ID: f.Request}, OriginalErased, map[string]string{"file": f.ID, "hash": f.Original[:min(len(f.Original), 12)]})
}

// Redaction is what was taken out, and why. The words themselves are nowhere.
type Redaction struct {
	What  string    `json:"what"`  // 手机号码, 文字
	Where string    `json:"where"` // in the original
	Why   string    `json:"why"`   // value of a Ground
	Count int       `json:"count"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Area  *doc.Area `json:"area,omitempty"` // what was filled
}

// Waiver lets a finding pass: one asks, another agrees.
type Waiver struct {
	Hash     string        `json:"hash"` // of the content in which it was found
	Finding  string        `json:"finding"`
	Reason   string        `json:"reason"`
	By       string        `json:"by"`
	At       time.Time     `json:"at"`
	Due      calendar.Date `json:"due,omitzero"` // by when somebody else should decide
	AgreedBy string        `json:"agreedBy,omitempty"`
	AgreedAt time.Time     `json:"agreedAt,omitzero"`
}

// Asked tells whether somebody must decide whether a finding may pass, or the file
// be shown to everybody, and until when.
func (f File) Asked() (due calendar.Date, waits bool) {
	if f.Show != nil && f.Show.Step() == Awaiting {
		return f.Show.Due, true
	}
	for _, w := range f.Waivers {
		if w.Hash != f.Hash || w.AgreedBy != "" {
			continue
		}
		if !waits || w.Due.Before(due) {
			due = w.Due
		}
		waits = true
	}
	return due, waits
}

// Question says what is asked of somebody.
func (f File) Question() string {
	if f.Show != nil && f.Show.Step() == Awaiting {
		return "决定文件可否公示"
	}
	return "决定文件检查发现的问题可否放行"
}

// Subject names a file in the log and on lists.
func (f File) Subject() event.Subject { return event.Subject{Type: "release", ID: f.ID} }

// Check is what was found in a file.
type Check struct {
	Hash   string       `json:"hash"`
	At     time.Time    `json:"at"`
	Result guard.Result `json:"result"`
}

// Finding is something that was found, with what became of it.
type Finding struct {
	guard.Finding
	Key    string
	Blocks bool
	Waiver *Waiver // nil for none
}

// Passed tells whether the finding keeps the file no longer.
func (f Finding) Passed() bool { return !f.Blocks || f.Waiver != nil && f.Waiver.AgreedBy != "" }

// keyOf tells findings of a content from each other.
func keyOf(f guard.Finding, nth int) string {
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.Inside + "\x00" + f.Place.String() + "\x00" + f.Message + "\x00" + strconv.Itoa(nth)))
	return hex.EncodeToString(sum[:8])
}

// Findings gives what was found in what would go out, with what became of it.
func (f File) Findings(c Check) (all []Finding) {
	for i, found := range c.Result.Findings {
		one := Finding{Finding: found, Key: keyOf(found, i), Blocks: found.Severity != rule.Info}
		for k := range f.Waivers {
			if w := f.Waivers[k]; w.Hash == f.Hash && w.Finding == one.Key {
				one.Waiver = &w
			}
		}
		all = append(all, one)
	}
	return all
}

// Open counts the findings that keep the file.
func (f File) Open(c Check) (n int) {
	for _, found := range f.Findings(c) {
		if !found.Passed() {
			n++
		}
	}
	if c.Hash != f.Hash { // it was never looked through
		n++
	}
	return n
}

// Ground is why something is taken out.
type Ground struct{ Value, Chinese, English, Cite string }

// Grounds gives the reasons that the law knows.
func Grounds() []Ground {
	return []Ground{
		{"privacy", "个人隐私", "personal privacy", "条例§15"},
		{"secret", "商业秘密", "trade secret", "条例§15"},
		{"rights", "第三方的其他合法权益", "other lawful rights of a third party", "条例§15"},
		{"state", "国家秘密", "state secret", "条例§14"},
		{"statute", "法律、行政法规禁止公开", "forbidden by law or administrative regulation", "条例§14"},
		{"security", "危及国家安全、公共安全、经济安全、社会稳定", "endangers security or stability", "条例§14"},
		{"internal", "内部事务信息", "internal affairs", "条例§16.1"},
		{"process", "过程性信息、行政执法案卷信息", "process information, enforcement files", "条例§16.2"},
		{"scope", "不属于申请的内容", "not asked for", "条例§37"},
	}
}

// GroundOf gives a ground by its value.
func GroundOf(value string) (Ground, bool) {
	i := slices.IndexFunc(Grounds(), func(g Ground) bool { return g.Value == value })
	if i < 0 {
		return Ground{}, false
	}
	return Grounds()[i], true
}
