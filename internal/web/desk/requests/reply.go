package requests

import (
	"strings"

	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
	"gongkai/internal/web/course"
	"gongkai/internal/web/deed"
)

// reply is the form of a reply: its parts, each drawn by what the law wants of
// its kind. Which parts there are stands in the form itself, so that nothing that
// was typed is lost when one is added, dropped or made another kind.
type reply struct{ items []replyItem }

// replyItem is a part as it was typed.
type replyItem struct {
	kind, drawn string // drawn is the kind whose questions the form had
	typed       map[string]string
	files       []foi.File
}

// fresh tells whether the form has not asked yet what the kind needs.
func (i replyItem) fresh() bool { return i.kind != i.drawn }

const (
	fieldKind  = "kind"
	fieldDrawn = "drawn"
	fieldAbout = "about"
	fieldFiles = "files"
	fieldDrop  = "drop"
)

// readReply reads the parts, without those to be dropped and with one to be added.
func readReply(v *values) reply {
	var all reply
	for i := 0; v.Has(numbered(fieldKind, i)) && i < foi.MaxItems; i++ {
		if v.Yes(numbered(fieldDrop, i)) && v.Get(web.DoField) == deed.More {
			continue
		}
		item := replyItem{kind: v.Text(numbered(fieldKind, i)), drawn: v.Text(numbered(fieldDrawn, i)), typed: map[string]string{fieldAbout: v.Get(numbered(fieldAbout, i))}}
		for _, n := range foi.Needs(item.kind) {
			item.typed[n.Name] = v.Get(numbered(n.Name, i))
		}
		item.files = v.papers(numbered(fieldFiles, i), "released")
		all.items = append(all.items, item)
	}
	if more := v.Text("more"); more != "" && v.Get(web.DoField) == deed.More && len(all.items) < foi.MaxItems {
		all.items = append(all.items, replyItem{kind: more, typed: map[string]string{}})
	}
	return all
}

// unasked tells whether a kind was chosen whose questions the form had not asked.
func unasked(v *values) bool {
	for _, item := range readReply(v).items {
		if item.fresh() && len(foi.Needs(item.kind)) > 0 {
			return true
		}
	}
	return false
}

// decided gives the reply, counted as the organ counts. Where that cannot be read the
// deed finds out.
func (s *scene) decided(all reply, v *values) foi.Decision {
	d := all.decision(v)
	if c, err := s.p.Desk.Conventions(s.r.Context(), s.request.Organ); err == nil {
		d.ByFirst = c.ByFirst
	}
	return d
}

// decision gives what the parts come to.
func (a reply) decision(v *values) foi.Decision {
	d := foi.Decision{Override: v.Text("override")}
	for _, i := range a.items {
		item := foi.Item{Kind: i.kind, About: strings.TrimSpace(i.typed[fieldAbout]), Facts: map[string]string{}, Files: i.files}
		for _, n := range foi.Needs(i.kind) {
			if text := strings.TrimSpace(i.typed[n.Name]); text != "" {
				item.Facts[n.Name] = text
			}
		}
		d.Items = append(d.Items, item)
	}
	return d
}

// drafted gives the parts of a draft that came back.
func drafted(d foi.Decision) reply {
	var all reply
	for _, item := range d.Items {
		i := replyItem{kind: item.Kind, drawn: item.Kind, typed: map[string]string{fieldAbout: item.About}, files: item.Files}
		for name, text := range item.Facts {
			i.typed[name] = text
		}
		all.items = append(all.items, i)
	}
	return all
}

// replyFields draw the form. At first it holds the draft that came back, else
// the kind that the address names, else that which the law leaves.
func replyFields(s *scene, v *values) ([]web.Field, error) {
	all := readReply(v)
	if v.First {
		all = s.begin(v)
	}
	earlier, err := s.earlier(all)
	if err != nil {
		return nil, err
	}
	v.forget(fieldKind, fieldDrawn, fieldAbout, fieldFiles, fieldDrop)
	var fields []web.Field
	for i, item := range all.items {
		fields = append(fields, s.itemFields(v, i, item, len(all.items), earlier)...)
	}
	if all.decision(v).Overrides(s.request) {
		fields = append(fields, web.Field{Kind: web.TextArea, Name: "override", Label: s.say.T("requests.override"), Hint: s.say.T("requests.override-hint"), Rows: 3, MaxLength: foi.MaxText, Required: true, Value: s.overridden()})
	}
	if o, err := s.decided(all, v).Counted(); err == nil {
		fields = append(fields, web.Field{Kind: web.Fact, Label: s.say.T("requests.counted"), Value: outcomeWord(o.ID)})
	}
	v.Del("more")
	return append(fields, web.Field{Kind: web.Select, Name: "more", Label: s.say.T("requests.more"), Hint: s.say.T("requests.more-hint"), Updates: true, Options: append([]web.Option{{}}, replyOptions(s)...)}), nil
}

// begin is the form before anything was typed.
func (s *scene) begin(v *values) reply {
	lapsed := map[foi.Lapse]string{foi.NotCorrected: "F1", foi.NotPaid: "F2"}[s.request.Lapse]
	switch {
	case s.request.Draft != nil:
		return drafted(s.request.Draft.Decision)
	case lapsed != "":
		return reply{[]replyItem{{kind: lapsed, typed: map[string]string{}}}}
	}
	return reply{[]replyItem{{kind: v.Get("reply"), typed: map[string]string{}}}}
}

// itemFields draw a part: its kind, what it is about, what the law wants to be
// said.
func (s *scene) itemFields(v *values, i int, item replyItem, of int, earlier map[string]string) []web.Field {
	var fields []web.Field
	set := func(f web.Field, value string) {
		f.Value = value
		v.Set(f.Name, value)
		fields = append(fields, f)
	}
	if of > 1 {
		fields = append(fields, web.Field{Kind: web.Section, Label: s.say.T("requests.item", i+1)})
	}
	set(web.Field{Kind: web.Select, Name: numbered(fieldKind, i), Label: s.say.T("requests.reply"), Hint: s.say.T("requests.reply-hint"), Options: append([]web.Option{{Label: s.say.T("requests.choose")}}, replyOptions(s)...), Required: true, Updates: true}, item.kind)
	set(web.Field{Kind: web.Hidden, Name: numbered(fieldDrawn, i)}, item.kind)
	if of > 1 {
		set(web.Field{Kind: web.TextArea, Name: numbered(fieldAbout, i), Label: s.say.T("requests.item-about"), Hint: s.say.T("requests.item-about-hint"), Rows: 2, MaxLength: foi.MaxText, Required: true}, item.typed[fieldAbout])
	}
	for _, n := range foi.Needs(item.kind) {
		value := item.typed[n.Name]
		if item.fresh() && value == "" {
			value = earlier[item.kind+"/"+n.Name]
		}
		set(needField(s, n, i), value)
	}
	if law, _ := law.ReplyByCode(item.kind); law.Discloses && item.kind != "A1" {
		fields = append(fields, s.fileField(numbered(fieldFiles, i), s.say.T("requests.released"), s.say.T("requests.released-hint"), false))
		v.setFiles(numbered(fieldFiles, i), item.files)
	}
	if of > 1 {
		fields = append(fields, web.Field{Kind: web.Check, Name: numbered(fieldDrop, i), Label: s.say.T("requests.drop")})
	}
	return fields
}

// needField is the field of something that the law wants to be said.
func needField(s *scene, n foi.Need, i int) web.Field {
	f := web.Field{Name: numbered(n.Name, i), Label: s.say.In(n.Word), Required: n.Required, MaxLength: foi.MaxText}
	f.Hint = strings.TrimSpace(n.Hint + "（" + n.Cite + "）")
	switch n.Input {
	case foi.Text:
		f.Kind, f.Rows = web.TextArea, 4
	case foi.Select:
		f.Kind, f.Options = web.Select, append([]web.Option{{Label: s.say.T("requests.choose")}}, choice.Of(s.say, n.Options)...)
	case foi.Day:
		f.Kind, f.Narrow = web.Date, true
	case foi.Line:
	}
	return f
}

// replyOptions are the kinds of reply, with the article of each. What ends
// without a reply is none.
func replyOptions(s *scene) []web.Option {
	var all []web.Option
	for _, r := range law.Replies() {
		if r.Code != "F3" {
			all = append(all, web.Option{Value: r.Code, Label: outcomeGroup(r.Outcome) + replyWord(s.say, r.Code) + "（" + r.Cite + "）"})
		}
	}
	return all
}

// outcomeGroup gives the words of a row's group with a mark behind; "" for rows
// of their own.
func outcomeGroup(id string) string {
	group, _, found := strings.Cut(outcomeWord(id), "：")
	if !found {
		return ""
	}
	return group + " · "
}

func (s *scene) overridden() string {
	if s.request.Draft == nil {
		return ""
	}
	return s.request.Draft.Override
}

// earlier gives what the file already says of what a kind of reply needs, by kind
// and name: the reply of before, where was looked.
func (s *scene) earlier(all reply) (map[string]string, error) {
	known := map[string]string{}
	var looked []string
	for _, q := range s.request.Searches {
		if !q.AnsweredOn.IsZero() && !q.Found {
			looked = append(looked, s.say.T("requests.searched-line", s.tree.Name(q.Organ), course.ISO(q.AnsweredOn), q.Where))
		}
	}
	known["D1a/reasons"] = strings.Join(looked, "\n")
	for _, item := range all.items {
		if item.kind != "E2" {
			continue
		}
		kin, err := s.p.Desk.Kin(s.r.Context(), s.actor, s.request.ID)
		if err != nil {
			return nil, err
		}
		for _, k := range foi.Earlier(kin) {
			before, err := s.p.Desk.Request(s.r.Context(), s.actor, k.ID)
			if err != nil {
				return nil, err
			}
			if d, ok := before.Decision(); ok {
				known["E2/earlier"], known["E2/earlier-on"] = d.Number, course.ISO(d.SignedOn)
				break
			}
		}
	}
	return known, nil
}

// forget takes the numbered fields of some names out, to be set anew.
func (v *values) forget(names ...string) {
	for key := range v.Values.Values {
		for _, name := range names {
			if _, ok := strings.CutPrefix(key, name+"-"); ok {
				v.Del(key)
			}
		}
	}
	for field := range v.Files {
		if strings.HasPrefix(field, fieldFiles+"-") {
			delete(v.Files, field)
		}
	}
}

func (v *values) setFiles(field string, files []foi.File) {
	var kept []deed.File
	for _, f := range files {
		kept = append(kept, deed.File{Hash: f.Hash, Name: f.Name})
	}
	if len(kept) > 0 {
		v.Files[field] = kept
	}
}
