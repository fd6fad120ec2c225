package mail_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
	"gongkai/internal/mail"
)

var letter = mail.Message{
	ID: "01", To: "13800000000", Subject: "【青川旗】您有2条消息", Text: "第一行\n.\n第三行", At: time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Shanghai),
}

func TestGatewayGetsASignedCall(t *testing.T) {
	var body []byte
	var header http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		header = r.Header
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	g := mail.Gateway{URL: server.URL, Secret: "gemeinsam"}
	if err := g.Send(t.Context(), letter); err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(body, &got); err != nil || got["to"] != letter.To || got["text"] != letter.Text || got["id"] != "01" || got["at"] != "2026-11-23T09:00:00+08:00" {
		t.Errorf("%s, %v", body, err)
	}
	if at := header.Get(mail.TimeHeader); at != "1795395600" || header.Get(mail.SignatureHeader) != mail.Sign("gemeinsam", at, body) {
		t.Errorf("%v", header)
	}
	for _, forged := range []string{mail.Sign("andere", "1795395600", body), mail.Sign("gemeinsam", "1795395601", body), mail.Sign("gemeinsam", "1795395600", append(body, ' '))} {
		if forged == header.Get(mail.SignatureHeader) {
			t.Error("another secret, time or body has the same signature")
		}
	}
}

func TestGatewayFailures(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	status := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", other.URL)
		w.WriteHeader(status)
	}))
	g := mail.Gateway{URL: server.URL, Secret: "s"}
	for code, want := range map[int]errs.Kind{
		http.StatusInternalServerError: errs.Unavailable, http.StatusTooManyRequests: errs.Unavailable, http.StatusUnauthorized: errs.Unavailable,
		http.StatusUnprocessableEntity: errs.Invalid, http.StatusTemporaryRedirect: errs.Unavailable,
	} {
		status = code
		if err := g.Send(t.Context(), letter); errs.KindOf(err) != want {
			t.Errorf("%d: %v", code, err)
		}
	}
	if elsewhere != 0 {
		t.Error("a redirect carries the number elsewhere")
	}
	server.Close()
	if err := g.Send(t.Context(), letter); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("nobody there: %v", err)
	}
	if err := (mail.Gateway{URL: "://"}).Send(t.Context(), letter); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("no address: %v", err)
	}
}

// As openssl dgst -sha256 -hmac gemeinsam has it.
func TestSign(t *testing.T) {
	const want = "sha256=b19dc9bd083e7233ef49c0defd10b9f8265efecfddbc98063f0f6be020f89261"
	if got := mail.Sign("gemeinsam", "1795395600", []byte(`{"id":"1"}`)); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
