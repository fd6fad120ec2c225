package foi

import (
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/law"
	"gongkai/internal/procedure/proceduretest"
)

func lawOutcomes() []law.Outcome { return law.Outcomes() }

func TestTableIsSound(t *testing.T) {
	proceduretest.Sound(t, rows, LimitMoved)
	cited := []string{delayedLimit.Cite, orderedLimit.Cite, confirmLimit.Cite, correctionLimit.Cite, searchLimit.Cite, reasonsLimit.Cite}
	for _, row := range Table() {
		for _, g := range row.Guards {
			cited = append(cited, g.Cite)
			if g.Chinese == "" || g.English == "" {
				t.Errorf("a guard of %s has no words", row.Event)
			}
		}
		if row.Clock.Words().Chinese == "" {
			t.Errorf("%s does an unknown thing to the limit", row.Event)
		}
	}
	for _, c := range Channels() {
		cited = append(cited, c.Cite)
	}
	for _, r := range law.Replies() {
		for _, n := range Needs(r.Code) {
			cited = append(cited, n.Cite)
		}
		if Needs(r.Code) == nil && r.Code != "F3" {
			t.Errorf("%s needs nothing known", r.Code)
		}
		if letterOf[r.Code] == "" && r.Code != "F3" {
			t.Errorf("%s has no letter", r.Code)
		}
	}
	for _, c := range cited {
		if err := law.CheckCitation(c); err != nil {
			t.Error(err)
		}
	}
	for _, a := range Acts() {
		if _, _, found := strings.Cut(string(a.Event), "request."); !found {
			t.Errorf("%s is no event of a request", a.Event)
		}
	}
}

type flat struct{}

func (flat) Below(organ, ancestor string) bool { return organ == ancestor }

func TestOptionsAreThoseOfTheActor(t *testing.T) {
	l := received(t, "2025-04-10")
	l.do("2025-04-11", ProposeExtension{Days: 5, Reason: "x"}, "both")
	both := account.Actor{ID: "both", Grants: []account.Grant{{Organ: "bureau", Role: account.Clerk}, {Organ: "bureau", Role: account.Head}}}
	why := map[string]error{}
	for _, o := range l.r.Options(both, flat{}, l.scene("2025-04-11")) {
		why[o.Act.Chinese] = o.Why
	}
	for act, want := range map[string]string{"批准延期": "条例§33.2", "提请延期": "条例§33.2", "确定延迟答复期限": "条例§35"} {
		if why[act] == nil || !strings.Contains(why[act].Error(), want) {
			t.Errorf("%s: %v", act, why[act])
		}
	}
	if _, ok := why["提交答复"]; !ok || why["提交答复"] != nil {
		t.Errorf("提交答复: %v", why["提交答复"])
	}
	for _, missing := range []string{"签发答复", "按放假通知重算期限", "收到补正"} {
		if _, ok := why[missing]; ok {
			t.Errorf("%s is offered", missing)
		}
	}

	l.do("2025-04-11", AskSearch{Organ: "section", Until: day(t, "2025-04-14")})
	liaison := account.Actor{ID: "l", Grants: []account.Grant{{Organ: "section", Role: account.Liaison}}}
	options := l.r.Options(liaison, flat{}, l.scene("2025-04-11"))
	if len(options) != 1 || options[0].Event != SearchAnswered || options[0].Why != nil {
		t.Errorf("whoever is asked may answer and nothing else: %+v", options)
	}
	var own []string
	for _, o := range l.r.OptionsOfApplicant(l.scene("2025-04-11")) {
		if o.Why == nil {
			own = append(own, o.Act.Chinese)
		}
	}
	if len(own) != 1 || own[0] != "撤回申请" {
		t.Errorf("the applicant may %q", own)
	}
	stranger := account.Actor{ID: "x", Grants: []account.Grant{{Organ: "other", Role: account.Clerk}}}
	if options := l.r.Options(stranger, flat{}, l.scene("2025-04-11")); len(options) != 0 {
		t.Errorf("another organ's clerk has %d options", len(options))
	}
	if err := l.r.Try(Served, l.scene("2025-04-11")); err == nil || !strings.Contains(err.Error(), "办理中") || !strings.Contains(err.Error(), onService) {
		t.Errorf("%v", err)
	}
}

func TestDiagramHasEveryStatus(t *testing.T) {
	for _, english := range []bool{false, true} {
		text := Mermaid(english)
		for _, s := range Statuses() {
			if s != New && !strings.Contains(text, " "+string(s)+"\n") && !strings.Contains(text, "as "+string(s)) {
				t.Errorf("%q is not drawn", s)
			}
		}
		if !strings.HasPrefix(text, "stateDiagram-v2\n") || !strings.Contains(text, "[*] --> handling") {
			t.Error(text)
		}
	}
}
