package open

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"gongkai/internal/errs"
)

const (
	maxParts   = 2000
	maxNesting = 4
)

var errNoPage = errors.New("no part of type text/html")

// webArchive takes the page out of a web archive (.mht), as browsers and Word
// save it. Its character set is left to the page's own declaration, or put in
// front of it where only the archive names it.
func webArchive(data []byte) ([]byte, error) {
	reader := bufio.NewReader(bytes.NewReader(bytes.TrimLeft(data, "\ufeff \t\r\n")))
	header, err := textproto.NewReader(reader).ReadMIMEHeader()
	if err == nil {
		var page []byte
		if page, err = pageIn(header, reader, 0); err == nil {
			return page, nil
		}
	}
	return nil, errs.Wrap(err, errs.Corrupt, "这是单个文件网页（.mht），但其中的网页无法取出；请用浏览器打开后另存为 html 再试。")
}

func pageIn(header textproto.MIMEHeader, body io.Reader, depth int) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if kind == "text/html" {
		return pageBody(header, params["charset"], body)
	}
	if !strings.HasPrefix(kind, "multipart/") || depth > maxNesting {
		return nil, errNoPage
	}
	parts := multipart.NewReader(body, params["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, errNoPage
		}
		if page, err := pageIn(part.Header, part, depth+1); err == nil {
			return page, nil
		}
	}
	return nil, errNoPage
}

func pageBody(header textproto.MIMEHeader, charset string, body io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	page, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	const declaration = 2048 // where a page may declare its own
	if charset != "" && !bytes.Contains(bytes.ToLower(page[:min(len(page), declaration)]), []byte("charset")) {
		page = append([]byte(`<meta charset="`+strings.Map(plain, charset)+`">`), page...)
	}
	return page, nil
}

// plain keeps the characters of a character set's name.
func plain(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_' {
		return r
	}
	return -1
}
