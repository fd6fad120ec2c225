package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/client"
	"gongkai/internal/errs"
	"gongkai/internal/web"
)

const (
	keyHeader    = "Idempotency-Key"
	maxKeyLength = 100
	maxBody      = 1 << 20 // as the kit's MaxForm
)

func idempotencyHeader() *huma.Param {
	longest := maxKeyLength
	return &huma.Param{
		Name: keyHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &longest},
		Description: "调用方自定的唯一值。同一个值重复发送时只执行一次，并返回第一次的结果；保留 24 小时。",
	}
}

// once does calls with an idempotency key once.
type once struct{ keys client.Answers }

// keptHeaders are what an answer that is given again has of the first.
var keptHeaders = []string{"Content-Type", "ETag"}

func (o once) serve(next web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		key := r.Header.Get(keyHeader)
		if key == "" {
			return next(w, r)
		}
		if len(key) > maxKeyLength {
			return errs.New(errs.Invalid, "%s 太长，最多%d个字符。", keyHeader, maxKeyLength)
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		caller, request := web.Actor(r).ID, digest(r, body)
		kept, first, err := o.keys.Claim(r.Context(), caller, key, request)
		switch {
		case err != nil:
			return err
		case first:
			return o.run(next, w, r, caller, key, request)
		case kept.Request != request:
			return errs.New(errs.Invalid, "这个 %s 已用于另一个请求，请换一个值。", keyHeader)
		case kept.Status == 0:
			w.Header().Set("Retry-After", "1")
			return errs.New(errs.Conflict, "同一请求正在处理，请稍后用同一个 %s 再发一次，即可得到结果。", keyHeader)
		}
		for name, value := range kept.Header {
			w.Header().Set(name, value)
		}
		w.Header().Set("Idempotent-Replayed", "true")
		w.WriteHeader(kept.Status)
		_, err = w.Write(kept.Body)
		return err
	}
}

// run makes the first call and keeps its answer, unless the call broke: then it
// may be tried again with the same key. Also a caller who has gone away finds
// the answer when asking again.
func (o once) run(next web.Handler, w http.ResponseWriter, r *http.Request, caller, key, request string) error {
	ctx := context.WithoutCancel(r.Context())
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	err := next(rec, r.WithContext(ctx))
	if err != nil || rec.status >= http.StatusInternalServerError {
		if release := o.keys.Release(ctx, caller, key); err == nil {
			err = release
		}
		return err
	}
	header := map[string]string{}
	for _, name := range keptHeaders {
		if value := rec.Header().Get(name); value != "" {
			header[name] = value
		}
	}
	return o.keys.Keep(ctx, caller, key, client.Answer{Request: request, Status: rec.status, Header: header, Body: rec.body.Bytes()})
}

func digest(r *http.Request, body []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n%s\n", r.Method, r.URL.RequestURI(), r.Header.Get("If-Match"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// recorder writes an answer through and remembers it.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}
