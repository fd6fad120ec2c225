package docx

import "gongkai/internal/doc"

// drawing looks through a drawing, an old VML picture or an embedded object for
// what can be read: text boxes. Pictures and charts are listed.
func (r *reader) drawing(p *paragraph) {
	name := ""
	if string(r.s.Name) == "object" {
		name = "嵌入对象"
	}
	r.shapes(p, &name)
}

func (r *reader) shapes(p *paragraph, name *string) {
	for d := r.s.Depth(); r.s.Child(d); {
		switch string(r.s.Name) {
		case "docPr":
			*name = r.pictureName()
		case "txbxContent":
			r.textBox(p)
		case "pic", "imagedata", "chart", "relIds":
			if r.deleted == 0 && !r.hidden {
				r.notice(doc.PictureFound, *name, len(r.buf))
			}
		case "AlternateContent":
			r.alternate(func() { r.shapes(p, name) })
		default:
			r.shapes(p, name)
		}
	}
}

// pictureName is what the author says the picture shows, else its name.
func (r *reader) pictureName() string {
	for _, key := range [...]string{"descr", "title", "name"} {
		if v, ok := r.s.Attr(key); ok && len(v) > 0 {
			return string(v)
		}
	}
	return ""
}

// textBox reads the text in a shape; it is printed after the paragraph that
// the shape hangs on. Empty paragraphs in it are only spacing. Its fields are
// its own.
func (r *reader) textBox(p *paragraph) {
	outer, hidden := r.fields, r.hidden
	r.fields, r.hidden = fields{}, false
	box := &story{}
	r.blocks(box)
	r.finish(box)
	r.fields, r.hidden = outer, hidden
	for _, b := range box.blocks {
		if b.Table != nil || b.Para.Text != "" {
			p.boxes.blocks = append(p.boxes.blocks, b)
		}
	}
}
