package rollup

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// The JSON of a result is documented in docs/rollup.schema.json.

type headJSON struct {
	Year     int    `json:"year"`
	Form     string `json:"form"`
	Organ    string `json:"organ"`
	Files    int    `json:"files"`
	Summed   int    `json:"summed"`
	Complete bool   `json:"complete"` // nothing missing, unusable or doubtful
}

type cellJSON struct {
	Where         annual.Ref         `json:"where"`
	Label         string             `json:"label"`
	Sum           json.RawMessage    `json:"sum"` // number; decimal string for 万元; null where there is none
	State         CellState          `json:"state"`
	Figures       int                `json:"figures"`
	NoFigure      int                `json:"noFigure"`
	Open          int                `json:"open"`
	Reason        string             `json:"reason,omitempty"`
	Contributions []contributionJSON `json:"contributions"`
}

type contributionJSON struct {
	Organ   string    `json:"organ"`
	File    string    `json:"file"`
	Value   string    `json:"value"`
	Counted bool      `json:"counted"`
	Place   doc.Place `json:"place"`
}

type organJSON struct {
	Organ  string         `json:"organ"`
	Parent string         `json:"parent,omitempty"`
	Kind   Kind           `json:"kind"`
	Code   string         `json:"code,omitempty"`
	Status Status         `json:"status"`
	Files  []string       `json:"files"`
	Stated []mismatchJSON `json:"stated,omitempty"`
}

type mismatchJSON struct {
	Rule       string     `json:"rule"` // K21
	Where      annual.Ref `json:"where"`
	Label      string     `json:"label"`
	Stated     string     `json:"actual"`
	Sum        string     `json:"expected"`
	Difference string     `json:"difference"`
	Complete   bool       `json:"complete"`
}

// JSON gives the result as one JSON object; see WriteJSON.
func (r *Result) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := r.WriteJSON(&b)
	return b.Bytes(), err
}

// WriteJSON writes the result as one JSON object: head, issues, the organs of
// the tree, the sum as a report, and each cell with what each report brings to
// it. Cells and organs are written one at a time, so that it takes no more
// memory for many reports.
func (r *Result) WriteJSON(w io.Writer) error {
	j := &jsonWriter{w: bufio.NewWriter(w)}
	head, err := json.Marshal(headJSON{
		Year: r.Year, Form: r.root.form().ID, Organ: r.organName(),
		Files: r.Files, Summed: r.Summed, Complete: r.Complete(),
	})
	if err != nil {
		return err
	}
	j.raw(string(head[:len(head)-1]))
	j.raw(`,"issues":`)
	issues := r.Issues
	if issues == nil {
		issues = []Issue{}
	}
	j.value(issues)
	j.raw(`,"sum":`)
	j.value(r.Report())
	j.raw(`,"organs":[`)
	first := true
	for n, parent := range r.Nodes() {
		j.comma(&first)
		j.value(organOf(n, parent))
	}
	j.raw(`],"cells":[`)
	first = true
	for _, c := range r.Cells(r.Root) {
		j.comma(&first)
		j.value(r.cellOf(c))
	}
	j.raw("]}\n")
	if j.err != nil {
		return j.err
	}
	return j.w.Flush()
}

// Complete tells whether every organ reported and every figure is certain.
func (r *Result) Complete() bool {
	for _, i := range r.Issues {
		switch i.Kind {
		case Missing, Unreadable, Unmatched, WrongYear, FormMismatch, Duplicate:
			return false
		}
	}
	for _, c := range r.Cells(r.Root) {
		if c.State != Known && c.State != NoFigure {
			return false
		}
	}
	return true
}

func (r *Result) cellOf(c Cell) cellJSON {
	out := cellJSON{
		Where: c.Ref, Label: c.Label, Sum: json.RawMessage("null"), State: c.State,
		Figures: c.Figures, NoFigure: c.NoFigure, Open: c.Open, Reason: c.Reason, Contributions: []contributionJSON{},
	}
	switch printed := c.Print(); {
	case printed == "":
	case c.Unit == annual.TenThousandYuan:
		out.Sum = json.RawMessage(`"` + printed + `"`)
	default:
		out.Sum = json.RawMessage(printed)
	}
	for v := range r.Contributions(r.Root, c) {
		out.Contributions = append(out.Contributions, contributionJSON{v.Organ, v.File, v.Value, v.Counted, v.Place})
	}
	return out
}

func organOf(n, parent *Node) organJSON {
	out := organJSON{Organ: n.Name, Kind: n.Kind, Code: n.Code, Status: n.Status, Files: n.Files}
	if out.Files == nil {
		out.Files = []string{}
	}
	if parent != nil {
		out.Parent = parent.Name
	}
	for _, m := range n.Stated {
		out.Stated = append(out.Stated, mismatchJSON{"K21", m.Ref, m.Label, m.Stated, m.Sum, m.Difference, m.Complete})
	}
	return out
}

// jsonWriter writes pieces of JSON and remembers the first error.
type jsonWriter struct {
	w   *bufio.Writer
	err error
}

func (j *jsonWriter) raw(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) comma(first *bool) {
	if !*first {
		j.raw(",\n")
	}
	*first = false
}

func (j *jsonWriter) value(v any) {
	data, err := json.Marshal(v)
	if j.err == nil {
		j.err = err
	}
	j.raw(string(data))
}
