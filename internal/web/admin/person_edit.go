package admin

import (
	"net/http"

	"gongkai/internal/account"
	"gongkai/internal/web"
	"gongkai/internal/web/choice"
)

var (
	personEditTemplate     = web.Define[web.Form]("admin/person_edit")
	personTransferTemplate = web.Define[personTransfer]("admin/person_transfer")
)

func (p People) editForm(r *http.Request, person account.Person) web.Form {
	say := p.Kit.Say(r)
	return web.Form{
		Submit: say.T("people.save"), Cancel: personPath(person.ID),
		Fields: []web.Field{
			{Kind: web.Fact, Label: say.T("people.login"), Value: person.Login},
			{Name: "name", Label: say.T("people.name"), Value: person.Name, Required: true, MaxLength: 40, Autocomplete: "off"},
			{Name: "title", Label: say.T("people.person-title"), Value: person.Title, MaxLength: 60, Autocomplete: "off"},
		},
	}
}

func (p People) askEdit(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	return personEditTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.edit"), p.editForm(r, person))
}

func (p People) edit(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	err = p.Office.Edit(r.Context(), web.Actor(r), person.ID, account.Draft{Name: values.Get("name"), Title: values.Get("title")})
	if err != nil {
		form := p.editForm(r, person)
		form.Fill(values)
		if form.Fail(err) {
			return personEditTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.edit"), form)
		}
		return err
	}
	return p.Kit.Done(w, r, personPath(person.ID), say.T("people.edited"))
}

// personTransfer asks where somebody goes, and says what ends with it.
type personTransfer struct {
	Name, Organ string
	Ending      []string // roles that end
	Form        web.Form
}

func (p People) transferData(r *http.Request, person account.Person) (personTransfer, error) {
	tree, err := p.Trees.Tree(r.Context())
	if err != nil {
		return personTransfer{}, err
	}
	say := p.Kit.Say(r)
	data := personTransfer{Name: person.Name, Organ: tree.Name(person.Organ)}
	for _, g := range person.Grants {
		if g.Organ == person.Organ {
			data.Ending = append(data.Ending, roleName(say, g.Role))
		}
	}
	var options []web.Option
	for _, o := range choice.Organs(tree, web.Actor(r).Where(account.EditPeople)) {
		if o.Value != person.Organ {
			options = append(options, o)
		}
	}
	data.Form = web.Form{Submit: say.T("people.transfer-do"), Cancel: personPath(person.ID), Fields: []web.Field{
		{Kind: web.Select, Name: "organ", Label: say.T("people.transfer-to"), Required: true, Options: options},
	}}
	return data, nil
}

func (p People) askTransfer(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	data, err := p.transferData(r, person)
	if err != nil {
		return err
	}
	return personTransferTemplate.Show(p.Kit, w, r, p.Kit.Say(r).T("people.transfer"), data)
}

func (p People) transfer(w http.ResponseWriter, r *http.Request) error {
	person, err := p.person(r)
	if err != nil {
		return err
	}
	values, err := p.Kit.ReadForm(r)
	if err != nil {
		return err
	}
	say := p.Kit.Say(r)
	if err := p.Office.Transfer(r.Context(), web.Actor(r), person.ID, values.Get("organ")); err != nil {
		data, dataErr := p.transferData(r, person)
		data.Form.Fill(values)
		if dataErr == nil && data.Form.Fail(err) {
			return personTransferTemplate.ShowStatus(p.Kit, w, r, web.Status(err), say.T("people.transfer"), data)
		}
		return err
	}
	return p.Kit.Done(w, r, personPath(person.ID), say.T("people.transferred", person.Name))
}
