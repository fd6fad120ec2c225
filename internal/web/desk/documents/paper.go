package documents

import (
	"mime/multipart"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

const (
	maxUpload = 60 << 20 // bytes of the files of one form
	maxFile   = 20 << 20
)

// accepted are the types of attachments, by content and never by name: PDF, pictures,
// office files (which are zip archives), plain text.
var accepted = []string{"application/pdf", "image/jpeg", "image/png", "application/zip", "text/plain; charset=utf-8"}

// acceptNames is what a browser offers to choose from.
const acceptNames = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.pptx,.ofd,.txt,.csv"

// keptKey is where the session notes which files it has brought: only those may be
// named again without being sent again.
const keptKey = "document files sent"

// Fields of files.
const (
	filesField  = "files"
	sourceField = "source" // a document in official form, to be read
)

// keepFiles keeps the files that a form brings, and finds those again that it
// brought before.
func (p Pages) keepFiles(r *http.Request, v *values, have []publish.File) error {
	brought := strings.Fields(p.Kit.Sessions.GetString(r.Context(), keptKey))
	known := slices.Clone(brought)
	for _, f := range have {
		known = append(known, f.Hash)
	}
	for _, told := range v.Values[web.KeptPrefix+filesField] {
		hash, name, cut := strings.Cut(told, "/")
		if cut && slices.Contains(known, hash) {
			v.keep(publish.File{Hash: hash, Name: fileName(name)})
		}
	}
	if r.MultipartForm == nil {
		return nil
	}
	for _, head := range r.MultipartForm.File[filesField] {
		if err := p.keepFile(r, v, head, &brought); err != nil {
			return err
		}
	}
	p.Kit.Sessions.Put(r.Context(), keptKey, strings.Join(brought, " "))
	return nil
}

func (p Pages) keepFile(r *http.Request, v *values, head *multipart.FileHeader, brought *[]string) error {
	if head.Size == 0 {
		return nil
	}
	content, err := head.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	name := fileName(head.Filename)
	if kind, err := sniff(content); err != nil || !slices.Contains(accepted, kind) {
		v.wrong.Add(filesField, "文件“%s”不是可以接收的类型；请上传 PDF、JPG、PNG、TXT，或者 docx、xlsx、pptx、ofd 文件。", name)
		return err
	}
	info, err := p.Files.Put(r.Context(), content, maxFile)
	if errs.KindOf(err) == errs.TooLarge {
		v.wrong.Add(filesField, "文件“%s”太大，每个最多 %d MB。", name, maxFile>>20)
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.Contains(*brought, info.Hash) {
		*brought = append(*brought, info.Hash)
	}
	v.keep(publish.File{Hash: info.Hash, Name: name})
	return nil
}

// keep adds an attachment. Parts of a document are told apart by their names, so a
// later one of the same name takes the place of the earlier.
func (v *values) keep(f publish.File) {
	all := v.files[filesField]
	if i := slices.IndexFunc(all, func(o publish.File) bool { return o.Name == f.Name }); i >= 0 {
		all[i] = f
		return
	}
	v.files[filesField] = append(all, f)
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

// fileName is the name that a file goes by: without folders, not too long.
func fileName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[len(runes)-100:])
	}
	if name == "" || name == "." {
		return "文件"
	}
	return name
}
