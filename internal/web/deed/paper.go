package deed

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

const (
	// MaxUpload is how many bytes the files of one form may have.
	MaxUpload = 60 << 20
	// MaxFile is how many bytes one of them may have.
	MaxFile = 20 << 20
)

// File is a file that came with a form.
type File struct{ Hash, Name string }

// Files keeps what people send in.
type Files interface {
	Put(ctx context.Context, r io.Reader, most int64) (blob.Info, error)
	Info(ctx context.Context, hash string) (blob.Info, error)
	Open(hash string) (io.ReadSeekCloser, error)
}

// Papers takes in the files of forms.
type Papers struct {
	Kit   *web.Kit
	Files Files
	Types []string // that are taken, by content and never by name
	Named string   // what they are called, in Chinese
	Key   string   // where the session notes which files it has brought
	Only  string   // the one field whose files are kept; "" for all
	Most  int      // files of a field; 0 for any number
	// Single tells files apart by their names: a later one of the same name takes
	// the place of the earlier.
	Single bool
}

// Read reads a form that was sent and keeps its files. Files that the session has
// brought before, and those that the thing itself has, may be named again without
// being sent again; no others.
func (p Papers) Read(r *http.Request, have ...string) (*Values, error) {
	typed, err := p.Kit.ReadForm(r)
	if err != nil {
		return nil, err
	}
	v := &Values{Values: typed, Files: map[string][]File{}}
	brought := strings.Fields(p.Kit.Sessions.GetString(r.Context(), p.Key))
	known := slices.Concat(brought, have)
	for name, told := range v.Values {
		field, ok := strings.CutPrefix(name, web.KeptPrefix)
		if !ok || !p.keeps(field) {
			continue
		}
		for _, t := range told {
			if hash, file, cut := strings.Cut(t, "/"); cut && slices.Contains(known, hash) {
				v.keep(field, File{hash, FileName(file)}, p.Single)
			}
		}
	}
	if r.MultipartForm == nil {
		return v, nil
	}
	for field, heads := range r.MultipartForm.File {
		if !p.keeps(field) {
			continue
		}
		for _, head := range heads {
			if err := p.keep(r, v, field, head, &brought); err != nil {
				return nil, err
			}
		}
		if p.Most > 0 && len(v.Files[field]) > p.Most {
			v.Wrong.Add(field, "文件太多，一次最多 %d 个；请合并成一个 PDF 再上传。", p.Most)
		}
	}
	p.Kit.Sessions.Put(r.Context(), p.Key, strings.Join(brought, " "))
	return v, nil
}

func (p Papers) keeps(field string) bool { return p.Only == "" || p.Only == field }

// keep keeps a file that was sent, if it is of a type that is taken.
func (p Papers) keep(r *http.Request, v *Values, field string, head *multipart.FileHeader, brought *[]string) error {
	if head.Size == 0 {
		return nil
	}
	content, err := head.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	name := FileName(head.Filename)
	if kind, err := sniff(content); err != nil || !slices.Contains(p.Types, kind) {
		v.Wrong.Add(field, "文件“%s”不是可以接收的类型；请上传 %s。", name, p.Named)
		return err
	}
	info, err := p.Files.Put(r.Context(), content, MaxFile)
	if errs.KindOf(err) == errs.TooLarge {
		v.Wrong.Add(field, "文件“%s”太大，每个最多 %d MB。", name, MaxFile>>20)
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.Contains(*brought, info.Hash) {
		*brought = append(*brought, info.Hash)
	}
	v.keep(field, File{info.Hash, name}, p.Single)
	return nil
}

// Hand gives a file out under the name that it goes by.
func (p Papers) Hand(w http.ResponseWriter, r *http.Request, f File) error {
	info, err := p.Files.Info(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(info.Hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	web.Attach(w, f.Name, info.MediaType)
	_, err = io.Copy(w, content)
	return err
}

// sniff tells the type of a content and leaves it at its beginning.
func sniff(content multipart.File) (string, error) {
	head := make([]byte, 512)
	n, err := content.Read(head)
	if err != nil {
		return "", err
	}
	_, err = content.Seek(0, 0)
	return http.DetectContentType(head[:n]), err
}

// FileName is the name that a file goes by.
func FileName(name string) string { return blob.FileName(name) }
