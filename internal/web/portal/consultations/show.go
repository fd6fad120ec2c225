package consultations

import (
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/blob"
	"gongkai/internal/consult"
	"gongkai/internal/errs"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// showData is a consultation as everybody reads it.
type showData struct {
	Tags               tags
	State, Tone, Left  string
	Organ, Kind        string
	From, Until        string
	Urgent             string // why it is shorter than usual
	Past               bool
	Draft, Explanation paper
	Ways               []way
	Contact, Phone     string
	Give, Follow       string // "" where no opinion is taken online
	Ended              string // what happens after the last day; "" while it is open
	Notes              []note
	Told               *told
	Former             []*told // feedback that was corrected since, the latest first
	Cite               string
}

// paper is a text with its files.
type paper struct {
	Lines []string
	Files []file
}

type file struct{ Name, Path, Type, Size string }

// way is a way to give an opinion.
type way struct{ Label, Text, Link string }

type note struct{ On, Text string }

// told is the feedback.
type told struct {
	On, Sentence string
	Why          string // of a correction
	Lines        []string
	Groups       []group
	Final, Title string
	Correcting   bool
}

// group are opinions that say the same.
type group struct {
	Outcome, Tone string
	Gist, Reason  string
	N             int
}

var showTemplate = web.Define[showData]("portal/consultation")

func (p Pages) show(w http.ResponseWriter, r *http.Request) error {
	web.Reads(r.Context(), web.OfConsultations, web.OfDocuments) // the title of the final text
	s, err := p.Desk.Public(r.Context(), r.PathValue("consultation"))
	if err != nil {
		return err
	}
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return err
	}
	data, err := p.drawShown(r, tree, s)
	if err != nil {
		return err
	}
	return showTemplate.Show(p.Kit, w, r, s.Content.Title, data)
}

func (p Pages) drawShown(r *http.Request, tree *org.Tree, s consult.Shown) (showData, error) {
	say, c := p.Kit.Say(r), s.Content
	sort, _ := consult.SortOf(c.Kind)
	data := showData{
		Organ: tree.Name(s.Organ), Kind: say.In(c.Kind.Words()), From: day(say, c.From), Until: day(say, c.Until), Past: c.Past,
		Contact: c.Contact, Phone: c.Phone, Ways: ways(say, c), Cite: sort.Cite, Left: p.left(say, s.Row), Follow: FollowPath,
	}
	data.State, data.Tone = p.state(say, s.Row)
	data.Tags = p.about(r, s, data.Organ)
	if s.Short {
		data.Urgent = c.Urgent
	}
	switch s.Row.Phase(p.Desk.Today()) {
	case consult.Open:
		data.Give = Path + "/" + s.ID + "/opinion"
	case consult.Ended:
		data.Ended = say.T("consult.ended-text", day(say, s.Row.Due))
	case consult.Overdue:
		data.Ended = say.T("consult.overdue-text", day(say, s.Row.Due))
	case consult.Told, consult.Stopped, consult.Preparing, consult.Waiting, consult.GivenUp:
	}
	for _, n := range slices.Backward(s.Notes) {
		data.Notes = append(data.Notes, note{n.On.String(), n.Text})
	}
	data.Told = feedback(say, s)
	for _, f := range slices.Backward(s.Feedback[:max(len(s.Feedback)-1, 0)]) {
		data.Former = append(data.Former, draw(say, f))
	}
	var err error
	if data.Draft, err = p.paper(r, s.ID, c.Draft); err != nil {
		return data, err
	}
	data.Explanation, err = p.paper(r, s.ID, c.Explanation)
	return data, err
}

func (p Pages) paper(r *http.Request, id string, from consult.Paper) (paper, error) {
	one := paper{Lines: paragraphs(from.Text)}
	for _, f := range from.Files {
		info, err := p.Files.Info(r.Context(), f.Hash)
		if err != nil {
			return one, err
		}
		one.Files = append(one.Files, file{f.Name, Path + "/" + id + "/files/" + f.Hash, strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), ".")), size(info.Size)})
	}
	return one, nil
}

// size writes a number of bytes as people read it.
func size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < mega {
		return strconv.FormatInt((bytes+kilo-1)/kilo, 10) + " KB"
	}
	return strconv.FormatFloat(float64(bytes)/mega, 'f', 1, 64) + " MB"
}

func ways(say *locale.Catalogue, c consult.Content) []way {
	all := []way{{Label: say.T("consult.online"), Text: say.T("consult.online-way")}}
	if c.Email != "" {
		all = append(all, way{say.T("consult.email"), c.Email, "mailto:" + c.Email})
	}
	if c.Address != "" {
		all = append(all, way{Label: say.T("consult.address"), Text: c.Address})
	}
	if c.Fax != "" {
		all = append(all, way{Label: say.T("consult.fax"), Text: c.Fax})
	}
	return all
}

// feedback draws what became of the opinions; nil before it is published.
func feedback(say *locale.Catalogue, s consult.Shown) *told {
	f, ok := s.Told()
	if !ok {
		return nil
	}
	t := draw(say, f)
	t.Correcting = s.Status != consult.Answered
	if s.FinalTitle != "" {
		t.Final, t.Title = "/open/"+s.Final, s.FinalTitle
	}
	return t
}

func draw(say *locale.Catalogue, f consult.Feedback) *told {
	t := &told{On: day(say, f.On), Sentence: sentence(say, f.Count), Why: f.Why, Lines: paragraphs(f.Text)}
	tones := map[consult.Outcome]string{consult.Adopted: "green", consult.Partly: "amber", consult.Declined: "grey"}
	for _, g := range f.Groups {
		t.Groups = append(t.Groups, group{say.In(consult.Wording(string(g.Outcome), consult.Outcomes())), tones[g.Outcome], g.Gist, g.Reason, g.N})
	}
	return t
}

func sentence(say *locale.Catalogue, t consult.Tally) string {
	if say.Lang != locale.English {
		return t.Sentence()
	}
	return say.T("consult.sentence", t.Received, t.Adopted, t.Partly, t.Declined)
}

// file hands out a file of a consultation that everybody may read. It is always saved,
// never opened on the site.
func (p Pages) file(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Desk.Public(r.Context(), r.PathValue("consultation"))
	if err != nil {
		return err
	}
	hash := r.PathValue("file")
	i := slices.IndexFunc(s.Files(), func(f consult.File) bool { return f.Hash == hash })
	if i < 0 || !blob.Valid(hash) {
		return errs.New(errs.NotFound, "没有这个附件。")
	}
	info, err := p.Files.Info(r.Context(), hash)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	web.Attach(w, s.Files()[i].Name, info.MediaType)
	_, err = io.Copy(w, content)
	return err
}
