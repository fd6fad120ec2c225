package web

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"

	"gongkai/internal/errs"
	"gongkai/internal/ident"
)

const (
	tokenKey  = "form"
	toastsKey = "toasts"
	// TokenField is the hidden field of every officer's form. Old office browsers
	// send neither Origin nor Sec-Fetch-Site, so the cross-origin check alone does
	// not hold.
	TokenField = "_form"
)

// token gives the session's form token.
func (k *Kit) token(r *http.Request) string {
	token := k.Sessions.GetString(r.Context(), tokenKey)
	if token == "" {
		token = ident.Secret()
		k.Sessions.Put(r.Context(), tokenKey, token)
	}
	return token
}

// checkToken tells whether a form of somebody who has signed in is ours.
func (k *Kit) checkToken(r *http.Request) error {
	want := k.Sessions.GetString(r.Context(), tokenKey)
	if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(r.FormValue(TokenField))) != 1 {
		return errs.New(errs.Conflict, "页面已过期，请返回上一页刷新后重新提交；填写的内容仍在浏览器中。")
	}
	return nil
}

// Toast notes what just happened, to be said on the next page.
func (k *Kit) Toast(r *http.Request, text string) {
	toasts := append(k.toasts(r), text)
	raw, _ := json.Marshal(toasts)
	k.Sessions.Put(r.Context(), toastsKey, string(raw))
}

func (k *Kit) toasts(r *http.Request) (texts []string) {
	_ = json.Unmarshal([]byte(k.Sessions.GetString(r.Context(), toastsKey)), &texts)
	return texts
}

func (k *Kit) takeToasts(r *http.Request) []string {
	texts := k.toasts(r)
	if len(texts) > 0 {
		k.Sessions.Remove(r.Context(), toastsKey)
	}
	return texts
}

// Redirect sends the browser to another page after a form.
func Redirect(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// Done says what happened and goes on to another page.
func (k *Kit) Done(w http.ResponseWriter, r *http.Request, path, text string) error {
	k.Toast(r, text)
	return Redirect(w, r, path)
}
