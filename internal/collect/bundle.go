package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"gongkai/internal/clock"
	"gongkai/internal/errs"
)

// The schema of a bundle.
const (
	bundleSchema  = "gongkai report bundle"
	bundleVersion = 1
	// MaxBundle is how many bytes an envelope may have.
	MaxBundle = 48 << 20
)

// Bundle is a report as one gongkai sends it to another: the report with its files, for
// one receiver.
type Bundle struct {
	Schema     string          `json:"schema"`
	Version    int             `json:"version"`
	To         string          `json:"to"`     // name of the receiver's key
	SentAt     time.Time       `json:"sentAt"` // a later one takes the place of an earlier
	Organ      string          `json:"organ"`
	CreditCode string          `json:"creditCode"`
	Year       int             `json:"year"`
	Edition    int             `json:"edition"` // version of the report at the sender's, from 1
	Report     json.RawMessage `json:"report"`  // docs/report.schema.json
	Files      []Enclosed      `json:"files"`
}

// Enclosed is a file of a bundle.
type Enclosed struct {
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Content []byte `json:"content"` // base64
}

// Envelope is a bundle with the signature over it. The note is signed as
// golang.org/x/mod/sumdb/note does, over four lines:
//
//	gongkai report bundle
//	the SHA-256 of the payload, in hexadecimal
//	the name of the receiver's key
//	the time of sending, as 2026-01-12T09:30:00.000000+08:00
type Envelope struct {
	Payload []byte `json:"payload"` // base64 of the bundle's JSON
	Note    string `json:"note"`
}

const bundleTime = "2006-01-02T15:04:05.000000-07:00"

func bundleText(payload []byte, b Bundle) string {
	return strings.Join([]string{bundleSchema, payloadHash(payload), b.To, b.SentAt.Format(bundleTime)}, "\n") + "\n"
}

func payloadHash(payload []byte) string {
	sum := sha256.Sum256(payload)
	return hex.EncodeToString(sum[:])
}

// Seal signs a bundle.
func (b Bundle) Seal(signer note.Signer) (Envelope, error) {
	b.Schema, b.Version, b.SentAt = bundleSchema, bundleVersion, clock.Cut(b.SentAt)
	payload, err := json.Marshal(b)
	if err != nil {
		return Envelope{}, err
	}
	signed, err := note.Sign(&note.Note{Text: bundleText(payload, b)}, signer)
	return Envelope{payload, string(signed)}, err
}

// Hash names what was sent: the same bundle has the same.
func (e Envelope) Hash() string { return payloadHash(e.Payload) }

// Open checks an envelope against the keys of senders and gives the bundle and the key
// that signed it. The errors say what is wrong.
func (e Envelope) Open(keys []note.Verifier, receiver string) (b Bundle, by note.Verifier, err error) {
	n, err := note.Open([]byte(e.Note), note.VerifierList(keys...))
	if err != nil || len(n.Sigs) == 0 {
		return b, nil, errs.Wrap(err, errs.Forbidden, "签名不能核验：发送方没有在本系统登记，或者内容在途中被改动过；请与主管部门核对登记的公钥。")
	}
	for _, k := range keys {
		if k.Name() == n.Sigs[0].Name && k.KeyHash() == n.Sigs[0].Hash {
			by = k
		}
	}
	if err := json.Unmarshal(e.Payload, &b); err != nil || b.Schema != bundleSchema {
		return b, nil, errs.Wrap(err, errs.Invalid, "内容不是年度报告的报送包，请对照接口说明。")
	}
	if b.Version != bundleVersion {
		return b, nil, errs.New(errs.Unsupported, "报送包是第%d版格式，本系统只认第%d版；请升级后重试。", b.Version, bundleVersion)
	}
	if bundleText(e.Payload, b) != n.Text {
		return b, nil, errs.New(errs.Forbidden, "签名与内容不符：内容被改动过，没有接收。")
	}
	if b.To != receiver {
		return b, nil, errs.New(errs.Forbidden, "这份报送包是发给“%s”的，不是发给本系统的，没有接收。", b.To)
	}
	for _, f := range b.Files {
		if payloadHash(f.Content) != f.SHA256 {
			return b, nil, errs.New(errs.Invalid, "文件“%s”与报送包中登记的摘要不符，没有接收；请重新报送。", f.Name)
		}
	}
	return b, by, nil
}
