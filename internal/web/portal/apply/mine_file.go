package apply

import (
	"io"
	"net/http"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/personal"
	"gongkai/internal/web"
)

// letterLine is a letter that can be taken away.
type letterLine struct{ Kind, Title, Number, On, PDF, Docx string }

func (p Apply) letters(r *http.Request, request foi.Request) ([]letterLine, error) {
	all, err := p.Letters.OfApplicant(r.Context(), request.ID)
	var lines []letterLine
	for _, l := range all {
		path := Path + "/mine/letter/" + l.ID
		lines = append(lines, letterLine{l.Kind, l.Title, l.Number, dayWords(p.say(r), l.SentOn), path + "?format=pdf", path + "?format=docx"})
	}
	return lines, err
}

// letterTypes are the formats of letters.
var letterTypes = map[string]string{
	"pdf":  "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// letter hands out a letter of the request that the visitor was let in to.
func (p Apply) letter(w http.ResponseWriter, r *http.Request) error {
	request, ok, err := p.mineRequest(r)
	if err != nil {
		return err
	}
	if !ok {
		return web.Redirect(w, r, Path+"/track")
	}
	format := web.Format(r)
	if letterTypes[format] == "" {
		format = "pdf"
	}
	name, data, err := p.Letters.FileOfApplicant(r.Context(), request.ID, r.PathValue("letter"), format)
	if err != nil {
		return err
	}
	web.Attach(w, name, letterTypes[format])
	_, err = w.Write(data)
	return err
}

// file hands out what was released, once the reply is served.
func (p Apply) file(w http.ResponseWriter, r *http.Request) error {
	request, ok, err := p.mineRequest(r)
	if err != nil {
		return err
	}
	if !ok {
		return web.Redirect(w, r, Path+"/track")
	}
	f, ok := releasedBy(request, r.PathValue("file"))
	if !ok {
		return errs.New(errs.NotFound, "没有这个文件，或者答复还没有送达。")
	}
	info, err := p.Files.Info(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(f.Hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	if err := p.Desk.TakeFile(r.Context(), request, f); err != nil {
		return err // what is not on record is not handed out
	}
	web.Attach(w, f.Name, info.MediaType)
	_, err = io.Copy(w, content)
	return err
}

// releasedBy finds a file that was released with a reply that is served.
func releasedBy(r foi.Request, hash string) (foi.File, bool) {
	for _, n := range served(r) {
		for _, item := range r.Decisions[n-1].Items {
			for _, f := range item.Files {
				if f.Hash == hash {
					return f, true
				}
			}
		}
	}
	return foi.File{}, false
}

// maskedOf gives a datum of somebody as it may be shown.
func (p Apply) maskedOf(r *http.Request, party foi.Party, kind string) (string, error) {
	owner := event.Subject{}
	owner.Type, owner.ID, _ = strings.Cut(party.Owner, "/")
	all, err := p.Vault.Masked(r.Context(), owner)
	for _, s := range all {
		if s.Kind == personal.Kind(kind) {
			return s.Masked, nil
		}
	}
	return "", err
}
