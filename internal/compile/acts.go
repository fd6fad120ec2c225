package compile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Limits of what is written.
const (
	MaxText   = 20_000 // characters of a section
	MaxReason = 500    // … of a reason or a source
	maxFiled  = 1_000_000_000_000
)

// Start begins a report with the text that the form wants.
type Start struct{}

// Event is Begun.
func (Start) Event() event.Kind { return Begun }

func (Start) apply(r *Report, s *Scene) (Entry, error) {
	form := annual.FormFor(r.Year)
	if form == nil || r.Year > s.Today.Year() {
		return Entry{}, errs.InField("year", "没有%d年的报告格式，请选择其他年份。", r.Year)
	}
	r.Draft = &Draft{Content: Content{Text: Begin(s.Organ.Name, r.Year, form, s.Contact)}}
	return Entry{}, nil
}

// Write changes what is written: sections, filed figures, reasons. What is not named
// stays.
type Write struct{ Content }

// Event is Edited.
func (Write) Event() event.Kind { return Edited }

func (w Write) apply(r *Report, s *Scene) (Entry, error) {
	c := &r.Draft.Content
	for section, text := range w.Text {
		if _, ok := PlaceOf(section); !ok {
			return Entry{}, errs.InField("text", "年度报告没有“%s”这一部分。", section)
		}
		if text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")); utf8.RuneCountInString(text) > MaxText {
			return Entry{}, errs.InField("text-"+string(section), "超过了%d个字，请缩短。", MaxText)
		}
		put(&c.Text, section, text, text == "")
	}
	for ref, filed := range w.Filed {
		i := slices.IndexFunc(FiledCells(annual.FormFor(r.Year)), func(c annual.Ref) bool { return c.String() == ref })
		switch {
		case i < 0:
			return Entry{}, errs.InField("filed", "这一格由台账统计，不能填写。")
		case filed.Value < 0 || filed.Value > maxFiled:
			return Entry{}, errs.InField("filed-"+ref, "请填写 0 或者更大的数。")
		case utf8.RuneCountInString(filed.Source) > MaxReason:
			return Entry{}, errs.InField("source-"+ref, "超过了%d个字，请缩短。", MaxReason)
		}
		put(&c.Filed, ref, filed, false)
	}
	for key, reason := range w.Reasons {
		if utf8.RuneCountInString(reason) > MaxReason {
			return Entry{}, errs.InField("reason-"+key, "超过了%d个字，请缩短。", MaxReason)
		}
		put(&c.Reasons, key, strings.TrimSpace(reason), strings.TrimSpace(reason) == "")
	}
	if w.Became != nil {
		if err := w.became(c, s); err != nil {
			return Entry{}, err
		}
	}
	if !slices.Contains(r.Draft.Hands, s.Actor) {
		r.Draft.Hands = append(r.Draft.Hands, s.Actor)
	}
	return Entry{}, nil
}

// became keeps what became of last year's problems, of those that were signed.
func (w Write) became(c *Content, s *Scene) error {
	problems := s.Problems()
	c.Became = nil
	for _, o := range w.Became {
		i := slices.Index(problems, o.Problem)
		o.Became = strings.TrimSpace(o.Became)
		switch {
		case i < 0:
			return errs.InField("became", "上年报告没有提出这个问题，请刷新页面。")
		case utf8.RuneCountInString(o.Became) > MaxReason:
			return errs.InField("became-"+strconv.Itoa(i), "超过了%d个字，请缩短。", MaxReason)
		case o.Became != "":
			c.Became = append(c.Became, o)
		}
	}
	return nil
}

func put[K comparable, V any](m *map[K]V, key K, value V, remove bool) {
	if *m == nil {
		*m = map[K]V{}
	}
	if remove {
		delete(*m, key)
		return
	}
	(*m)[key] = value
}

// Submit hands the report to the head.
type Submit struct{}

// Event is Submitted.
func (Submit) Event() event.Kind { return Submitted }

func (Submit) apply(r *Report, _ *Scene) (Entry, error) {
	r.Draft.Return = ""
	return Entry{}, nil
}

// Pass is the head's agreement.
type Pass struct{}

// Event is Passed.
func (Pass) Event() event.Kind { return Passed }

func (Pass) apply(*Report, *Scene) (Entry, error) { return Entry{}, nil }

// SendBack gives the report back to whoever writes it.
type SendBack struct {
	By      event.Kind // ReturnedByHead or ReturnedBySigner
	Reasons string
}

// Event is that of the desk from which it goes back.
func (b SendBack) Event() event.Kind { return b.By }

func (b SendBack) apply(r *Report, _ *Scene) (Entry, error) {
	if r.Draft.Return = strings.TrimSpace(b.Reasons); r.Draft.Return == "" {
		return Entry{}, errs.InField("reasons", "请写明为什么退回、要改什么。")
	}
	return Entry{}, nil
}

// Sign freezes figures and text as they are now.
type Sign struct{}

// Event is Signed.
func (Sign) Event() event.Kind { return Signed }

func (Sign) apply(r *Report, s *Scene) (Entry, error) {
	printed, err := r.Draft.Compose(s.Organ.Name, r.Year, s.Figures, s.Today).JSON(false)
	if err != nil {
		return Entry{}, err
	}
	v := Version{
		Content: r.Draft.Content, Printed: string(printed), Figures: s.Figures.Named,
		Conventions: s.Policy.Conventions, Records: len(s.Roll), SignedBy: s.Actor, SignedOn: s.Today, Why: r.Draft.Why,
	}
	if _, v.Roll, err = s.Roll.Print(); err != nil {
		return Entry{}, err
	}
	if v.Hash, err = v.hash(); err != nil {
		return Entry{}, err
	}
	r.Versions, r.Draft = append(r.Versions, v), nil
	return Entry{Version: len(r.Versions), Hash: v.Hash}, nil
}

// hash is what the log holds of a version.
func (v Version) hash() (string, error) {
	figures, err := json.Marshal(v.Figures)
	if err != nil {
		return "", err
	}
	signed := append(append([]byte(v.Printed), '\n'), figures...)
	if len(v.Conventions) > 0 {
		held, err := json.Marshal(v.Conventions)
		if err != nil {
			return "", err
		}
		signed = append(append(signed, '\n'), held...)
	}
	if v.Roll != "" {
		signed = append(append(signed, '\n'), v.Roll...)
	}
	sum := sha256.Sum256(signed)
	return hex.EncodeToString(sum[:]), nil
}

// Genuine tells whether a version is what was signed.
func (v Version) Genuine() bool {
	hash, err := v.hash()
	return err == nil && hash == v.Hash
}

// Issue hands the last version to publication, where it is a document like others:
// reviewed for secrets, looked at by the release guard, published with an index
// number.
type Issue struct{ Document string } // its key; filled in by the desk

// Event is Issued.
func (Issue) Event() event.Kind { return Issued }

func (i Issue) apply(r *Report, _ *Scene) (Entry, error) {
	v := &r.Versions[len(r.Versions)-1]
	v.Document = i.Document
	return Entry{Version: len(r.Versions), Hash: v.Hash}, nil
}

// Correct begins a new version: what was signed stays as it is and stays public.
type Correct struct{ Why string }

// Event is CorrectionBegun.
func (Correct) Event() event.Kind { return CorrectionBegun }

func (c Correct) apply(r *Report, _ *Scene) (Entry, error) {
	why := strings.TrimSpace(c.Why)
	if why == "" {
		return Entry{}, errs.InField("why", "请写明更正什么、为什么；公布新版时公众会看到。")
	}
	last, _ := r.Last()
	r.Draft = &Draft{Content: last.cloned(), Why: why}
	return Entry{Version: len(r.Versions) + 1}, nil
}

// Drop gives a correction up.
type Drop struct{}

// Event is Dropped.
func (Drop) Event() event.Kind { return Dropped }

func (Drop) apply(r *Report, _ *Scene) (Entry, error) {
	r.Draft = nil
	return Entry{}, nil
}
