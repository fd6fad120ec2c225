package release

import (
	"context"
	"fmt"
	"slices"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// Settle gives a reply its files: foi.Gate. What it names is looked through and put
// on the list; where pieces were taken out, the copy stands in the place of the
// original; and what else is on the list goes with the first part that discloses
// something.
func (o *Office) Settle(ctx context.Context, actor string, r foi.Request, d foi.Decision) (foi.Decision, error) {
	if drafting(r) != nil {
		return d, nil
	}
	d.Items = slices.Clone(d.Items)
	if err := o.admit(ctx, actor, r, d); err != nil {
		return d, err
	}
	listed, err := o.Store.Files(ctx, r.ID)
	if err != nil {
		return d, err
	}
	listed = withReply(listed)
	gone := map[string]bool{}
	first := -1
	for i, item := range d.Items {
		d.Items[i].Files = slices.Clone(item.Files)
		for k, f := range item.Files {
			if n := indexOf(listed, f.Hash); n >= 0 {
				d.Items[i].Files[k].Hash, gone[listed[n].ID] = listed[n].Hash, true
			}
		}
		if reply, _ := item.Reply(); first < 0 && reply.Discloses {
			first = i
		}
	}
	for _, f := range listed {
		if first >= 0 && !gone[f.ID] {
			d.Items[first].Files = append(d.Items[first].Files, foi.File{Hash: f.Hash, Name: f.Name, What: "released"})
		}
	}
	return d, nil
}

// indexOf finds a file by what would go out, or by its original.
func indexOf(files []File, hash string) int {
	return slices.IndexFunc(files, func(f File) bool { return f.Hash == hash || f.Original == hash })
}

// admit puts files that a reply names on the list.
func (o *Office) admit(ctx context.Context, actor string, r foi.Request, d foi.Decision) error {
	listed, err := o.Store.Files(ctx, r.ID)
	if err != nil {
		return err
	}
	listed = withReply(listed)
	for _, item := range d.Items {
		for _, f := range item.Files {
			if indexOf(listed, f.Hash) >= 0 {
				continue
			}
			one, err := o.looked(ctx, r, f.Name, f.Hash, actor)
			if err != nil {
				return err
			}
			listed = append(listed, one)
			if err := o.enter(ctx, account.Actor{ID: actor}, r.ID, one); err != nil {
				return err
			}
		}
	}
	return nil
}

// looked looks a file through that lies in the house.
func (o *Office) looked(ctx context.Context, r foi.Request, name, hash, by string) (File, error) {
	data, err := o.Content.Read(hash)
	if err != nil {
		return File{}, err
	}
	res, err := o.GuardOf(r.Organ).Scan(ctx, name, data)
	if err != nil {
		return File{}, err
	}
	f := File{ID: o.IDs.New(), Request: r.ID, Organ: r.Organ, Name: name, Hash: hash, Original: hash, AddedBy: by, AddedAt: o.Clock.Now()}
	return f, o.Store.KeepCheck(ctx, Check{hash, f.AddedAt, *res})
}

// enter puts a file on the list.
func (o *Office) enter(ctx context.Context, actor account.Actor, request string, f File) error {
	return o.Store.Change(ctx, o.pen(actor), request, func(r foi.Request, files []File) ([]File, []event.Event, error) {
		switch {
		case drafting(r) != nil:
			return nil, nil, drafting(r)
		case len(withReply(files)) >= MaxFiles:
			return nil, nil, errs.New(errs.TooMany, "随一份答复提供的文件最多%d个；请合并或者打包。", MaxFiles)
		case indexOf(withReply(files), f.Original) >= 0:
			return nil, nil, errs.InField("file", "这个文件已经在列表里。")
		}
		return append(files, f), []event.Event{o.happened(actor, r, Added, f)}, nil
	})
}

// again looks files of a request through once more when the dictionary has changed
// since they were.
func (o *Office) again(ctx context.Context, request string) error {
	files, err := o.Store.Files(ctx, request)
	if err != nil || len(files) == 0 {
		return err
	}
	g := o.GuardOf(files[0].Organ)
	stamp, err := g.Stamp(ctx)
	if err != nil {
		return err
	}
	var hashes []string
	for _, f := range files {
		hashes = append(hashes, f.Hash)
	}
	checks, err := o.Store.Checks(ctx, hashes)
	if err != nil {
		return err
	}
	for _, f := range files {
		c, looked := checks[f.Hash]
		if !looked || c.Result.Words == stamp {
			continue
		}
		data, err := o.Content.Read(f.Hash)
		if err != nil {
			return err
		}
		res, err := g.Scan(ctx, f.Name, data)
		if err != nil {
			return err
		}
		if err := o.Store.KeepCheck(ctx, Check{f.Hash, o.Clock.Now(), *res}); err != nil {
			return err
		}
	}
	return nil
}

// Against says why some files must not go out yet: foi.Gate.
func (o *Office) Against(ctx context.Context, request string, files []foi.File) (string, error) {
	if len(files) == 0 {
		return "", nil
	}
	if err := o.again(ctx, request); err != nil {
		return "", err
	}
	checked, err := o.checked(ctx, request)
	if err != nil {
		return "", err
	}
	for _, f := range files {
		i := slices.IndexFunc(checked, func(c Checked) bool { return c.Show == nil && c.Hash == f.Hash })
		switch {
		case i < 0:
			return fmt.Sprintf("随答复提供的“%s”没有经过文件检查，请先在“随答复提供的文件”里上传检查", f.Name), nil
		case checked[i].Open > 0:
			return fmt.Sprintf("随答复提供的“%s”还有%d个检查发现的问题没有处理；请打开“随答复提供的文件”作去标识化处理，或者由两个人决定放行", f.Name, checked[i].Open), nil
		}
	}
	return "", nil
}
