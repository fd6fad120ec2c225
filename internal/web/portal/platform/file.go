package platform

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/doc/xlsx"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// attachment is a file that belongs to a document.
type attachment struct{ Name, Path, Type, Size string }

func (p Platform) attachments(r *http.Request, n publish.Notice) ([]attachment, error) {
	var all []attachment
	for _, f := range n.Files {
		info, err := p.Files.Info(r.Context(), f.Hash)
		if err != nil {
			return nil, err
		}
		all = append(all, attachment{f.Name, Path + "/" + n.ID + "/" + f.Hash, strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), size(info.Size)})
	}
	return all, nil
}

// size writes a number of bytes as people read it.
func size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < mega {
		return strconv.FormatInt((bytes+kilo-1)/kilo, 10) + " KB"
	}
	return strconv.FormatFloat(float64(bytes)/mega, 'f', 1, 64) + " MB"
}

// file hands out an attachment of the text that is public now. It is always saved,
// never opened on the site.
func (p Platform) file(w http.ResponseWriter, r *http.Request) error {
	hash := r.PathValue("file")
	if !blob.Valid(hash) {
		return errs.New(errs.NotFound, "没有这个附件，或者已经不公开。")
	}
	name, err := p.Catalogue.PublicFile(r.Context(), r.PathValue("published"), hash)
	if err != nil {
		return err
	}
	info, err := p.Files.Info(r.Context(), hash)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	web.Attach(w, name, info.MediaType)
	_, err = io.Copy(w, content)
	return err
}

// formats are those in which a document can be taken away.
var formats = map[string]struct {
	write func(io.Writer, *doc.Doc) error
	media string
}{
	"docx": {docx.Write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	"pdf":  {pdf.Write, "application/pdf"},
	"xlsx": {xlsx.Write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
}

// download gives a document as a file of a common format (条例§24).
func (p Platform) download(w http.ResponseWriter, r *http.Request) error {
	n, err := p.Documents.Notice(r.Context(), r.PathValue("published"))
	if err != nil {
		return err
	}
	format, ok := formats[web.Format(r)]
	if !ok || n.Gone {
		return errs.New(errs.NotFound, "没有这个文件；可以下载 docx、pdf 和 xlsx 三种格式。")
	}
	var b bytes.Buffer
	if err := format.write(&b, printed(n)); err != nil {
		return err
	}
	web.Attach(w, n.Title+"."+web.Format(r), format.media)
	_, err = b.WriteTo(w)
	return err
}

// printed is a document as it is printed.
func printed(n publish.Notice) *doc.Doc {
	d := &doc.Doc{Title: n.Title}
	d.AddPara(doc.Title, n.Title)
	if n.Number != "" {
		d.AddPara(doc.Plain, n.Number)
	}
	if n.To != "" {
		d.AddPara(doc.Addressee, strings.TrimSuffix(n.To, "：")+"：")
	}
	d.Blocks = append(d.Blocks, publish.Parse(n.Text).Blocks...)
	return d
}
