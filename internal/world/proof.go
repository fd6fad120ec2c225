package world

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"gongkai/internal/foi"
)

// electronic is a service by mail; what proves that it arrived is put beside it.
func (l life) electronic(day int) life {
	clerk, _, _, _ := clerkOf(l.organ)
	return l.do(day, clerk, foi.Serve{Way: foi.Electronic})
}

// proven puts the receipt of the mail server beside a service by mail
// (国办公开办函〔2016〕235号).
func proven(ctx context.Context, o Offices, act foi.Deed) (foi.Deed, error) {
	serve, ok := act.(foi.Serve)
	if !ok || serve.Way != foi.Electronic {
		return act, nil
	}
	const most = 1 << 20
	at := o.Requests.Clock.Now().Format("Mon, 02 Jan 2006 15:04:05 -0700")
	page := pdfOf("Final-Recipient: rfc822; zhang@example.com", "Action: delivered", "Status: 2.0.0", "Remote-MTA: dns; mx.example.com", "Last-Attempt-Date: "+at)
	hash, err := o.Files.Keep(ctx, bytes.NewReader(page), most)
	serve.Proof = []foi.File{{Hash: hash, Name: "邮件送达回执.pdf", What: "evidence"}}
	return serve, err
}

// pdfOf makes a page of lines in Latin letters.
func pdfOf(lines ...string) []byte {
	text := "BT /F1 11 Tf 72 770 Td 16 TL (" + strings.Join(lines, ") Tj T* (") + ") Tj ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
	}
	var b, table bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table.String(), len(objects)+1, b.Len())
	return b.Bytes()
}
