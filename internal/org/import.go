package org

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Column is a column of a list of organs, by the name that stands above it.
type Column string

// The columns, in the order of the list that is handed out.
const (
	NameColumn     Column = "机关名称"
	ParentColumn   Column = "上级机关"
	NatureColumn   Column = "性质"
	LevelColumn    Column = "层级"
	RegionColumn   Column = "行政区划代码"
	CodeColumn     Column = "统一社会信用代码"
	ShortColumn    Column = "简称"
	VerticalColumn Column = "垂直管理"
	OfficeColumn   Column = "公开工作机构"
	AddressColumn  Column = "地址"
	PostcodeColumn Column = "邮政编码"
	PhoneColumn    Column = "电话"
	FaxColumn      Column = "传真"
	EmailColumn    Column = "电子邮箱"
	HoursColumn    Column = "办公时间"
	WebsiteColumn  Column = "网址"
	FromColumn     Column = "生效日期"
)

// Columns gives them all.
func Columns() []Column {
	return []Column{
		NameColumn, ParentColumn, NatureColumn, LevelColumn, RegionColumn, CodeColumn, ShortColumn, VerticalColumn,
		OfficeColumn, AddressColumn, PostcodeColumn, PhoneColumn, FaxColumn, EmailColumn, HoursColumn, WebsiteColumn, FromColumn,
	}
}

// MaxImport is how many organs are taken in at once.
const MaxImport = 20_000

// Line is a line of the list: its number in the sheet, and its cells.
type Line struct {
	Number int
	Cells  map[Column]string
}

// Problem is what is wrong with a line; Line 0 for the whole list.
type Problem struct {
	Line int
	Text string // Chinese, complete sentence
}

// Taken tells what an import does, or would do.
type Taken struct {
	New, Changed, Same int
	Problems           []Problem
}

// Batch is a change of many organs in one transaction.
type Batch struct {
	Added   []Organ           // parents before children
	Changed []Organ           //
	Before  map[string]string // digests of those changed, as they were read
	Events  []event.Event
}

// Import takes in a list of organs, all or none: an organ with a credit code, or
// else a name below its parent, that is known already gets the contact data and
// the code of the list; others are made. Names and places of known organs are
// never changed here, because that needs a day and a reason. With dry it only
// looks; with a problem nothing is kept.
func (o *Office) Import(ctx context.Context, actor account.Actor, lines []Line, dry bool) (Taken, error) {
	if len(lines) > MaxImport {
		return Taken{}, errs.New(errs.TooLarge, "一次最多导入%d个机关，这份表有%d行；请分开导入。", MaxImport, len(lines))
	}
	tree, err := o.Book.Tree(ctx)
	if err != nil {
		return Taken{}, err
	}
	in := newImporter(o, actor, tree)
	for _, line := range lines {
		if err := in.take(ctx, line); err != nil {
			return in.taken, err
		}
	}
	if dry || len(in.taken.Problems) > 0 || in.taken.New+in.taken.Changed == 0 {
		return in.taken, nil
	}
	return in.taken, o.changed(o.Store.Add(ctx, in.batch, o.Today()))
}

// importer goes through a list with what is known already and what the list
// itself has made.
type importer struct {
	office *Office
	actor  account.Actor
	pen    event.Pen
	tree   *Tree
	byName map[string][]string // keys of organs
	byCode map[string]string
	parent map[string]string // of what the list made
	seen   map[string]int    // line by key
	batch  Batch
	taken  Taken
}

func newImporter(o *Office, actor account.Actor, tree *Tree) *importer {
	in := &importer{
		office: o, actor: actor, tree: tree, pen: o.pen(actor),
		byName: map[string][]string{}, byCode: map[string]string{}, parent: map[string]string{}, seen: map[string]int{},
		batch: Batch{Before: map[string]string{}},
	}
	for _, id := range tree.order {
		if n := tree.nodes[id]; !n.Ended {
			in.know(n.ID, n.Name, n.CreditCode)
		}
	}
	return in
}

func (in *importer) know(id, name, code string) {
	in.byName[name] = append(in.byName[name], id)
	if code != "" {
		in.byCode[code] = id
	}
}

func (in *importer) wrong(line Line, format string, args ...any) {
	in.taken.Problems = append(in.taken.Problems, Problem{line.Number, fmt.Sprintf(format, args...)})
}

func (in *importer) take(ctx context.Context, line Line) error {
	v, problem := in.read(line)
	if problem != "" {
		in.wrong(line, "%s", problem)
		return nil
	}
	id := in.find(v)
	if id == "" {
		in.make(line, v)
		return nil
	}
	if first, twice := in.seen[id]; twice {
		in.wrong(line, "与第%d行是同一个机关。", first)
		return nil
	}
	in.seen[id] = line.Number
	if err := in.actor.May(account.EditOrgans, in.known(id), in.tree); err != nil {
		in.wrong(line, "%s", errs.Public(err))
		return nil
	}
	return in.alter(ctx, line, id, v)
}

// known gives the nearest organ that the database has: the list's own organs
// stand below it.
func (in *importer) known(id string) string {
	for in.parent[id] != "" {
		id = in.parent[id]
	}
	return id
}

// find gives the organ that a line is about, "" for a new one.
func (in *importer) find(v Version) string {
	if id, ok := in.byCode[v.CreditCode]; ok && v.CreditCode != "" {
		return id
	}
	for _, id := range in.byName[v.Name] {
		if n, ok := in.tree.Node(id); ok && n.Parent == v.Parent || in.parent[id] == v.Parent && v.Parent != "" {
			return id
		}
	}
	return ""
}

func (in *importer) make(line Line, v Version) {
	if v.Parent == "" {
		in.wrong(line, "没有写上级机关；新的最上级机关不能导入。")
		return
	}
	if err := in.actor.May(account.EditOrgans, in.known(v.Parent), in.tree); err != nil {
		in.wrong(line, "%s", errs.Public(err))
		return
	}
	made, events, err := in.office.make(in.actor.ID, v)
	if err != nil {
		in.wrong(line, "%s", errs.Public(err))
		return
	}
	made.Position = line.Number
	in.know(made.ID, v.Name, v.CreditCode)
	in.parent[made.ID], in.seen[made.ID] = v.Parent, line.Number
	in.batch.Added, in.batch.Events = append(in.batch.Added, made), append(in.batch.Events, events...)
	in.taken.New++
}

func (in *importer) alter(ctx context.Context, line Line, id string, v Version) error {
	organ, err := in.office.Store.Organ(ctx, id)
	if err != nil {
		return err
	}
	before, last := organ.Digest(), &organ.Versions[len(organ.Versions)-1]
	last.Contact = merge(last.Contact, v.Contact)
	if v.CreditCode != "" {
		last.CreditCode = v.CreditCode
	}
	if v.Short != "" {
		last.Short = v.Short
	}
	last.clean()
	if err := last.check(); err != nil {
		in.wrong(line, "%s", errs.Public(err))
		return nil
	}
	if organ.Digest() == before {
		in.taken.Same++
		return nil
	}
	in.batch.Changed, in.batch.Before[id] = append(in.batch.Changed, organ), before
	in.batch.Events = append(in.batch.Events, stated(&organ, in.pen.Write(id, subject(id), "organ.imported", map[string]int{"line": line.Number}))...)
	in.taken.Changed++
	return nil
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
		if *pair[1] != "" {
			*pair[0] = *pair[1]
		}
	}
	return known
}

// read turns a line into a version. What it does not tell, a new organ takes
// over from its parent: level and region.
func (in *importer) read(line Line) (Version, string) {
	cell := func(c Column) string { return strings.TrimSpace(line.Cells[c]) }
	v := Version{
		Name: cell(NameColumn), Short: cell(ShortColumn), Region: cell(RegionColumn), CreditCode: strings.ToUpper(cell(CodeColumn)), From: in.office.Today(),
		Contact: Contact{
			cell(OfficeColumn), cell(AddressColumn), cell(PostcodeColumn), cell(PhoneColumn), cell(FaxColumn), cell(EmailColumn), cell(HoursColumn), cell(WebsiteColumn),
		},
	}
	if v.Name == "" {
		return v, "没有写机关名称。"
	}
	if text := cell(FromColumn); text != "" {
		from, err := calendar.ParseDate(text)
		if err != nil {
			return v, errs.Public(err)
		}
		v.From = from
	}
	if parent := cell(ParentColumn); parent != "" {
		switch ids := in.above(parent); len(ids) {
		case 0:
			return v, "没有找到上级机关“" + parent + "”：请写全称或者统一社会信用代码，并把上级排在下级之前。"
		case 1:
			v.Parent = ids[0]
		default:
			return v, "名为“" + parent + "”的机关有两个以上，请改写上级机关的统一社会信用代码。"
		}
	}
	switch text := cell(VerticalColumn); text {
	case "", "否":
	case "是":
		v.Vertical = true
	default:
		return v, "“垂直管理”请写“是”或者“否”，现为“" + text + "”。"
	}
	return in.complete(v, cell(NatureColumn), cell(LevelColumn))
}

func (in *importer) above(text string) []string {
	if id, ok := in.byCode[strings.ToUpper(text)]; ok {
		return []string{id}
	}
	return in.byName[text]
}

func (in *importer) complete(v Version, nature, level string) (Version, string) {
	v.Nature = Administrative
	if nature != "" {
		i := slices.IndexFunc(Natures(), func(n Nature) bool { return n.Words().Chinese == nature || string(n) == nature })
		if i < 0 {
			return v, "没有“" + nature + "”这种性质，请写行政机关、内设机构、乡镇、街道、派出机构或者授权组织。"
		}
		v.Nature = Natures()[i]
	}
	above := in.tree.nodes[in.known(v.Parent)]
	v.Level = above.Level
	if level != "" {
		i := slices.IndexFunc(Levels(), func(l Level) bool { return l.Words().Chinese == level || string(l) == level })
		if i < 0 {
			return v, "没有“" + level + "”这个层级，请写中央、省级、市级、县级或者乡级。"
		}
		v.Level = Levels()[i]
	}
	if v.Region == "" {
		v.Region = above.Region
	}
	return v, ""
}
