package annual

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
)

// The JSON of a report is documented in docs/report.schema.json: file, organ,
// year, form, title, opening, sections (always six), table2, table3, table4,
// missing and doubts. A cell is a number, null where it is empty, missing or
// doubtful, or a string where something else is printed; money in 万元 is a
// decimal string. Which of the nulls are missing says missing, which are
// doubtful says doubts; the others are empty cells.

type reportJSON struct {
	File     string        `json:"file"`
	Organ    string        `json:"organ"`
	Year     int           `json:"year"`
	Form     string        `json:"form"`
	Title    string        `json:"title,omitempty"`
	Opening  string        `json:"opening,omitempty"`
	Sections []sectionJSON `json:"sections"`

	Signature string `json:"signature,omitempty"`
	Date      string `json:"date,omitempty"`

	Table2  json.RawMessage      `json:"table2"`
	Table3  json.RawMessage      `json:"table3"`
	Table4  json.RawMessage      `json:"table4"`
	Missing []Ref                `json:"missing"`
	Doubts  []Doubt              `json:"doubts"`
	Notes   map[string]string    `json:"notes,omitempty"`
	Places  map[string]doc.Place `json:"places,omitempty"`
	Lines   []doc.Place          `json:"lines,omitempty"`
}

type sectionJSON struct {
	Heading string `json:"heading"`
	Text    string `json:"text"`
}

// MarshalJSON writes the stable JSON form without places.
func (r *Report) MarshalJSON() ([]byte, error) { return r.JSON(false) }

// JSON writes the stable JSON form. With places, each figure's place in the
// source is given under places by the name table/row/column, and that of each line
// of the text under lines, in the order of the texts.
func (r *Report) JSON(places bool) ([]byte, error) {
	out := reportJSON{
		File: r.File, Organ: r.Organ, Year: r.Year, Form: r.Form.ID,
		Title: r.Lines(TitlePara), Opening: r.Text(0),
		Signature: r.Lines(SignaturePara), Date: r.Lines(DatePara),
		Table2: r.tableJSON(0), Table3: r.tableJSON(1), Table4: r.tableJSON(2),
		Missing: append(r.Missing(), r.missingCells()...), Doubts: r.Doubts, Notes: r.notes(),
	}
	for part := 1; part <= 6; part++ {
		out.Sections = append(out.Sections, sectionJSON{r.Heading(part), r.Text(part)})
	}
	if out.Missing == nil {
		out.Missing = []Ref{}
	}
	if out.Doubts == nil {
		out.Doubts = []Doubt{}
	}
	if places {
		out.Places = make(map[string]doc.Place, len(r.Cells))
		for ref, v := range r.Cells {
			out.Places[ref.String()] = v.Place
		}
		out.Lines = r.linePlaces()
	}
	return json.Marshal(out)
}

// linePlaces gives where each line of the text stands, in the order in which
// UnmarshalJSON makes the lines.
func (r *Report) linePlaces() []doc.Place {
	var all []doc.Place
	take := func(fits func(Para) bool) {
		for _, p := range r.Paras {
			if !fits(p) {
				continue
			}
			for line := range strings.SplitSeq(p.Text, "\n") {
				if line != "" {
					all = append(all, p.Place)
				}
			}
		}
	}
	of := func(kind PartKind) func(Para) bool { return func(p Para) bool { return p.Kind == kind } }
	take(of(TitlePara))
	for part := range 7 {
		headed := part == 0
		take(func(p Para) bool {
			first := !headed && p.Kind == HeadingPara && p.Part == part
			headed = headed || first
			return first
		})
		take(func(p Para) bool { return p.Part == part && (p.Kind == BodyPara || p.Kind == SubheadingPara) })
	}
	take(of(SignaturePara))
	take(of(DatePara))
	return all
}

// setPlaces puts the places back that JSON wrote. Lines that are not as many as the
// text has say nothing.
func (r *Report) setPlaces(cells map[string]doc.Place, lines []doc.Place) {
	for ref, v := range r.Cells {
		if at, ok := cells[ref.String()]; ok {
			v.Place = at
			r.Cells[ref] = v
		}
	}
	if len(lines) != len(r.Paras) {
		return
	}
	for i := range r.Paras {
		r.Paras[i].Place = lines[i]
	}
}

// Missing gives the rows of the form of which the source has no cell.
func (r *Report) Missing() []Ref {
	var missing []Ref
	for _, t := range r.Form.Tables {
		for _, b := range t.Blocks {
			for _, row := range r.Rows(t.ID, b) {
				found := false
				for _, col := range b.Cols {
					found = found || r.Get(t.ID, row.ID, col.ID).State != Absent
				}
				if !found {
					missing = append(missing, Ref{Table: t.ID, Row: row.ID})
				}
			}
		}
	}
	return missing
}

// missingCells gives the cells that are absent from rows that are there.
func (r *Report) missingCells() []Ref {
	present := make(map[Ref]bool)
	for ref, v := range r.Cells {
		if v.State != Absent {
			present[Ref{Table: ref.Table, Row: ref.Row}] = true
		}
	}
	var missing []Ref
	for _, ref := range r.Refs() {
		if r.Cells[ref].State == Absent && present[Ref{Table: ref.Table, Row: ref.Row}] {
			missing = append(missing, ref)
		}
	}
	return missing
}

// notes gives the remarks that stand in cells beside the figure, by the name
// table/row/column.
func (r *Report) notes() map[string]string {
	var notes map[string]string
	for ref, v := range r.Cells {
		if v.Note == "" {
			continue
		}
		if notes == nil {
			notes = make(map[string]string)
		}
		notes[ref.String()] = v.Note
	}
	return notes
}

// tableJSON writes a table in the order of the form: table 2 with a name for
// each column, tables 3 and 4 with a list of figures for each row.
func (r *Report) tableJSON(i int) json.RawMessage {
	var b bytes.Buffer
	t := r.Form.Tables[i]
	b.WriteByte('{')
	first := true
	for _, block := range t.Blocks {
		for _, row := range r.Rows(t.ID, block) {
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.WriteString(strconv.Quote(row.ID) + ":")
			if t.ID == "table2" {
				b.WriteByte('{')
			} else {
				b.WriteByte('[')
			}
			for k, col := range block.Cols {
				if k > 0 {
					b.WriteByte(',')
				}
				if t.ID == "table2" {
					b.WriteString(strconv.Quote(col.ID) + ":")
				}
				b.Write(cellJSON(r.Get(t.ID, row.ID, col.ID), row.Unit))
			}
			if t.ID == "table2" {
				b.WriteByte('}')
			} else {
				b.WriteByte(']')
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

func cellJSON(v Value, unit Unit) []byte {
	switch {
	case v.State == Number && unit != TenThousandYuan:
		return strconv.AppendInt(nil, v.N, 10)
	case v.State == Number || v.State == Mark:
		s, _ := json.Marshal(v.Print(unit))
		return s
	default:
		return []byte("null")
	}
}

// UnmarshalJSON reads what JSON wrote, with the places where they are part of it.
func (r *Report) UnmarshalJSON(data []byte) error {
	var in reportJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return errs.Wrap(err, errs.Invalid, "不是年度报告的 JSON：格式有误，请对照 docs/report.schema.json。")
	}
	form := FormByID(in.Form)
	if form == nil {
		return errs.New(errs.Invalid, "JSON 中 form 的值“%s”不是已知的报告格式，应为 2021 或 2019。", in.Form)
	}
	if len(in.Sections) > 6 {
		return errs.New(errs.Invalid, "JSON 中 sections 有 %d 个部分，至多为六个。", len(in.Sections))
	}
	*r = Report{File: in.File, Organ: in.Organ, Year: in.Year, Form: form, Doubts: in.Doubts}
	r.addText(0, TitlePara, in.Title)
	r.addText(0, BodyPara, in.Opening)
	for i, s := range in.Sections {
		r.addText(i+1, HeadingPara, s.Heading)
		r.addText(i+1, BodyPara, s.Text)
	}
	r.addText(6, SignaturePara, in.Signature)
	r.addText(6, DatePara, in.Date)
	for i, raw := range []json.RawMessage{in.Table2, in.Table3, in.Table4} {
		if err := r.readTableJSON(form.Tables[i], raw); err != nil {
			return err
		}
	}
	for _, m := range in.Missing {
		for ref := range r.Cells {
			if (Doubt{Where: m}).Covers(ref) {
				delete(r.Cells, ref)
			}
		}
	}
	for _, d := range in.Doubts {
		for ref, v := range r.Cells {
			if v.State == Empty && d.Covers(ref) {
				r.Cells[ref] = Value{State: Doubtful, Raw: d.Raw}
			}
		}
	}
	for ref, v := range r.Cells {
		if note := in.Notes[ref.String()]; note != "" {
			v.Note = note
			r.Cells[ref] = v
		}
	}
	r.setPlaces(in.Places, in.Lines)
	return nil
}

// Covers tells whether the doubt is about the cell: of its own, or with its
// whole row or table.
func (d Doubt) Covers(ref Ref) bool {
	w := d.Where
	return w.Table == ref.Table && (w.Row == "" || w.Row == ref.Row) && (w.Column == "" || w.Column == ref.Column)
}

func (r *Report) addText(part int, kind PartKind, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			r.Paras = append(r.Paras, Para{Part: part, Kind: kind, Text: line})
		}
	}
}

func (r *Report) readTableJSON(t TableForm, raw json.RawMessage) error {
	var rows map[string]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		return errs.Wrap(err, errs.Invalid, "JSON 中缺少 %s，或者它不是一个对象。", t.ID)
	}
	for _, b := range t.Blocks {
		formRows := b.Rows
		if t.ID == "table3" {
			_, single := rows["R3.6"]
			formRows = requestRows(single)
		}
		for _, row := range formRows {
			if err := r.readRowJSON(t.ID, b, row, rows[row.ID]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Report) readRowJSON(table string, b Block, row Row, raw json.RawMessage) error {
	if raw == nil {
		return nil
	}
	if table != "table2" && r.readPlainRow(table, b, row, raw) {
		return nil
	}
	cells := make([]any, len(b.Cols))
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var err error
	if table == "table2" {
		var named map[string]any
		err = dec.Decode(&named)
		for i, col := range b.Cols {
			cells[i] = named[col.ID]
		}
	} else {
		var list []any
		if err = dec.Decode(&list); err == nil && len(list) != len(cells) {
			err = fmt.Errorf("%d values instead of %d", len(list), len(cells))
		}
		copy(cells, list)
	}
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "JSON 中 %s 的 %s 一行不合格式：应有 %d 个数。", table, row.ID, len(b.Cols))
	}
	for i, c := range cells {
		v, err := valueFromJSON(c, row.Unit)
		if err != nil {
			return errs.Wrap(err, errs.Invalid, "JSON 中 %s 的 %s 一行第 %d 个值“%v”不是整数、金额、null 或文字。", table, row.ID, i+1, c)
		}
		r.Set(table, row.ID, b.Cols[i].ID, v)
	}
	return nil
}

// readPlainRow reads a row of whole numbers and empty cells, as nearly all are: without the
// detour over values of any kind, which takes most of the time of a sum of ten thousand
// reports. It is false, and nothing is kept, for any other row.
func (r *Report) readPlainRow(table string, b Block, row Row, raw []byte) bool {
	const most = 18 // digits that surely fit
	var values [8]Value
	raw = bytes.TrimSpace(raw)
	if len(b.Cols) > len(values) || row.Unit == TenThousandYuan || len(raw) < 2 || raw[0] != '[' || raw[len(raw)-1] != ']' {
		return false
	}
	n := 0
	for text := range bytes.SplitSeq(raw[1:len(raw)-1], []byte(",")) {
		if n == len(b.Cols) {
			return false
		}
		text = bytes.TrimSpace(text)
		if string(text) == "null" {
			values[n] = Value{State: Empty}
			n++
			continue
		}
		if len(text) == 0 || len(text) > most || text[0] == '0' && len(text) > 1 {
			return false
		}
		var v int64
		for _, c := range text {
			if c < '0' || c > '9' {
				return false
			}
			v = v*10 + int64(c-'0')
		}
		values[n] = Value{State: Number, N: v, Raw: digits(text)}
		n++
	}
	if n != len(b.Cols) {
		return false
	}
	for i, col := range b.Cols {
		r.Set(table, row.ID, col.ID, values[i])
	}
	return true
}

// digits is a number as it was printed; that nearly all are 0 costs nothing.
func digits(text []byte) string {
	if len(text) == 1 && text[0] == '0' {
		return "0"
	}
	return string(text)
}

func valueFromJSON(c any, unit Unit) (Value, error) {
	switch c := c.(type) {
	case nil:
		return Value{State: Empty}, nil
	case json.Number:
		if unit == TenThousandYuan {
			n, err := ParseTenThousandYuan(c.String())
			return Value{State: Number, N: n, Raw: c.String()}, err
		}
		n, err := strconv.ParseInt(c.String(), 10, 64)
		return Value{State: Number, N: n, Raw: c.String()}, err
	case string:
		if unit == TenThousandYuan {
			if n, err := ParseTenThousandYuan(c); err == nil {
				return Value{State: Number, N: n, Raw: c}, nil
			}
		}
		return Value{State: Mark, Raw: c}, nil
	}
	return Value{}, fmt.Errorf("unexpected %T", c)
}
