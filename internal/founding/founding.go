// Package founding is the first start of a deployment: its first organ and the
// three administrators of GB/T 22239-2019 8.1.5, who are three different people.
// None of them gets a password: each gets an invitation and chooses one.
//
// It works once, while there is nobody at all. Who may do it is proved outside:
// by sitting at the machine (gongkai init) or by the secret that the process
// printed there (the page /setup). Start at Office.
package founding

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/org"
)

// Organs makes the first organ.
type Organs interface {
	Today() calendar.Date
	Found(ctx context.Context, first org.Version) (id string, err error)
}

// Office founds a deployment.
type Office struct {
	Organs Organs
	Trees  org.Trees
	People *account.Office
}

// Draft is what is asked for.
type Draft struct {
	Name   string // of the first organ
	Region string // GB/T 2260, six digits
	Level  org.Level
	Nature org.Nature // "" for an administrative organ
	Admins map[account.Role]Admin
}

// Admin is one of the three.
type Admin struct{ Login, Name string }

// AdminRoles gives the roles that must be filled.
func AdminRoles() []account.Role {
	return []account.Role{account.SystemAdmin, account.SecurityAdmin, account.AuditAdmin}
}

// LoginField and NameField name the fields of an administrator in errors.
func LoginField(role account.Role) string { return string(role) + "-login" }

// NameField is the other one.
func NameField(role account.Role) string { return string(role) + "-name" }

// Open tells whether the deployment still waits to be founded.
func (o *Office) Open(ctx context.Context) (bool, error) { return o.People.Empty(ctx) }

// Found makes the organ and its administrators and gives their invitations. An
// organ that is there already, because an earlier attempt broke off, is taken.
func (o *Office) Found(ctx context.Context, d Draft) ([]account.Invitation, error) {
	open, err := o.Open(ctx)
	if err != nil {
		return nil, err
	}
	if !open {
		return nil, errs.New(errs.Conflict, "系统已经初始化过。")
	}
	founders, err := d.founders()
	if err != nil {
		return nil, err
	}
	organ, err := o.organ(ctx, d)
	if err != nil {
		return nil, err
	}
	for i := range founders {
		founders[i].Organ = organ
	}
	return o.People.Found(ctx, founders)
}

// founders checks the three before anything is made.
func (d Draft) founders() ([]account.Founder, error) {
	var (
		founders []account.Founder
		f        errs.Fields
		seen     = map[string]bool{}
	)
	for _, role := range AdminRoles() {
		draft := account.Draft{Login: d.Admins[role].Login, Name: d.Admins[role].Name}
		for _, wrong := range errs.FieldsOf(draft.Check()) {
			f.Add(string(role)+"-"+wrong.Name, "%s", wrong.Public)
		}
		if login := account.CleanLogin(draft.Login); login != "" && seen[login] {
			f.Add(LoginField(role), "三类管理员必须由三个人分别担任，登录名不能相同。")
		} else {
			seen[login] = true
		}
		founders = append(founders, account.Founder{Draft: draft, Roles: []account.Role{role}})
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	return founders, account.CheckFounders(founders)
}

func (o *Office) organ(ctx context.Context, d Draft) (string, error) {
	tree, err := o.Trees.Tree(ctx)
	if err != nil {
		return "", err
	}
	if roots := tree.Children(""); len(roots) > 0 {
		return roots[0].ID, nil
	}
	nature := d.Nature
	if nature == "" {
		nature = org.Administrative
	}
	return o.Organs.Found(ctx, org.Version{From: o.Organs.Today(), Name: d.Name, Region: d.Region, Level: d.Level, Nature: nature})
}
