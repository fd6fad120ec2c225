package inside

import (
	"context"

	"gongkai/internal/doc/opc"
	"gongkai/internal/doc/open"
	"gongkai/internal/errs"
)

// Reader reads files of any kind. It is safe for concurrent use.
type Reader struct {
	Opener *open.Opener
}

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 256 << 20

// Read reads a file. The name only helps to tell a list from a text; members of
// archives are unpacked from the budget. An error is a file that could not be
// read at all; what could be read of a damaged one is in the File beside it.
func (r *Reader) Read(ctx context.Context, name string, data []byte, budget *Budget) (*File, error) {
	f := &File{Format: string(open.KindOf(data))}
	if len(data) == 0 {
		return f, open.Refusal(data)
	}
	if len(data) > MaxFile {
		return f, errs.New(errs.TooLarge, "文件有 %d MB，超过 %d MB 的上限，未读取；请拆分后再试。", len(data)>>20, MaxFile>>20)
	}
	return f, r.read(ctx, name, data, f, budget)
}

func (r *Reader) read(ctx context.Context, name string, data []byte, f *File, budget *Budget) error {
	switch open.Kind(f.Format) {
	case open.Word:
		return readOffice(data, f, readWord)
	case open.Workbook:
		return readOffice(data, f, readBook)
	case open.Slides:
		return readOffice(data, f, readSlides)
	case open.Layout:
		return readOffice(data, f, readLayout)
	case open.Portable:
		return r.readPortable(ctx, data, f)
	case open.Page:
		return readPage(data, f)
	case open.PlainText:
		return readPlain(data, name, f)
	case open.Picture:
		readPicture(data, f)
		return nil
	case open.Zip:
		return readArchive(data, f, budget)
	case open.Old:
		return r.readOld(ctx, name, data, f, budget)
	}
	return open.Refusal(data)
}

func readOffice(data []byte, f *File, read func(*opc.Package, *File) error) error {
	p, err := opc.Open(data)
	if err != nil {
		return err
	}
	afterZip(data, f)
	return read(p, f)
}

// readOld reads an old office file through a converter. What the converter left
// out is not known, and a layer says so.
func (r *Reader) readOld(ctx context.Context, name string, data []byte, f *File, budget *Budget) error {
	converted, err := r.Opener.Converted(ctx, name, data)
	if err != nil {
		return err
	}
	f.add(Layer{Kind: Converted})
	f.Format = string(open.KindOf(converted))
	if f.Format == string(open.Old) {
		return open.Refusal(data)
	}
	return r.read(ctx, name, converted, f, budget)
}
