package accession

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
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
)

// Types are the kinds of files that documents have, by content and never by name.
func Types() []string {
	return []string{"application/pdf", "image/jpeg", "image/png", "application/zip", "text/plain; charset=utf-8"}
}

// Named is what they are called.
const Named = "PDF、JPG、PNG、TXT，或者 docx、xlsx、pptx、ofd 文件"

// atATime is how many files are kept at the same time: each waits for the disk, and
// those that wait together share its flush.
const atATime = 8

// unpack keeps the files that came with a list, by their paths. told hears how many of
// how many are done.
func (o Office) unpack(ctx context.Context, c *Content, told func(done, total int)) error {
	u := unpacking{office: o, into: c, told: told, free: make(chan struct{}, atATime)}
	c.Files, c.Unfit = map[string]publish.File{}, map[string]string{}
	for _, f := range c.Sent {
		if err := u.take(ctx, f); err != nil {
			u.pending.Wait()
			return err
		}
	}
	u.pending.Wait()
	c.Unpacked = true
	return u.failed
}

type unpacking struct {
	office       Office
	into         *Content
	told         func(done, total int)
	count, total int
	bytes        int64

	pending sync.WaitGroup
	free    chan struct{}
	mu      sync.Mutex // of what follows, and of into
	done    int
	failed  error
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
	u.mu.Lock()
	u.total += len(archive.File)
	u.mu.Unlock()
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

// keep keeps a file by its path, of which there may be one. It is read here, and kept
// while the next is read.
func (u *unpacking) keep(ctx context.Context, name string, content io.Reader) error {
	if err := u.trouble(ctx); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(content, MaxFile+1))
	if u.bytes += int64(len(data)); u.bytes > maxAll {
		return errs.New(errs.TooLarge, "文件合计超过%d GB；请分开导入。", maxAll>>30)
	}
	switch {
	case err != nil:
		u.unfit(name, "它在压缩包里已经损坏；请重新压缩。")
	case len(data) > MaxFile:
		u.unfit(name, "它太大，每个文件最多20 MB。")
	case len(data) == 0:
		u.unfit(name, "它是空的。")
	default:
		u.free <- struct{}{}
		u.pending.Go(func() {
			defer func() { <-u.free }()
			info, err := u.office.Files.Put(ctx, bytes.NewReader(data), MaxFile)
			u.kept(name, info, err)
		})
	}
	return nil
}

// trouble gives what has ended the work already.
func (u *unpacking) trouble(ctx context.Context) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return cmp.Or(u.failed, ctx.Err())
}

// kept enters a file that lies where files lie.
func (u *unpacking) kept(name string, info blob.Info, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.done++
	u.told(u.done, u.total)
	_, twice := u.into.Files[name]
	switch {
	case err != nil:
		u.failed = cmp.Or(u.failed, err)
	case twice:
		u.into.Unfit[name] = "它上传了两次；请改名，或者放进不同的文件夹。"
		delete(u.into.Files, name)
	case u.into.Unfit[name] != "":
	case !slices.Contains(Types(), info.MediaType):
		u.into.Unfit[name] = "它不是可以接收的类型；请用 " + Named + "。"
	default:
		u.into.Files[name] = publish.File{Hash: info.Hash, Name: blob.FileName(name)}
	}
}

func (u *unpacking) unfit(name, why string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.into.Unfit[name] = why
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
