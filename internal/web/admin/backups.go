package admin

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/backup"
	"gongkai/internal/clock"
	"gongkai/internal/web"
)

// Backups are the pages about backups.
type Backups struct {
	Kit    *web.Kit
	Office backup.Office
	Keys   string // path of the key file, which is in no backup
}

// Routes gives the pages.
func (p Backups) Routes() []web.Route {
	page := func(method, path string, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: "/admin/backups" + path, Frame: web.Admin, Rule: web.Needs(account.MakeBackup), Handle: handle, Shows: shows}
	}
	return []web.Route{
		page("GET", "", p.list, backupsTemplate),
		page("POST", "", p.make),
		page("GET", "/{backup}", p.show, backupTemplate),
		page("GET", "/{backup}/file", p.download),
	}
}

type backupsData struct {
	Keys string
	Form web.Form
	List web.List
}

type backupData struct {
	Entry    backup.Entry
	Size     string
	Manifest backup.Manifest
	Made     string
	Rows     string
	Wrong    string // what is wrong with it; "" when it is whole
}

var (
	backupsTemplate = web.Define[backupsData]("admin/backups")
	backupTemplate  = web.Define[backupData]("admin/backup")
)

func (p Backups) list(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Office.List(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	list := web.List{
		Caption: say.T("backup.title"), Path: "/admin/backups", Total: len(all),
		Columns: []web.Column{{Label: say.T("backup.name")}, {Label: say.T("backup.when"), Narrow: true}, {Label: say.T("backup.size"), Number: true}},
		Empty:   web.Empty{Title: say.T("backup.none"), Text: say.T("backup.none-text")},
	}
	q := web.ReadList(r, nil, nil)
	list.Query = q
	from := min(q.Offset(), len(all))
	for _, e := range all[from:min(from+q.Limit(), len(all))] {
		list.Rows = append(list.Rows, web.Row{Cells: []web.Cell{{Text: e.Name, Link: "/admin/backups/" + e.Name}, {Text: e.Made.Format("2006-01-02 15:04")}, {Text: megabytes(e.Size)}}})
	}
	return backupsTemplate.Show(p.Kit, w, r, say.T("backup.title"), backupsData{p.Keys, web.Form{Submit: say.T("backup.make")}, list})
}

func megabytes(size int64) string {
	if size < 1<<20 {
		return strconv.FormatInt((size+1023)>>10, 10) + " KB"
	}
	return fmt.Sprintf("%.1f MB", float64(size)/(1<<20))
}

func (p Backups) make(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.Kit.ReadForm(r); err != nil {
		return err
	}
	e, m, err := p.Office.Make(r.Context(), web.Actor(r))
	if err != nil {
		return err
	}
	return p.Kit.Done(w, r, "/admin/backups", p.Kit.Say(r).T("backup.done", e.Name, rows(m)))
}

func rows(m backup.Manifest) (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// show reads the whole backup, so that what it says is true now.
func (p Backups) show(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("backup")
	m, err := p.Office.Verify(r.Context(), web.Actor(r), name)
	entry, missing := p.Office.Shelf.Entry(name)
	if missing != nil {
		return missing
	}
	data := backupData{Entry: entry, Size: megabytes(entry.Size), Manifest: m, Made: m.Made.In(clock.Shanghai).Format("2006-01-02 15:04"), Rows: strconv.FormatInt(rows(m), 10)}
	var form web.Form
	if err != nil && !form.Fail(err) {
		return err
	}
	data.Wrong = form.Summary
	return backupTemplate.Show(p.Kit, w, r, name, data)
}

func (p Backups) download(w http.ResponseWriter, r *http.Request) error {
	file, entry, err := p.Office.Open(r.Context(), web.Actor(r), r.PathValue("backup"))
	if err != nil {
		return err
	}
	defer file.Close()
	web.Attach(w, entry.Name, "application/zstd")
	w.Header().Set("Content-Length", strconv.FormatInt(entry.Size, 10))
	_, err = io.Copy(w, file)
	return err
}
