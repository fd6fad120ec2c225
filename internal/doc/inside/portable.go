package inside

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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
		garbled(f, d)
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

// Signs that stand in no ordinary text, and how many of them make a text doubtful: the
// file names other characters than its pages show.
const (
	fewestOdd = 3
	oddShare  = 10 // one in ten of the Chinese characters
)

// garbled tells a text that programs read otherwise than people.
func garbled(f *File, d *doc.Doc) {
	odd, all := 0, 0
	for t := range EachText(d.Blocks) {
		for _, r := range textOf(t) {
			switch {
			case r >= 0x3400 && r < 0x4DC0, r >= 0xE000 && r < 0xF900, r == utf8.RuneError, r >= 0x20000:
				odd++
				all++
			case r >= 0x4E00 && r < 0xA000:
				all++
			}
		}
	}
	if odd >= fewestOdd && odd*oddShare >= all {
		f.add(Layer{Kind: Left, Name: "文件里的文字是乱码，与页面上看到的不同"})
	}
}

// ways tells the layer of a text that is not seen.
var ways = map[pdf.Why]struct {
	kind Kind
	name string
}{
	pdf.Tiny: {PaleText, "字号极小的文字"}, pdf.NoInk: {Unseen, "白色、透明或者不显示的文字"}, pdf.Buried: {Covered, "色块"}, pdf.Picture: {Covered, "图片"}, pdf.Scan: {OCRLayer, ""},
}

// fewestUnmapped is how many characters may be ornaments of which no file says what
// they are.
const fewestUnmapped = 8

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
	if b.Unmapped >= fewestUnmapped {
		f.add(Layer{Kind: Left, Name: fmt.Sprintf("有%d个字符或者更多，文件没有说明是什么字，只能看不能读", b.Unmapped)})
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
	{"/Thumb ", "/Width", Thumbnail, "页面的缩略图"},
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
		if bytes.Contains(head, []byte("/DCTDecode")) {
			portablePhoto(body[:end], f)
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
	script := func(l Layer) bool { return l.Kind == Script }
	if bytes.Contains(structure.Bytes(), []byte("/JavaScript")) && bytes.Contains(structure.Bytes(), []byte("/JS")) && !slices.ContainsFunc(f.Layers, script) {
		f.add(Layer{Kind: Script, Name: "JavaScript"})
	}
	f.addText(Margin, doc.Place{}, "书签、链接和附加的数据", portableStrings(structure.Bytes(), f)...)
	portableEnds(data, f)
}

// portablePhoto reads what a photo in a file says beside what it shows.
func portablePhoto(data []byte, f *File) {
	own := &File{}
	if bytes.HasPrefix(data, []byte("\xFF\xD8")) {
		readJPEG(data, own)
	}
	for _, l := range own.Layers {
		if l.Kind == Position || l.Kind == PictureData {
			f.add(l)
		}
	}
}

// portableEnds tells what stands before the file's beginning and behind its end, which
// no program shows.
func portableEnds(data []byte, f *File) {
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i > 0 && len(bytes.TrimSpace(data[:i])) > mostMark {
		f.add(Layer{Kind: Embedded, Name: "文件开头之前的数据", Blocks: paragraphs(doc.Place{}, strings.ToValidUTF8(string(data[:i]), ""))})
	}
	if i := bytes.LastIndex(data, endMark); i >= 0 && len(bytes.Trim(data[i+len(endMark):], "\x00\r\n \t")) > mostTrailing {
		f.add(Layer{Kind: Embedded, Name: "文件末尾附加的数据"})
	}
}

// mostMark is how many bytes stand before a file by accident: a byte order mark.
const mostMark = 4

// mostStrings bounds the strings of a file that are looked at, longestString each.
const (
	mostStrings   = 100_000
	longestString = 64 << 10
)

// portableStrings gives the strings of a file's structure: titles of bookmarks, addresses
// of links, descriptions of pictures, and whatever programs keep beside the pages. What
// was found as a property or note already is left out.
func portableStrings(structure []byte, f *File) (texts []string) {
	known := map[string]bool{}
	for _, l := range f.Layers {
		if l.Kind == Property || l.Kind == Annotation || l.Kind == FormField {
			for t := range EachText(l.Blocks) {
				known[textOf(t)] = true
			}
		}
	}
	for i := 0; i < len(structure) && len(texts) < mostStrings; i++ {
		var raw []byte
		switch {
		case structure[i] == '(':
			raw, i = literalString(structure, i+1)
		case structure[i] == '<' && i+1 < len(structure) && structure[i+1] != '<' && structure[i-min(i, 1)] != '<':
			raw, i = hexString(structure, i+1)
		}
		if text := LinkText(strings.TrimSpace(portableText(raw))); len(text) >= shortestTold && !known[text] {
			known[text] = true
			texts = append(texts, text)
		}
	}
	return texts
}

// shortestTold is how many bytes a string has at least that may hold a datum.
const shortestTold = 7

// literalString reads a string between brackets (ISO 32000-1, 7.3.4.2).
func literalString(data []byte, i int) (raw []byte, end int) {
	for depth := 1; i < len(data) && len(raw) < longestString; i++ {
		switch c := data[i]; c {
		case '\\':
			if i++; i < len(data) {
				raw = append(raw, escaped(data, &i))
			}
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return raw, i
			}
		}
		raw = append(raw, data[i])
	}
	return raw, i
}

// escaped reads what follows a backslash, which it leaves i on.
func escaped(data []byte, i *int) byte {
	c := data[*i]
	if c < '0' || c > '7' {
		if named := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': ' ', 'f': ' ', '\n': ' ', '\r': ' '}[c]; named != 0 {
			return named
		}
		return c
	}
	n := 0
	for k := 0; k < 3 && *i < len(data) && data[*i] >= '0' && data[*i] <= '7'; k++ {
		n = n*8 + int(data[*i]-'0')
		*i++
	}
	*i--
	return byte(n) //nolint:gosec // of a byte, as the standard says
}

func hexString(data []byte, i int) (raw []byte, end int) {
	stop := bytes.IndexByte(data[i:min(len(data), i+2*longestString)], '>')
	if stop < 0 {
		return nil, i
	}
	raw = make([]byte, stop/2+1)
	n, err := hex.Decode(raw, bytes.Join(bytes.Fields(data[i:i+stop]), nil))
	if err != nil {
		return nil, i + stop
	}
	return raw[:n], i + stop
}

// portableText decodes a string of a file: UTF-16 with its mark, or the file's own code,
// whose letters and digits are those of ASCII; "" for bytes that are no text.
func portableText(raw []byte) string {
	if len(raw) > 2 && raw[0] == 0xFE && raw[1] == 0xFF {
		units := make([]uint16, (len(raw)-2)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(raw[2+2*i:])
		}
		return string(utf16.Decode(units))
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' }) {
		return ""
	}
	return text
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
