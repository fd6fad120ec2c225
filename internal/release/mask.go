package release

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/guard"
)

// Spots lists what can be taken out of the original.
func (o *Office) Spots(ctx context.Context, actor account.Actor, request, id string) ([]guard.Spot, error) {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return nil, err
	}
	_, f, err := o.One(ctx, actor, request, id)
	if err != nil || !f.Maskable {
		return nil, err
	}
	if err := f.there(); err != nil {
		return nil, err
	}
	data, err := o.Content.Read(f.Original)
	if err != nil {
		return nil, err
	}
	return o.GuardOf(r.Organ).Spots(ctx, f.Name, data)
}

// Cut is what is to be taken out: a spot, words wherever they stand, or an area of a
// page.
type Cut struct {
	Spot  int
	Words string
	Area  *doc.Area
	Why   string // value of a Ground
}

// MaxCuts is how many pieces are taken out at once.
const MaxCuts = 2000

// NotMaskable says what can be done with a file out of which nothing is taken.
func NotMaskable() error {
	return errs.New(errs.Unsupported, "只能对 docx、xlsx、文本、pdf 和 jpeg、png 图片作去标识化处理；请先转换为这些格式，或者人工处理后重新上传。")
}

// Mask makes the copy that goes out: from the original, without what is cut and
// without what nobody sees. It is looked through again and takes the place of what
// would have gone out before.
func (o *Office) Mask(ctx context.Context, actor account.Actor, request, id string, cuts []Cut) error {
	spots, err := o.Spots(ctx, actor, request, id)
	if err != nil {
		return err
	}
	r, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	if err := f.changeable(r); err != nil {
		return err
	}
	if !f.Maskable {
		return NotMaskable()
	}
	marks, done, err := o.cut(actor, spots, cuts, f.Drawn)
	if err != nil {
		return err
	}
	data, err := o.Content.Read(f.Original)
	if err != nil {
		return err
	}
	copied, res, count, err := o.GuardOf(r.Organ).Redact(ctx, f.Name, data, marks)
	if err != nil {
		return err
	}
	for i, n := range count {
		k := len(done) - len(count) + i
		if done[k].Count = n; n == 0 {
			return errs.InField("words", "第%d处要删去的文字在文件里没有找到，请照原文填写。", i+1)
		}
	}
	return o.replace(ctx, actor, f.File, copied, *res, done)
}

// cut reads what is to be taken out, and notes it without saying it: spots and areas
// first, then words.
func (o *Office) cut(actor account.Actor, spots []guard.Spot, cuts []Cut, drawn bool) (m guard.Marks, done []Redaction, err error) {
	if len(cuts) > MaxCuts {
		return m, nil, errs.New(errs.TooMany, "一次最多处理%d处。", MaxCuts)
	}
	m.Spots = map[int]bool{}
	var told []Redaction
	for _, c := range cuts {
		g, ok := GroundOf(c.Why)
		one := Redaction{Why: g.Value, Count: 1, By: actor.ID, At: o.Clock.Now()}
		text := strings.TrimSpace(c.Words)
		switch {
		case !ok:
			return m, nil, errs.InField("why", "请为每一处选择不予公开的理由（条例§14、条例§15、条例§16）。")
		case text != "":
			m.Words = append(m.Words, text)
			one.What, one.Where = fmt.Sprintf("文字（%d字）", utf8.RuneCountInString(text)), "全文"
			told = append(told, one)
		case c.Area != nil:
			if !drawn || !c.Area.Good() {
				return m, nil, errs.InField("areas", "区域的页码、位置不对：请按占页面宽、高的百分比填写，从左上角算起，宽和高大于零，不超出页面。")
			}
			m.Areas = append(m.Areas, *c.Area)
			one.What, one.Where, one.Area = "区域", doc.Place{Page: c.Area.Page}.String(), c.Area
			done = append(done, one)
		case c.Spot < 1 || c.Spot > len(spots):
			return m, nil, errs.New(errs.NotFound, "没有这一处。")
		default:
			s := spots[c.Spot-1]
			m.Spots[s.Nth] = true
			one.What, one.Where = s.Name, s.Place.String()
			done = append(done, one)
		}
	}
	return m, append(done, told...), nil
}

// replace puts a copy in the place of what would have gone out.
func (o *Office) replace(ctx context.Context, actor account.Actor, f File, copied []byte, res guard.Result, done []Redaction) error {
	hash, err := o.Content.Keep(ctx, bytes.NewReader(copied), 2*MaxFile)
	if err != nil {
		return err
	}
	if err := o.Store.KeepCheck(ctx, Check{hash, o.Clock.Now(), res}); err != nil {
		return err
	}
	before := f.Hash
	f.Hash, f.Redactions = hash, done
	return o.change(ctx, actor, f.Request, Masked, f, func(_ foi.Request, files []File) ([]File, error) {
		i := slices.IndexFunc(files, func(other File) bool { return other.ID == f.ID && other.Hash == before })
		if i < 0 {
			return nil, errs.New(errs.Conflict, "别人刚刚处理过这个文件；请看过现在的样子再处理。")
		}
		files[i].Hash, files[i].Redactions = f.Hash, f.Redactions
		return files, nil
	})
}
