package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"gongkai/internal/channel"
)

// Service is where the platform is, for all accounts.
type Service struct {
	Base   string       // https://api.weixin.qq.com, or a relay of the government's network
	HTTP   *http.Client // nil for one with a time-out that follows no redirect
	Tokens *Tokens
}

// usualTimeout is how long an answer may take.
const usualTimeout = 20 * time.Second

// maxAnswer is how much of an answer is read.
const maxAnswer = 4 << 20

func (s Service) client() *http.Client {
	if s.HTTP != nil {
		return s.HTTP
	}
	return &http.Client{Timeout: usualTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// answer is what every answer may hold.
type answer struct {
	Code int    `json:"errcode"`
	Text string `json:"errmsg"`
}

// body makes the body of a request anew for each attempt.
type body func() (io.Reader, string, error)

func jsonBody(value any) body {
	return func() (io.Reader, string, error) {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // the platform shows \u003c as it stands
		return &b, "application/json; charset=utf-8", e.Encode(value)
	}
}

func fileBody(name string, data []byte) body {
	return func() (io.Reader, string, error) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		part, err := w.CreateFormFile("media", name)
		if err == nil {
			_, err = part.Write(data)
		}
		return &b, w.FormDataContentType(), errors.Join(err, w.Close())
	}
}

// call makes a call with the account's token; one that is no longer good is fetched
// anew, once.
func (a *Account) call(ctx context.Context, path string, query url.Values, b body, into any) error {
	token, err := a.token(ctx, "")
	if err != nil {
		return err
	}
	err = a.post(ctx, path, query, token, b, into)
	var p *channel.Problem
	if errors.As(err, &p) && expired(p.Code) {
		if token, err = a.token(ctx, token); err != nil {
			return err
		}
		err = a.post(ctx, path, query, token, b, into)
	}
	return err
}

// post makes one call. The address holds the token, so no error names it.
func (a *Account) post(ctx context.Context, path string, query url.Values, token string, b body, into any) error {
	content, kind, err := b()
	if err != nil {
		return err
	}
	values := url.Values{}
	for name, all := range query {
		values[name] = all
	}
	if token != "" {
		values.Set("access_token", token)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Service.Base+path+"?"+values.Encode(), content)
	if err != nil {
		return fmt.Errorf("wechat %s: the address of the platform is no address", path)
	}
	r.Header.Set("Content-Type", kind)
	response, err := a.Service.client().Do(r)
	if err != nil {
		return fmt.Errorf("wechat %s: %w", path, unnamed(err))
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("wechat %s: %w", path, unnamed(err))
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("wechat %s: status %d", path, response.StatusCode)
	}
	var said answer
	if err := json.Unmarshal(data, &said); err != nil {
		return fmt.Errorf("wechat %s: the answer is not JSON", path)
	}
	if said.Code != 0 {
		return problem(said)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("wechat %s: the answer is another than documented: %w", path, err)
	}
	return nil
}

// unnamed takes the address out of an error of the network: it holds the token.
func unnamed(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
