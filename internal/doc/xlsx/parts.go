package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"gongkai/internal/errs"
)

// parts are the files of the package, unpacked one by one within the limits.
type parts struct {
	files  map[string]*zip.File
	budget int64
}

func openParts(data []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt(err)
	}
	if len(z.File) > MaxParts {
		return nil, tooLarge()
	}
	p := &parts{files: make(map[string]*zip.File, len(z.File)), budget: MaxTotalBytes}
	for _, f := range z.File {
		p.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
	}
	return p, nil
}

func tooLarge() error {
	return errs.New(errs.TooLarge, "表格文件解压后过大，不予读取；请只保留报告所在的工作表，另存后再试。")
}

// get unpacks a part; nil where it is missing. What the directory says about
// sizes is not trusted: counting goes by what comes out.
func (p *parts) get(name string) ([]byte, error) {
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > MaxPartBytes {
		return nil, tooLarge()
	}
	rc, err := f.Open()
	if err != nil {
		return nil, corrupt(err)
	}
	defer func() { _ = rc.Close() }()
	limit := min(int64(MaxPartBytes), p.budget)
	var b bytes.Buffer
	b.Grow(int(min(int64(f.UncompressedSize64), 1<<20)) + bytes.MinRead)
	n, err := io.Copy(&b, io.LimitReader(rc, limit+1))
	p.budget -= n
	switch {
	case n > limit:
		return nil, tooLarge()
	case err != nil:
		return nil, corrupt(err)
	case bytes.Count(b.Bytes(), []byte{'<'}) > MaxTags:
		return nil, tooLarge()
	}
	return b.Bytes(), nil
}

// relation is one line of a part's relationship file.
type relation struct{ kind, target string }

// relations gives the relationships of a part by id, targets as part names.
func (p *parts) relations(part string) (map[string]relation, error) {
	dir, file := path.Split(part)
	data, err := p.get(dir + "_rels/" + file + ".rels")
	if data == nil || err != nil {
		return nil, err
	}
	all := map[string]relation{}
	err = scan(data, func(s *scanner) error {
		if s.start != "Relationship" || s.attr("TargetMode") == "External" {
			return nil
		}
		target := s.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		all[s.attr("Id")] = relation{
			kind:   path.Base(s.attr("Type")),
			target: strings.TrimPrefix(path.Clean("/"+target), "/"),
		}
		return nil
	})
	return all, err
}

// scanner walks over the start tags, end tags and texts of a part.
type scanner struct {
	d     *xml.Decoder
	start string // local name of a start tag, "" at other tokens
	end   string // local name of an end tag
	text  []byte // character data
	attrs []xml.Attr
}

// errStop ends a scan early.
var errStop = errors.New("stop")

// scan calls visit for each token. Entities of a document type are never
// expanded: encoding/xml knows only the five of XML.
func scan(data []byte, visit func(*scanner) error) error {
	s := &scanner{d: xml.NewDecoder(bytes.NewReader(data))}
	s.d.CharsetReader = charset.NewReaderLabel
	for {
		token, err := s.d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return corrupt(err)
		}
		s.start, s.end, s.text = "", "", nil
		switch t := token.(type) {
		case xml.StartElement:
			s.start, s.attrs = t.Name.Local, t.Attr
		case xml.EndElement:
			s.end = t.Name.Local
		case xml.CharData:
			s.text = t
		default:
			continue
		}
		switch err := visit(s); {
		case errors.Is(err, errStop):
			return nil
		case err != nil:
			return err
		}
	}
}

// attr gives an attribute of a start tag by its local name.
func (s *scanner) attr(name string) string {
	for i := range s.attrs {
		if s.attrs[i].Name.Local == name {
			return s.attrs[i].Value
		}
	}
	return ""
}

func (s *scanner) is(name string) bool {
	v := s.attr(name)
	return v == "1" || v == "true"
}
