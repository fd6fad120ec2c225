package web

import (
	"errors"
	"net/http"

	"gongkai/internal/errs"
)

// problemPage is what the page of an error shows.
type problemPage struct {
	Status   int
	Sentence string
	Incident string // number to name on the telephone; "" when nothing broke
}

var problemTemplate = Define[problemPage]("bare/problem")

// Status gives the HTTP status of an error.
func Status(err error) int {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
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

// Fail answers with the page of an error. What nobody planned for gets an
// incident number, under which the log has the cause; the person never sees it.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) {
	status := Status(err)
	page := problemPage{Status: status, Sentence: errs.Public(err)}
	if status == http.StatusInternalServerError {
		page.Incident = k.IDs.New()
		k.Log.ErrorContext(r.Context(), "request failed", "incident", page.Incident, "method", r.Method, "path", r.URL.Path, "error", err)
		page.Sentence = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把下面的编号告诉系统管理员。"
	}
	if status == http.StatusUnauthorized && r.Method == http.MethodGet {
		http.Redirect(w, r, "/login?next="+r.URL.RequestURI(), http.StatusSeeOther)
		return
	}
	if err := problemTemplate.ShowStatus(k, w, r, status, k.Say(r).T("problem.title"), page); err != nil {
		k.Log.ErrorContext(r.Context(), "error page failed", "error", err)
		http.Error(w, page.Sentence, status)
	}
}
