package law

import "sync"

// Mark says how well the content of an instrument is known.
type Mark string

const (
	// Verified — the text, or the part that is relied on, was read.
	Verified Mark = "verified"
	// Remembered — known from memory or from others; to be checked before a hard
	// rule rests on it.
	Remembered Mark = "remembered"
)

// Instrument is a law, a regulation or an official letter that is cited.
type Instrument struct {
	Name     string // the name it is cited by: 条例, or its number
	Number   string // 国务院令第711号; empty for laws cited by title
	Title    string // in full
	Since    string // in force from, 2006-01-02; empty: not recorded
	Until    string // no longer in force from; empty: in force
	Mark     Mark
	Articles int       // number of articles; 0: has none, or not recorded
	Known    []Article // those that the product relies on
	Clauses  bool      // a standard: cited by clause (GB/T 9704-2012§7.3.3), of which only the form is checked
	Note     string
}

// Article is an article that the product relies on.
type Article struct {
	No    int
	Title string // what it is about, in Chinese
	// Parts is the number of paragraphs, or of the items of an article that is
	// one paragraph of items; 0: not recorded.
	Parts int
	// Items is the largest number of items in any one paragraph, or onlyItems.
	Items int
}

// onlyItems marks an article that is one paragraph of items: Parts counts them.
const onlyItems = -1

// Instruments gives every instrument that may be cited.
func Instruments() []Instrument { return slicesJoin(statutes(), letters(), holidayNotices()) }

func slicesJoin(lists ...[]Instrument) []Instrument {
	var all []Instrument
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

var index = sync.OnceValue(func() map[string]Instrument {
	m := map[string]Instrument{}
	for _, i := range Instruments() {
		m[i.Name] = i
	}
	return m
})

// Lookup finds an instrument by the name or number it is cited by.
func Lookup(name string) (Instrument, bool) {
	i, ok := index()[name]
	return i, ok
}

// Article finds an article that the product relies on.
func (i Instrument) Article(no int) (Article, bool) {
	for _, a := range i.Known {
		if a.No == no {
			return a, true
		}
	}
	return Article{}, false
}

// InForce tells whether the instrument is in force on a day written 2006-01-02.
func (i Instrument) InForce(day string) bool {
	return (i.Since == "" || day >= i.Since) && (i.Until == "" || day < i.Until)
}
