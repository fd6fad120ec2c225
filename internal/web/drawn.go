package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// drawn is a page as it was drawn, packed for whoever takes it packed.
type drawn struct {
	header http.Header
	tag    string
	plain  []byte
	br, gz packed
}

// packed is made when somebody asks for it first.
type packed struct {
	once sync.Once
	body []byte
}

func newDrawn(out *recorder) *drawn {
	sum := sha256.Sum256(out.body.Bytes())
	return &drawn{header: out.header.Clone(), tag: `W/"` + hex.EncodeToString(sum[:12]) + `"`, plain: bytes.Clone(out.body.Bytes())}
}

// worthPacking is from how many bytes on packing pays.
const worthPacking = 1024

// send shows the page, and tells whether its body went out: a visitor who has it already
// gets none.
func (d *drawn) send(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	maps.Copy(h, d.header)
	h.Set("ETag", d.tag)
	h.Set("Cache-Control", "no-cache")
	h.Del("Vary")
	h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if has(r.Header.Get("If-None-Match"), d.tag) {
		h.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return false
	}
	body, encoding := d.packedFor(r.Header.Get("Accept-Encoding"))
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return false
	}
	_, err := w.Write(body)
	return err == nil
}

// packedFor gives the body in the best form that is taken.
func (d *drawn) packedFor(accept string) (body []byte, encoding string) {
	if len(d.plain) < worthPacking {
		return d.plain, ""
	}
	switch {
	case takes(accept, "br"):
		return d.br.of(func() []byte {
			const level = 6
			var b bytes.Buffer
			z := brotli.NewWriterLevel(&b, level)
			_, _ = z.Write(d.plain) // into memory
			_ = z.Close()
			return b.Bytes()
		}), "br"
	case takes(accept, "gzip"):
		return d.gz.of(func() []byte {
			var b bytes.Buffer
			z, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
			_, _ = z.Write(d.plain)
			_ = z.Close()
			return b.Bytes()
		}), "gzip"
	}
	return d.plain, ""
}

func (p *packed) of(pack func() []byte) []byte {
	p.once.Do(func() { p.body = pack() })
	return p.body
}

// takes tells whether an encoding is among those that are taken (RFC 9110 12.5.3).
func takes(accept, encoding string) bool {
	for one := range strings.SplitSeq(accept, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(one), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			_, q, ok := strings.Cut(strings.ReplaceAll(quality, " ", ""), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !ok || err == nil && value > 0
		}
	}
	return false
}
