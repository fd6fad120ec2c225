package org

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// MaxImport is how many organs are taken in at once.
const MaxImport = 20_000

// Problem is what is wrong with a line.
type Problem struct {
	Line   int    // in the sheet
	Column Column // "" for the whole line
	Text   string // Chinese, complete sentence
}

// Taken tells what an import does, or would do.
type Taken struct {
	New, Changed, Same int
	Problems           []Problem
}

// Batch is a change of many organs in one transaction.
type Batch struct {
	Added   []Organ // parents before children
	Changed []Organ
	Events  []event.Event
}

// Import takes in a list of organs, all or none. A line is about a known organ
// when it has its system number or credit code, or its name below its parent:
// that organ gets the facts and the contact data that the list tells. Other lines
// make organs. Names and places of known organs are never changed here, because
// that needs a day and a reason. With dry it only looks; with a problem nothing
// is kept.
func (o *Office) Import(ctx context.Context, actor account.Actor, lines []Line, dry bool) (Taken, error) {
	if len(lines) > MaxImport {
		return Taken{}, errs.New(errs.TooLarge, "一次最多导入%d个机关，这份表有%d行；请分开导入。", MaxImport, len(lines))
	}
	if !actor.Can(account.EditOrgans) {
		return Taken{}, actor.May(account.EditOrgans, "", &Tree{})
	}
	if dry {
		in, err := o.takeIn(actor, lines, o.Store.Look(ctx))
		return in.taken, err
	}
	var taken Taken
	err := o.Store.Add(ctx, o.Today(), func(around Around) (Batch, error) {
		in, err := o.takeIn(actor, lines, around)
		if taken = in.taken; err != nil || len(taken.Problems) > 0 {
			return Batch{}, err
		}
		return in.batch, nil
	})
	return taken, o.changed(err)
}

// importer goes through a list with what is known already and what the list
// itself has made.
type importer struct {
	office *Office
	actor  account.Actor
	pen    event.Pen
	around Around
	tree   *Tree
	byName map[string][]string // keys of organs
	byCode map[string]string
	made   map[string]Version // by the keys of the organs that the list makes
	seen   map[string]int     // line by key
	batch  Batch
	taken  Taken
}

func (o *Office) takeIn(actor account.Actor, lines []Line, around Around) (*importer, error) {
	in := &importer{
		office: o, actor: actor, around: around, pen: o.pen(actor),
		byName: map[string][]string{}, byCode: map[string]string{}, made: map[string]Version{}, seen: map[string]int{},
	}
	var err error
	if in.tree, err = around.Tree(); err != nil {
		return in, err
	}
	for _, n := range in.tree.order {
		if !n.Ended {
			in.know(n.ID, n.Name, n.CreditCode)
		}
	}
	for _, line := range lines {
		if err := in.take(line); err != nil {
			return in, err
		}
	}
	return in, nil
}

func (in *importer) know(id, name, code string) {
	in.byName[name] = append(in.byName[name], id)
	if code != "" {
		in.byCode[code] = id
	}
}

func (in *importer) wrong(line Line, column Column, sentence string) {
	in.taken.Problems = append(in.taken.Problems, Problem{line.Number, column, sentence})
}

// refused tells what a use case has against a line, field by field; any other
// error ends the import.
func (in *importer) refused(line Line, err error) error {
	switch errs.KindOf(err) {
	case errs.Invalid, errs.Conflict, errs.Forbidden, errs.NotFound:
	default:
		return err
	}
	fields := errs.FieldsOf(err)
	for _, f := range fields {
		in.wrong(line, columnOf[f.Name], f.Public)
	}
	if len(fields) == 0 {
		in.wrong(line, "", errs.Public(err))
	}
	return nil
}

func (in *importer) take(line Line) error {
	v, ok := in.read(line)
	if !ok {
		return nil
	}
	id, ok := in.find(line, v)
	switch {
	case !ok:
		return nil
	case id == "":
		return in.make(line, v)
	}
	if first, twice := in.seen[id]; twice {
		in.wrong(line, NameColumn, "与第"+number(first)+"行是同一个机关。")
		return nil
	}
	in.seen[id] = line.Number
	if err := in.actor.May(account.EditOrgans, in.known(id), in.tree); err != nil {
		return in.refused(line, err)
	}
	return in.alter(line, id, v)
}

// known gives the nearest organ that the database has: the list's own organs
// stand below it.
func (in *importer) known(id string) string {
	for {
		v, ok := in.made[id]
		if !ok {
			return id
		}
		id = v.Parent
	}
}

// parentOf gives the organ above another, whether the list has made it or not.
func (in *importer) parentOf(id string) string {
	if v, ok := in.made[id]; ok {
		return v.Parent
	}
	n, _ := in.tree.Node(id)
	return n.Parent
}

func (in *importer) nameOf(id string) string {
	if v, ok := in.made[id]; ok {
		return v.Name
	}
	return in.tree.Name(id)
}

// find gives the organ that a line is about, "" for a new one; false when the
// line contradicts what is known.
func (in *importer) find(line Line, v Version) (string, bool) {
	id := strings.TrimSpace(line.Cells[IDColumn])
	if _, ok := in.tree.Node(id); id != "" && !ok {
		in.wrong(line, IDColumn, "没有系统编号为“"+id+"”的机关；新的机关请把这一格留空。")
		return "", false
	}
	if id == "" && v.CreditCode != "" {
		id = in.byCode[v.CreditCode]
	}
	if id == "" {
		for _, same := range in.byName[v.Name] {
			if in.parentOf(same) == v.Parent {
				return same, true
			}
		}
		return "", true
	}
	switch {
	case in.nameOf(id) != v.Name:
		in.wrong(line, NameColumn, "系统中这个机关的名称是“"+in.nameOf(id)+"”；更名要写明生效日期，请在机关的页面上办理。")
		return "", false
	case v.Parent != "" && in.parentOf(id) != v.Parent:
		in.wrong(line, ParentColumn, "系统中这个机关隶属于“"+in.nameOf(in.parentOf(id))+"”；划转要写明生效日期，请在机关的页面上办理。")
		return "", false
	}
	return id, true
}

func (in *importer) make(line Line, v Version) error {
	if v.Parent == "" {
		in.wrong(line, ParentColumn, "没有写上级机关；新的最上级机关不能导入。")
		return nil
	}
	if err := in.actor.May(account.EditOrgans, in.known(v.Parent), in.tree); err != nil {
		return in.refused(line, err)
	}
	made, events, err := in.office.make(in.actor.ID, v)
	if err != nil {
		return in.refused(line, err)
	}
	if err := in.carried(v); err != nil {
		return in.refused(line, err)
	}
	if err := in.around.unclaimed(v, ""); err != nil {
		return in.refused(line, err)
	}
	made.Position = line.Number
	in.know(made.ID, v.Name, v.CreditCode)
	in.made[made.ID], in.seen[made.ID] = made.Versions[0], line.Number
	in.batch.Added, in.batch.Events = append(in.batch.Added, made), append(in.batch.Events, events...)
	in.taken.New++
	return nil
}

// carried is Around.carries, also for a parent that the list makes.
func (in *importer) carried(v Version) error {
	if parent, ok := in.made[v.Parent]; ok {
		if v.From.Before(parent.From) {
			return errs.InField("from", "上级机关%s从%s起才存在，生效日期不能更早。", parent.Name, parent.From)
		}
		return nil
	}
	return in.around.carries(v.Parent, v.From, calendar.Date{})
}

// alter lets the version of today, and those after it, say what the list tells.
func (in *importer) alter(line Line, id string, told Version) error {
	organ, err := in.around.Organ(id)
	if err != nil {
		return err
	}
	before := organ.Digest()
	for i := organ.at(in.office.Today()); i < len(organ.Versions); i++ {
		v := &organ.Versions[i]
		v.Contact = merge(v.Contact, told.Contact)
		v.Short, v.CreditCode = cmp.Or(told.Short, v.Short), cmp.Or(told.CreditCode, v.CreditCode)
		in.factsTold(line, v, told)
		v.clean()
		if err := v.check(); err != nil {
			return in.refused(line, err)
		}
		if err := in.around.unclaimed(*v, id); err != nil {
			return in.refused(line, err)
		}
	}
	if organ.Digest() == before {
		in.taken.Same++
		return nil
	}
	in.batch.Changed = append(in.batch.Changed, organ)
	in.batch.Events = append(in.batch.Events, stated(&organ, in.pen.Write(id, subject(id), imported, map[string]int{"line": line.Number}))...)
	in.taken.Changed++
	return nil
}

// factsTold takes over the facts whose cells are filled in.
func (in *importer) factsTold(line Line, v *Version, told Version) {
	filled := func(c Column) bool { return strings.TrimSpace(line.Cells[c]) != "" }
	if filled(NatureColumn) {
		v.Nature = told.Nature
	}
	if filled(LevelColumn) {
		v.Level = told.Level
	}
	if filled(RegionColumn) {
		v.Region = told.Region
	}
	if filled(VerticalColumn) {
		v.Vertical = told.Vertical
	}
}

// merge puts what the list tells over what is known.
func merge(known, told Contact) Contact {
	for _, pair := range [][2]*string{
		{&known.Office, &told.Office},
		{&known.Address, &told.Address},
		{&known.Postcode, &told.Postcode},
		{&known.Phone, &told.Phone},
		{&known.Fax, &told.Fax},
		{&known.Email, &told.Email},
		{&known.Hours, &told.Hours},
		{&known.Website, &told.Website},
	} {
		*pair[0] = cmp.Or(*pair[1], *pair[0])
	}
	return known
}

// read turns a line into a version. What it does not tell, a new organ takes
// over from its parent: level and region. It is false when something is wrong.
func (in *importer) read(line Line) (Version, bool) {
	problems := len(in.taken.Problems)
	cell := func(c Column) string { return strings.TrimSpace(line.Cells[c]) }
	v := Version{
		Name: cell(NameColumn), Short: cell(ShortColumn), Region: cell(RegionColumn), CreditCode: strings.ToUpper(cell(CodeColumn)), From: in.office.Today(),
		Contact: Contact{
			cell(OfficeColumn), cell(AddressColumn), cell(PostcodeColumn), cell(PhoneColumn), cell(FaxColumn), cell(EmailColumn), cell(HoursColumn), cell(WebsiteColumn),
		},
	}
	if v.Name == "" {
		in.wrong(line, NameColumn, "没有写机关名称。")
	}
	if text := cell(FromColumn); text != "" {
		from, err := calendar.ParseDate(text)
		if err != nil {
			in.wrong(line, FromColumn, errs.Public(err))
		}
		v.From = from
	}
	if parent := cell(ParentColumn); parent != "" {
		switch ids := in.above(parent); len(ids) {
		case 0:
			in.wrong(line, ParentColumn, "没有找到上级机关“"+parent+"”：请写全称、统一社会信用代码或者从上到下的全路径，并把上级排在下级之前。")
		case 1:
			v.Parent = ids[0]
		default:
			in.wrong(line, ParentColumn, "名为“"+parent+"”的机关有两个以上，请改写上级机关的统一社会信用代码，或者“上上级/上级”这样的路径。")
		}
	}
	switch text := cell(VerticalColumn); text {
	case "", "否":
	case "是":
		v.Vertical = true
	default:
		in.wrong(line, VerticalColumn, "“垂直管理”请写“是”或者“否”，现为“"+text+"”。")
	}
	in.complete(line, &v)
	return v, len(in.taken.Problems) == problems
}

// above finds a parent by its credit code, its name, or names joined by “/”.
func (in *importer) above(text string) []string {
	if id, ok := in.byCode[strings.ToUpper(text)]; ok {
		return []string{id}
	}
	names := strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '／' || c == '>' })
	if len(names) == 0 {
		return nil
	}
	var found []string
	for _, id := range in.byName[strings.TrimSpace(names[len(names)-1])] {
		at := id
		fits := true
		for _, name := range slices.Backward(names[:len(names)-1]) {
			at = in.parentOf(at)
			fits = fits && at != "" && in.nameOf(at) == strings.TrimSpace(name)
		}
		if fits {
			found = append(found, id)
		}
	}
	return found
}

// complete reads nature and level, and takes over from the parent what the line
// does not tell.
func (in *importer) complete(line Line, v *Version) {
	cell := func(c Column) string { return strings.TrimSpace(line.Cells[c]) }
	v.Nature = Administrative
	if text := cell(NatureColumn); text != "" {
		i := slices.IndexFunc(Natures(), func(n Nature) bool { return n.Words().Chinese == text || string(n) == text })
		if i < 0 {
			in.wrong(line, NatureColumn, "没有“"+text+"”这种性质，请写行政机关、内设机构、“乡镇、街道”、派出机构或者授权组织。")
		} else {
			v.Nature = Natures()[i]
		}
	}
	above, ok := in.made[v.Parent]
	if !ok {
		n, _ := in.tree.Node(v.Parent)
		above = Version{Level: n.Level, Region: n.Region}
	}
	v.Level, v.Region = above.Level, cmp.Or(v.Region, above.Region)
	if text := cell(LevelColumn); text != "" {
		i := slices.IndexFunc(Levels(), func(l Level) bool { return l.Words().Chinese == text || string(l) == text })
		if i < 0 {
			in.wrong(line, LevelColumn, "没有“"+text+"”这个层级，请写中央、省级、市级、县级或者乡级。")
		} else {
			v.Level = Levels()[i]
		}
	}
}
