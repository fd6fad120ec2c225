package inside

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"path"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/doc"
	"gongkai/internal/doc/opc"
	"gongkai/internal/errs"
)

// Limits of archives.
const (
	MaxMembers  = 10_000    // of one archive
	MaxMember   = 128 << 20 // unpacked bytes of one member
	MaxUnpacked = 1 << 30   // unpacked bytes of all members of a file, nested archives included
)

// Budget is how many bytes may still be unpacked out of a file with all that
// lies in it.
type Budget struct{ left int64 }

// NewBudget gives a full budget, one for each file that was handed in.
func NewBudget() *Budget { return &Budget{MaxUnpacked} }

// readArchive lists the members of a zip.
func readArchive(data []byte, f *File, budget *Budget) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errs.Wrap(err, errs.Corrupt, "压缩包已损坏，无法打开；请重新压缩后再试。")
	}
	if len(z.File) > MaxMembers {
		return errs.New(errs.TooLarge, "压缩包内有 %d 个文件，超过 %d 个的上限，未读取；请分成几个压缩包。", len(z.File), MaxMembers)
	}
	f.addText(Comment, doc.Place{}, "压缩包注释", z.Comment)
	afterZip(data, f)
	if len(z.File) == 0 {
		return errs.New(errs.Invalid, "压缩包里没有文件；请检查后重新压缩。")
	}
	for _, m := range z.File {
		name := memberName(m)
		switch {
		case strings.HasSuffix(name, "/"):
		case leadsOut(name):
			f.unread(name, errs.New(errs.Unsupported, "压缩包内的“%s”要解压到别的文件夹里去，没有打开；请重新压缩。", path.Base(name)))
		case systemFile(name):
			f.addText(Property, doc.Place{}, "系统附带文件", name)
		case !m.Mode().IsRegular():
			f.unread(name, errs.New(errs.Unsupported, "压缩包内的“%s”是链接，不是文件；请换成文件本身。", path.Base(name)))
		default:
			f.Inner = append(f.Inner, Inner{Name: name, Open: func() ([]byte, error) { return budget.unpack(m) }})
		}
	}
	return nil
}

// leadsOut tells names that point out of the folder that an archive is unpacked in.
func leadsOut(name string) bool {
	return strings.HasPrefix(name, "/") || strings.HasPrefix(path.Clean(name), "..") || len(name) > 1 && name[1] == ':'
}

var zipEnd = []byte("PK\x05\x06")

// afterZip tells what stands behind the end of an archive, which no program shows.
func afterZip(data []byte, f *File) {
	const fixed = 22 // bytes of the end itself, the length of its comment last
	at := bytes.LastIndex(data, zipEnd)
	if at < 0 || at+fixed > len(data) {
		return
	}
	end := at + fixed + int(binary.LittleEndian.Uint16(data[at+fixed-2:]))
	if end < len(data) && len(bytes.Trim(data[end:], "\x00\r\n ")) > mostTrailing {
		f.add(Layer{Kind: Embedded, Name: "文件末尾附加的数据"})
	}
}

func (b *Budget) unpack(m *zip.File) ([]byte, error) {
	if m.Flags&1 != 0 {
		return nil, errs.New(errs.Encrypted, "压缩包内的文件设有密码，无法读取；请去除密码后再试。")
	}
	in, err := m.Open()
	if err != nil {
		return nil, errs.Wrap(err, errs.Unsupported, "压缩包内的文件用了不认识的压缩方法或者已损坏，无法读取；请重新压缩后再试。")
	}
	defer func() { _ = in.Close() }()
	data, err := opc.ReadLimited(in, m.UncompressedSize64, m.CompressedSize64, min(MaxMember, b.left))
	b.left -= int64(len(data))
	if errs.KindOf(err) == errs.TooLarge {
		b.left = max(0, b.left-MaxMember) // bombs must not be tried without end
		return nil, errs.Wrap(err, errs.TooLarge, "压缩包解压后过大（单个文件超过 %d MB、合计超过 %d MB 或压缩比异常），未读取；请分开提交。", MaxMember>>20, MaxUnpacked>>20)
	}
	return data, err
}

// memberName gives a name as it was meant: old Windows programs write GBK.
func memberName(m *zip.File) string {
	name := m.Name
	if m.NonUTF8 {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return strings.ReplaceAll(strings.ToValidUTF8(name, "�"), `\`, "/")
}

// systemFile tells files that systems and programs leave in folders.
func systemFile(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "~$") || base == ".ds_store" || base == "thumbs.db" || base == "desktop.ini"
}
