package letters

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/guard"
	"gongkai/internal/locale"
	"gongkai/internal/release"
	"gongkai/internal/web"
)

// maskData is what can be taken out of a file.
type maskData struct {
	Name  string
	Back  string
	Again bool // it was done before
	Drawn bool // areas can be marked
	Spots []spotRow
	Words []wordRow
	Areas []areaRow
	Pages []sheetPage
	Wrong string
}

// spotRow is a place where something was found, with the choice of why it goes.
type spotRow struct {
	guard.Spot
	Where   string
	Field   string
	Options []web.Option
}

// wordRow is room for words that go as well.
type wordRow struct {
	Nth              int
	Text, Why, Value string
	Options          []web.Option
}

// areaRow is room for a rectangle: a page, and parts of its width and height in
// percent.
type areaRow struct {
	Nth     int
	Fields  []areaField
	Why     string
	Options []web.Option
}

type areaField struct{ Name, Label, Value, Step string }

// sheetPage is a page of the original on which rectangles are marked. Lengths are
// thousandths of its width.
type sheetPage struct {
	Nth     int
	Picture string
	Height  int
	Ticks   []tick
	Found   []rectangle // what the guard found
	Marked  []rectangle
}

// tick is a mark of the rulers at the edges.
type tick struct {
	Percent, X, Y int
	Edge          bool // no number: it would stand half outside
}

type rectangle struct{ X, Y, Width, Height int }

// wordRows and areaRows are how many empty ones the form has.
const (
	wordRows = 8
	areaRows = 6
	mostRows = 300 // of a form that comes back
)

var maskTemplate = web.Define[maskData]("desk/letter_mask")

func (p Files) askMask(w http.ResponseWriter, r *http.Request) error {
	return p.showMask(w, r, nil, nil)
}

func (p Files) showMask(w http.ResponseWriter, r *http.Request, typed url.Values, wrong error) error {
	ctx, actor, say := r.Context(), web.Actor(r), p.Kit.Say(r)
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	if !f.Maskable {
		return release.NotMaskable()
	}
	spots, err := p.Office.Spots(ctx, actor, request.ID, f.ID)
	if err != nil {
		return err
	}
	data := maskData{Name: f.Name, Back: filesPath(request) + "/" + f.ID, Drawn: f.Drawn, Again: len(f.Redactions) > 0}
	for _, s := range spots {
		why := "privacy"
		field := "why-" + strconv.Itoa(s.Nth)
		if typed != nil {
			why = typed.Get(field)
		}
		data.Spots = append(data.Spots, spotRow{s, s.Place.String(), field, grounds(say, why, true)})
	}
	for n := 1; n <= wordRows; n++ {
		row := wordRow{Nth: n, Text: "words-" + strconv.Itoa(n), Why: "words-why-" + strconv.Itoa(n)}
		why := "privacy"
		if typed != nil {
			row.Value, why = typed.Get(row.Text), typed.Get(row.Why)
		}
		row.Options = grounds(say, why, false)
		data.Words = append(data.Words, row)
	}
	if f.Drawn {
		papers, err := p.Office.Papers(ctx, actor, request.ID, f.ID)
		if err != nil {
			return err
		}
		if typed == nil {
			typed = areasBefore(f.Redactions)
		}
		data.Areas = areaForm(say, typed)
		data.Pages = sheetPages(data.Back, papers, spots, typed)
	}
	status := http.StatusOK
	if wrong != nil {
		switch errs.KindOf(wrong) {
		case errs.Invalid, errs.Conflict, errs.TooMany, errs.TooLarge, errs.Unsupported, errs.Corrupt, errs.Encrypted:
			data.Wrong, status = errs.Public(wrong), http.StatusUnprocessableEntity
		default:
			return wrong
		}
	}
	return maskTemplate.ShowStatus(p.Kit, w, r, status, say.T("letters.mask-of", f.Name), data)
}

func grounds(say *locale.Catalogue, chosen string, stay bool) (all []web.Option) {
	if stay {
		all = append(all, web.Option{Label: say.T("letters.stays"), Chosen: chosen == ""})
	}
	for _, g := range release.Grounds() {
		all = append(all, web.Option{Value: g.Value, Label: groundWord(say, g), Chosen: chosen == g.Value})
	}
	return all
}

// areaNames are the fields of a rectangle.
var areaNames = [...]string{"page", "left", "top", "width", "height"}

func areaName(n int, name string) string { return "area-" + strconv.Itoa(n) + "-" + name }

// areasBefore fills in the rectangles of the copy that there is.
func areasBefore(done []release.Redaction) url.Values {
	v, n := url.Values{}, 0
	for _, d := range done {
		if d.Area == nil {
			continue
		}
		n++
		a := *d.Area
		for i, part := range []float64{a.Left, a.Top, a.Right - a.Left, a.Bottom - a.Top} {
			v.Set(areaName(n, areaNames[i+1]), strconv.FormatFloat(100*part, 'f', 1, 64))
		}
		v.Set(areaName(n, "page"), strconv.Itoa(a.Page))
		v.Set(areaName(n, "why"), d.Why)
	}
	return v
}

// areaForm gives the rows with what was typed, and some that are empty.
func areaForm(say *locale.Catalogue, typed url.Values) (all []areaRow) {
	labels := [len(areaNames)]string{say.T("letters.area-page"), say.T("letters.area-left"), say.T("letters.area-top"), say.T("letters.area-width"), say.T("letters.area-height")}
	last := 0
	for n := 1; n <= mostRows; n++ {
		if typed.Get(areaName(n, "width")) != "" {
			last = n
		}
	}
	for n := 1; n <= min(last+areaRows, mostRows); n++ {
		row := areaRow{Nth: n, Why: areaName(n, "why")}
		for i, name := range areaNames {
			f := areaField{areaName(n, name), labels[i], typed.Get(areaName(n, name)), "0.1"}
			if i == 0 {
				f.Step = "1"
			}
			row.Fields = append(row.Fields, f)
		}
		why := typed.Get(row.Why)
		if why == "" {
			why = "privacy"
		}
		row.Options = grounds(say, why, false)
		all = append(all, row)
	}
	return all
}

// readArea reads a rectangle; nil where nothing was typed. What cannot be read is
// no area, which the use case refuses.
func readArea(values url.Values, n int) *doc.Area {
	var v [len(areaNames)]float64
	typed := false
	for i, name := range areaNames {
		text := strings.TrimSuffix(strings.TrimSpace(values.Get(areaName(n, name))), "%")
		number, err := strconv.ParseFloat(text, 64)
		if typed = typed || text != "" && i > 0; err != nil {
			number = -1
		}
		v[i] = number
	}
	if !typed {
		return nil
	}
	const slack = 0.0005 // of a page: what rounding adds
	a := doc.Area{Page: int(v[0]), Left: v[1] / 100, Top: v[2] / 100, Right: (v[1] + v[3]) / 100, Bottom: (v[2] + v[4]) / 100}
	if a.Right > 1 && a.Right < 1+slack {
		a.Right = 1
	}
	if a.Bottom > 1 && a.Bottom < 1+slack {
		a.Bottom = 1
	}
	return &a
}

// sheetPages are the pages with what is found and marked there.
func sheetPages(path string, papers []doc.Paper, spots []guard.Spot, typed url.Values) (all []sheetPage) {
	const width = 1000
	for i, paper := range papers {
		one := sheetPage{Nth: i + 1, Picture: path + "/pages/" + strconv.Itoa(i+1), Height: int(width * paper.Height / paper.Width)}
		for percent := 0; percent <= 100; percent += 10 {
			one.Ticks = append(one.Ticks, tick{percent, percent * width / 100, percent * one.Height / 100, percent == 0 || percent == 100})
		}
		scaled := func(a doc.Area) rectangle {
			h := float64(one.Height)
			return rectangle{int(a.Left * width), int(a.Top * h), int((a.Right-a.Left)*width) + 1, int((a.Bottom-a.Top)*h) + 1}
		}
		for _, s := range spots {
			for _, a := range s.Areas {
				if a.Page == i+1 {
					one.Found = append(one.Found, scaled(a))
				}
			}
		}
		for n := 1; n <= mostRows; n++ {
			if a := readArea(typed, n); a != nil && a.Page == i+1 && a.Good() {
				one.Marked = append(one.Marked, scaled(*a))
			}
		}
		all = append(all, one)
	}
	return all
}

// page hands out the picture of a page of the original.
func (p Files) page(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.PathValue("page"))
	if err != nil {
		return errs.New(errs.NotFound, "没有这一页。")
	}
	picture, err := p.Office.Page(r.Context(), web.Actor(r), r.PathValue("request"), r.PathValue("released"), n)
	if err != nil {
		return err
	}
	web.Private(w)
	w.Header().Set("Content-Type", "image/jpeg")
	_, err = w.Write(picture)
	return err
}

func (p Files) mask(w http.ResponseWriter, r *http.Request) error {
	request, f, err := p.handled(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.Office.Mask(r.Context(), web.Actor(r), request.ID, f.ID, readCuts(values)); err != nil {
		return p.showMask(w, r, values, err)
	}
	p.Kit.Toast(r, p.Kit.Say(r).T("letters.masked-now"))
	return web.Redirect(w, r, filesPath(request)+"/"+f.ID)
}

// readCuts reads what is to be taken out.
func readCuts(values url.Values) (cuts []release.Cut) {
	for n := 1; n <= release.MaxCuts; n++ {
		if why := values.Get("why-" + strconv.Itoa(n)); why != "" {
			cuts = append(cuts, release.Cut{Spot: n, Why: why})
		}
	}
	for n := 1; n <= wordRows; n++ {
		if words := strings.TrimSpace(values.Get("words-" + strconv.Itoa(n))); words != "" {
			cuts = append(cuts, release.Cut{Words: words, Why: values.Get("words-why-" + strconv.Itoa(n))})
		}
	}
	for n := 1; n <= mostRows; n++ {
		if area := readArea(values, n); area != nil {
			cuts = append(cuts, release.Cut{Area: area, Why: values.Get(areaName(n, "why"))})
		}
	}
	return cuts
}
