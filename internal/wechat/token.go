package wechat

import (
	"context"
	"sync"
	"time"

	"gongkai/internal/clock"
)

// Tokens keeps the tokens of accounts while they hold. Several processes may fetch
// them: the stable interface gives all of them the same one.
type Tokens struct {
	Clock clock.Clock

	mu  sync.Mutex
	all map[string]token
}

type token struct {
	value string
	until time.Time
}

// early is how long before its end a token counts as over.
const early = 5 * time.Minute

func (t *Tokens) get(app string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.all[app]; one.value != "" && t.Clock.Now().Before(one.until) {
		return one.value
	}
	return ""
}

func (t *Tokens) put(app, value string, lives time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = map[string]token{}
	}
	t.all[app] = token{value, t.Clock.Now().Add(max(lives-early, lives/2))}
}

// token gives the account's token. bad is one that the platform no longer takes: where
// it gives the same again, it is asked to make another.
func (a *Account) token(ctx context.Context, bad string) (string, error) {
	app := a.App + "\x00" + a.Secret
	if kept := a.Service.Tokens.get(app); kept != "" && kept != bad {
		return kept, nil
	}
	fresh, lives, err := a.fetch(ctx, false)
	if err == nil && fresh == bad {
		fresh, lives, err = a.fetch(ctx, true)
	}
	if err != nil {
		return "", err
	}
	a.Service.Tokens.put(app, fresh, lives)
	return fresh, nil
}

// fetch asks for a token (stable_token).
func (a *Account) fetch(ctx context.Context, anew bool) (string, time.Duration, error) {
	var got struct {
		Token   string `json:"access_token"`
		Expires int    `json:"expires_in"`
	}
	err := a.post(ctx, "/cgi-bin/stable_token", nil, "", jsonBody(map[string]any{
		"grant_type": "client_credential", "appid": a.App, "secret": a.Secret, "force_refresh": anew,
	}), &got)
	return got.Token, time.Duration(got.Expires) * time.Second, err
}
