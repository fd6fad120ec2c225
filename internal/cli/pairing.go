package cli

import "strings"

// pairing finds the report of the same organ on the year before. Names are
// compared without blanks. An organ is also known without the region above it:
// 洪泽区人民政府 is 淮安市洪泽区人民政府, unless two organs would be so called.
type pairing struct {
	files []identity // by number
	whole map[identity]int
	short map[identity]int
}

// identity is an organ and the year of its report.
type identity struct {
	file  int
	organ string
	year  int
}

// ambiguous stands in pairing.short for a short name of several organs.
const ambiguous = -1

func newPairing() *pairing {
	return &pairing{whole: make(map[identity]int), short: make(map[identity]int)}
}

// add takes in whose report a file is. Of several reports of an organ on one
// year the first counts. A report without organ or year pairs with none.
func (p *pairing) add(file int, organ string, year int) {
	organ = strings.Join(strings.Fields(organ), "")
	if organ == "" || year == 0 {
		return
	}
	p.files = append(p.files, identity{file, organ, year})
	key := identity{organ: organ, year: year}
	if _, seen := p.whole[key]; seen {
		return
	}
	p.whole[key] = file
	for _, name := range shortNames(organ) {
		key.organ = name
		if _, seen := p.short[key]; seen {
			file = ambiguous
		}
		p.short[key] = file
	}
}

// previous gives for the number of a file that of the report on the year before.
func (p *pairing) previous() map[int]int {
	found := make(map[int]int)
	for _, id := range p.files {
		if before, ok := p.before(id); ok {
			found[id.file] = before
		}
	}
	return found
}

func (p *pairing) before(id identity) (int, bool) {
	key := identity{organ: id.organ, year: id.year - 1}
	if i, ok := p.whole[key]; ok {
		return i, true
	}
	if i, ok := p.short[key]; ok && i != ambiguous {
		return i, true
	}
	for _, name := range shortNames(id.organ) {
		// Another organ of this year may have the same short name.
		if i, ok := p.short[identity{organ: name, year: id.year}]; ok && i == ambiguous {
			continue
		}
		key.organ = name
		if i, ok := p.whole[key]; ok {
			return i, true
		}
	}
	return 0, false
}

// shortNames gives an organ's name without the regions above its own: of
// 江苏省淮安市洪泽区教育局 淮安市洪泽区教育局 and 洪泽区教育局. A name keeps a region.
func shortNames(organ string) []string {
	var names []string
	rest := organ
	for {
		cut := firstRegion(rest)
		if cut == 0 || firstRegion(rest[cut:]) == 0 {
			return names
		}
		rest = rest[cut:]
		names = append(names, rest)
	}
}

// firstRegion gives the length of the region that a name begins with, in bytes,
// 0 if it begins with none. A region's name has at least two characters before
// its kind.
func firstRegion(name string) int {
	for i, r := range name {
		if i >= len("呼伦贝尔草原八字") {
			break
		}
		if i >= len("二字") && strings.ContainsRune("省市州盟县区旗镇乡", r) {
			return i + len(string(r))
		}
	}
	return 0
}
