package docx

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/errs"
)

// reader walks through the main text once, from beginning to end.
type reader struct {
	s         *markup.Scanner
	out       *doc.Doc
	styles    *styles
	comments  *comments
	lists     *numbering
	loadLists func() (*numbering, error)

	// buf is a stack of texts under construction: the cell, the paragraph in
	// it, the text box in that. Each knows where it begins.
	buf     []byte
	unseen  []byte // deleted or hidden text on its way to a notice
	scratch []byte // one w:t

	deleted int  // open tracked deletions
	hidden  bool // the run is hidden
	fields  fields
	place   doc.Place // where we are
	noticed int       // end of the last notice's text in buf, to join what adjoins

	inCell           int // cells we are in
	paras, tables    int // counted in the body
	anyParas, cells  int // counted everywhere, against the limits
	textBytes        int
	foreign, stopped bool
}

func newReader() *reader {
	return &reader{out: &doc.Doc{Format: doc.DOCX}, noticed: unset}
}

// document reads the main part.
func (r *reader) document(xml []byte) error {
	r.s = markup.NewScanner(xml)
	found := false
	for r.s.Child(0) {
		if string(r.s.Name) != "document" {
			continue
		}
		for d := r.s.Depth(); r.s.Child(d); {
			if string(r.s.Name) == "body" && !found {
				found = true
				r.body()
			}
		}
	}
	if r.s.Err != nil {
		return r.s.Err
	}
	if !found {
		return errs.New(errs.Unsupported, "这不是文字处理文件（可能是表格或演示文稿），请提供 .docx 文件。")
	}
	r.remainingComments()
	return nil
}

func (r *reader) body() {
	st := &story{body: true}
	r.blocks(st)
	r.finish(st)
	r.out.Blocks = st.blocks
}

// story is a sequence of blocks: the body, a text box, or a cell. In a cell
// the paragraphs stay in reader.buf, joined by line ends; elsewhere each
// becomes a block.
type story struct {
	cell   bool
	body   bool        // paragraphs are counted, those of cells and text boxes are not
	blocks []doc.Block // outside cells
	nested []doc.Table // in cells
	base   int         // where the text of a cell begins in reader.buf

	paras int // paragraphs met
	// carried tells that the text from carriedFrom on belongs to a paragraph
	// whose end was deleted: it goes on in the next one.
	carried     bool
	carriedFrom int
}

// blocks reads the children of the current element as blocks of a story.
func (r *reader) blocks(st *story) {
	for d := r.s.Depth(); r.s.Child(d); {
		r.block(st)
	}
}

func (r *reader) block(st *story) {
	switch string(r.s.Name) {
	case "p":
		r.paragraph(st)
	case "tbl":
		r.table(st)
	case "sdt", "sdtContent", "customXml", "ins", "moveTo":
		r.blocks(st)
	case "del", "moveFrom":
		r.gone(doc.TrackedDeletion, func() { r.blocks(st) })
	case "AlternateContent":
		r.alternate(func() { r.blocks(st) })
	case "altChunk":
		r.foreign = true
		r.notice(doc.Truncated, "嵌入的其他格式内容未读取", len(r.buf))
	}
}

// gone reads something that is in the file but not on the page. Only the
// outermost such thing makes a notice, with all the text in it.
func (r *reader) gone(kind doc.NoticeKind, read func()) {
	from := len(r.unseen)
	r.deleted++
	read()
	r.deleted--
	if r.deleted > 0 {
		return
	}
	r.notice(kind, head(r.unseen[from:]), len(r.buf))
	r.unseen = r.unseen[:from]
}

// alternate reads one branch of an mc:AlternateContent: the first choice, for
// all that offices put there (text boxes, shapes) is understood here; the
// fallback says the same once more for older programs.
func (r *reader) alternate(read func()) {
	done := false
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "Choice", "Fallback":
			if !done {
				done = true
				read()
			}
		}
	}
}

// write puts visible characters where they belong. Deleted and hidden text
// goes to the side, the instruction of a field nowhere.
func (r *reader) write(b ...byte) {
	switch {
	case r.fields.instructions > 0:
	case r.deleted > 0 || r.hidden:
		if len(r.unseen) < noticeBytes {
			r.unseen = append(r.unseen, b[:min(len(b), noticeBytes)]...)
		}
	default:
		r.spend(len(b))
		r.buf = append(r.buf, b...)
	}
}

// spend counts visible text against the limit.
func (r *reader) spend(n int) {
	r.textBytes += n
	if r.textBytes > MaxText {
		r.tooLarge("文字超过 %d MB", MaxText>>20)
	}
}

func (r *reader) tooLarge(what string, limit int) {
	r.s.Fail(errs.New(errs.TooLarge, what+"，不像正常文稿，未予读取；请用办公软件打开检查，拆分或删减后再试。", limit))
}

// finish closes a story whose last paragraph mark was deleted. In a cell the
// line end before a paragraph that left nothing goes too.
func (r *reader) finish(st *story) {
	if !st.carried {
		return
	}
	st.carried = false
	left := len(r.buf) > st.carriedFrom
	switch {
	case st.cell && !left && st.carriedFrom > st.base:
		r.buf = r.buf[:st.carriedFrom-1]
	case !st.cell && left:
		r.emit(st, st.carriedFrom, doc.Body)
	}
}

// emit makes a block of the text from a point in buf on.
func (r *reader) emit(st *story, from int, role doc.Style) {
	st.blocks = append(st.blocks, doc.Block{Para: &doc.Para{
		Text: string(r.buf[from:]), Style: role, Place: r.place,
	}})
	r.buf = r.buf[:from]
}

// notice lists something beside the visible text, which stands from a point in
// buf to its end. Pieces of one kind that adjoin in the text are one notice;
// a change of nothing but blanks is none.
func (r *reader) notice(kind doc.NoticeKind, what string, from int) {
	if what = clip(what); what == "" && kind != doc.PictureFound && kind != doc.Comment {
		return
	}
	all := r.out.Notices
	if len(all) > 0 && r.noticed == from && kind != doc.PictureFound && kind != doc.Comment {
		if last := &all[len(all)-1]; last.Kind == kind && last.Place == r.place {
			last.Text = clip(last.Text + what)
			r.noticed = len(r.buf)
			return
		}
	}
	if r.stopped {
		return
	}
	if len(all) >= MaxNotices {
		r.stopped = true
		kind, what = doc.Truncated, "提示过多，其余未列出"
	}
	r.out.Notices = append(r.out.Notices, doc.Notice{Kind: kind, Text: what, Place: r.place})
	r.noticed = len(r.buf)
}

// noticeBytes is the room that the text of a notice can fill.
const noticeBytes = MaxNoticeText * utf8.UTFMax

// head is the beginning of a text, enough for a notice.
func head(text []byte) string {
	text = bytes.TrimSpace(text)
	return string(text[:min(len(text), noticeBytes)])
}

// clip shortens a text to MaxNoticeText characters and makes it valid UTF-8.
func clip(s string) string {
	s = strings.ToValidUTF8(cut(strings.TrimSpace(s), 2*noticeBytes), "")
	count := 0
	for i := range s {
		if count == MaxNoticeText {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
