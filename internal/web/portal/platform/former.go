package platform

import (
	"net/http"
	"strconv"

	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// formerData is a text that stood where another stands now, with what was told when it
// was replaced (条例§6.2). Its attachments are named, and no longer handed out.
type formerData struct {
	Tags        tags
	Now         string // path of what holds
	From, Until string
	Note        string
	Number      string
	Blocks      []block
	Files       []string
}

var formerTemplate = web.Define[formerData]("portal/platform_former")

func (p Platform) former(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("published")
	no, err := strconv.Atoi(r.PathValue("no"))
	if err != nil {
		no = 0
	}
	f, v, err := p.Documents.Former(r.Context(), id, no)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	data := formerData{
		Tags: column(say, say.T("platform.catalogue"), "信息公开目录"), Now: Path + "/" + id, From: dayWords(say, f.From), Until: dayWords(say, f.Until),
		Note: f.Note, Number: v.Number, Blocks: blocks(v.Text),
	}
	for _, file := range v.Files {
		data.Files = append(data.Files, file.Name)
	}
	return formerTemplate.Show(p.Kit, w, r, say.T("platform.former-of", v.Title), data)
}

// formers gives the former texts of a document, the latest first, with a path for
// those that may still be read.
func formers(n publish.Notice) []former {
	var all []former
	for i := len(n.Former) - 1; i >= 0; i-- {
		f := n.Former[i]
		one := former{From: day(f.From), Until: day(f.Until), Note: f.Note}
		if f.Readable {
			one.Path = Path + "/" + n.ID + "/former/" + strconv.Itoa(f.No)
		}
		all = append(all, one)
	}
	return all
}
