package publish

import (
	"slices"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/event"
)

// Document is government information with all that became of it.
type Document struct {
	ID      string `json:"id"`
	Organ   string `json:"organ"`   // in whose name it is issued; of several, the lead (条例§10.3)
	Section string `json:"section"` // where it is drafted: the organ itself, or one below it
	Index   string `json:"index"`   // 索引号, given with the first publication and never again

	Status     Status     `json:"status"`
	Visibility Visibility `json:"visibility,omitempty"`
	Attribute  Attribute  `json:"attribute"`
	Grade      Grade      `json:"grade,omitempty"`

	Content          // what is worked on, or what was published last
	Forwards *Source `json:"forwards,omitempty"` // the document that it passes on (转发)
	Origin   Origin  `json:"origin,omitzero"`
	Limit    *Limit  `json:"limit,omitempty"` // that another law sets (条例§26)

	Draft    *Draft    `json:"draft,omitempty"` // on its way through the house
	Past     []Draft   `json:"past,omitempty"`  // those that came before, with who passed them and what was said of them
	Consents []Consent `json:"consents,omitempty"`
	Scans    []Scan    `json:"scans,omitempty"` // the last of each part

	Maskings []Masking `json:"maskings,omitempty"` // parts that were masked before

	Versions []Version `json:"versions,omitempty"` // as published, the last holds
	Notes    []Note    `json:"notes,omitempty"`    // that everybody reads
	Posts    []Post    `json:"posts,omitempty"`    // where it stood when
	Links    []Link    `json:"links,omitempty"`
	Validity Validity  `json:"validity,omitzero"`
	Coming   *Validity `json:"coming,omitempty"` // decided already, for a day that has not come
	Down     *Down     `json:"down,omitempty"`   // why it was taken down

	Assessments []Assessment  `json:"assessments,omitempty"` // 条例§18, and reviews of normative documents
	SignedOn    calendar.Date `json:"signedOn,omitzero"`     // last
	PublishedOn calendar.Date `json:"publishedOn,omitzero"`  // first
	Took        int           `json:"took,omitempty"`        // working days from formation to then
	Late        int           `json:"late,omitempty"`        // … of them behind the last day

	History []Entry       `json:"history"`
	Due     calendar.Date `json:"due,omitzero"` // last day of publication; zero when none runs
}

// Visibility is who sees a document beside those who work on it.
type Visibility string

// The visibilities.
const (
	Inside Visibility = ""       // the house
	Public Visibility = "public" // everybody: the last version
	Noted  Visibility = "noted"  // everybody sees the title and why it is gone
)

// Content is what a document says, with its record in the catalogue (条例§12.3).
type Content struct {
	Record
	Text  string `json:"text"` // paragraphs as body.go has them
	Files []File `json:"files,omitempty"`
}

// Record is the entry of the catalogue.
type Record struct {
	Title    string        `json:"title"`
	Number   string        `json:"number,omitempty"` // 文号
	To       string        `json:"to,omitempty"`     // 主送机关
	Kind     Kind          `json:"kind"`
	Subject  string        `json:"subject"` // of package law: 20-1 …
	Theme    string        `json:"theme,omitempty"`
	FormedOn calendar.Date `json:"formedOn,omitzero"` // 成文日期; zero as long as it is a draft
	Summary  string        `json:"summary,omitempty"`
	Keywords []string      `json:"keywords,omitempty"`
}

// File is an attachment.
type File struct {
	Hash string `json:"hash"` // of its content, by which blob keeps it
	Name string `json:"name"`
}

// Origin is what a document was made from.
type Origin struct {
	Request  string        `json:"request,omitempty"` // key of the request whose answer it publishes (条例§44)
	Number   string        `json:"number,omitempty"`  // of the request
	Import   string        `json:"import,omitempty"`  // the list that it came with
	Index    string        `json:"index,omitempty"`   // that it had before
	PostedOn calendar.Date `json:"postedOn,omitzero"` // when it was published before
	Address  string        `json:"address,omitempty"` // where it stood then
	Force    Force         `json:"force,omitempty"`   // its validity when it was taken in
	ForceOn  calendar.Date `json:"forceOn,omitzero"`  // … since
}

// Version is a text as it was published. It never changes.
type Version struct {
	Content
	From  calendar.Date `json:"from"`
	Until calendar.Date `json:"until,omitzero"` // replaced, or no longer public
	Note  string        `json:"note,omitempty"` // what was corrected, for everybody
	By    string        `json:"by"`             // who signed it
	At    time.Time     `json:"at,omitzero"`    // when it was published; zero for what stood on an old site

	Forwards *Source `json:"forwards,omitempty"` // the document that it passes on

	Concealed bool       `json:"concealed,omitempty"` // replaced, and not to be read any more
	Hidden    string     `json:"hidden,omitempty"`    // why, for the house
	Clearance *Clearance `json:"clearance,omitempty"` // the review that let it out
}

// Note is what everybody is told about a change after publication.
type Note struct {
	On   calendar.Date `json:"on"`
	What NoteKind      `json:"what"`
	Text string        `json:"text"`
}

// NoteKind is what a note tells of.
type NoteKind string

// The kinds of note.
const (
	Correction NoteKind = "correction"
	Removal    NoteKind = "removal"
	Return     NoteKind = "return" // public again
	ForceNote  NoteKind = "force"  // its validity

	ChannelNote NoteKind = "channel" // recalled from a channel
)

// Subject names a document in the log.
func Subject(id string) event.Subject { return event.Subject{Type: "document", ID: id} }

// Digest is what verify compares with the record.
func (d Document) Digest() string { return event.Digest(d) }

// Open tells whether somebody has the draft.
func (d Document) Open() bool { return slices.Contains(working, d.Status) }

// Shown gives what everybody reads, false when that is nothing.
func (d Document) Shown() (Version, bool) {
	if d.Visibility != Public || len(d.Versions) == 0 {
		return Version{}, false
	}
	return d.Versions[len(d.Versions)-1], true
}

// Scene is what surrounds a deed: who does it, when, by which calendar, under
// which rules of the organ.
type Scene struct {
	Actor    string // key of the person, or event.System
	At       time.Time
	Today    calendar.Date
	Calendar *calendar.Calendar
	Policy   Policy
	Level    Level // of the organ
}

// Level is what matters of an organ's place: who may make rules, and what the law
// wants its level to publish.
type Level struct {
	Rules    bool     // may make 规章 (立法法§91, 立法法§93)
	Subjects []string // keys of law.Subjects
}
