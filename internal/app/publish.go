package app

import (
	"bytes"
	"context"
	"strings"

	"gongkai/internal/doc/open"
	"gongkai/internal/guard"
	"gongkai/internal/publish"
	"gongkai/internal/release"
	"gongkai/internal/rule"
	"gongkai/internal/store"
)

// publication is the desk of proactive publication. What is to be public passes the
// same guard as what goes out with a reply.
func (a *App) publication(o Options, r *rooms) *publish.Desk {
	return &publish.Desk{
		Store: store.Documents{DB: a.db}, Trees: r.book, Calendars: r.calendar, Policies: publish.Rules{Settings: r.settings}, Sources: store.DisclosedRequests{DB: a.db},
		Gate: look{r.release}, Masker: look{r.release}, Texts: texts{a.opener, r.release.Content, store.Search{DB: a.db}}, Clock: o.Clock, IDs: r.ids,
	}
}

// maxText is how much of an attachment can be found, in bytes.
const maxText = 1 << 20

// texts reads what attachments say.
type texts struct {
	opener  *open.Opener
	content release.Content
	store   store.Search
}

// Keep reads a file once. What cannot be read as a document, such as a picture, says
// nothing.
func (t texts) Keep(ctx context.Context, name, hash string) error {
	if known, err := t.store.HasText(ctx, hash); known || err != nil {
		return err
	}
	data, err := t.content.Read(hash)
	if err != nil {
		return err
	}
	text := t.says(ctx, name, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return t.store.KeepText(ctx, hash, text)
}

// says gives the text of a file. One that makes a reader stumble must not keep the
// document from being published: the guard has looked at it.
func (t texts) says(ctx context.Context, name string, data []byte) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	d, err := t.opener.Read(ctx, name, data)
	if err != nil {
		return ""
	}
	text = publish.Plain(publish.Print(d))
	return strings.ToValidUTF8(text[:min(len(text), maxText)], "")
}

// look lets the release guard look at the parts of a document, and mask them.
type look struct{ release *release.Office }

// Look gives what the guard has to say of a text or a kept file. A file that is gone
// is an error, and nothing is published.
func (l look) Look(ctx context.Context, organ, name, text, hash string) ([]publish.Found, error) {
	data := []byte(text)
	if hash == "" {
		name += ".txt"
	} else {
		var err error
		if data, err = l.release.Content.Read(hash); err != nil {
			return nil, err
		}
	}
	if len(data) == 0 {
		return nil, nil
	}
	result, err := l.release.GuardOf(organ).Scan(ctx, name, data)
	if err != nil {
		return nil, err
	}
	var all []publish.Found
	for _, f := range result.Findings {
		place := f.Place.String()
		if f.Inside != "" {
			place = f.Inside + "：" + place
		}
		all = append(all, publish.Found{Rule: f.Rule, Says: f.Message, Place: place, Blocks: f.Severity != rule.Info})
	}
	return all, nil
}

// Stamp tells the dictionary of an organ from what it was.
func (l look) Stamp(ctx context.Context, organ string) (string, error) {
	return l.release.GuardOf(organ).Stamp(ctx)
}

// MaskText masks the personal data of a text and keeps what it was.
func (l look) MaskText(ctx context.Context, organ, text string) (masked, original string, err error) {
	copied, err := l.masked(ctx, organ, "正文.txt", []byte(text))
	if err != nil {
		return "", "", err
	}
	original, err = l.release.Content.Keep(ctx, strings.NewReader(text), release.MaxFile)
	return string(copied), original, err
}

// MaskFile makes a masked copy of a kept file.
func (l look) MaskFile(ctx context.Context, organ, name, hash string) (string, error) {
	data, err := l.release.Content.Read(hash)
	if err != nil {
		return "", err
	}
	copied, err := l.masked(ctx, organ, name, data)
	if err != nil {
		return "", err
	}
	return l.release.Content.Keep(ctx, bytes.NewReader(copied), 2*release.MaxFile)
}

func (l look) masked(ctx context.Context, organ, name string, data []byte) ([]byte, error) {
	copied, _, _, err := l.release.GuardOf(organ).Redact(ctx, name, data, guard.Marks{All: true})
	return copied, err
}
