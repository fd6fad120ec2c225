package requests

import (
	"strings"

	"gongkai/internal/account"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/personal"
)

// party is somebody who takes part, with personal data masked.
type party struct {
	Role, Kind, Name, CreditCode string
	Data                         []datum
}

// datum is a personal datum as it may be shown; Reveal leads to the whole, for
// those who may see it.
type datum struct{ Label, Masked, Reveal string }

func roleWord(say *locale.Catalogue, r foi.Role) string {
	switch r {
	case foi.JoinsIn:
		return say.T("requests.role-joint")
	case foi.IsAgent:
		return say.T("requests.role-agent")
	case foi.IsThirdParty:
		return say.T("requests.role-third")
	}
	return say.T("requests.role-applicant")
}

// ownerOf gives the subject under which a party's data are kept.
func ownerOf(p foi.Party) event.Subject {
	kind, id, _ := strings.Cut(p.Owner, "/")
	return event.Subject{Type: kind, ID: id}
}

func (v *view) addParties(d *caseData) error {
	may := v.actor.May(account.RevealPersonal, v.request.Organ, v.tree) == nil
	for _, p := range v.request.Parties {
		shown, err := v.p.Vault.Masked(v.r.Context(), ownerOf(p))
		if err != nil {
			return err
		}
		one := party{Role: roleWord(v.say, p.Role), Kind: kindWord(p.Kind), Name: p.Organisation, CreditCode: p.CreditCode}
		for _, kind := range partyData() {
			for _, s := range shown {
				if s.Kind == kind {
					one.add(v, s, may)
				}
			}
		}
		d.Parties = append(d.Parties, one)
	}
	return nil
}

// add shows a datum; the name of a person heads the party.
func (p *party) add(v *view, s personal.Shown, may bool) {
	one := datum{Label: datumWord(v.say, s.Kind), Masked: s.Masked}
	if s.Masked == "" {
		one.Masked = v.say.T("requests.erased")
	} else if may {
		one.Reveal = path(v.request.ID) + "/reveal/" + s.ID
	}
	if s.Kind == personal.Name && p.Name == "" {
		p.Name = one.Masked
	}
	p.Data = append(p.Data, one)
}
