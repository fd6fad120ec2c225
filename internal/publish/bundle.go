package publish

import (
	"path"
	"slices"
	"strings"

	"gongkai/internal/doc"
)

// Bundle is the files that come with a list. Lists name a file by its name, or, where
// two have the same, with as many folders before it as tell them apart.
type Bundle struct {
	Texts map[string]*doc.Doc // of files from which a text is read, by their path
	Plain map[string]string   // of files that are a text as it is kept, by their path
	Unfit map[string]string   // what was sent and is not taken, by its path, with the reason

	files  map[string]File
	byName map[string][]string // paths
}

// NewBundle makes a bundle of kept files, by the paths that they had; unfit are
// those that were not kept.
func NewBundle(files map[string]File, unfit map[string]string) Bundle {
	b := Bundle{Texts: map[string]*doc.Doc{}, Plain: map[string]string{}, Unfit: unfit, files: files, byName: map[string][]string{}}
	for at, f := range files {
		b.byName[path.Base(at)] = append(b.byName[path.Base(at)], at)
		if f.Name != path.Base(at) {
			b.byName[f.Name] = append(b.byName[f.Name], at)
		}
	}
	for at := range unfit {
		b.byName[path.Base(at)] = append(b.byName[path.Base(at)], at)
	}
	return b
}

// MaxPath is how many bytes the name of a file has at most that stands where a text
// could.
const MaxPath = 400

// FolderOf tidies a path as a list or an archive has it: no way leads upwards.
func FolderOf(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")), "/")
}

// Find gives the paths that a name may mean.
func (b Bundle) Find(name string) []string {
	name = FolderOf(name)
	_, kept := b.files[name]
	if _, unfit := b.Unfit[name]; kept || unfit {
		return []string{name}
	}
	var all []string
	for _, at := range b.byName[path.Base(name)] {
		if !strings.Contains(name, "/") || strings.HasSuffix(at, "/"+name) {
			all = append(all, at)
		}
	}
	slices.Sort(all)
	return all
}

// File gives the kept file of a path.
func (b Bundle) File(at string) (File, bool) {
	f, ok := b.files[at]
	return f, ok
}

// Names reads the names of files out of a cell. Names may hold what parts them: what
// was sent under a name is one.
func (b Bundle) Names(cell string) []string { return b.names(cell, "\n", "；;", "、") }

func (b Bundle) names(cell string, seps ...string) []string {
	if cell = strings.TrimSpace(cell); cell == "" {
		return nil
	}
	if len(seps) == 0 || len(b.Find(cell)) > 0 {
		return []string{cell}
	}
	pieces := strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(seps[0], c) })
	var all []string
	for _, p := range pieces {
		all = append(all, b.names(p, seps[1:]...)...)
	}
	return all
}
