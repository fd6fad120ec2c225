package publish

import (
	"context"
	"path"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Masker makes copies of parts in which personal data are masked and nothing lies
// unseen: package guard, which knows files. What a part was is kept beside.
type Masker interface {
	// MaskText gives a text with its data masked, and the hash of what it was.
	MaskText(ctx context.Context, organ, text string) (masked, original string, err error)
	// MaskFile gives the hash of a masked copy of a kept file.
	MaskFile(ctx context.Context, organ, name, hash string) (masked string, err error)
}

// Masking is a part that was masked before it was public. What it was stays in the
// house for a time, for those who have to know what was taken out.
type Masking struct {
	Part     string        `json:"part"`     // by its name
	Original string        `json:"original"` // hash of what it was
	By       string        `json:"by"`
	On       calendar.Date `json:"on"`
	Until    calendar.Date `json:"until,omitzero"` // the last day of the original
	Gone     calendar.Date `json:"gone,omitzero"`  // it was erased then
}

// Words gives the part in words.
func (m Masking) Words() Word { return Part{Name: m.Part}.Words() }

// maskable are the ends of names of attachments out of which the program takes
// pieces.
var maskable = []string{".docx", ".docm", ".xlsx", ".xlsm", ".txt", ".csv", ".md", ".pdf", ".jpg", ".jpeg", ".png"}

// Maskable tells whether the program can mask a part: the text, and attachments of
// some kinds. The entry of the catalogue is a few lines that somebody writes.
func (p Part) Maskable() bool {
	return p.Name == TextPart || p.Hash != "" && slices.Contains(maskable, strings.ToLower(path.Ext(p.Name)))
}

// ToMask gives the parts in which something keeps the document in the house, and
// which the program can mask.
func (d *Document) ToMask() []Part {
	var all []Part
	for _, p := range d.Parts() {
		if s := d.scanOf(p); s != nil && p.Maskable() && slices.ContainsFunc(s.Found, Found.Holds) {
			all = append(all, p)
		}
	}
	return all
}

// PutMasked puts a masked copy in the place of a part.
type PutMasked struct {
	Part     string // its name
	Digest   string // of the part from which the copy was made
	Text     string // of the text
	Hash     string // of an attachment
	Original string // hash of what it was
}

// Event is Masked.
func (PutMasked) Event() event.Kind { return Masked }

func (m PutMasked) apply(d *Document, s *Scene) (Entry, error) {
	i := slices.IndexFunc(d.Parts(), func(p Part) bool { return p.Name == m.Part && p.Digest == m.Digest })
	if i < 0 {
		return Entry{}, errs.New(errs.Conflict, "内容刚刚改过，请看过现在的检查结果再处理。")
	}
	if m.Part == TextPart {
		d.Text = Tidy(m.Text)
	} else {
		k := slices.IndexFunc(d.Files, func(f File) bool { return f.Name == m.Part })
		d.Files[k].Hash = m.Hash
	}
	now := d.Parts()[i]
	if now.Digest == m.Digest {
		return Entry{}, errs.InField("part", "没有可以由系统遮蔽的内容，请退回修改。")
	}
	// Whoever cleared the whole has cleared what is left when pieces are taken out.
	if c := copyOf(d.Draft.Clearance); c != nil {
		c.Items = slices.Clone(c.Items)
		for k := range c.Items {
			if c.Items[k].Part == m.Part && c.Items[k].Digest == m.Digest {
				c.Items[k].Digest = now.Digest
			}
		}
		d.Draft.Clearance = c
	}
	if !slices.Contains(d.Draft.Hands, s.Actor) {
		d.Draft.Hands = append(d.Draft.Hands, s.Actor)
	}
	one := Masking{Part: m.Part, Original: m.Original, By: s.Actor, On: s.Today}
	if s.Policy.KeepYears > 0 {
		one.Until, _ = s.Today.AddMonths(12 * s.Policy.KeepYears)
	}
	d.Maskings = append(d.Maskings, one)
	return Entry{Ref: m.Original[:min(len(m.Original), 12)]}, nil
}

// Mask masks a part with one click and lets the guard look at the copy.
func (d *Desk) Mask(ctx context.Context, actor account.Actor, id, part string) error {
	err := d.do(ctx, actor, id, "", func(doc Document) (Deed, error) {
		tree, err := d.Trees.Tree(ctx)
		if err != nil {
			return nil, err
		}
		if err := doc.Permits(rows.Nearest(doc.Status, Masked).Who, actor, tree); err != nil {
			return nil, err
		}
		all := doc.ToMask()
		i := slices.IndexFunc(all, func(p Part) bool { return p.Name == part })
		if i < 0 {
			return nil, errs.InField("part", "请选择一项检查没有通过、可以由系统处理的内容。")
		}
		if d.Masker == nil {
			return nil, errs.New(errs.Unavailable, "去标识化处理没有启用；请联系系统管理员（条例§15）。")
		}
		p := all[i]
		m := PutMasked{Part: p.Name, Digest: p.Digest, Original: p.Hash}
		if p.Name == TextPart {
			m.Text, m.Original, err = d.Masker.MaskText(ctx, doc.Organ, doc.Text)
		} else {
			m.Hash, err = d.Masker.MaskFile(ctx, doc.Organ, p.Name, p.Hash)
		}
		return m, err
	})
	if err != nil {
		return err
	}
	return d.Scan(ctx, actor, id)
}

// Original tells what part an actor may see as it was before it was masked, and
// records that they do: those who release, check and clear documents.
func (d *Desk) Original(ctx context.Context, actor account.Actor, id, hash string) (Masking, error) {
	doc, err := d.Document(ctx, actor, id)
	if err != nil {
		return Masking{}, err
	}
	tree, err := d.Trees.Tree(ctx)
	if err != nil {
		return Masking{}, err
	}
	err = errs.New(errs.Forbidden, "您没有查看原件的权限。")
	for _, act := range []account.Act{account.PublishDocuments, account.CheckDocuments, account.ClearDocuments} {
		if err = actor.May(act, doc.Organ, tree); err == nil {
			break
		}
	}
	if err != nil {
		return Masking{}, err
	}
	i := slices.IndexFunc(doc.Maskings, func(m Masking) bool { return m.Original == hash })
	switch {
	case i < 0:
		return Masking{}, errs.New(errs.NotFound, "没有这份原件。")
	case !doc.Maskings[i].Gone.IsZero():
		return Masking{}, errs.New(errs.NotFound, "原件已于%s按期限删除（个人信息保护法§19）。", doc.Maskings[i].Gone)
	}
	pen := event.Pen{Actor: actor.ID, At: d.Clock.Now(), IDs: d.IDs}
	return doc.Maskings[i], d.Store.Append(ctx, pen.Write(doc.Organ, Subject(doc.ID), OriginalOpened, map[string]string{"file": hash[:min(len(hash), 12)]}))
}

// EraseOriginals notes that originals are gone whose last day is over. It gives their
// hashes.
func (d *Document) EraseOriginals(today calendar.Date) (hashes []string) {
	d.Maskings = slices.Clone(d.Maskings)
	for i, m := range d.Maskings {
		if m.Gone.IsZero() && !m.Until.IsZero() && m.Until.Before(today) {
			d.Maskings[i].Gone = today
			hashes = append(hashes, m.Original)
		}
	}
	return hashes
}

// OriginalsGone is the event of EraseOriginals.
func (d Document) OriginalsGone(pen event.Pen, hashes []string) event.Event {
	var short []string
	for _, hash := range hashes {
		short = append(short, hash[:min(len(hash), 12)])
	}
	gone := pen.Write(d.Organ, Subject(d.ID), OriginalsErased, map[string][]string{"files": short})
	gone.State = d.Digest()
	return gone
}
