package cli

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"sync"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// spool keeps the reports of a large check outside the memory: years of the
// same organ can be paired only when all have been read, and ten thousand
// reports do not fit. Small checks stay in memory; past spoolMemory it goes on
// in a temporary file, which is gone when the check ends.
type spool struct {
	mu     sync.Mutex
	memory bytes.Buffer
	file   *os.File
	size   int64
}

// spoolMemory is how many bytes are kept before a file is used.
const spoolMemory = 8 << 20

// slot is where a report stands in the spool.
type slot struct{ offset, length int64 }

// put stores a report. It may be called from many goroutines.
func (s *spool) put(r *annual.Report) (slot, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(flatten(r)); err != nil {
		return slot{}, fmt.Errorf("encoding a report: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slot{s.size, int64(b.Len())}
	if s.file == nil && s.size+at.length > spoolMemory {
		if err := s.moveToFile(); err != nil {
			return slot{}, err
		}
	}
	s.size += at.length
	if s.file == nil {
		s.memory.Write(b.Bytes())
		return at, nil
	}
	if _, err := s.file.Write(b.Bytes()); err != nil {
		return slot{}, writeError(err, s.file.Name())
	}
	return at, nil
}

func (s *spool) moveToFile() error {
	file, err := os.CreateTemp("", "gongkai-spool-*")
	if err != nil {
		return writeError(err, os.TempDir())
	}
	s.file = file
	if _, err := file.Write(s.memory.Bytes()); err != nil {
		return writeError(err, file.Name())
	}
	s.memory = bytes.Buffer{}
	return nil
}

// get gives a report back. All reports have been put before the first is got.
func (s *spool) get(at slot) (*annual.Report, error) {
	var from io.ReaderAt = bytes.NewReader(s.memory.Bytes())
	if s.file != nil {
		from = s.file
	}
	var flat flatReport
	if err := gob.NewDecoder(io.NewSectionReader(from, at.offset, at.length)).Decode(&flat); err != nil {
		return nil, fmt.Errorf("decoding a report: %w", err)
	}
	return flat.report(), nil
}

// Close removes the temporary file, if there is one.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	_ = s.file.Close()
	return os.Remove(s.file.Name())
}

// flatReport is a report without pointers: the form by its id, the cells in a
// list.
type flatReport struct {
	File    string
	Format  doc.Format
	Organ   string
	Year    int
	Form    string
	Paras   []annual.Para
	Refs    []annual.Ref
	Values  []annual.Value
	Doubts  []annual.Doubt
	Notices []doc.Notice
	Labels  []annual.Label
}

func flatten(r *annual.Report) *flatReport {
	flat := &flatReport{
		File: r.File, Format: r.Format, Organ: r.Organ, Year: r.Year, Form: r.Form.ID,
		Paras: r.Paras, Doubts: r.Doubts, Notices: r.Notices, Labels: r.Labels,
		Refs: make([]annual.Ref, 0, len(r.Cells)), Values: make([]annual.Value, 0, len(r.Cells)),
	}
	for ref, v := range r.Cells {
		flat.Refs = append(flat.Refs, ref)
		flat.Values = append(flat.Values, v)
	}
	return flat
}

func (f *flatReport) report() *annual.Report {
	r := &annual.Report{
		File: f.File, Format: f.Format, Organ: f.Organ, Year: f.Year, Form: annual.FormByID(f.Form),
		Paras: f.Paras, Doubts: f.Doubts, Notices: f.Notices, Labels: f.Labels,
		Cells: make(map[annual.Ref]annual.Value, len(f.Refs)),
	}
	for i, ref := range f.Refs {
		r.Cells[ref] = f.Values[i]
	}
	return r
}
