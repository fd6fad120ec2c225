package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Entry is a line of a list of people to be taken in.
type Entry struct {
	Line int // in the sheet, for what is said about it
	Draft
	Roles []Role
}

// MaxEntries is how many people are taken in at once.
const MaxEntries = 2000

// Problem is what is wrong with a line of the list.
type Problem struct {
	Line int
	Text string // Chinese, complete sentence
}

// Join takes in a list of people, all or none, with an open invitation each.
// Whoever keeps people grants no roles (GB/T 22239-2019 8.1.5), so roles in the
// list are left to GrantAll. With dry it only looks; problems are told in any
// case, and with problems nothing is kept.
func (o *Office) Join(ctx context.Context, actor Actor, entries []Entry, dry bool) ([]Invitation, []Problem, error) {
	h, err := o.hierarchy(ctx, entries)
	if err != nil {
		return nil, nil, err
	}
	var (
		problems    []Problem
		newcomers   []Newcomer
		invitations []Invitation
		first       = map[string]int{} // line by login
		pen         = o.pen(actor.ID)
	)
	for _, e := range entries {
		problem, err := o.problem(ctx, actor.May(EditPeople, e.Organ, h), e, first)
		if err != nil {
			return nil, nil, err
		}
		if problem != "" {
			problems = append(problems, Problem{e.Line, problem})
			continue
		}
		n, secret, err := o.draft(ctx, pen, e.Draft, nil)
		if err != nil {
			return nil, nil, err
		}
		newcomers, invitations = append(newcomers, n), append(invitations, Invitation{n.Person, secret})
	}
	if dry || len(problems) > 0 {
		return invitations, problems, nil
	}
	return invitations, nil, o.Store.Add(ctx, newcomers)
}

// problem tells what is wrong with a line of new people, "" for nothing.
func (o *Office) problem(ctx context.Context, allowed error, e Entry, first map[string]int) (string, error) {
	e.clean()
	if allowed != nil {
		return errs.Public(allowed), nil
	}
	if err := e.check(); err != nil {
		return everything(err), nil
	}
	if before, twice := first[e.Login]; twice {
		return fmt.Sprintf("登录名“%s”在第%d行已经有了。", e.Login, before), nil
	}
	first[e.Login] = e.Line
	_, err := o.Store.ByLogin(ctx, e.Login)
	switch {
	case err == nil:
		return fmt.Sprintf("登录名“%s”已经有人使用，请换一个。", e.Login), nil
	case errs.KindOf(err) == errs.NotFound:
		return "", nil
	}
	return "", err
}

// everything gives all that is wrong with a line, not the first only.
func everything(err error) string {
	var all []string
	for _, f := range errs.FieldsOf(err) {
		all = append(all, f.Public)
	}
	return strings.Join(all, "")
}

// Wrong tells what is wrong with somebody's login and name, "" for nothing.
func (d Draft) Wrong() string { return everything(d.Check()) }

func (o *Office) hierarchy(ctx context.Context, entries []Entry) (Hierarchy, error) {
	switch {
	case len(entries) == 0:
		return nil, errs.New(errs.Invalid, "表中没有人员：第一行是列名，从第二行起每行一人。")
	case len(entries) > MaxEntries:
		return nil, errs.New(errs.TooLarge, "一次最多导入%d人，请分几次。", MaxEntries)
	}
	return o.Organs.Hierarchy(ctx)
}

// GrantAll grants the roles of a list to people who are there already, all or
// none. Roles that somebody holds already are passed over. granted counts the
// new ones; the reason is recorded with each.
func (o *Office) GrantAll(ctx context.Context, actor Actor, entries []Entry, reason string, dry bool) (granted int, problems []Problem, err error) {
	if !dry {
		if err := CheckReason(reason); err != nil {
			return 0, nil, err
		}
	}
	h, err := o.hierarchy(ctx, entries)
	if err != nil {
		return 0, nil, err
	}
	ids, lines := make([]string, 0, len(entries)), map[string][]Entry{}
	for _, e := range entries {
		p, err := o.Store.ByLogin(ctx, CleanLogin(e.Login))
		if errs.KindOf(err) == errs.NotFound {
			problems = append(problems, Problem{e.Line, fmt.Sprintf("没有登录名为“%s”的人，请先由系统管理员导入人员。", e.Login)})
			continue
		}
		if err != nil {
			return 0, nil, err
		}
		if lines[p.ID] == nil {
			ids = append(ids, p.ID)
		}
		lines[p.ID] = append(lines[p.ID], e)
	}
	slices.Sort(ids) // two lists at once lock people in the same order
	pen, missing := o.pen(actor.ID), problems
	var changed []Person
	start := func() { granted, problems, changed = 0, slices.Clone(missing), nil } // a change may be made twice
	err = o.Store.UpdateAll(ctx, ids, start, func(p *Person, _ map[Grant]int) ([]event.Event, error) {
		var events []event.Event
		for _, e := range lines[p.ID] {
			made, err := grantLine(p, actor, h, pen, e, reason)
			if err != nil {
				problems = append(problems, Problem{e.Line, errs.Public(err)})
			}
			events = append(events, made...)
		}
		if len(events) > 0 {
			changed = append(changed, *p)
		}
		granted += len(events)
		return stated(p)(events, nil)
	}, func() error {
		if dry || len(problems) > 0 {
			return errOnlyLooked
		}
		return nil
	})
	if errors.Is(err, errOnlyLooked) {
		return granted, problems, nil
	}
	for _, p := range changed {
		if err == nil {
			err = o.factorFirst(ctx, p)
		}
	}
	return granted, problems, err
}

var errOnlyLooked = errs.New(errs.Conflict, "没有保存。")

// grantLine grants the roles of one line.
func grantLine(p *Person, actor Actor, h Hierarchy, pen event.Pen, e Entry, reason string) ([]event.Event, error) {
	if p.ID == actor.ID {
		return nil, errOwnRoles
	}
	if err := actor.May(GrantRoles, p.Organ, h); err != nil {
		return nil, err
	}
	if !p.Active {
		return nil, errs.New(errs.Conflict, "%s的账户已经停用，不能授予角色。", p.Name)
	}
	var events []event.Event
	for _, role := range e.Roles {
		g := Grant{e.Organ, role}
		if _, ok := role.Info(); !ok {
			return nil, errs.New(errs.Invalid, "没有“%s”这个角色。", role)
		}
		if err := actor.May(GrantRoles, e.Organ, h); err != nil {
			return nil, err
		}
		if slices.Contains(p.Grants, g) {
			continue
		}
		if err := Joins(role, p.Grants); err != nil {
			return nil, err
		}
		p.Grants = append(p.Grants, g)
		events = append(events, pen.Write(g.Organ, subject(p.ID), "role.granted", roleData(role, reason)))
	}
	return events, nil
}

// RoleNamed finds a role by its Chinese or English name or its key.
func RoleNamed(name string) (Role, bool) {
	name = strings.TrimSpace(name)
	for _, info := range Roles() {
		if name == info.Chinese || strings.EqualFold(name, info.English) || name == string(info.Role) {
			return info.Role, true
		}
	}
	return "", false
}
