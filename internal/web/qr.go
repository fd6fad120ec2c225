package web

import (
	"encoding/base64"
	"html/template"

	"github.com/skip2/go-qrcode"
)

// QR gives a text as a picture that stands in the page itself: secrets in it
// never have an address of their own.
func QR(text string) (template.URL, error) {
	const pixels = 240
	png, err := qrcode.Encode(text, qrcode.Medium, pixels)
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)), err
}
