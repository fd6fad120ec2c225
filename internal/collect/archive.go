package collect

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/errs"
)

// Limits of what is taken in at once.
const (
	MaxFiles    = 200      // of one upload, those in packages counted one by one
	MaxFile     = 32 << 20 // bytes of a report
	maxUnpacked = 256 << 20
)

// Paper is a file as it came.
type Paper struct {
	Name string
	Data []byte
}

// Unpack gives the files of a package of many; a file that is none is given as it is,
// office files among them, which are packages too.
func Unpack(p Paper) ([]Paper, error) {
	if !bytes.HasPrefix(p.Data, []byte("PK\x03\x04")) {
		return []Paper{p}, nil
	}
	z, err := zip.NewReader(bytes.NewReader(p.Data), int64(len(p.Data)))
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "压缩包“%s”损坏，打不开；请重新压缩后再上传。", p.Name)
	}
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" {
			return []Paper{p}, nil
		}
	}
	var all []Paper
	total := int64(0)
	for _, f := range z.File {
		name := entryName(f)
		if f.FileInfo().IsDir() || hidden(name) {
			continue
		}
		if f.Flags&1 != 0 {
			return nil, errs.New(errs.Encrypted, "压缩包“%s”有密码，打不开；请去掉密码后再上传。", p.Name)
		}
		if len(all) == MaxFiles {
			return nil, errs.New(errs.TooLarge, "压缩包“%s”里超过 %d 个文件，请分几次上传。", p.Name, MaxFiles)
		}
		data, err := entry(f, maxUnpacked-total)
		if err != nil {
			return nil, err
		}
		total += int64(len(data))
		all = append(all, Paper{name, data})
	}
	if len(all) == 0 {
		return nil, errs.New(errs.Invalid, "压缩包“%s”是空的。", p.Name)
	}
	return all, nil
}

// countIn tells how many files come with a paper, without unpacking it.
func countIn(p Paper) int {
	z, err := zip.NewReader(bytes.NewReader(p.Data), int64(len(p.Data)))
	if err != nil {
		return 1
	}
	n := 0
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" {
			return 1
		}
		if !f.FileInfo().IsDir() && !hidden(entryName(f)) {
			n++
		}
	}
	return max(n, 1)
}

// Many tells whether files had better be read by a job: more than one, or a large one.
func Many(papers []Paper) bool {
	const large = 4 << 20
	n, size := 0, 0
	for _, p := range papers {
		n, size = n+countIn(p), size+len(p.Data)
	}
	return n > 1 || size > large
}

// entryName gives the name of a file in a package; programs of Windows write it in
// GB18030.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 && !utf8.ValidString(name) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}

// hidden tells what programs leave in packages and nobody put there.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "thumbs.db")
}

func entry(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "压缩包中的“%s”损坏，打不开。", entryName(f))
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "压缩包中的“%s”损坏，打不开。", entryName(f))
	}
	if int64(len(data)) > most {
		return nil, errs.New(errs.TooLarge, "压缩包解开后超过 %d MB，请分几次上传。", maxUnpacked>>20)
	}
	return data, nil
}
