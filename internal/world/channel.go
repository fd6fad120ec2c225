package world

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"

	"gongkai/internal/account"
	"gongkai/internal/channel"
	"gongkai/internal/publish"
)

// The official account of the service bureau, as the platform's double knows it.
const (
	WeChatApp    = "wx15089900demo0001"
	WeChatSecret = "5f0c2d7e9b1a4c3d8e6f7a0b1c2d3e4f"
)

// account sets up the official account of the service bureau.
func (w *World) account(ctx context.Context, o Offices) error {
	if o.Channels == nil || o.Files == nil {
		return nil
	}
	hash, err := o.Files.Keep(ctx, bytes.NewReader(banner()), 1<<20)
	if err != nil {
		return err
	}
	return o.Channels.Set(ctx, w.People["xitong"].Actor(), channel.Setting{
		Organ: w.Organs[serviceName], Channel: publish.WeChat, Name: "青川政务服务", Author: serviceName, Keys: channel.Keys{App: WeChatApp, Secret: WeChatSecret},
		Cover: &publish.File{Hash: hash, Name: "封面.png"},
	})
}

// banner draws a cover: red, with a line of gold and hills.
func banner() []byte {
	const width, height = 900, 383
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{
		color.RGBA{0x8c, 0x15, 0x15, 0xff}, color.RGBA{0xd9, 0xb4, 0x5b, 0xff}, color.RGBA{0x6d, 0x0f, 0x0f, 0xff}, color.RGBA{0x55, 0x0a, 0x0a, 0xff},
	})
	for x := range width {
		near, far := height-60-(x*(width-x))/4200, height-30-((x+260)%width)*(width-(x+260)%width)/3000
		for y := range height {
			switch {
			case y > near:
				m.SetColorIndex(x, y, 3)
			case y > far:
				m.SetColorIndex(x, y, 2)
			case y == 24 || y == 25:
				m.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // a buffer takes everything
	return b.Bytes()
}

// does does a deed. What goes to the official account, or out of it, is carried at
// once, or stays where it is for a trouble; where there is no account it is entered as
// people would.
func (w *World) does(ctx context.Context, o Offices, actor account.Actor, id string, deed publish.Deed, trouble *publish.Trouble) error {
	send, sends := deed.(publish.Send)
	_, recalls := deed.(publish.Recall)
	switch {
	case o.Channels == nil && sends:
		deed = publish.AddPost{Channel: send.Channel, Place: send.Title}
	case o.Channels == nil && recalls:
		deed = publish.EndPost{Ref: deed.(publish.Recall).Ref}
	}
	var err error
	if sends && o.Channels != nil {
		err = o.Channels.Send(ctx, actor, id, send)
	} else {
		err = o.Documents.Do(ctx, actor, id, deed)
	}
	if err != nil || o.Channels == nil {
		return err
	}
	d, err := o.Documents.Store.Document(ctx, id)
	if err != nil {
		return err
	}
	if sends {
		if err := w.clearWordings(ctx, o, d); err != nil {
			return err
		}
	}
	if d, err = o.Documents.Store.Document(ctx, id); err != nil {
		return err
	}
	for _, ref := range d.Busy() {
		if trouble != nil {
			err = o.Documents.Carry(ctx, id, publish.Carry{Ref: ref, Kind: publish.Stranded, To: publish.AtOffice, Trouble: *trouble})
		} else {
			err = o.Channels.Carry(ctx, channel.Errand{Document: id, Ref: ref}, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// clearWordings lets the secrecy reviewer pass what was worded anew.
func (w *World) clearWordings(ctx context.Context, o Offices, d publish.Document) error {
	reviewer := w.People["baomi"].Actor()
	for _, post := range d.Posts {
		if x := post.Sending; x != nil && x.Waits() {
			if err := o.Documents.Do(ctx, reviewer, d.ID, publish.ClearWording{Ref: post.Ref, Mark: x.Mark()}); err != nil {
				return err
			}
		}
	}
	return nil
}
