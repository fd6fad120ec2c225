package documents

import (
	"archive/zip"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	names "path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web/deed"
)

// Limits of what comes with a list. An archive is counted while it is unpacked: what
// its directory promises is not believed.
const (
	maxBundle   = 200 << 20 // bytes of the form, and of all files unpacked
	maxUnpacked = 400 << 20
	maxEntries  = 3000
)

// bundle is the files that come with a list, by the names that the list has for them.
type bundle struct {
	p     Pages
	files map[string]deed.File
	bytes int64
	wrong errs.Fields
}

// take keeps what was sent: files, and archives of files.
func (b *bundle) take(ctx context.Context, heads []*multipart.FileHeader) error {
	for _, head := range heads {
		if head.Size == 0 {
			continue
		}
		content, err := head.Open()
		if err != nil {
			return err
		}
		name := deed.FileName(head.Filename)
		if strings.EqualFold(names.Ext(name), ".zip") {
			err = b.unpack(ctx, content, head.Size)
		} else {
			err = b.keep(ctx, name, content)
		}
		if closing := content.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unpack keeps the files of an archive. Folders are passed over: the list names files.
func (b *bundle) unpack(ctx context.Context, content multipart.File, size int64) error {
	archive, err := zip.NewReader(content, size)
	if err != nil {
		b.refuse("压缩包打不开，请用 zip 格式重新压缩。")
		return nil
	}
	if len(archive.File) > maxEntries {
		b.refuse("压缩包里有%d个文件，超过%d个；请分开导入。", len(archive.File), maxEntries)
		return nil
	}
	for _, f := range archive.File {
		name := nameIn(f)
		switch {
		case f.FileInfo().IsDir(), strings.HasPrefix(names.Base(name), "."), strings.HasPrefix(name, "__MACOSX/"):
			continue
		case f.Flags&1 != 0:
			b.refuse("压缩包里的“%s”有密码，不能读取；请不加密码重新压缩。", deed.FileName(name))
			continue
		case !f.Mode().IsRegular():
			b.refuse("压缩包里的“%s”不是普通文件。", deed.FileName(name))
			continue
		case strings.EqualFold(names.Ext(name), ".zip"):
			b.refuse("压缩包里还有压缩包“%s”，请解开后再压缩。", deed.FileName(name))
			continue
		}
		inside, err := f.Open()
		if err != nil {
			b.refuse("压缩包里的“%s”读不出来。", deed.FileName(name))
			continue
		}
		err = b.keep(ctx, deed.FileName(name), inside)
		_ = inside.Close() // only read
		if err != nil {
			return err
		}
		if b.bytes > maxUnpacked {
			b.refuse("压缩包解开后超过%d MB；请分开导入。", maxUnpacked>>20)
			return nil
		}
	}
	return nil
}

// nameIn gives the name of a file in an archive. Windows packs Chinese names in GBK
// and does not say so.
func nameIn(f *zip.File) string {
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := simplifiedchinese.GB18030.NewDecoder().String(f.Name)
	if err != nil {
		return f.Name
	}
	return name
}

// keep keeps a file under its name, of which there may be one.
func (b *bundle) keep(ctx context.Context, name string, content io.Reader) error {
	if _, twice := b.files[name]; twice {
		b.refuse("有两个文件都叫“%s”；请改名，使清单里的每个名字只对应一个文件。", name)
		return nil
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(content, head)
	if err != nil && n == 0 {
		b.refuse("文件“%s”是空的，或者读不出来。", name)
		return nil
	}
	papers := b.p.papers()
	if kind := http.DetectContentType(head[:n]); !slices.Contains(papers.Types, kind) {
		b.refuse("文件“%s”不是可以接收的类型；请用 %s。", name, papers.Named)
		return nil
	}
	counted := &counter{from: io.MultiReader(strings.NewReader(string(head[:n])), content)}
	info, err := b.p.Files.Put(ctx, counted, deed.MaxFile)
	b.bytes += counted.n
	switch {
	case errs.KindOf(err) == errs.TooLarge:
		b.refuse("文件“%s”太大，每个最多 %d MB。", name, deed.MaxFile>>20)
		return nil
	case err != nil && counted.broken: // the archive, not the disk
		b.refuse("压缩包里的“%s”已经损坏。", name)
		return nil
	case err != nil:
		return err
	}
	b.files[name] = deed.File{Hash: info.Hash, Name: name}
	return nil
}

func (b *bundle) refuse(format string, args ...any) {
	const most = 20 // sentences
	if len(b.wrong) < most {
		b.wrong.Add(filesField, format, args...)
	}
}

// counter counts what is read, and notes when that goes wrong.
type counter struct {
	from   io.Reader
	n      int64
	broken bool
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	c.broken = c.broken || err != nil && err != io.EOF
	return n, err
}

// read gives the bundle as the desk wants it, with the texts of the files from which
// lines read one.
func (p Pages) read(ctx context.Context, files map[string]deed.File, lines []publish.Line) (publish.Bundle, error) {
	b := publish.Bundle{Files: map[string]publish.File{}, Texts: map[string]*doc.Doc{}}
	for name, f := range files {
		b.Files[name] = publish.File{Hash: f.Hash, Name: f.Name}
	}
	for _, l := range lines {
		name := l.Cells["source"]
		f, ok := files[name]
		if _, done := b.Texts[name]; done || !ok {
			continue
		}
		data, err := p.content(f.Hash)
		if err != nil {
			return b, err
		}
		if d, err := p.Reader.Read(ctx, name, data); err == nil {
			b.Texts[name] = d
		} else if errs.KindOf(err) == errs.Internal {
			return b, err
		}
	}
	return b, nil
}

// content reads a kept file.
func (p Pages) content(hash string) ([]byte, error) {
	f, err := p.Files.Open(hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(f)
}
