package requests

import (
	"mime/multipart"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/web"
)

// Limits of what can be handed in with a form.
const (
	maxPaper  = 20 << 20
	maxPapers = 20 // files of one field
)

// accepted are the types of papers, by content and never by name: PDF, pictures,
// office files (which are zip archives).
var accepted = []string{"application/pdf", "image/jpeg", "image/png", "application/zip"}

// acceptNames is what a browser offers to choose from.
const acceptNames = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd"

// keptKey is where the session notes which files it has brought: only those may
// be named again without being sent again.
const keptKey = "files sent"

// keepFiles keeps the files that a form brings, and finds those again that it
// brought before.
func (p Pages) keepFiles(r *http.Request, v *values, have []foi.File) error {
	brought := strings.Fields(p.Kit.Sessions.GetString(r.Context(), keptKey))
	known := slices.Clone(brought)
	for _, f := range have {
		known = append(known, f.Hash)
	}
	for name, told := range v.Values {
		field, ok := strings.CutPrefix(name, web.KeptPrefix)
		for _, t := range told {
			hash, file, cut := strings.Cut(t, "/")
			if ok && cut && slices.Contains(known, hash) {
				v.files[field] = append(v.files[field], foi.File{Hash: hash, Name: paperName(file)})
			}
		}
	}
	if r.MultipartForm == nil {
		return nil
	}
	for field, heads := range r.MultipartForm.File {
		for _, head := range heads {
			if err := p.keepFile(r, v, field, head, &brought); err != nil {
				return err
			}
		}
		if len(v.files[field]) > maxPapers {
			v.wrong.Add(field, "文件太多，一次最多 %d 个；请合并成一个 PDF 再上传。", maxPapers)
		}
	}
	p.Kit.Sessions.Put(r.Context(), keptKey, strings.Join(brought, " "))
	return nil
}

func (p Pages) keepFile(r *http.Request, v *values, field string, head *multipart.FileHeader, brought *[]string) error {
	if head.Size == 0 {
		return nil
	}
	content, err := head.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	name := paperName(head.Filename)
	if kind, err := sniff(content); err != nil || !slices.Contains(accepted, kind) {
		v.wrong.Add(field, "文件“%s”不是可以接收的类型；请上传 PDF、JPG、PNG，或者 docx、xlsx、ofd 文件。", name)
		return err
	}
	info, err := p.Files.Put(r.Context(), content, maxPaper)
	if errs.KindOf(err) == errs.TooLarge {
		v.wrong.Add(field, "文件“%s”太大，每个最多 %d MB。", name, maxPaper>>20)
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.Contains(*brought, info.Hash) {
		*brought = append(*brought, info.Hash)
	}
	v.files[field] = append(v.files[field], foi.File{Hash: info.Hash, Name: name})
	return nil
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

// paperName is the name that a file goes by: without folders, not too long.
func paperName(name string) string {
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

// papers gives the files of a field as those of a request.
func (v *values) papers(field, what string) []foi.File {
	var all []foi.File
	for _, f := range v.files[field] {
		f.What = what
		if blob.Valid(f.Hash) && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}
