package inside

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
)

// readPortable reads a PDF file.
func (r *Reader) readPortable(ctx context.Context, data []byte, f *File) error {
	d, beside, err := r.Opener.PDF().ReadAll(ctx, data)
	if beside != nil {
		portableBeside(f, beside)
	}
	rawPortable(data, f)
	if errs.KindOf(err) == errs.Picture {
		f.add(Layer{Kind: PictureText, Name: "扫描件"})
		err = nil
	}
	if d != nil {
		f.add(Layer{Kind: Shown, Blocks: d.Blocks})
		portableNotices(f, d)
	}
	if err != nil {
		return err
	}
	return r.earlierVersions(ctx, data, d, f)
}

func portableNotices(f *File, d *doc.Doc) {
	for _, n := range d.Notices {
		switch n.Kind {
		case doc.HiddenText:
			f.add(Layer{Kind: Unseen, Place: n.Place, Name: n.Text})
		case doc.Truncated:
			f.add(Layer{Kind: Left, Place: n.Place, Name: n.Text})
		case doc.PictureFound:
			f.add(Layer{Kind: PictureText, Place: n.Place})
		case doc.PageNumber, doc.Watermark:
			f.addText(Margin, n.Place, "页眉页脚", n.Text)
		}
	}
}

// ways tells the layer of a text that is not seen.
var ways = map[pdf.Why]struct {
	kind Kind
	name string
}{
	pdf.NoInk: {Unseen, "白色、透明或者不显示的文字"}, pdf.Buried: {Covered, "色块"}, pdf.Picture: {Covered, "图片"}, pdf.Scan: {OCRLayer, ""},
}

func portableBeside(f *File, b *pdf.Beside) {
	for _, u := range b.Unseen {
		f.addText(ways[u.Why].kind, doc.Place{Page: u.Page}, ways[u.Why].name, u.Text)
	}
	if n := len(b.Unpainted); n > 0 {
		f.add(Layer{Kind: Left, Place: doc.Place{Page: b.Unpainted[0]}, Name: fmt.Sprintf("从这一页起有%d页没有核对是否有看不见的文字", n)})
	}
	if n := len(b.Pictured); n > 0 {
		f.add(Layer{Kind: PictureText, Place: doc.Place{Page: b.Pictured[0]}, Name: fmt.Sprintf("有图片的页共%d页", n)})
	}
	for _, n := range b.Notes {
		kind := Annotation
		if n.Field {
			kind = FormField
		}
		f.add(Layer{Kind: kind, Place: doc.Place{Page: n.Page}, Name: n.Author, Blocks: paragraphs(doc.Place{Page: n.Page}, n.Text)})
	}
	for _, p := range b.Properties {
		if SaysSomething(p.Value) && p.Name != "Creator" {
			f.addText(Property, doc.Place{}, p.Name, p.Value)
		}
	}
	for _, a := range b.Attachments {
		f.Inner = append(f.Inner, Inner{Name: a.Name, Kind: Attachment, Open: func() ([]byte, error) { return a.Data, nil }})
	}
	if b.Scripts > 0 {
		f.add(Layer{Kind: Script, Count: b.Scripts})
	}
}

// marks are names in the file's structure that tell of what pages do not show.
var marks = []struct {
	name, also string
	kind       Kind
	says       string
}{
	{"/OCProperties", "/OCGs", OptionalLayer, "可以开关的图层"},
	{"/RichMedia", "", Embedded, "多媒体"},
	{"/Launch", "", Script, "打开其他程序的动作"},
	{"/XFA", "", FormField, "XFA 表单"},
}

// mostStreams bounds the packed streams that are looked into.
const mostStreams = 20_000

// rawPortable looks through the file's structure: its objects, those packed into
// object streams, and its packets of XMP.
func rawPortable(data []byte, f *File) {
	var structure bytes.Buffer
	rest := data
	for range mostStreams {
		i := bytes.Index(rest, []byte("stream"))
		if i < 0 {
			break
		}
		structure.Write(rest[:i])
		head := rest[max(0, i-1024):i]
		head = head[max(0, bytes.LastIndex(head, []byte(" obj"))):]
		body := bytes.TrimLeft(rest[i+len("stream"):], "\r\n")
		end := bytes.Index(body, []byte("endstream"))
		if end < 0 {
			break
		}
		if bytes.Contains(head, []byte("/ObjStm")) {
			structure.Write(inflate(body[:end]))
		}
		if bytes.Contains(head, []byte("/Metadata")) {
			packet := body[:end]
			if bytes.Contains(head, []byte("/FlateDecode")) {
				packet = inflate(packet)
			}
			if k := bytes.Index(packet, []byte("<x:xmpmeta")); k >= 0 {
				portableXMP(packet[k:], f)
			}
		}
		rest = body[end+len("endstream"):]
	}
	structure.Write(rest)
	for _, m := range marks {
		if bytes.Contains(structure.Bytes(), []byte(m.name)) && bytes.Contains(structure.Bytes(), []byte(m.also)) {
			f.add(Layer{Kind: m.kind, Name: m.says})
		}
	}
}

// portableXMP reads a packet whose entries are properties of the document.
func portableXMP(packet []byte, f *File) {
	own := &File{}
	readXMP(packet, own)
	for _, l := range own.Layers {
		if l.Kind == PictureData {
			l.Kind = Property
		}
		f.add(l)
	}
	f.Unread = append(f.Unread, own.Unread...)
}

// mostVersions is how many earlier versions are read.
const mostVersions = 5

var endMark = []byte("%%EOF")

// earlierVersions reads what the file was before it was saved on top: a PDF that
// is changed may keep all that it was, up to an earlier end mark.
func (r *Reader) earlierVersions(ctx context.Context, data []byte, now *doc.Doc, f *File) error {
	var ends []int
	for at := 0; ; {
		i := bytes.Index(data[at:], endMark)
		if i < 0 {
			break
		}
		at += i + len(endMark)
		ends = append(ends, at)
	}
	for n := 0; n < len(ends)-1; n++ {
		first := data[:ends[n]]
		linear := n == 0 && bytes.Contains(first[:min(len(first), 2048)], []byte("/Linearized"))
		if linear || n < len(ends)-1-mostVersions || len(bytes.TrimSpace(data[ends[n]:])) < 32 {
			continue
		}
		was, err := r.Opener.PDF().Read(ctx, first)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l := Layer{Kind: EarlierVersion, Name: "此前保存的版本"}
		if err == nil {
			l.Blocks = gone(was, now)
		}
		f.add(l)
	}
	return nil
}

// gone gives the texts of an earlier version that the present one has not.
func gone(was, now *doc.Doc) (blocks []doc.Block) {
	have := map[string]bool{}
	if now != nil {
		for t := range EachText(now.Blocks) {
			have[textOf(t)] = true
		}
	}
	for t := range EachText(was.Blocks) {
		if text := textOf(t); !have[text] && !blank(text) {
			blocks = append(blocks, paragraphs(placeOf(t), text)...)
		}
	}
	return blocks
}

func textOf(t Text) string {
	if t.Para != nil {
		return strings.TrimSpace(t.Para.Text)
	}
	return strings.TrimSpace(t.Cell.Text)
}

func placeOf(t Text) doc.Place {
	if t.Para != nil {
		return t.Para.Place
	}
	return t.Cell.Place
}
