package letter

import (
	"embed"
	"regexp"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/law"
)

// Template is the text of a kind of letter.
type Template struct {
	Kind   string
	Title  string
	Cite   string // in the fixed form
	Form   Form
	Remedy Remedy
	Items  bool // what the letter rests on is what its items rest on
	Lines  []Line
	Slip   *Slip
}

// Form is how a letter is set.
type Form string

// The forms.
const (
	Official Form = "letter" // with the organ's name, a number, and a seal
	Plain    Form = "plain"  // without number
)

// Remedy says which remedies a letter names.
type Remedy string

// The remedies.
const (
	NoRemedy  Remedy = ""
	ByOutcome Remedy = "outcome" // those of the decision
	Either    Remedy = "either"  // reconsideration or suit
)

// Line is a paragraph, or a row of a table.
type Line struct {
	Text     string
	Optional bool     // left out when one of its placeholders has no value
	Cells    []string // of a row; nil for a paragraph
}

// Slip is what the other side fills in and sends back.
type Slip struct {
	Title string
	Lines []Line
}

// MaxTemplate is how many bytes a template may have.
const MaxTemplate = 64 << 10

//go:embed data/*.txt
var files embed.FS

// Kinds gives the letters that there are, in the order of a request's life.
func Kinds() []string {
	return []string{
		"receipt", "correction", "reasons", "delay", "third-party", "joint-maker", "organ", "consultation", "search", "extension", "fee",
		"reply-published", "reply-disclosed", "reply-part", "reply-refused", "reply-regime", "reply-absent", "reply-elsewhere", "reply-unable",
		"reply-unhandled", "reply-repeated", "reply-lapsed", "disclosure", "service", "rectification", "transfer", "archive",
	}
}

// BuiltIn gives the text of a letter as it comes with the program.
func BuiltIn(kind string) (string, error) {
	if !slices.Contains(Kinds(), kind) {
		return "", errs.New(errs.NotFound, "没有“%s”这种文书。", kind)
	}
	text, err := files.ReadFile("data/" + kind + ".txt")
	return string(text), err
}

// Read reads a template: a head of fields, an empty line, then the lines of the
// letter. A line that begins with "? " is optional, one that begins with "|" is a
// row of a table, in which \n leaves room for writing, one that begins with
// "====" begins the slip.
func Read(kind, text string) (Template, error) {
	t := Template{Kind: kind}
	if len(text) > MaxTemplate {
		return t, errs.New(errs.TooLarge, "文书模板超过%d KiB，请缩短。", MaxTemplate>>10)
	}
	head, body, found := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	if !found {
		return t, errs.New(errs.Invalid, "文书模板应当先写标题、依据等各行，空一行，再写正文。")
	}
	for line := range strings.SplitSeq(head, "\n") {
		if err := t.headLine(line); err != nil {
			return t, err
		}
	}
	t.Lines, t.Slip = bodyOf(strings.TrimSpace(body))
	return t, t.check()
}

// bodyOf reads the lines of a letter.
func bodyOf(text string) (lines []Line, slip *Slip) {
	var t Template
	for line := range strings.SplitSeq(text, "\n") {
		t.bodyLine(strings.TrimSpace(line))
	}
	return t.Lines, t.Slip
}

func (t *Template) headLine(line string) error {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch name {
	case "title":
		t.Title = value
	case "cite":
		t.Cite = value
	case "kind":
		t.Form = Form(value)
	case "remedy":
		t.Remedy = Remedy(value)
	case "basis":
		t.Items = value == "items"
	default:
		return errs.New(errs.Invalid, "文书模板的开头有不认识的一行“%s”。", line)
	}
	return nil
}

func (t *Template) bodyLine(text string) {
	if text == "" {
		return
	}
	if title, ok := strings.CutPrefix(text, "===="); ok {
		t.Slip = &Slip{Title: strings.TrimSpace(title)}
		return
	}
	var line Line
	if text, line.Optional = strings.CutPrefix(text, "? "); strings.HasPrefix(text, "|") {
		for cell := range strings.SplitSeq(strings.Trim(text, "|"), "|") {
			line.Cells = append(line.Cells, strings.ReplaceAll(strings.Trim(cell, " "), `\n`, "\n"))
		}
	} else {
		line.Text = text
	}
	if t.Slip != nil {
		t.Slip.Lines = append(t.Slip.Lines, line)
		return
	}
	t.Lines = append(t.Lines, line)
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// names gives the placeholders of a text.
func names(text string) []string {
	var all []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// text gives all words of a template together.
func (t Template) text() string {
	lines := slices.Clone(t.Lines)
	if t.Slip != nil {
		lines = append(lines, t.Slip.Lines...)
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + strings.Join(l.Cells, "") + "\n")
	}
	return b.String()
}

// check tells what is wrong with a template: what the law wants it to say and is
// not there, and placeholders that nobody fills.
func (t Template) check() error {
	var f errs.Fields
	if t.Title == "" || len([]rune(t.Title)) > 40 {
		f.Add("title", "请写明文书的标题，不超过40个字。")
	}
	if t.Form != Official && t.Form != Plain {
		f.Add("kind", "文书的格式只能是 letter 或者 plain。")
	}
	if err := law.CheckCitation(t.Cite); err != nil {
		f.Add("cite", "%s。", err)
	}
	text := t.text()
	for _, name := range names(text) {
		if !slices.Contains(Placeholders(), name) {
			f.Add("text", "“{%s}”不是可以用的占位内容；请从列表中选择。", name)
		}
	}
	if AudienceOf(t.Kind) == ToConsulted && strings.Contains(text, "{"+toApplicant+"}") {
		f.Add("text", "这份文书发给第三方或者其他机关，不能写出申请人（条例§15）；请删去“{申请人}”。")
	}
	for _, e := range Elements(t.Kind) {
		if !e.in(text) {
			f.Add("text", "《%s》应当写明%s（%s），请补上。", t.Title, e.Chinese, t.Cite)
		}
	}
	return f.Err()
}
