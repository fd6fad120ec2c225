// Package collected holds the pages on which a competent department gathers the annual
// reports of those below it (条例§49): how each organ stands, what comes in as files with
// the doubtful figures beside the text, what was found when all are checked against each
// other, notices to put it right with the organs' answers, and figures over the years.
//
// Start at Pages.
package collected

import (
	"context"
	"net/http"
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/blob"
	"gongkai/internal/calendar"
	"gongkai/internal/collect"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Pages are the pages.
type Pages struct {
	Kit   *web.Kit
	Desk  *collect.Desk
	Key   string // public, which others have to register
	Trees org.Trees
	Files interface {
		Info(ctx context.Context, hash string) (blob.Info, error)
	}
	Names interface {
		Names(ctx context.Context, ids []string) (map[string]string, error)
	}
}

// Path is where the list is.
const (
	Path         = "/desk/collected"
	receivePath  = Path + "/receive"
	waitingPath  = Path + "/waiting"
	receivedPath = Path + "/received/"
	noticesPath  = Path + "/notices"
	trendPath    = Path + "/trend/"
)

// maxUpload is how many bytes the files of one upload may have together.
const maxUpload = 128 << 20

func casePath(organ string, year int) string { return Path + "/" + organ + "/" + strconv.Itoa(year) }

// Routes gives the pages.
func (p Pages) Routes() []web.Route {
	page := func(method, under string, acts []account.Act, handle web.Handler, shows ...web.Checked) web.Route {
		return web.Route{Method: method, Path: Path + under, Frame: web.Desk, Rule: web.Needs(acts...), Handle: handle, Shows: shows}
	}
	watch, collects := []account.Act{account.WatchReports}, []account.Act{account.CollectReports}
	both := []account.Act{account.CollectReports, account.AnswerNotices}
	const received, one, notice = "/received/{received}", "/{organ}/{year}", "/notices/{mending}"
	upload := page("POST", "/receive", collects, p.receive, receiveTemplate)
	upload.Upload = maxUpload
	all := []web.Route{
		page("GET", "", watch, p.list, listTemplate),
		page("GET", "/receive", collects, p.askReceive, receiveTemplate),
		upload,
		page("GET", "/batch/{bringing}", collects, p.batch, batchTemplate),
		page("POST", "/batch/{bringing}", collects, p.readAgain),
		page("GET", "/waiting", collects, p.waiting, waitingTemplate),
		page("GET", received, watch, p.received, receivedTemplate),
		page("GET", received+"/file", watch, p.file),
		page("GET", received+"/page/{page}", watch, p.sheetPicture),
		page("POST", received+"/cells", collects, p.settle, receivedTemplate),
		page("POST", received+"/place", collects, p.place, receivedTemplate),
		page("POST", received+"/drop", collects, p.drop, receivedTemplate),
		page("GET", "/trend/{organ}", watch, p.trend, trendTemplate),
		page("GET", one, watch, p.show, caseTemplate),
		page("GET", one+"/page", watch, p.marked),
		page("GET", one+"/notice", collects, p.askIssue, issueTemplate),
		page("POST", one+"/notice", collects, p.issue, issueTemplate),
		page("GET", "/notices", both, p.notices, noticesTemplate),
		page("GET", notice, both, p.notice, noticeTemplate),
		page("GET", notice+"/page", both, p.noticePage),
	}
	all = append(all, p.senderRoutes()...)
	for _, a := range acts() {
		ask := page("GET", notice+"/"+a.slug, []account.Act{a.right}, func(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, a) }, actTemplate)
		do := page("POST", notice+"/"+a.slug, []account.Act{a.right}, func(w http.ResponseWriter, r *http.Request) error { return p.do(w, r, a) }, actTemplate)
		do.Upload = collect.MaxFile + web.MaxForm
		all = append(all, ask, do)
	}
	return all
}

// year reads the year off the address.
func year(r *http.Request) (int, error) {
	y, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return 0, errs.New(errs.NotFound, "没有这个年份的报告。")
	}
	return y, nil
}

func in(say *locale.Catalogue, w collect.Word) string {
	if say.Lang == locale.English {
		return w.English
	}
	return w.Chinese
}

func iso(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func count(n int) string { return strconv.Itoa(n) }
