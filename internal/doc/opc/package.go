// Package opc opens the zip packages of office files (Open Packaging
// Conventions, ISO/IEC 29500-2) part by part, and writes them back with some
// parts changed and others gone. What was not touched keeps its bytes. It knows
// parts and what points at them, not what they say.
//
// Limits are counted on the bytes really unpacked, never taken from headers.
// Start at Open and Package.Rewrite.
package opc

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"gongkai/internal/doc/markup"
	"gongkai/internal/errs"
)

// Limits on what a package may ask of the machine.
const (
	MaxEntries = 10_000
	MaxPart    = 128 << 20 // unpacked bytes of one part
	MaxTotal   = 384 << 20 // unpacked bytes of all parts that are read
	MaxRatio   = 250       // how many times larger a part may become past RatioFloor
	RatioFloor = 16 << 20
)

var oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// Package is an open package. It is not safe for concurrent use.
type Package struct {
	files  map[string]*zip.File // by lower-case name: Windows programs disagree about case and slashes
	names  []string             // in the order of the package, as written
	budget int64
}

func corrupt(cause error) error {
	return errs.Wrap(cause, errs.Corrupt, "文件已损坏，不是完好的 docx、xlsx 或 pptx 文件，无法读取；请用办公软件打开检查，另存后再试。")
}

func tooLarge() error {
	return errs.New(errs.TooLarge, "文件解压后过大（超过 %d MB 或压缩比异常），不像正常文件，未予读取；请用办公软件打开后另存再试。", MaxPart>>20)
}

// Open opens a package. Errors are errs.Corrupt, errs.Encrypted and
// errs.TooLarge, also of the reading of parts.
func Open(data []byte) (*Package, error) {
	if bytes.HasPrefix(data, oleMagic) {
		return nil, errs.New(errs.Encrypted, "文件设有打开密码或者是旧版二进制文件，无法读取；请去除密码，另存为 docx、xlsx 或 pptx 后再试。")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt(err)
	}
	if len(archive.File) > MaxEntries {
		return nil, errs.New(errs.TooLarge, "文件内含 %d 个部件，超过 %d 个的上限，未予读取；请用办公软件打开后另存再试。", len(archive.File), MaxEntries)
	}
	p := &Package{files: make(map[string]*zip.File, len(archive.File)), budget: MaxTotal}
	for _, f := range archive.File {
		name := Key(f.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if p.files[name] != nil {
			// Programs differ in which of the two they read: one could hide behind the other.
			return nil, corrupt(errors.New("part twice: " + name))
		}
		p.files[name] = f
		p.names = append(p.names, name)
	}
	return p, nil
}

// Key is the name by which a part is known: lower case, forward slashes, none
// in front.
func Key(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// Names gives the keys of all parts in the order of the package.
func (p *Package) Names() []string { return p.names }

// Written gives the name of a part as the package writes it.
func (p *Package) Written(name string) string {
	if f := p.files[Key(name)]; f != nil {
		return strings.TrimPrefix(f.Name, "/")
	}
	return name
}

// Has tells whether there is a part.
func (p *Package) Has(name string) bool { return p.files[Key(name)] != nil }

// Raw unpacks a part; nil where there is none.
func (p *Package) Raw(name string) ([]byte, error) {
	f := p.files[Key(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, errs.New(errs.Encrypted, "文件经过压缩加密，无法读取；请去除密码后再试。")
	}
	stream, err := f.Open()
	if err != nil {
		return nil, corrupt(err)
	}
	defer func() { _ = stream.Close() }()
	limit := min(int64(MaxPart), p.budget)
	part, err := ReadLimited(stream, f.UncompressedSize64, f.CompressedSize64, limit)
	p.budget -= int64(len(part))
	return part, err
}

// ReadLimited reads a zip entry to its end, to the limit, or to the point where
// the ratio shows a bomb. The announced size only helps to choose the first
// buffer.
func ReadLimited(stream io.Reader, announced, packed uint64, limit int64) ([]byte, error) {
	buf := make([]byte, 0, min(announced, 1<<20)+512)
	for {
		n, err := stream.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		size := int64(len(buf))
		switch {
		case size > limit, size > RatioFloor && uint64(size)/max(packed, 1) > MaxRatio:
			return nil, tooLarge()
		case errors.Is(err, io.EOF):
			return buf, nil
		case err != nil:
			return nil, corrupt(err)
		case len(buf) == cap(buf):
			buf = append(buf, 0)[:len(buf)]
		}
	}
}

// XML unpacks a part as UTF-8, ready for a markup.Scanner; nil where there is
// none.
func (p *Package) XML(name string) ([]byte, error) {
	part, err := p.Raw(name)
	if part == nil || err != nil {
		return nil, err
	}
	return markup.Decode(part)
}

// Relation is what a part says about another part or an outside place.
type Relation struct {
	ID       string
	Kind     string // the last word of the type, the same in transitional and strict files
	Target   string // key of a part, or the address where External
	External bool
}

// maxRelations is how many relations of one part are looked at.
const maxRelations = 20_000

// Relations gives the relations of a part in order; "" is the package itself.
func (p *Package) Relations(part string) ([]Relation, error) {
	xml, err := p.XML(relationsOf(part))
	if xml == nil || err != nil {
		return nil, err
	}
	var all []Relation
	s := markup.NewScanner(xml)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d); {
			if len(all) >= maxRelations {
				return nil, tooLarge()
			}
			all = append(all, relation(s, part))
		}
	}
	return all, s.Err
}

func relation(s *markup.Scanner, part string) Relation {
	get := func(name string) string { v, _ := s.Attr(name); return string(v) }
	kind := get("Type")
	r := Relation{ID: get("Id"), Kind: kind[strings.LastIndexByte(kind, '/')+1:], Target: get("Target"), External: get("TargetMode") == "External"}
	if !r.External {
		r.Target = resolve(part, r.Target)
	}
	return r
}

// relationsOf names the part that holds the relations of another.
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// ownerOf is the part whose relations a part holds; ok is false for other parts.
func ownerOf(name string) (owner string, ok bool) {
	dir, file := path.Split(name)
	if path.Base(dir) != "_rels" || !strings.HasSuffix(file, ".rels") {
		return "", false
	}
	owner = path.Join(path.Dir(path.Clean(dir)), strings.TrimSuffix(file, ".rels"))
	return strings.TrimPrefix(owner, "."), true
}

// resolve makes a target relative to the folder of its part a key.
func resolve(part, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if i := strings.IndexByte(target, '#'); i >= 0 {
		target = target[:i]
	}
	if !strings.HasPrefix(target, "/") {
		target = path.Dir("/"+part) + "/" + target
	}
	return Key(path.Clean(target))
}
