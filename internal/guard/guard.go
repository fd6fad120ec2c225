package guard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/errs"
	"gongkai/internal/rule"
)

// Guard scans files. It is safe for concurrent use.
type Guard struct {
	Reader  *inside.Reader
	Words   *Words          // nil: none
	Allowed map[string]bool // numbers and addresses that the organ publishes itself, as Normal gives them
}

// Finding is what the guard has to say about one place.
type Finding struct {
	rule.Finding
	Inside string `json:"inside,omitempty"` // the file within the file: 附件.zip › 名单.xlsx
}

// Result is what came of one file.
type Result struct {
	File     string    `json:"file"`
	Format   string    `json:"format"`
	Findings []Finding `json:"findings"`
	// Unread tells that something could not be read: the file itself, a part, or
	// a file within it.
	Unread bool `json:"unread,omitempty"`
	// Words is the stamp of the dictionary that it was looked through with.
	Words string `json:"words,omitempty"`
}

// Stamp tells the dictionary of a guard from another.
func (g *Guard) Stamp(context.Context) (string, error) { return g.Words.Stamp(), nil }

// Count counts findings of a severity.
func (r *Result) Count(s rule.Severity) (n int) {
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// Blocks tells whether something in the file keeps it from leaving.
func (r *Result) Blocks() bool { return r.Count(rule.Error)+r.Count(rule.Warning) > 0 }

// maxDepth is how deep files may lie in one another.
const maxDepth = 5

// Scan looks through a file with all that lies in it. The only error is that of
// ctx; a file that cannot be read is a finding.
func (g *Guard) Scan(ctx context.Context, name string, data []byte) (*Result, error) {
	res := &Result{File: name, Findings: []Finding{}, Words: g.Words.Stamp()}
	s := &scan{guard: g, res: res, rules: Rules(), budget: inside.NewBudget()}
	err := s.file(ctx, name, data, nil)
	return res, err
}

// scan is the work on one file that was handed in.
type scan struct {
	guard  *Guard
	res    *Result
	rules  []Rule
	budget *inside.Budget
}

// file looks through one file; path names those that it lies in.
func (s *scan) file(ctx context.Context, name string, data []byte, path []string) error {
	f, err := s.read(ctx, name, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		f.Unread = append([]inside.Unread{{Err: err}}, f.Unread...)
	}
	if len(path) == 0 {
		s.res.Format = f.Format
	}
	f.Layers = append(f.Layers, nameOf(name)) // it goes out with the file
	first := len(s.res.Findings)
	if err := s.inner(ctx, f, path); err != nil {
		return err
	}
	s.judge(f, path, first)
	return ctx.Err()
}

// nameOf is the name of a file as a text that a reader sees.
func nameOf(name string) inside.Layer {
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	return inside.Layer{Kind: inside.Margin, Name: "文件名", Blocks: []doc.Block{{Para: &doc.Para{Text: base}}}}
}

// read reads a file. One that makes a reader stumble must not end the scan of the
// others.
func (s *scan) read(ctx context.Context, name string, data []byte) (f *inside.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = &inside.File{}, fmt.Errorf("reading %s: %v", name, p)
		}
	}()
	return s.guard.Reader.Read(ctx, name, data, s.budget)
}

// judge applies the rules to a file; its findings go before those of the files
// within it, which begin at first.
func (s *scan) judge(f *inside.File, path []string, first int) {
	verdict := rule.Run(s.rules, newSubject(f, s.guard.Words, s.guard.Allowed), 0)
	own := make([]Finding, len(verdict.Findings))
	for i, found := range verdict.Findings {
		own[i] = Finding{found, strings.Join(path, " › ")}
	}
	s.res.Findings = slices.Insert(s.res.Findings, first, own...)
	s.res.Unread = s.res.Unread || len(f.Unread) > 0
}

// inner looks through the files within a file and notes of what sort they are.
// Pictures of a document are looked at as its own layers.
func (s *scan) inner(ctx context.Context, f *inside.File, path []string) error {
	for _, in := range f.Inner {
		if in.Kind != "" {
			f.Layers = append(f.Layers, inside.Layer{Kind: in.Kind, Name: in.Name})
		}
		if len(path) >= maxDepth {
			f.Unread = append(f.Unread, inside.Unread{Name: in.Name, Err: errs.New(errs.TooLarge, "文件一层套一层超过 %d 层，没有再打开；请解开后再检查。", maxDepth)})
			continue
		}
		data, err := in.Open()
		switch {
		case err != nil:
			f.Unread = append(f.Unread, inside.Unread{Name: in.Name, Err: err})
		case f.Format == "zip" || in.Kind == inside.Embedded || in.Kind == inside.Attachment:
			if err := s.file(ctx, in.Name, data, append(path[:len(path):len(path)], in.Name)); err != nil {
				return err
			}
		default:
			s.absorb(ctx, f, in, data)
		}
	}
	return nil
}

// absorb takes what is in a picture of a document for the document's own. A
// drawing in a format that nobody reads is a picture whose text is not read.
func (s *scan) absorb(ctx context.Context, f *inside.File, in inside.Inner, data []byte) {
	own, err := s.read(ctx, in.Name, data)
	switch {
	case err == nil && (own.Format == "picture" || own.Format == "text" || own.Format == "html"):
		f.Layers = append(f.Layers, own.Layers...)
		f.Unread = append(f.Unread, own.Unread...)
	default:
		f.Layers = append(f.Layers, inside.Layer{Kind: inside.PictureText})
	}
}
