package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"gongkai/internal/ident"
)

const (
	toastsKey = "toasts"
	// TokenField is the hidden field of every officer's form. Old office browsers
	// send neither Origin nor Sec-Fetch-Site, so the cross-origin check alone does
	// not hold.
	TokenField = "_form"
)

// formCookie names the cookie that form tokens are made from. It outlives the
// session: who is signed out while typing signs in again in another tab, and
// sends the same page once more.
func (k *Kit) formCookie() string {
	if k.secure {
		return "__Host-gk_form"
	}
	return "gk_form"
}

// token gives the form token of a person in this browser.
func (k *Kit) token(w http.ResponseWriter, r *http.Request) string {
	secret := ""
	if c, err := r.Cookie(k.formCookie()); err == nil {
		secret = c.Value
	}
	if secret == "" {
		secret = ident.Secret()
		http.SetCookie(w, &http.Cookie{Name: k.formCookie(), Value: secret, Path: "/", HttpOnly: true, Secure: k.secure, SameSite: http.SameSiteLaxMode})
	}
	return formToken(secret, Actor(r).ID)
}

func formToken(secret, person string) string {
	sum := sha256.Sum256([]byte(secret + " " + person))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// checkToken tells whether a form of somebody who has signed in is ours.
func (k *Kit) checkToken(r *http.Request) error {
	c, err := r.Cookie(k.formCookie())
	if err == nil && c.Value != "" && subtle.ConstantTimeCompare([]byte(formToken(c.Value, Actor(r).ID)), []byte(r.PostFormValue(TokenField))) == 1 {
		return nil
	}
	return errExpired
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
