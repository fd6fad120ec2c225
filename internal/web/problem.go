package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/locale"
)

// problemPage is what the page of an error shows. Every route may show it, in its
// own frame.
type problemPage struct {
	Status   int
	Sentence string
	Chinese  bool      // the sentence is Chinese, whatever the page speaks
	Incident string    // number to name on the telephone; "" when nothing broke
	At       time.Time // of the incident
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
	if k.Explain != nil {
		err = k.Explain(err)
	}
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
	program, say := routeIn(r).Frame == API, k.Say(r)
	var (
		ours *said
		most *http.MaxBytesError
	)
	switch {
	case page.Status == http.StatusServiceUnavailable:
		k.Log.WarnContext(r.Context(), "unavailable", "request", seenIn(r.Context()).id, "route", seenIn(r.Context()).route, "error", err)
	case page.Status == http.StatusInternalServerError && program:
		page.Incident = k.Incident(r.Context(), err)
		page.Sentence = "系统出错了，刚才的操作没有完成；请稍后重试，仍不行时把 instance 中的编号告诉系统管理员。"
	case page.Status == http.StatusInternalServerError:
		page.Incident, page.At = k.Incident(r.Context(), err), k.Now()
		page.Sentence = say.T("problem.broken")
	case program && errors.Is(err, errMethod):
		page.Sentence = "这个接口地址不接受这种请求方法；可用的方法见 Allow，全部接口见 /api。"
	case program && errors.Is(err, errNoPage):
		page.Sentence = "没有这个接口地址；全部接口见 /api。"
	case program && errors.Is(err, errTooMany):
		page.Sentence = "访问太频繁，请按 Retry-After 的秒数等待后再试。"
	case program && errors.As(err, &most):
		page.Sentence = fmt.Sprintf("请求的内容太大，最多 %d 字节。", most.Limit)
	case program:
	case page.Status == http.StatusUnauthorized && r.Method == http.MethodPost:
		page.Sentence = say.T("problem.signed-out")
	case errors.As(err, &ours):
		page.Sentence = say.T(ours.key, ours.args...)
	case errors.As(err, &most):
		large := tooLarge(most.Limit)
		page.Sentence = say.T(large.key, large.args...)
	case say.Lang == locale.English:
		page.Sentence = errs.English(err)
		page.Chinese = page.Sentence == errs.Public(err)
	}
	return page
}

// problemTitle is the heading of an error's page.
func (k *Kit) problemTitle(r *http.Request, status int) string {
	key, ok := problemTitles[status]
	if !ok {
		key = "problem.title"
	}
	return k.Say(r).T(key)
}

// problemTitles are the keys of the headings, by status.
var problemTitles = map[int]string{
	http.StatusUnauthorized:          "problem.sign-in",
	http.StatusForbidden:             "problem.forbidden",
	http.StatusNotFound:              "problem.not-found",
	http.StatusMethodNotAllowed:      "problem.not-so",
	http.StatusConflict:              "problem.changed",
	http.StatusRequestEntityTooLarge: "problem.large",
	http.StatusTooManyRequests:       "problem.too-many",
	http.StatusServiceUnavailable:    "problem.away",
	http.StatusInternalServerError:   "problem.failed",
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
