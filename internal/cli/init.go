package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"gongkai/internal/account"
	server "gongkai/internal/app"
	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/founding"
	"gongkai/internal/locale"
	"gongkai/internal/org"
)

// initCmd is gongkai init: the first organ and the three administrators of an
// empty deployment, by flags or by questions.
type initCmd struct {
	place
	Organ    string `placeholder:"NAME" help:"flag.init.organ"`
	Region   string `placeholder:"CODE" help:"flag.init.region"`
	Level    string `placeholder:"LEVEL" help:"flag.init.level"`
	System   string `placeholder:"LOGIN=NAME" help:"flag.init.system"`
	Security string `placeholder:"LOGIN=NAME" help:"flag.init.security"`
	Audit    string `placeholder:"LOGIN=NAME" help:"flag.init.audit"`
}

// Run founds the deployment and prints the three invitations.
func (c *initCmd) Run(a *app) error {
	return c.with(a, func(cfg config.Config, s *server.App) error { return c.found(a, cfg, s) })
}

func (c *initCmd) found(a *app, cfg config.Config, s *server.App) error {
	open, err := s.Founding.Open(a.ctx)
	if err != nil {
		return err
	}
	if !open {
		return errs.New(errs.Conflict, "系统已经初始化过；管理员不能登录时，请用 gongkai user invite 或者 gongkai user unlock。")
	}
	draft, err := c.draft(a)
	if err != nil {
		return err
	}
	invitations, err := s.Founding.Found(a.ctx, draft)
	if err != nil {
		return everyField(err)
	}
	fmt.Fprintln(a.stdout, a.say.T("init.done", draft.Name))
	for _, i := range invitations {
		fmt.Fprintln(a.stdout, a.say.T("init.invitation", a.roleName(i.Person.Grants[0].Role), i.Person.Name, i.Person.Login, site(cfg)+i.Path()))
	}
	fmt.Fprintln(a.stdout, a.say.T("init.once"))
	return nil
}

// draft takes what the flags say and asks for the rest.
func (c *initCmd) draft(a *app) (founding.Draft, error) {
	q := &questions{a: a, in: bufio.NewReader(a.stdin)}
	d := founding.Draft{
		Name:   q.ask(c.Organ, a.say.T("init.organ")),
		Region: q.ask(c.Region, a.say.T("init.region")),
		Level:  org.Level(q.ask(c.Level, a.say.T("init.level"))),
		Admins: map[account.Role]founding.Admin{},
	}
	for i, told := range []string{c.System, c.Security, c.Audit} {
		role := founding.AdminRoles()[i]
		login, name, _ := strings.Cut(told, "=")
		login = q.ask(login, a.say.T("init.login", a.roleName(role)))
		d.Admins[role] = founding.Admin{Login: login, Name: q.ask(name, a.say.T("init.name", a.roleName(role)))}
	}
	return d, q.err
}

// questions asks at the terminal for what was not told. After the input has
// ended it asks no more.
type questions struct {
	a   *app
	in  *bufio.Reader
	err error
}

// ask gives what was told, else the answer to a question.
func (q *questions) ask(told, question string) string {
	if told = strings.TrimSpace(told); told != "" || q.err != nil {
		return told
	}
	fmt.Fprint(q.a.stdout, question)
	line, err := q.in.ReadString('\n')
	if line = strings.TrimSpace(line); line == "" && err != nil {
		q.err = errs.New(errs.Invalid, "没有填写完：“%s”没有回答。不在终端上运行时，请用命令行参数给出全部内容。", strings.TrimRight(question, ":： "))
		if !errors.Is(err, io.EOF) {
			q.err = err
		}
	}
	return line
}

func (a *app) roleName(role account.Role) string {
	info, _ := role.Info()
	if a.say.Lang == locale.English {
		return info.English
	}
	return info.Chinese
}

// everyField puts all that is wrong with a form into one sentence each.
func everyField(err error) error {
	var sentences []string
	for _, f := range errs.FieldsOf(err) {
		sentences = append(sentences, f.Public)
	}
	if len(sentences) < 2 {
		return err
	}
	return errs.Wrap(err, errs.KindOf(err), "%s", strings.Join(sentences, "\n"))
}

// site gives the address that people reach the site at.
func site(c config.Config) string { return reachable(c, listenAddr(c.Listen)) }

// listenAddr is a configured address that nobody listens on yet.
type listenAddr string

// Network names the network.
func (listenAddr) Network() string { return "tcp" }

// String gives the address.
func (l listenAddr) String() string { return string(l) }
