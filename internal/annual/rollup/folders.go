package rollup

import (
	"path"
	"strings"
)

// folderTree makes the tree of the folders in which the reports lie, and puts
// each report at its organ. A folder with the reports of one organ is that
// organ, if one of them is on the year of the sum; a folder with the reports of
// several is the one among them that bears its name, if any, and the others
// stand below it.
func folderTree(entries []*entry, year int) (*Tree, map[*Organ][]*entry) {
	f := &folders{
		tree:  &Tree{byName: make(map[string]*Organ)},
		byDir: make(map[string]*Organ),
		at:    make(map[*Organ][]*entry),
		base:  commonFolder(entries),
		year:  year,
	}
	f.tree.Roots = []*Organ{f.folder(f.base)}
	inDir := make(map[string][]*entry)
	var order []string
	for _, e := range entries {
		dir := path.Dir(e.path)
		f.folder(dir)
		if inDir[dir] == nil {
			order = append(order, dir)
		}
		inDir[dir] = append(inDir[dir], e)
	}
	for _, dir := range order {
		f.fill(dir, inDir[dir])
	}
	return f.tree, f.at
}

type folders struct {
	tree  *Tree
	byDir map[string]*Organ
	at    map[*Organ][]*entry
	base  string
	year  int // of the sum
}

// folder gives the node of a folder, and makes it and those above it.
func (f *folders) folder(dir string) *Organ {
	if o := f.byDir[dir]; o != nil {
		return o
	}
	top := dir == "." || dir == "/"
	if top && f.base != dir {
		return f.folder(f.base)
	}
	o := &Organ{Name: path.Base(dir), Kind: Group}
	if top {
		o.Name = "合计"
	}
	f.byDir[dir] = o
	if dir == f.base {
		return o
	}
	o.Parent = f.folder(path.Dir(dir))
	o.Parent.Children = append(o.Parent.Children, o)
	return o
}

// fill gives the reports of a folder to its organ or to new ones below it.
func (f *folders) fill(dir string, entries []*entry) {
	node := f.folder(dir)
	folder := node.Name
	byOrgan := make(map[string][]*entry)
	var order []string
	for _, e := range entries {
		key := foldName(e.organ)
		if key == "" {
			key = "?" + e.path // a report without a name is nobody else's
		}
		if byOrgan[key] == nil {
			order = append(order, key)
		}
		byOrgan[key] = append(byOrgan[key], e)
	}
	for _, key := range order {
		own := byOrgan[key]
		name := own[0].organ
		if len(order) == 1 && f.current(own) || bears(folder, name) {
			if name != "" {
				node.Name, node.Kind = name, kindOf("", name)
			}
			f.at[node] = append(f.at[node], own...)
			continue
		}
		child := &Organ{Name: name, Kind: kindOf("", name), Parent: node}
		if name == "" {
			child.Name, child.Kind = path.Base(own[0].path), Group
		}
		node.Children = append(node.Children, child)
		f.at[child] = own
	}
}

// current tells whether a report is on the year of the sum, or cannot be read at
// all: only such a one gives its name to the folder.
func (f *folders) current(entries []*entry) bool {
	for _, e := range entries {
		if e.year == f.year || e.unreadable != "" {
			return true
		}
	}
	return false
}

// bears tells whether a folder is named after the organ: 青石县 or 青石县人民政府
// after 青石县人民政府.
func bears(folder, organ string) bool {
	folder, organ = foldName(folder), foldName(organ)
	return organ != "" && (folder == organ || folder+"人民政府" == organ)
}

// commonFolder is the folder that holds all the files.
func commonFolder(entries []*entry) string {
	if len(entries) == 0 {
		return "."
	}
	common := path.Dir(entries[0].path)
	for _, e := range entries[1:] {
		for dir := path.Dir(e.path); !within(dir, common); {
			common = path.Dir(common)
		}
	}
	return common
}

func within(dir, folder string) bool {
	return folder == "." || folder == "/" || dir == folder || strings.HasPrefix(dir, folder+"/")
}
