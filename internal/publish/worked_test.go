package publish

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/setting"
)

// A life is a document that is walked through the table by hand.
type life struct {
	*testing.T
	cal    *calendar.Calendar
	policy Policy
	level  Level
	d      Document
}

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func paper(kind Kind) Paper {
	info, _ := kind.Info()
	return Paper{
		Content:   Content{Record: Record{Title: "关于规范村级印章管理的通知", Kind: kind, Subject: info.Subject}, Text: "各苏木镇人民政府：\n现将有关事项通知如下。"},
		Attribute: Attribute{Openness: Open},
	}
}

func blank(t *testing.T) *life {
	t.Helper()
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	pattern, err := setting.ParsePattern("{code}/{yyyy}-{serial:5}")
	if err != nil {
		t.Fatal(err)
	}
	return &life{T: t, cal: cal, policy: Policy{Days: 20, Step: 3, Reassess: 12, Review: 24, Index: pattern, Code: "QC"}, d: Document{ID: "d", Organ: "bureau", Section: "section"}}
}

func begin(t *testing.T, on string, p Paper) *life {
	t.Helper()
	l := blank(t)
	l.do(on, "drafter", Compose{Paper: p})
	return l
}

func (l *life) scene(on, actor string) Scene {
	return Scene{Actor: actor, Today: day(l.T, on), Calendar: l.cal, Policy: l.policy, Level: l.level}
}

func (l *life) try(on, actor string, d Deed) error {
	_, err := l.d.Do(d, l.scene(on, actor))
	return err
}

func (l *life) do(on, actor string, deeds ...Deed) {
	l.Helper()
	for _, d := range deeds {
		if err := l.try(on, actor, d); err != nil {
			l.Fatalf("%s on %s: %v", d.Event(), on, err)
		}
	}
}

func (l *life) clear(verdict Verdict) Clear {
	var c Clear
	for _, p := range l.d.Parts() {
		c.Items = append(c.Items, Answer{Part: p.Name, Verdict: verdict})
	}
	return c
}

// scan is what the guard says: nothing, but of some parts.
func (l *life) scan(found map[string][]Found) EnterScans {
	var e EnterScans
	for _, p := range l.d.Unscanned() {
		e.Scans = append(e.Scans, Scan{Part: p.Name, Digest: p.Digest, Found: found[p.Name]})
	}
	return e
}

// sign takes a draft through the house.
func (l *life) sign(on string) {
	l.Helper()
	l.do(on, "drafter", Submit{})
	l.do(on, "chief", Pass{})
	l.do(on, "reviewer", l.clear(MayOpen))
	l.do(on, "head", Check{})
	l.do(on, "signer", Sign{})
}

func (l *life) publish(on string) {
	l.Helper()
	l.do(on, "clerk", l.scan(nil), Issue{Index: "QC/2026-00001"})
}

func (l *life) refused(err error, article string) {
	l.Helper()
	if k := errs.KindOf(err); k != errs.Conflict && k != errs.Invalid || !strings.Contains(err.Error()+fields(err), article) {
		l.Errorf("want a refusal that cites %s, got %v %s", article, err, fields(err))
	}
}

func fields(err error) string {
	var all []string
	for _, f := range errs.FieldsOf(err) {
		all = append(all, f.Name+": "+f.Public)
	}
	return strings.Join(all, " ")
}

func TestWithoutAttributeNothingMoves(t *testing.T) {
	p := paper(OtherDocument)
	p.Attribute = Attribute{}
	l := begin(t, "2026-03-02", p)
	l.refused(l.try("2026-03-02", "drafter", Submit{}), onSource)
	p.Attribute = Attribute{Openness: Open}
	l.do("2026-03-02", "drafter", Edit{Paper: p}, Submit{})
	if l.d.Status != Passing {
		t.Errorf("with the attribute it is %s", l.d.Status)
	}
}

func TestAttributes(t *testing.T) {
	for name, c := range map[string]struct {
		kind  Kind
		grade Grade
		a     Attribute
		want  string // what the refusal cites; "" for none
	}{
		"public":                                  {kind: NormativeDoc, a: Attribute{Openness: Open}},
		"on request without reasons":              {kind: OtherDocument, a: Attribute{Openness: OnRequest}, want: onSource},
		"on request":                              {kind: OtherDocument, a: Attribute{Openness: OnRequest, Reasons: "内容只涉及个别单位"}},
		"a normative document on request":         {kind: NormativeDoc, a: Attribute{Openness: OnRequest, Reasons: "x"}, want: "条例§20.1"},
		"closed without a ground":                 {kind: OtherDocument, a: Attribute{Openness: Closed, Reasons: "x"}, want: "条例§14"},
		"closed as internal":                      {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "internal", Reasons: "人事安排"}},
		"a normative document closed as internal": {kind: NormativeDoc, a: Attribute{Openness: Closed, Ground: "internal", Reasons: "x"}, want: "条例§20.1"},
		"a normative document that harms others":  {kind: NormativeDoc, a: Attribute{Openness: Closed, Ground: "third-party", Reasons: "x"}},
		"forbidden by a statute":                  {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "forbidden", Basis: "《统计法》第二十八条", Reasons: "x"}},
		"forbidden by a known statute":            {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "forbidden", Basis: "个人信息保护法§25", Reasons: "x"}},
		"forbidden by a notice only":              {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "forbidden", Basis: "《关于加强管理的通知》", Reasons: "x"}, want: "条例§14"},
		"forbidden by departmental rules":         {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "forbidden", Basis: "《统计执法监督检查办法》", Reasons: "x"}, want: "条例§14"},
		"a secret without a grade":                {kind: OtherDocument, a: Attribute{Openness: Closed, Ground: "secret", Basis: "x", Reasons: "x"}, want: "条例§14"},
		"a grade and public":                      {kind: OtherDocument, grade: Confidential, a: Attribute{Openness: Open}, want: "条例§14"},
		"a grade, and closed for another reason":  {kind: OtherDocument, grade: Secret, a: Attribute{Openness: Closed, Ground: "internal", Reasons: "x"}, want: "条例§14"},
		"the model agency's value 秘密或普通":          {kind: OtherDocument, a: Attribute{Openness: "普通"}, want: onSource},
		"rules of an organ that may not make any": {kind: Regulation, a: Attribute{Openness: Open}, want: "立法法§93"},
	} {
		t.Run(name, func(t *testing.T) {
			l, p := blank(t), paper(c.kind)
			if p.Attribute, p.Grade = c.a, c.grade; c.grade.Secret() {
				p.Text = ""
			}
			err := l.try("2026-03-02", "drafter", Compose{Paper: p})
			if c.want == "" && err != nil {
				t.Errorf("refused: %v %s", err, fields(err))
			}
			if c.want != "" {
				l.refused(err, c.want)
			}
		})
	}
}

func TestASecretIsNotTakenIn(t *testing.T) {
	l, p := blank(t), paper(OtherDocument)
	p.Grade, p.Attribute = Secret, Attribute{Openness: Closed, Ground: "secret", Basis: "定密责任人2026年3月2日决定", Reasons: "定密"}
	l.refused(l.try("2026-03-02", "drafter", Compose{Paper: p}), onSecrecy)
	p.Text = ""
	l.do("2026-03-02", "drafter", Compose{Paper: p})
	l.do("2026-03-03", "drafter", Submit{})
	l.do("2026-03-03", "chief", Pass{})
	l.do("2026-03-03", "reviewer", l.clear(MustKeep))
	l.do("2026-03-03", "head", Check{})
	l.do("2026-03-03", "signer", Sign{})
	if l.d.Status != Withheld || l.d.Visibility != Inside {
		t.Errorf("a secret is %s, seen by %q", l.d.Status, l.d.Visibility)
	}
	if _, ok := l.d.Notice(); ok {
		t.Error("everybody sees that there is a secret")
	}
}

func TestForwardedDocumentsTakeTheAttributeOfTheOriginal(t *testing.T) {
	l, p := blank(t), paper(OtherDocument)
	p.Forwards = &Source{Title: "关于印发实施方案的通知", Organ: "市人民政府办公室", Openness: OnRequest}
	l.refused(l.try("2026-03-02", "drafter", Compose{Paper: p}), onSource)
	p.Forwards.Openness = Unset // the original has none: it is determined anew
	l.do("2026-03-02", "drafter", Compose{Paper: p})
}

func TestNobodyPassesTheirOwnDraft(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	edited := paper(NormativeDoc)
	edited.Summary = "另一位工作人员修改过"
	l.do("2026-03-02", "second", Edit{Paper: edited})
	l.do("2026-03-02", "drafter", Submit{})
	for _, hand := range []string{"drafter", "second"} {
		l.refused(l.try("2026-03-02", hand, Pass{}), "条例§17.1")
	}
	l.do("2026-03-02", "chief", Pass{})
	l.refused(l.try("2026-03-02", "second", l.clear(MayOpen)), "条例§17.1")
	l.do("2026-03-02", "reviewer", l.clear(MayOpen))
	l.refused(l.try("2026-03-02", "drafter", Check{}), "条例§17.1")
	l.do("2026-03-02", "head", Check{})
	l.refused(l.try("2026-03-02", "second", Sign{}), "条例§17.1")
	l.policy.Apart = true
	l.refused(l.try("2026-03-02", "head", Sign{}), "条例§17.1")
	l.policy.Apart = false
	l.do("2026-03-02", "head", Sign{})
}

func TestTheReviewIsItemByItem(t *testing.T) {
	p := paper(OtherDocument)
	p.Files = []File{{"h1", "名单.xlsx"}, {"h2", "说明.docx"}}
	l := begin(t, "2026-03-02", p)
	l.do("2026-03-02", "drafter", Submit{})
	l.do("2026-03-02", "chief", Pass{})
	all := l.clear(MayOpen)
	if len(all.Items) != 4 {
		t.Fatalf("%d parts, want the catalogue, the text and two attachments", len(all.Items))
	}
	l.refused(l.try("2026-03-02", "reviewer", Clear{all.Items[:3]}), onOrder)
	all.Items[2].Verdict = MustHide
	if err := l.try("2026-03-02", "reviewer", all); !strings.Contains(fields(err), "名单.xlsx") {
		t.Errorf("a list that must not be public is cleared: %v", err)
	}
	l.do("2026-03-02", "reviewer", SendBack{Reasons: "名单中有身份证号"})
	p.Files[0].Hash = "h3"
	l.do("2026-03-03", "drafter", Edit{Paper: p})
	l.sign("2026-03-03")
	l.publish("2026-03-03")
	if c := l.d.Versions[0].Clearance; c.By != "reviewer" || len(c.Items) != 4 {
		t.Errorf("the version does not tell who let it out: %+v", c)
	}
}

func TestWhatTheOrganCannotDecideIsReferred(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	l.do("2026-03-02", "drafter", Submit{})
	l.do("2026-03-02", "chief", Pass{})
	l.do("2026-03-02", "reviewer", Refer{Body: "旗保密局"})
	l.refused(l.try("2026-03-03", "reviewer", l.clear(MayOpen)), "条例§17.3")
	l.do("2026-03-04", "reviewer", Determine{May: false, Note: "涉及工作秘密"})
	l.refused(l.try("2026-03-04", "reviewer", l.clear(MayOpen)), "条例§17.3")
	l.do("2026-03-04", "reviewer", SendBack{Reasons: "旗保密局确定不得公开"})
	p := paper(OtherDocument)
	p.Attribute = Attribute{Openness: Closed, Ground: "internal", Reasons: "旗保密局确定不得公开"}
	l.do("2026-03-05", "drafter", Edit{Paper: p})
	l.sign("2026-03-05")
	if l.d.Status != Withheld {
		t.Errorf("it is %s", l.d.Status)
	}
}

func TestConsentOfOthers(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	l.do("2026-03-02", "clerk", AskConsent{Kind: JointMaker, Organ: "旗财政局"}, AskConsent{Kind: Approver, Organ: "市统计局"})
	l.do("2026-03-02", "drafter", Submit{})
	l.do("2026-03-02", "chief", Pass{})
	l.do("2026-03-02", "reviewer", l.clear(MayOpen))
	l.do("2026-03-02", "head", Check{})
	l.refused(l.try("2026-04-20", "signer", Sign{}), "条例§11") // silence is no consent
	l.refused(l.try("2026-03-03", "clerk", GiveConsent{Ref: "j1"}), "")
	l.do("2026-03-03", "clerk", GiveConsent{Ref: "j1", Note: "建议依申请公开"}, GiveConsent{Ref: "j2", Note: "数据尚未核定"})
	l.refused(l.try("2026-03-03", "signer", Sign{}), "条例§11")
	l.refused(l.try("2026-03-03", "head", SettleConsent{"j2", "x"}), "条例§11.2")
	l.do("2026-03-03", "head", SettleConsent{"j1", "经协商，应当主动公开"})
	l.refused(l.try("2026-03-03", "signer", Sign{}), "条例§11")
	l.do("2026-03-04", "clerk", AskConsent{Kind: Approver, Organ: "市统计局"})
	l.do("2026-03-05", "clerk", GiveConsent{Ref: "j3", Agrees: true})
	l.do("2026-03-05", "signer", Sign{})
	l.publish("2026-03-05")
	if n, _ := l.d.Notice(); len(n.Partners) != 1 || n.Partners[0] != "旗财政局" {
		t.Errorf("who made it together: %q", n.Partners)
	}
}

func TestNothingIsPublishedWithAnOpenFinding(t *testing.T) {
	p := paper(OtherDocument)
	p.Files = []File{{"h1", "名单.xlsx"}}
	l := begin(t, "2026-03-02", p)
	l.sign("2026-03-02")
	l.refused(l.try("2026-03-02", "clerk", Issue{Index: "1"}), "条例§15") // not looked at
	hidden := []Found{{Rule: "G12", Says: "隐藏的工作表“Sheet2”。", Blocks: true}, {Rule: "G5", Says: "电子邮箱"}}
	l.do("2026-03-02", "clerk", l.scan(map[string][]Found{"名单.xlsx": hidden}))
	l.refused(l.try("2026-03-02", "clerk", Issue{Index: "1"}), "隐藏的工作表")
	l.do("2026-03-02", "clerk", SendBack{Reasons: "删除隐藏的工作表"})
	p.Files[0].Hash = "h2"
	l.do("2026-03-03", "drafter", Edit{Paper: p})
	l.sign("2026-03-03")
	l.refused(l.try("2026-03-03", "clerk", Issue{Index: "1"}), "名单.xlsx") // the new file was not looked at
	l.publish("2026-03-03")
	if l.d.Status != Published {
		t.Errorf("it is %s", l.d.Status)
	}
}

func TestAFindingIsOverruledByTwo(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	l.sign("2026-03-02")
	l.do("2026-03-02", "clerk", l.scan(map[string][]Found{TextPart: {{Rule: "G2", Says: "固定电话0478-*******", Blocks: true}}}))
	ref := l.d.Holding()[0].Ref
	l.refused(l.try("2026-03-02", "clerk", ConfirmExcuse{ref}), "条例§15") // nobody has said why
	l.do("2026-03-02", "clerk", ExcuseFinding{ref, "本机关公布的咨询电话"})
	if err := l.try("2026-03-02", "clerk", ConfirmExcuse{ref}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("one person alone: %v", err)
	}
	l.refused(l.try("2026-03-02", "clerk", Issue{Index: "1"}), "条例§15")
	l.do("2026-03-02", "head", ConfirmExcuse{ref})
	l.do("2026-03-02", "clerk", Issue{Index: "1"})
}

func TestALaterChangeIsSeenAndReviewedAgain(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	l.sign("2026-03-02")
	l.do("2026-03-02", "clerk", l.scan(nil))
	l.d.Text += "\n悄悄加上的一句。" // past all rules
	l.refused(l.try("2026-03-02", "clerk", Issue{Index: "1"}), onOrder)
}

// 条例§26: the first day is not counted, make-up days are. 2026-02-15 to 23 are the
// Spring Festival, 02-14 and 02-28 are worked.
func TestTwentyWorkingDays(t *testing.T) {
	for name, c := range map[string]struct {
		formed string
		days   int
		limit  *Limit
		want   string
	}{
		"plain weeks":              {formed: "2026-03-02", days: 20, want: "2026-03-30"},
		"over the Spring Festival": {formed: "2026-02-02", days: 20, want: "2026-03-06"},
		"a stricter organ":         {formed: "2026-03-02", days: 7, want: "2026-03-11"},
		"never longer":             {formed: "2026-03-02", days: 30, want: "2026-03-30"},
		"another law":              {formed: "2026-03-02", days: 20, limit: &Limit{Days: 7, Basis: "《行政处罚法》"}, want: "2026-03-11"},
		"another law, plain days":  {formed: "2026-03-02", days: 20, limit: &Limit{Days: 20, Calendar: true, Basis: "《预算法》第十四条"}, want: "2026-03-23"},
	} {
		t.Run(name, func(t *testing.T) {
			l, p := blank(t), paper(OtherDocument)
			l.policy.Days = c.days
			p.FormedOn, p.Limit = day(t, c.formed), c.limit
			l.do("2026-03-02", "drafter", Compose{Paper: p})
			if l.d.Due != day(t, c.want) {
				t.Errorf("due %s, want %s", l.d.Due, c.want)
			}
		})
	}
}

func TestTheLimitBeginsWhenTheDocumentIsFormed(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	if !l.d.Due.IsZero() {
		t.Errorf("a draft without a date is due %s", l.d.Due)
	}
	l.sign("2026-03-09")
	if l.d.FormedOn != day(t, "2026-03-09") || l.d.Due != day(t, "2026-04-07") { // Qingming 04-04 to 04-06
		t.Errorf("formed %s, due %s", l.d.FormedOn, l.d.Due)
	}
	l.publish("2026-04-09")
	if !l.d.Due.IsZero() || l.d.Late != 2 || l.d.Took != 22 {
		t.Errorf("due %s, took %d, late %d", l.d.Due, l.d.Took, l.d.Late)
	}
}

func TestWhatIsWithheldHasNoLimitOfPublication(t *testing.T) {
	p := paper(OtherDocument)
	p.FormedOn, p.Attribute = day(t, "2026-03-02"), Attribute{Openness: OnRequest, Reasons: "只涉及个别单位"}
	l := begin(t, "2026-03-02", p)
	l.sign("2026-03-03")
	if !l.d.Due.IsZero() || l.d.Status != Withheld {
		t.Errorf("%s, due %s", l.d.Status, l.d.Due)
	}
}

func TestACorrectionLeavesNoteAndVersion(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	l.sign("2026-03-03")
	l.publish("2026-03-04")
	index, before := l.d.Index, l.d.Versions[0].Text
	l.refused(l.try("2026-04-01", "drafter", Revise{Why: "x"}), "note")
	l.do("2026-04-01", "drafter", Revise{Why: "数额有误", Note: "第二条的数额更正为5万元。"})
	if v, ok := l.d.Shown(); !ok || v.Text != before {
		t.Error("while the correction is on its way nobody sees the document")
	}
	if l.d.Due != day(t, "2026-04-30") { // 20 working days from the change
		t.Errorf("the correction is due %s", l.d.Due)
	}
	p := paper(NormativeDoc)
	p.FormedOn, p.Text = l.d.FormedOn, "各苏木镇人民政府：\n更正后的内容。"
	l.do("2026-04-01", "drafter", Edit{Paper: p})
	l.sign("2026-04-02")
	l.publish("2026-04-02")
	v, _ := l.d.Shown()
	switch n, ok := l.d.Notice(); {
	case len(l.d.Versions) != 2 || l.d.Versions[0].Text != before || l.d.Versions[0].Until != day(t, "2026-04-02"):
		t.Errorf("the old text is gone: %+v", l.d.Versions)
	case v.Text != p.Text || l.d.Index != index || l.d.PublishedOn != day(t, "2026-03-04"):
		t.Errorf("shown %q as %s since %s", v.Text, l.d.Index, l.d.PublishedOn)
	case !ok || len(n.Notes) != 1 || n.Notes[0].Text != "第二条的数额更正为5万元。" || len(n.Former) != 1:
		t.Errorf("nobody is told: %+v", n)
	case n.By != "" || n.Clearance != nil || n.Former[0].Note != "第二条的数额更正为5万元。":
		t.Errorf("everybody sees who signed and reviewed, or not what was corrected: %+v", n)
	}
	if f, old, err := l.d.Former(1); err != nil || old.Text != before || old.By != "" || old.Clearance != nil || f.Until != day(t, "2026-04-02") {
		t.Errorf("the text that was corrected is not read: %+v, %v", old, err)
	}
	for _, no := range []int{0, 2, -1} {
		if _, _, err := l.d.Former(no); err == nil {
			t.Errorf("there is a former text %d", no)
		}
	}
}

// revised is a published document with a corrected text.
func revised(t *testing.T, r Revise) *life {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	l.sign("2026-03-03")
	l.publish("2026-03-04")
	l.do("2026-04-01", "drafter", r)
	p := paper(NormativeDoc)
	p.Text = "各苏木镇人民政府：\n更正后的内容。"
	l.do("2026-04-01", "drafter", Edit{Paper: p})
	l.sign("2026-04-02")
	l.publish("2026-04-02")
	return l
}

// What was taken down is not read again by another way, unless it was found to be
// right after all.
func TestAFormerTextThatMustNotBeReadIsNot(t *testing.T) {
	readable := func(l *life) bool {
		_, _, err := l.d.Former(1)
		return err == nil
	}
	l := revised(t, Revise{Why: "含有身份证号", Note: "删去个人信息", Conceal: true, Hidden: "旧文本有身份证号"})
	if n, _ := l.d.Notice(); readable(l) || n.Former[0].Readable {
		t.Error("a text is read that was replaced because it must not be")
	}
	l = revised(t, Revise{Why: "数额有误", Note: "更正"})
	l.do("2026-04-03", "publisher", TakeDown{Reasons: "有误", Note: "正在核实"})
	if readable(l) {
		t.Error("a former text is read while the document is down")
	}
	l.do("2026-04-06", "head", Restore{Note: "核实无误"})
	if !readable(l) {
		t.Error("a former text is gone although the document was right")
	}
	l.do("2026-04-07", "publisher", TakeDown{Reasons: "含有身份证号", Note: "正在核实"})
	l.do("2026-04-08", "head", Retract{Note: "撤回"})
	l.do("2026-04-09", "drafter", Revise{Why: "删去个人信息", Note: "更正后重新公开"})
	p := paper(NormativeDoc)
	p.Text = "再次更正。"
	l.do("2026-04-09", "drafter", Edit{Paper: p})
	l.sign("2026-04-10")
	l.publish("2026-04-10")
	if n, _ := l.d.Notice(); readable(l) || len(n.Former) == 0 {
		t.Errorf("a text that was retracted is read again: %+v", n.Former)
	}
}

func TestARevisionThatIsGivenUpChangesNothing(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	l.sign("2026-03-03")
	l.publish("2026-03-04")
	l.do("2026-04-01", "drafter", Revise{Why: "数额有误", Note: "更正"})
	p := paper(NormativeDoc)
	p.Title, p.Attribute = "另一个标题", Attribute{Openness: Closed, Ground: "third-party", Reasons: "x"}
	l.do("2026-04-01", "drafter", Edit{Paper: p}, Abandon{"核实无误"})
	if v, ok := l.d.Shown(); !ok || l.d.Status != Published || l.d.Title != v.Title || l.d.Attribute.Openness != Open || !l.d.Due.IsZero() {
		t.Errorf("it is %s, %q, %s", l.d.Status, l.d.Title, l.d.Attribute.Openness)
	}
	l = begin(t, "2026-03-02", paper(OtherDocument))
	l.do("2026-03-02", "drafter", Abandon{"并入另一份文件"})
	if l.d.Status != Dropped {
		t.Errorf("a draft that is given up is %s", l.d.Status)
	}
}

func TestTakingDownIsAtOnceAndDecidedByAnother(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	l.sign("2026-03-02")
	l.publish("2026-03-02")
	l.refused(l.try("2026-03-05", "clerk", TakeDown{Reasons: "附件有身份证号"}), "note")
	l.do("2026-03-05", "clerk", TakeDown{Reasons: "附件有身份证号", Note: "因内容需要核实，暂时撤下。"})
	n, ok := l.d.Notice()
	if !ok || !n.Gone || n.Text != "" || len(n.Files) != 0 || n.Title == "" || n.Index == "" || len(n.Notes) != 1 {
		t.Errorf("what is left to see: %+v", n)
	}
	l.refused(l.try("2026-03-05", "clerk", Restore{"核实无误"}), "条例§6.2")
	l.do("2026-03-06", "head", Restore{"经核实内容无误。"})
	if v, ok := l.d.Shown(); !ok || v.From != day(t, "2026-03-06") || len(l.d.Versions) != 2 {
		t.Error("it is not shown again")
	}
	l.do("2026-03-09", "clerk", TakeDown{Reasons: "有误", Note: "核实中"})
	l.do("2026-03-10", "head", Retract{"内容重复发布，撤回。"})
	if n, ok := l.d.Notice(); l.d.Status != Withdrawn || !ok || !n.Gone || len(n.Notes) != 4 {
		t.Errorf("%s, %+v", l.d.Status, n)
	}
	if got := len(l.d.Posts); got != 2 || l.d.Posts[0].Until != day(t, "2026-03-05") {
		t.Errorf("where it stood when: %+v", l.d.Posts)
	}
}

func TestForce(t *testing.T) {
	l := begin(t, "2026-03-02", paper(NormativeDoc))
	l.sign("2026-03-02")
	l.publish("2026-03-02")
	if l.d.Validity.State != InForce {
		t.Errorf("new: %+v", l.d.Validity)
	}
	l.refused(l.try("2026-04-01", "head", SetValidity{State: Repealed}), onReview)
	l.do("2026-04-01", "head", SetValidity{State: Amended, By: "青政发〔2026〕9号", Term: day(t, "2026-06-30")})
	if err := l.try("2026-06-30", "system", Expire{}); err == nil {
		t.Error("it lapses on its last day")
	}
	l.do("2026-07-02", "system", Expire{})
	if v := l.d.Validity; v.State != Lapsed || v.On != day(t, "2026-07-01") {
		t.Errorf("lapsed: %+v", v)
	}
	l.refused(l.try("2026-07-02", "head", SetValidity{State: InForce}), onReview)
	if n, _ := l.d.Notice(); n.Gone || len(n.Notes) != 2 {
		t.Errorf("what has lapsed stays to be read, with a note: %+v", n.Notes)
	}
}

func TestWhatIsWithheldIsLookedAtAgain(t *testing.T) {
	p := paper(OtherDocument)
	p.Attribute = Attribute{Openness: Closed, Ground: "process", Reasons: "还在讨论"}
	l := begin(t, "2025-03-03", p)
	l.sign("2025-03-03")
	for on, want := range map[string]int{"2025-12-01": 0, "2026-02-02": 1} {
		all, err := l.d.Duties(l.scene(on, ""))
		if err != nil || len(all) != want {
			t.Errorf("%s: %+v, %v", on, all, err)
		}
	}
	l.do("2026-02-02", "head", Reassess{"方案还没有通过"})
	if all, _ := l.d.Duties(l.scene("2026-02-03", "")); len(all) != 0 {
		t.Errorf("looked at, and still on the list: %+v", all)
	}
	l.do("2026-05-06", "drafter", Reopen{"方案已经通过并公布"})
	l.refused(l.try("2026-05-06", "drafter", Submit{}), onSource) // the attribute is chosen anew
	p.Attribute = Attribute{Openness: Open}
	l.do("2026-05-06", "drafter", Edit{Paper: p})
	if l.d.Due != day(t, "2026-06-02") { // 05-09 is worked
		t.Errorf("due %s: the limit runs from the day on which things changed", l.d.Due)
	}
	l.sign("2026-05-07")
	l.publish("2026-05-07")
}

func TestARequestBecomesADocument(t *testing.T) {
	l, p := blank(t), paper(OtherDocument)
	p.FormedOn = day(t, "2024-05-06")
	l.do("2026-03-02", "drafter", Compose{Paper: p, Origin: Origin{Request: "r1", Number: "依申请〔2026〕3号"}})
	if l.d.Due != day(t, "2026-03-30") {
		t.Errorf("due %s: an old document is to be public from now on, not since 2024", l.d.Due)
	}
	l.sign("2026-03-03")
	l.publish("2026-03-03")
	if l.d.Origin.Request != "r1" || l.d.Late != 0 {
		t.Errorf("%+v, late %d", l.d.Origin, l.d.Late)
	}
}

func TestAnOldSiteKeepsItsDays(t *testing.T) {
	l, p := blank(t), paper(NormativeDoc)
	p.FormedOn = day(t, "2021-05-06")
	l.do("2026-03-02", "drafter", Compose{Paper: p, Origin: Origin{Index: "0142768-8/2021-00185", PostedOn: day(t, "2021-05-10")}})
	if !l.d.Due.IsZero() {
		t.Errorf("what was public in time is due %s", l.d.Due)
	}
	l.sign("2026-03-03")
	l.do("2026-03-03", "clerk", l.scan(nil), Issue{Index: l.d.Origin.Index})
	if l.d.PublishedOn != day(t, "2021-05-10") || l.d.Late != 0 || l.d.Index != "0142768-8/2021-00185" {
		t.Errorf("published %s as %s, late %d", l.d.PublishedOn, l.d.Index, l.d.Late)
	}
	if tally, ok := l.d.Tally(); !ok || tally != (Tally{NormativeDoc, 2021, 0}) {
		t.Errorf("counts as %+v", tally)
	}
}

func TestPosts(t *testing.T) {
	l := begin(t, "2026-03-02", paper(OtherDocument))
	l.sign("2026-03-02")
	l.refused(l.try("2026-03-02", "clerk", AddPost{Channel: WeChat}), "条例§23") // not published
	l.publish("2026-03-02")
	l.do("2026-03-04", "clerk", AddPost{Channel: WeChat, On: day(t, "2026-03-03"), Text: "一图读懂"}, AddPost{Channel: Library})
	l.refused(l.try("2026-03-04", "clerk", AddPost{Channel: Portal}), "条例§23")
	l.do("2026-03-05", "clerk", EndPost{Ref: "p2"})
	if p := l.d.Posts[1]; p.Channel != WeChat || p.From != day(t, "2026-03-03") || p.Until != day(t, "2026-03-05") {
		t.Errorf("%+v", l.d.Posts)
	}
}
