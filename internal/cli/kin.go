package cli

import (
	"hash/fnv"
	"os"
	"strings"
	"unicode/utf8"

	"gongkai/internal/annual"
	"gongkai/internal/annual/rollup"
)

// kin knows which reports of a batch belong together beside the years of one
// organ: those of the organs below one (条例§49, parent = Σ children) and those of
// other organs with the same sentences.
type kin struct {
	tree  *rollup.Tree // nil without --tree
	files map[member]int

	said      map[uint64][]int32 // files by sentence of part five
	sentences [][]uint64         // by file
	years     []int
	organs    []string
}

// member is an organ's report on a year.
type member struct {
	organ *rollup.Organ
	year  int
}

// mostSharing is how many files may share a sentence before it is taken for a
// phrase of the trade, and leastShared how many sentences make two reports worth
// comparing.
const (
	mostSharing = 64
	leastShared = 2
)

func newKin(tree *rollup.Tree, files int) *kin {
	return &kin{
		tree: tree, files: make(map[member]int), said: make(map[uint64][]int32),
		sentences: make([][]uint64, files), years: make([]int, files), organs: make([]string, files),
	}
}

// readTree reads a list of organs, nil for no file.
func readTree(path string) (*rollup.Tree, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(err, path)
	}
	defer func() { _ = f.Close() }()
	return rollup.ReadTree(f)
}

// sentencesOf gives the longer sentences of part five as hashes.
func sentencesOf(r *annual.Report) []uint64 {
	var out []uint64
	for s := range strings.FieldsFuncSeq(r.Text(5), func(c rune) bool { return strings.ContainsRune("。；！？\n", c) }) {
		s = strings.Join(strings.Fields(s), "")
		if utf8.RuneCountInString(s) < 12 {
			continue
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(s))
		out = append(out, h.Sum64())
	}
	return out
}

// add takes in a report that was read.
func (k *kin) add(file int, organ string, year int, sentences []uint64) {
	k.years[file], k.organs[file], k.sentences[file] = year, organ, sentences
	for _, s := range sentences {
		if len(k.said[s]) < mostSharing {
			k.said[s] = append(k.said[s], int32(file))
		}
	}
	if k.tree == nil {
		return
	}
	if o := k.tree.Find(organ); o != nil {
		if _, seen := k.files[member{o, year}]; !seen {
			k.files[member{o, year}] = file
		}
	}
}

// children gives the reports of the organs right below that of a file, and the
// names of those that have none. Organs that report into another system do not
// count.
func (k *kin) children(file int) (files []int, missing []string) {
	if k.tree == nil {
		return nil, nil
	}
	o := k.tree.Find(k.organs[file])
	if o == nil {
		return nil, nil
	}
	for _, child := range o.Children {
		if child.Excluded {
			continue
		}
		if f, ok := k.files[member{child, k.years[file]}]; ok {
			files = append(files, f)
		} else {
			missing = append(missing, child.Name)
		}
	}
	return files, missing
}

// neighbour gives the report of another organ on the same year that shares most
// sentences, -1 if none shares enough of them.
func (k *kin) neighbour(file int) int {
	shared := make(map[int32]int)
	for _, s := range k.sentences[file] {
		for _, other := range k.said[s] {
			if int(other) != file && k.years[other] == k.years[file] && k.organs[other] != k.organs[file] {
				shared[other]++
			}
		}
	}
	best := -1
	for other, n := range shared {
		if n < leastShared || 2*n < len(k.sentences[file]) {
			continue
		}
		if best < 0 || n > shared[int32(best)] || n == shared[int32(best)] && int(other) < best {
			best = int(other)
		}
	}
	return best
}
