package accession

import (
	"archive/zip"
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
)

// Limits of what comes with a list. An archive is counted while it is unpacked: what
// its directory promises is not believed.
const (
	MaxSent    = 512 << 20 // bytes of the form
	MaxList    = 64 << 20  // of the list
	MaxFile    = 20 << 20  // of a file
	maxAll     = 2 << 30   // of all files unpacked
	maxEntries = 30_000
	unfitMost  = 1000 // files that are told by name
)

// Types are the kinds of files that documents have, by content and never by name.
func Types() []string {
	return []string{"application/pdf", "image/jpeg", "image/png", "application/zip", "text/plain; charset=utf-8"}
}

// Named is what they are called.
const Named = "PDF、JPG、PNG、TXT，或者 docx、xlsx、pptx、ofd 文件"

// unpack keeps the files that came with a list, by their paths.
func (o Office) unpack(ctx context.Context, c *Content) error {
	u := unpacking{office: o, into: c}
	c.Files, c.Unfit = map[string]publish.File{}, map[string]string{}
	for _, f := range c.Sent {
		if err := u.take(ctx, f); err != nil {
			return err
		}
	}
	c.Unpacked = true
	return nil
}

type unpacking struct {
	office Office
	into   *Content
	bytes  int64
	count  int
}

// take takes a file that was sent, or all in it.
func (u *unpacking) take(ctx context.Context, f publish.File) error {
	content, err := u.office.Files.Open(f.Hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // only read
	if !strings.EqualFold(path.Ext(f.Name), ".zip") {
		return u.keep(ctx, f.Name, content)
	}
	size, err := content.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	archive, err := zip.NewReader(anywhere{content}, size)
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "压缩包“%s”打不开；请用 zip 格式重新压缩后再上传。", f.Name)
	}
	if u.count += len(archive.File); u.count > maxEntries {
		return errs.New(errs.TooLarge, "压缩包里的文件超过%d个；请分开导入。", maxEntries)
	}
	for _, entry := range archive.File {
		if err := u.entry(ctx, entry); err != nil {
			return err
		}
	}
	return nil
}

// entry takes a file of an archive.
func (u *unpacking) entry(ctx context.Context, entry *zip.File) error {
	name := publish.FolderOf(nameIn(entry))
	switch {
	case entry.FileInfo().IsDir(), strings.HasPrefix(path.Base(name), "."), strings.HasPrefix(name, "__MACOSX/"):
		return nil
	case entry.Flags&1 != 0:
		u.unfit(name, "它有密码，不能读取；请不加密码重新压缩。")
		return nil
	case !entry.Mode().IsRegular():
		u.unfit(name, "它不是普通文件。")
		return nil
	case strings.EqualFold(path.Ext(name), ".zip"):
		u.unfit(name, "压缩包里还有压缩包；请解开后再压缩。")
		return nil
	}
	inside, err := entry.Open()
	if err != nil {
		u.unfit(name, "它在压缩包里读不出来；请重新压缩。")
		return nil
	}
	defer func() { _ = inside.Close() }() // only read
	return u.keep(ctx, name, inside)
}

// keep keeps a file by its path, of which there may be one.
func (u *unpacking) keep(ctx context.Context, name string, content io.Reader) error {
	if _, twice := u.into.Files[name]; twice {
		u.unfit(name, "它上传了两次；请改名，或者放进不同的文件夹。")
		delete(u.into.Files, name)
		return nil
	}
	counted := &counter{from: content}
	info, err := u.office.Files.Put(ctx, counted, MaxFile)
	if u.bytes += counted.n; u.bytes > maxAll {
		return errs.New(errs.TooLarge, "文件合计超过%d GB；请分开导入。", maxAll>>30)
	}
	switch {
	case errs.KindOf(err) == errs.TooLarge:
		u.unfit(name, "它太大，每个文件最多20 MB。")
	case err != nil && counted.broken: // the archive, not the disk
		u.unfit(name, "它在压缩包里已经损坏；请重新压缩。")
	case err != nil:
		return err
	case info.Size == 0:
		u.unfit(name, "它是空的。")
	case !slices.Contains(Types(), info.MediaType):
		u.unfit(name, "它不是可以接收的类型；请用 "+Named+"。")
	default:
		u.into.Files[name] = publish.File{Hash: info.Hash, Name: blob.FileName(name)}
	}
	return nil
}

func (u *unpacking) unfit(name, why string) {
	if len(u.into.Unfit) < unfitMost {
		u.into.Unfit[name] = why
	}
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

// anywhere reads at any place of what can be moved in.
type anywhere struct{ io.ReadSeeker }

// ReadAt is for one reader at a time, as an archive is read here.
func (a anywhere) ReadAt(p []byte, off int64) (int, error) {
	if _, err := a.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(a, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
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
