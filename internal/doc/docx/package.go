package docx

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

// parts is the zip package: its files by lower-case name, since Windows
// programs disagree about case and slashes.
type parts struct {
	files map[string]*zip.File
	size  uint64 // of the whole package in bytes
}

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	// encryptedStream is how an encrypted document is told from an old binary
	// one: the name of its stream in the directory, in UTF-16.
	encryptedStream = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

// corrupt is a broken file; the detail is for the log.
func corrupt(detail string) error {
	return errs.Wrap(errors.New(detail), errs.Corrupt, "这不是完好的 .docx 文件，无法读取；请用办公软件打开检查，另存为 .docx 后再试。")
}

// openParts opens the package, or says what the file is instead.
func openParts(data []byte) (*parts, error) {
	switch {
	case bytes.HasPrefix(data, oleMagic) && bytes.Contains(data, encryptedStream):
		return nil, errs.New(errs.Encrypted, "文件设有打开密码，无法读取；请去除密码后再试。")
	case bytes.HasPrefix(data, oleMagic):
		return nil, errs.New(errs.Unsupported, "这是旧版 .doc 或 .wps 二进制文件，不能直接读取；请用办公软件打开后另存为 .docx 再试。")
	case !bytes.HasPrefix(data, zipMagic):
		return nil, corrupt("no zip signature")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt(err.Error())
	}
	if len(archive.File) > MaxEntries {
		return nil, errs.New(errs.TooLarge, "文件内含 %d 个部件，超过 %d 个的上限，未予读取；请用办公软件打开后另存为 .docx 再试。", len(archive.File), MaxEntries)
	}
	p := &parts{files: make(map[string]*zip.File, len(archive.File)), size: uint64(len(data))}
	for _, f := range archive.File {
		name := partName(f.Name)
		if p.files[name] == nil {
			p.files[name] = f
		}
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// has tells whether there is a part of a name.
func (p *parts) has(name string) bool { return p.files[partName(name)] != nil }

// read unpacks a part as UTF-8; nil where there is none.
func (p *parts) read(name string, limit int64) ([]byte, error) {
	f := p.files[partName(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, errs.New(errs.Encrypted, "文件经过压缩加密，无法读取；请去除密码后再试。")
	}
	stream, err := f.Open()
	if err != nil {
		return nil, corrupt(name + ": " + err.Error())
	}
	defer func() { _ = stream.Close() }()
	part, err := readLimited(stream, f.UncompressedSize64, min(f.CompressedSize64, p.size), limit)
	if err != nil {
		return nil, err
	}
	return markup.Decode(part)
}

// readLimited reads to the end, to the limit, or to the point where the ratio
// shows a zip bomb. The announced size only helps to choose the first buffer.
func readLimited(stream io.Reader, announced, packed uint64, limit int64) ([]byte, error) {
	buf := make([]byte, 0, min(announced, 1<<20)+512)
	for {
		n, err := stream.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		size := int64(len(buf))
		if size > limit || size > RatioFloor && uint64(size)/max(packed, 1) > MaxRatio {
			return nil, errs.New(errs.TooLarge, "文件解压后过大（超过 %d MB 或压缩比异常），不像正常文稿，未予读取；请用办公软件打开后另存为 .docx 再试。", limit>>20)
		}
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return nil, corrupt(err.Error())
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
}

// relations are the targets that a part names, by the last word of the type
// ("styles", "numbering"), which is the same in transitional and strict files.
type relations map[string]string

// relationsOf reads the relations of a part; a part without any has none.
func (p *parts) relationsOf(name string) (relations, error) {
	dir, file := path.Split(name)
	xml, err := p.read(dir+"_rels/"+file+".rels", MaxPartBytes)
	if err != nil || xml == nil {
		return nil, err
	}
	found := relations{}
	s := markup.NewScanner(xml)
	for s.Child(0) {
		d := s.Depth()
		for s.Child(d) {
			kind, _ := s.Attr("Type")
			target, _ := s.Attr("Target")
			mode, _ := s.Attr("TargetMode")
			key := string(kind[bytes.LastIndexByte(kind, '/')+1:])
			if string(mode) == "External" || len(target) == 0 || found[key] != "" || len(found) >= MaxDefinitions {
				continue
			}
			found[key] = resolve(dir, string(target))
		}
	}
	return found, s.Err
}

// resolve makes a target relative to the folder of its part a part name.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target[1:])
	}
	return path.Join(dir, target)
}
