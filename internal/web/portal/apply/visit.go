package apply

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"time"

	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/intake"
	"gongkai/internal/locale"
	"gongkai/internal/web"
)

// What the session keeps of a visitor who has not signed in.
const (
	draftKey   = "request-draft"   // secret of the draft
	mineKey    = "request-mine"    // key of the request that they were let in to
	opinionKey = "request-opinion" // key and reference of the consultation that they answer
	untilKey   = "request-until"   // seconds since 1970, when they are let out again
	idleKey    = "idle"            // as the sessions have it
)

// stay is how long somebody is let in to a request after the last page.
const stay = 30 * time.Minute

// formField is the hidden field that binds a form to the draft it belongs to:
// another site cannot know it, and another window's page is noticed.
const formField = "draft"

func formOf(secret string) string {
	if secret == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("form " + secret))
	return hex.EncodeToString(sum[:8])
}

func (p Apply) say(r *http.Request) *locale.Catalogue { return p.Kit.Say(r) }

// typed is the draft of a visit.
type typed struct {
	secret string // "" when none was begun
	intake.Draft
	request string // that it became
	lost    bool   // there was one, and its time is over
}

func (p Apply) draft(r *http.Request) (t typed, err error) {
	t.secret = p.Kit.Sessions.GetString(r.Context(), draftKey)
	if t.secret == "" {
		return t, nil
	}
	t.Draft, t.request, err = p.Counter.Open(r.Context(), t.secret)
	if errs.KindOf(err) == errs.NotFound {
		return typed{lost: true}, nil
	}
	return t, err
}

// address gives where a visit comes from, of IPv6 the network: a household has
// as many addresses there as it likes.
func (p Apply) address(r *http.Request) string {
	text := p.Kit.Address(r)
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Unmap().Is4() {
		return text
	}
	const household = 64
	network, err := addr.WithZone("").Prefix(household)
	if err != nil {
		return text
	}
	return network.String()
}

// keep keeps the draft, and begins one where there is none.
func (p Apply) keep(r *http.Request, t *typed) error {
	ctx := r.Context()
	if t.secret != "" {
		return p.Counter.Keep(ctx, t.secret, t.Draft)
	}
	secret, err := p.Counter.Begin(ctx, p.address(r), t.Draft)
	if err != nil {
		return err
	}
	t.secret = secret
	if err := p.Kit.Sessions.RenewToken(ctx); err != nil { // one that was planted is worth nothing
		return err
	}
	p.Kit.Sessions.Put(ctx, draftKey, secret)
	p.linger(ctx, r)
	return nil
}

// linger lets the session live as long as a draft; that of an officer has its own
// rules.
func (p Apply) linger(ctx context.Context, r *http.Request) {
	if !web.Actor(r).SignedIn() {
		p.Kit.Sessions.Put(ctx, idleKey, int(intake.Life.Seconds()))
	}
}

// let lets the visitor in to one request, or to one consultation.
func (p Apply) let(r *http.Request, key, value string) error {
	if err := p.Kit.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	p.Kit.Sessions.Put(r.Context(), key, value)
	p.Kit.Sessions.Put(r.Context(), untilKey, p.Kit.Now().Add(stay).Unix())
	return nil
}

// own gives what the visitor was let in to, "" when their time is over.
func (p Apply) own(r *http.Request, key string) string {
	ctx, now := r.Context(), p.Kit.Now()
	value := p.Kit.Sessions.GetString(ctx, key)
	if value == "" {
		return ""
	}
	if now.Unix() > p.Kit.Sessions.GetInt64(ctx, untilKey) {
		p.Kit.Sessions.Remove(ctx, key)
		return ""
	}
	const slack = 5 * time.Minute // a page more or less is not worth a change
	if until := now.Add(stay).Unix(); until-p.Kit.Sessions.GetInt64(ctx, untilKey) > int64(slack.Seconds()) {
		p.Kit.Sessions.Put(ctx, untilKey, until)
	}
	return value
}

// mineRequest gives the request that the visitor was let in to.
func (p Apply) mineRequest(r *http.Request) (foi.Request, bool, error) {
	id := p.own(r, mineKey)
	if id == "" {
		return foi.Request{}, false, nil
	}
	request, err := p.Requests.Request(r.Context(), id)
	return request, err == nil, err
}

// leave forgets whom the visitor was let in as; what is being filled in stays.
func (p Apply) leave(w http.ResponseWriter, r *http.Request) error {
	for _, key := range []string{mineKey, opinionKey, untilKey} {
		p.Kit.Sessions.Remove(r.Context(), key)
	}
	return web.Redirect(w, r, Path+"/track")
}

func english(say *locale.Catalogue) bool { return say.Lang == locale.English }

func word(say *locale.Catalogue, w foi.Word) string {
	if english(say) {
		return w.English
	}
	return w.Chinese
}

func options(say *locale.Catalogue, choices []foi.Choice) []web.Option {
	var all []web.Option
	for _, c := range choices {
		all = append(all, web.Option{Value: c.Value, Label: word(say, c.Word)})
	}
	return all
}
