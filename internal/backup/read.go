package backup

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/klauspost/compress/zstd"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
)

// Limits against archives that were made to harm. Rows pack to a twentieth, seldom
// to a hundredth; what unpacks to more than maxRatio of what was read so far is a
// bomb, unless a person says that it is not: files of nothing but zeros pack as
// well, and nobody must be able to spoil backups by sending some.
const (
	maxManifest = 64 << 20
	maxMember   = 1 << 40
	maxLine     = 64 << 20
	maxMemory   = 128 << 20
	maxRatio    = 500
	freeRatio   = 256 << 20 // bytes that any archive may unpack to
)

var (
	tableMember = regexp.MustCompile(`^table/([a-z_]{1,60})/\d{6,9}\.jsonl$`)
	fileMember  = regexp.MustCompile(`^file/([0-9a-f]{64})$`)
)

func broken(cause error, what string) error {
	return errs.Wrap(cause, errs.Corrupt, "备份文件不能使用：%s。请换一份备份。", what)
}

var errBomb = errs.New(errs.TooLarge, "备份文件展开后比它本身大%d倍以上，可能是为塞满磁盘而做的，没有恢复；确实可信时请加 --trusted。", maxRatio).
	InEnglish("the backup unpacks to more than %d times its size and may be made to fill the disk, so nothing was restored; add --trusted if you know where it comes from", maxRatio)

// meter counts what goes through a reader.
type meter struct {
	io.Reader
	n int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.n += int64(n)
	return n, err
}

// fuse is what is unpacked; it blows when that is too much for what was packed.
type fuse struct {
	meter
	packed *meter
}

func (f *fuse) Read(p []byte) (int, error) {
	n, err := f.meter.Read(p)
	if f.n > freeRatio+maxRatio*f.packed.n {
		return 0, errBomb
	}
	return n, err
}

// members goes through an archive. take must read what it wants of a member
// before it returns.
func members(r io.Reader, trusted bool, take func(name string, size int64, r io.Reader) error) error {
	read := &meter{Reader: r}
	packed, err := zstd.NewReader(read, zstd.WithDecoderMaxMemory(maxMemory), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return broken(err, "不是 gongkai 的备份格式")
	}
	defer packed.Close()
	var unpacked io.Reader = packed
	if !trusted {
		unpacked = &fuse{meter{Reader: packed}, read}
	}
	t := tar.NewReader(unpacked)
	for {
		header, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errs.KindOf(err) == errs.TooLarge {
			return err
		}
		if err != nil {
			return broken(err, "文件不完整，或者不是 gongkai 的备份格式")
		}
		known := tableMember.MatchString(header.Name) || fileMember.MatchString(header.Name) || header.Name == manifestName
		if header.Typeflag != tar.TypeReg || header.Size > maxMember || !known || sparse(header) {
			return broken(fmt.Errorf("member %q", header.Name), "其中有不认识的内容")
		}
		if err := take(header.Name, header.Size, t); err != nil {
			return err
		}
	}
}

// sparse tells whether a member has holes, which unpack to anything out of
// nothing.
func sparse(h *tar.Header) bool {
	for name := range h.PAXRecords {
		if strings.HasPrefix(name, "GNU.sparse.") {
			return true
		}
	}
	return h.Format == tar.FormatGNU
}

// Check reads a whole archive and compares everything with the manifest. One that
// is not trusted may not unpack to far more than it is.
func Check(ctx context.Context, r io.Reader, trusted bool) (Manifest, error) {
	var (
		m    Manifest
		have = map[string]MemberSummary{}
		rows = map[string]int64{}
	)
	err := members(r, trusted, func(name string, size int64, r io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if m.Format != "" {
			return broken(nil, "清单之后还有内容")
		}
		if name == manifestName {
			return readManifest(r, size, &m)
		}
		if _, twice := have[name]; twice {
			return broken(nil, "内容重复")
		}
		h, lines := sha256.New(), &counter{}
		if _, err := io.Copy(io.MultiWriter(h, lines), r); errs.KindOf(err) == errs.TooLarge {
			return err
		} else if err != nil {
			return broken(err, "文件不完整")
		}
		if parts := tableMember.FindStringSubmatch(name); parts != nil {
			rows[parts[1]] += lines.n
		}
		have[name] = MemberSummary{name, size, hex.EncodeToString(h.Sum(nil))}
		return nil
	})
	if err != nil {
		return m, err
	}
	return m, m.compare(have, rows)
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(strings.Count(string(p), "\n"))
	return len(p), nil
}

func readManifest(r io.Reader, size int64, m *Manifest) error {
	if size > maxManifest {
		return broken(nil, "清单太大")
	}
	if err := json.NewDecoder(r).Decode(m); err != nil || m.Format != format || m.Schema < 1 {
		return broken(err, "清单不能读取，或者由不认识的版本写成")
	}
	return nil
}

func (m Manifest) compare(have map[string]MemberSummary, rows map[string]int64) error {
	if m.Format == "" {
		return broken(nil, "没有清单，文件不完整")
	}
	for _, want := range m.Members {
		if have[want.Name] != want {
			return broken(nil, "“"+want.Name+"”与清单不符，缺少或者被改动过")
		}
	}
	if len(have) != len(m.Members) {
		return broken(nil, "有清单以外的内容")
	}
	for _, t := range m.Tables {
		if rows[t.Name] != t.Rows {
			return broken(nil, "表“"+t.Name+"”的行数与清单不符")
		}
	}
	return nil
}

// Target is an empty database that an archive is put into.
type Target interface {
	// Fill makes the tables of a version and lets put write rows; nothing is kept
	// when it fails.
	Fill(ctx context.Context, schema int64, put func(insert func(table string, columns []Column, row []any) error) error) error
}

// Restore puts an archive, which Check has found whole, into an empty database
// and an empty folder. open gives the archive anew.
func Restore(ctx context.Context, m Manifest, open func() (io.ReadCloser, error), target Target, files blob.Folder) error {
	if empty, err := files.Empty(); err != nil || !empty {
		return errs.Wrap(err, errs.Conflict, "文件目录 %s 不是空的，没有恢复；请恢复到空的数据目录。", files.Path).
			InEnglish("the folder of files %s is not empty, so nothing was restored: name an empty data folder", files.Path)
	}
	tables, sums := map[string]TableSummary{}, map[string]string{}
	for _, t := range m.Tables {
		tables[t.Name] = t
	}
	for _, one := range m.Members {
		sums[one.Name] = one.SHA256
	}
	err := target.Fill(ctx, m.Schema, func(insert func(string, []Column, []any) error) error {
		r, err := open()
		if err != nil {
			return err
		}
		defer r.Close()
		return members(r, true, func(name string, size int64, r io.Reader) error {
			if parts := fileMember.FindStringSubmatch(name); parts != nil {
				return restoreFile(files, parts[1], r, sums[name])
			}
			if parts := tableMember.FindStringSubmatch(name); parts != nil {
				return restoreRows(ctx, tables[parts[1]], r, insert)
			}
			return nil
		})
	})
	if err != nil {
		err = errors.Join(err, files.Clear()) // so that the next attempt finds it empty
	}
	return err
}

// restoreFile puts a file back sealed as it is: no key is needed for it.
func restoreFile(files blob.Folder, hash string, r io.Reader, sum string) error {
	h := sha256.New()
	if err := files.PutSealed(hash, io.TeeReader(r, h)); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != sum {
		return broken(nil, "文件 "+hash+" 的内容不符")
	}
	return nil
}

func restoreRows(ctx context.Context, t TableSummary, r io.Reader, insert func(string, []Column, []any) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		row, err := decode(t, lines.Bytes())
		if err != nil {
			return broken(err, "表“"+t.Name+"”的内容不能读取")
		}
		if err := insert(t.Name, t.Columns, row); err != nil {
			return err
		}
	}
	return lines.Err()
}

// decode turns a line back into a row.
func decode(t TableSummary, line []byte) ([]any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(line, &raw); err != nil {
		return nil, err
	}
	if len(raw) != len(t.Columns) {
		return nil, fmt.Errorf("%d values for %d columns", len(raw), len(t.Columns))
	}
	row := make([]any, len(raw))
	for i, value := range raw {
		if string(value) == "null" {
			continue
		}
		var err error
		switch t.Columns[i].Kind {
		case Integer:
			row[i], err = as[int64](value)
		case Boolean:
			row[i], err = as[bool](value)
		case Text:
			row[i], err = as[string](value)
		case Bytes:
			var text string
			if text, err = as[string](value); err == nil {
				row[i], err = base64.StdEncoding.DecodeString(text)
			}
		default:
			err = fmt.Errorf("kind %q", t.Columns[i].Kind)
		}
		if err != nil {
			return nil, err
		}
	}
	return row, nil
}

func as[T any](raw json.RawMessage) (v T, err error) {
	err = json.Unmarshal(raw, &v)
	return v, err
}
