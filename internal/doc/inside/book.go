package inside

import (
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/doc/markup"
	"gongkai/internal/doc/opc"
)

// Book is a workbook as its parts list it.
type Book struct {
	Main    string // the part
	Sheets  []BookSheet
	Names   []BookName
	Shared  []string // texts that cells refer to by number
	Strings string   // the part that they are in; "" where there is none
	Styles  []cellLook

	runs        map[int][]inkedRun // of the shared texts that are not written in one ink
	phonetic    []string           // readings above characters
	differences []difference       // of conditional formats
	colours     colours
	filePath    string // the folder that it was last saved in
}

// BookSheet is a sheet as the workbook lists it.
type BookSheet struct {
	Name, Part, Kind string // Kind is the relation: worksheet, chartsheet, dialogsheet …
	State            string // "", hidden or veryHidden
	ID               string // of the relation
}

// Hidden tells sheets that are not shown.
func (s BookSheet) Hidden() bool { return s.State == "hidden" || s.State == "veryHidden" }

// BookName is a defined name.
type BookName struct {
	Name, Refers string
	Hidden       bool
}

// MaxSheets bounds the sheets of a workbook.
const MaxSheets = 2000

// OpenBook reads what all sheets share.
func OpenBook(p *opc.Package) (*Book, error) {
	main, err := mainPart(p, "xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	related, err := p.Relations(main)
	if err != nil {
		return nil, err
	}
	b := &Book{Main: main, runs: map[int][]inkedRun{}, colours: colours{usualTheme, palette}}
	byID := map[string]opc.Relation{}
	for _, r := range related {
		if r.Kind != "theme" || r.External {
			continue
		}
		theme, err := readTheme(p, r.Target)
		if err != nil {
			return nil, err
		}
		if theme != nil {
			b.colours.theme = theme
		}
	}
	for _, r := range related {
		byID[r.ID] = r
		switch r.Kind {
		case "sharedStrings":
			b.Strings = r.Target
			err = b.readStrings(p)
		case "styles":
			err = b.readStyles(p, r.Target)
		}
		if err != nil {
			return nil, err
		}
	}
	part, err := p.XML(main)
	if err != nil {
		return nil, err
	}
	return b, b.read(markup.NewScanner(part), byID)
}

func (b *Book) read(s *markup.Scanner, byID map[string]opc.Relation) error {
	for kind := s.Next(); kind != markup.EOF; kind = s.Next() {
		if kind != markup.Start {
			continue
		}
		switch string(s.Name) {
		case "sheet":
			rel := byID[attr(s, "id")]
			if len(b.Sheets) < MaxSheets {
				b.Sheets = append(b.Sheets, BookSheet{Name: attr(s, "name"), Part: rel.Target, Kind: rel.Kind, State: attr(s, "state"), ID: rel.ID})
			}
		case "definedName":
			n := BookName{Name: attr(s, "name"), Hidden: attr(s, "hidden") == "1" || attr(s, "hidden") == "true"}
			n.Refers = s.Content()
			b.Names = append(b.Names, n)
		case "absPath":
			b.filePath = attr(s, "url")
		}
	}
	return s.Err
}

func attr(s *markup.Scanner, name string) string {
	v, _ := s.Attr(name)
	return string(v)
}

// maxShared bounds the shared texts of a workbook.
const maxShared = 2_000_000

// inkedRun is a piece of a text in an ink of its own.
type inkedRun struct {
	text string
	own  bool // it says its ink itself
	ink
}

// readStrings reads the shared texts.
func (b *Book) readStrings(p *opc.Package) error {
	part, err := p.XML(b.Strings)
	if part == nil || err != nil {
		return err
	}
	s := markup.NewScanner(part)
	for s.Child(0) {
		for d := s.Depth(); s.Child(d) && len(b.Shared) < maxShared; {
			text, runs := b.richText(s)
			if runs != nil {
				b.runs[len(b.Shared)] = runs
			}
			b.Shared = append(b.Shared, text)
		}
	}
	return s.Err
}

// richText reads the texts of an element, runs joined; the runs, too, where one says
// its own ink. Readings above characters are no part of them.
func (b *Book) richText(s *markup.Scanner) (text string, runs []inkedRun) {
	own := false
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "t":
			runs = append(runs, inkedRun{text: s.Content()})
		case "r":
			runs = append(runs, b.readRun(s))
		case "rPh":
			if reading := s.Content(); !blank(reading) && len(b.phonetic) < maxPieces {
				b.phonetic = append(b.phonetic, reading)
			}
			continue
		default:
			continue
		}
		text += runs[len(runs)-1].text
		own = own || runs[len(runs)-1].own
	}
	if !own {
		return text, nil
	}
	return text, runs
}

func (b *Book) readRun(s *markup.Scanner) (run inkedRun) {
	for d := s.Depth(); s.Child(d); {
		switch string(s.Name) {
		case "t":
			run.text += s.Content()
		case "rPr":
			run.ink, run.own = b.readFont(s, ink{colour: blackInk}), true
		}
	}
	return run
}

// hiddenNames tells which names hide something: those that are hidden
// themselves, hold a value, or name a hidden sheet. Excel's own are no matter.
func (b *Book) hiddenNames(f *File) {
	for _, n := range b.Names {
		if strings.HasPrefix(n.Name, "_xlnm.") || strings.Contains(n.Refers, "#REF!") && !n.Hidden {
			continue
		}
		if n.Hidden || strings.HasPrefix(n.Refers, `"`) || strings.HasPrefix(n.Refers, "{") || b.namesHidden(n.Refers) {
			f.addText(DefinedName, doc.Place{}, n.Name, n.Refers)
		}
	}
}

func (b *Book) namesHidden(refers string) bool {
	for _, s := range b.Sheets {
		if s.Hidden() && (strings.HasPrefix(refers, s.Name+"!") || strings.Contains(refers, "'"+s.Name+"'!")) {
			return true
		}
	}
	return false
}
