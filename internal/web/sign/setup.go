package sign

import (
	"crypto/subtle"
	"html/template"
	"net/http"
	"net/url"

	"gongkai/internal/account"
	"gongkai/internal/errs"
	"gongkai/internal/founding"
	"gongkai/internal/locale"
	"gongkai/internal/org"
	"gongkai/internal/web"
)

// Setup is the page of the first start. It is there only while there is nobody,
// and only for who has the secret that the process printed on its machine.
type Setup struct {
	Kit    *web.Kit
	Office *founding.Office
	Secret string
	Base   string // how people reach the site, without a slash at the end; "" when requests tell
}

// Routes gives the page.
func (s Setup) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: "/setup", Frame: web.Bare, Rule: web.Public(), Handle: s.ask, Shows: []web.Checked{setupTemplate}},
		{Method: "POST", Path: "/setup", Frame: web.Bare, Rule: web.Public(), Handle: s.found, Shows: []web.Checked{setupDoneTemplate}},
	}
}

// setupDone shows the three invitations, this once.
type setupDone struct{ Slips []setupSlip }

type setupSlip struct {
	Role, Does, Name, Login string
	Link                    string
	QR                      template.URL
}

var (
	setupTemplate     = web.Define[web.Form]("bare/setup")
	setupDoneTemplate = web.Define[setupDone]("bare/setup_done")
)

// guard lets in who has the secret, while there is nobody. Both refusals read
// the same as a page that does not exist.
func (s Setup) guard(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // the address has the secret
	w.Header().Set("Cache-Control", "no-store")
	nothing := errs.New(errs.NotFound, "没有这个页面。系统首次启动时，请使用启动窗口中显示的初始化网址。")
	right := subtle.ConstantTimeCompare([]byte(s.Secret), []byte(r.URL.Query().Get("secret"))) == 1
	if s.Secret == "" || !right {
		return nothing
	}
	open, err := s.Office.Open(r.Context())
	if err == nil && !open {
		return nothing
	}
	return err
}

func (s Setup) form(r *http.Request) web.Form {
	say := s.Kit.Say(r)
	fields := []web.Field{
		{Kind: web.Section, Label: say.T("setup.organ"), Hint: say.T("setup.organ-hint")},
		{Name: "name", Label: say.T("setup.organ-name"), Required: true, MaxLength: 80, Autocomplete: "off"},
		{Name: "region", Label: say.T("setup.region"), Hint: say.T("setup.region-hint"), Required: true, Narrow: true, InputMode: "numeric", MaxLength: 6},
		{Kind: web.Select, Name: "level", Label: say.T("setup.level"), Required: true, Value: string(org.County), Options: []web.Option{
			{Value: string(org.Central), Label: say.T("setup.level-central")},
			{Value: string(org.Provincial), Label: say.T("setup.level-province")},
			{Value: string(org.City), Label: say.T("setup.level-city")},
			{Value: string(org.County), Label: say.T("setup.level-county")},
			{Value: string(org.Town), Label: say.T("setup.level-town")},
		}},
		{Kind: web.Section, Label: say.T("setup.admins"), Hint: say.T("setup.admins-hint")},
	}
	for _, role := range founding.AdminRoles() {
		name, does := roleWords(say, role)
		fields = append(fields,
			web.Field{Name: founding.NameField(role), Label: say.T("setup.admin-name", name), Hint: does, Required: true, MaxLength: 40, Autocomplete: "off"},
			web.Field{Name: founding.LoginField(role), Label: say.T("setup.admin-login", name), Hint: say.T("setup.login-hint"), Required: true, MaxLength: 32, Autocomplete: "off"})
	}
	return web.Form{Submit: say.T("setup.found"), Fields: fields}
}

func roleWords(say *locale.Catalogue, role account.Role) (name, does string) {
	info, _ := role.Info()
	if say.Lang == locale.English {
		return info.English, info.DoesEN
	}
	return info.Chinese, info.Does
}

func (s Setup) ask(w http.ResponseWriter, r *http.Request) error {
	if err := s.guard(w, r); err != nil {
		return err
	}
	return setupTemplate.Show(s.Kit, w, r, s.Kit.Say(r).T("setup.title"), s.form(r))
}

func (s Setup) found(w http.ResponseWriter, r *http.Request) error {
	if err := s.guard(w, r); err != nil {
		return err
	}
	values, err := s.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := s.Kit.Say(r)
	invitations, err := s.Office.Found(r.Context(), readSetup(values))
	if err != nil {
		form := s.form(r)
		form.Fill(values)
		if form.Fail(err) {
			return setupTemplate.ShowStatus(s.Kit, w, r, web.Status(err), say.T("setup.title"), form)
		}
		return err
	}
	var data setupDone
	for _, i := range invitations {
		name, does := roleWords(say, i.Person.Grants[0].Role)
		link := web.Origin(r, s.Base) + i.Path()
		qr, err := web.QR(link)
		if err != nil {
			return err
		}
		data.Slips = append(data.Slips, setupSlip{Role: name, Does: does, Name: i.Person.Name, Login: i.Person.Login, Link: link, QR: qr})
	}
	return setupDoneTemplate.Show(s.Kit, w, r, say.T("setup.done"), data)
}

func readSetup(values url.Values) founding.Draft {
	d := founding.Draft{
		Name: values.Get("name"), Region: values.Get("region"), Level: org.Level(values.Get("level")), Admins: map[account.Role]founding.Admin{},
	}
	for _, role := range founding.AdminRoles() {
		d.Admins[role] = founding.Admin{Login: values.Get(founding.LoginField(role)), Name: values.Get(founding.NameField(role))}
	}
	return d
}
