package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"gongkai/internal/errs"
)

// problemPage is what the page of an error shows. Every route may show it, in its
// own frame.
type problemPage struct {
	Status   int
	Sentence string
	Incident string // number to name on the telephone; "" when nothing broke
}

var problemTemplate = Define[problemPage]("bare/problem")

// Problem is the template that every route may show beside its own.
func Problem() Checked { return problemTemplate }

// Status gives the HTTP status of an error.
func Status(err error) int {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	if errors.Is(err, errMethod) {
		return http.StatusMethodNotAllowed
	}
	switch errs.KindOf(err) {
	case errs.Invalid:
		return http.StatusUnprocessableEntity
	case errs.NotFound:
		return http.StatusNotFound
	case errs.Unsupported, errs.Encrypted, errs.Corrupt, errs.Picture:
		return http.StatusUnsupportedMediaType
	case errs.TooLarge:
		return http.StatusRequestEntityTooLarge
	case errs.Unauthenticated:
		return http.StatusUnauthorized
	case errs.Forbidden:
		return http.StatusForbidden
	case errs.Conflict:
		return http.StatusConflict
	case errs.TooMany:
		return http.StatusTooManyRequests
	case errs.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

var errMethod = errs.New(errs.Invalid, "这个地址不接受这样的请求，请从页面上的链接或者按钮进入。")

// clientGone is what the log says of a request whose client went away.
const clientGone = 499

// Incident logs what nobody planned for and gives the number under which the log
// has it.
func (k *Kit) Incident(ctx context.Context, err error) string {
	number, seen := k.IDs.New(), seenIn(ctx)
	k.Log.ErrorContext(ctx, "request failed", "incident", number, "request", seen.id, "route", seen.route, "error", err)
	return number
}

// Fail answers with the page of an error; on routes of the API with a problem
// document. Who only has to sign in is led there. What nobody planned for gets
// an incident number, under which the log has the cause; the person never sees
// it. An answer that has begun is broken off, so that half of it is not taken
// for the whole.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	seen := seenIn(r.Context())
	switch {
	case r.Context().Err() != nil:
		seen.status = clientGone
		k.Log.DebugContext(r.Context(), "client went away", "request", seen.id, "error", err)
		return
	case seen.status != 0:
		k.Incident(r.Context(), err)
		panic(http.ErrAbortHandler)
	}
	route, page := routeIn(r), k.problem(r, err)
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	if route.Frame == API {
		k.failAPI(w, page, errs.FieldsOf(err))
		return
	}
	if reads := r.Method == http.MethodGet || r.Method == http.MethodHead; reads && page.Status == http.StatusUnauthorized {
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if err := problemTemplate.ShowStatus(k, w, r, page.Status, k.problemTitle(r, page.Status), page); err != nil {
		k.Log.ErrorContext(r.Context(), "error page failed", "error", err)
		http.Error(w, page.Sentence, page.Status)
	}
}

// problem puts an error into words.
func (k *Kit) problem(r *http.Request, err error) problemPage {
	page := problemPage{Status: Status(err), Sentence: errs.Public(err)}
	program := routeIn(r).Frame == API
	switch {
	case page.Status == http.StatusInternalServerError:
		page.Incident = k.Incident(r.Context(), err)
		page.Sentence = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把下面的编号告诉系统管理员。"
		if program {
			page.Sentence = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把 instance 中的编号告诉系统管理员。"
		}
	case page.Status == http.StatusRequestEntityTooLarge && errs.KindOf(err) == errs.Internal:
		page.Sentence = "提交的内容太大，请减小文件后重试。"
	case page.Status == http.StatusUnauthorized && r.Method == http.MethodPost && !program:
		page.Sentence = "登录已经失效，刚才的内容没有提交，但仍在浏览器中：请在新的标签页中登录，再回到本页刷新，并同意重新提交。"
	}
	return page
}

// problemTitle is the heading of an error's page.
func (k *Kit) problemTitle(r *http.Request, status int) string {
	say := k.Say(r)
	switch status {
	case http.StatusUnauthorized:
		return say.T("problem.sign-in")
	case http.StatusForbidden:
		return say.T("problem.forbidden")
	case http.StatusNotFound:
		return say.T("problem.not-found")
	case http.StatusTooManyRequests:
		return say.T("problem.too-many")
	}
	return say.T("problem.title")
}

// problemDocument is the page of an error for programs (RFC 9457).
type problemDocument struct {
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"` // Chinese, for people
	Instance string         `json:"instance,omitempty"`
	Errors   []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Message  string `json:"message"`
	Location string `json:"location"`
}

func (k *Kit) failAPI(w http.ResponseWriter, page problemPage, fields errs.Fields) {
	problem := problemDocument{Title: http.StatusText(page.Status), Status: page.Status, Detail: page.Sentence, Instance: page.Incident}
	for _, f := range fields {
		problem.Errors = append(problem.Errors, problemField{f.Public, f.Name})
	}
	if page.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(page.Status)
	if err := json.NewEncoder(w).Encode(problem); err != nil {
		k.Log.Debug("problem document not sent", "error", err)
	}
}
