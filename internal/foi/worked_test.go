package foi

import (
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
)

// The cases of the domain's worked examples, by their names there.

func TestReceiptByChannel(t *testing.T) {
	t.Run("P1 online form, both sides confirm", func(t *testing.T) {
		l := born(t)
		l.do("2025-04-08", Receive{Channel: Web, On: day(t, "2025-04-08"), Parties: []Party{person}, Ask: ask, Strict: true}, "public")
		if l.r.Status != Unconfirmed || !l.r.Due.IsZero() {
			t.Errorf("%s, due %s", l.r.Status, l.r.Due)
		}
		l.do("2025-04-10", Confirm{})
		if l.r.ReceivedOn != day(t, "2025-04-10") {
			t.Errorf("received on %s", l.r.ReceivedOn)
		}
		l.due("2025-05-12")
	})
	t.Run("P2 ordinary letter, unreachable for two days", func(t *testing.T) {
		l := born(t)
		l.do("2025-04-08", Receive{Channel: PlainPost, On: day(t, "2025-04-08"), Parties: []Party{person}})
		list, err := l.r.Deadlines(l.cal)
		if err != nil || len(list) != 1 || list[0].Deadline != day(t, "2025-04-08") {
			t.Errorf("confirmation is due the same day: %+v, %v", list, err)
		}
		l.do("2025-04-08", TryContact{How: "电话"})
		if list, err := l.r.Deadlines(l.cal); err != nil || list[0].Deadline != day(t, "2025-04-09") {
			t.Errorf("the next call: %+v, %v", list, err)
		}
		l.do("2025-04-10", Confirm{How: "电话"})
		l.due("2025-05-12")
		if len(l.r.Contacts) != 2 || l.r.ReceivedOn != day(t, "2025-04-10") {
			t.Errorf("%+v", l.r.Contacts)
		}
	})
	t.Run("P3 registered letter signed for on a Saturday, entered on Monday", func(t *testing.T) {
		l := born(t)
		l.do("2025-09-22", Receive{Channel: SignedPost, On: day(t, "2025-09-20"), Parties: []Party{person}, Ask: ask})
		if l.r.ReceivedOn != day(t, "2025-09-20") {
			t.Errorf("received on %s", l.r.ReceivedOn)
		}
		l.due("2025-10-23")
	})
	t.Run("no day that has not come yet", func(t *testing.T) {
		l := born(t)
		l.refused("2025-04-08", Receive{Channel: InPerson, On: day(t, "2025-04-09"), Parties: []Party{person}, Ask: ask}, "")
	})
	t.Run("the portal wants all that 条例§29 names", func(t *testing.T) {
		l := born(t)
		_, err := l.try("2025-04-08", Receive{Channel: Web, On: day(t, "2025-04-08"), Parties: []Party{{Role: IsApplicant, Kind: "C1"}}, Strict: true})
		want := []string{"name", "id-number", "phone", "text", "form", "way"}
		for i, f := range errs.FieldsOf(err) {
			if i >= len(want) || f.Name != want[i] {
				t.Errorf("field %d is %s", i, f.Name)
			}
		}
		if len(errs.FieldsOf(err)) != len(want) {
			t.Errorf("%v", err)
		}
		l.do("2025-04-08", Receive{Channel: InPerson, On: day(t, "2025-04-08"), Parties: []Party{person}})
		if f := l.r.Missing(); len(f) != 3 {
			t.Errorf("a letter without a description is registered, to be corrected: %v", f)
		}
	})
}

func TestCorrectionRuns(t *testing.T) {
	t.Run("P4", func(t *testing.T) {
		l := received(t, "2024-03-01")
		list, err := l.r.Deadlines(l.cal)
		if err != nil || list[0].Limit.ID != "correction-notice" || list[0].Deadline != day(t, "2024-03-12") {
			t.Errorf("notice due %+v, %v", list, err)
		}
		l.do("2024-03-12", AskCorrection{Items: []string{"请写明文号"}, Until: day(t, "2024-03-26")})
		l.due("")
		l.do("2024-03-20", Correct{Ask: Ask{Text: "青政发〔2023〕5号"}})
		l.due("2024-04-18")
		if b, err := l.r.Breaches(l.cal, day(t, "2024-03-20")); err != nil || len(b) != 0 {
			t.Errorf("%v, %v", b, err)
		}
		l.refused("2024-03-21", AskCorrection{Items: []string{"再问一次"}, Until: day(t, "2024-03-28")}, "条例§30")
	})
	t.Run("P5", func(t *testing.T) {
		l := received(t, "2024-03-01")
		l.do("2024-03-12", AskCorrection{Items: []string{"请写明文号"}, Until: day(t, "2024-03-26")})
		l.refused("2024-03-26", LapseCorrection{}, "条例§30")
		l.do("2024-03-27", LapseCorrection{})
		l.due("")
		l.refused("2024-03-27", Submit{Decision{Items: []Item{given}}}, "条例§36")
		l.decided("2024-03-28", Item{Kind: "F1"})
		l.do("2024-03-28", Serve{Way: Direct})
		if l.r.Status != Closed || l.r.Outcome != "R3.6.1" || l.r.EndedOn != day(t, "2024-03-28") {
			t.Errorf("%s %s %s", l.r.Status, l.r.Outcome, l.r.EndedOn)
		}
		if b, err := l.r.Breaches(l.cal, day(t, "2025-03-28")); err != nil || len(b) != 0 {
			t.Errorf("no limit of a reply runs any more: %v, %v", b, err)
		}
	})
	t.Run("P5 corrected late for a good reason", func(t *testing.T) {
		l := received(t, "2024-03-01")
		l.do("2024-03-12", AskCorrection{Items: []string{"请写明文号"}, Until: day(t, "2024-03-26")})
		l.refused("2024-03-28", Correct{Ask: Ask{Text: "青政发〔2023〕5号"}}, "条例§30")
		l.do("2024-03-28", Correct{Ask: Ask{Text: "青政发〔2023〕5号"}, Excuse: "住院"})
		l.due("2024-04-26")
	})
	t.Run("P6", func(t *testing.T) {
		l := received(t, "2024-03-01")
		l.do("2024-03-13", AskCorrection{Items: []string{"请写明文号"}, Until: day(t, "2024-03-27")})
		b, err := l.r.Breaches(l.cal, day(t, "2024-03-13"))
		if err != nil || len(b) != 1 || b[0].Limit != "correction-notice" || b[0].Late != 1 || b[0].Cite != "条例§30" {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

func TestConsultation(t *testing.T) {
	consult := func(on calendar.Date) Consult { return Consult{Kind: ThirdParty, Third: third, On: on} }
	t.Run("P7", func(t *testing.T) {
		l := received(t, "2025-03-03")
		l.due("2025-03-31")
		l.do("2025-03-10", consult(calendar.Date{}))
		l.due("")
		l.do("2025-03-26", GiveOpinion{Ref: "c1", Agrees: true})
		l.excluded("2025-03-26", 12)
		l.due("2025-04-17")
	})
	t.Run("P8", func(t *testing.T) {
		l := received(t, "2025-03-03")
		l.do("2025-03-10", consult(calendar.Date{}))
		l.do("2025-03-12", ReceiveQuestion{Ref: "c1"})
		a, err := l.r.Consultations[0].Limit(l.cal)
		if err != nil || a.Deadline != day(t, "2025-04-02") {
			t.Errorf("opinion until %s, %v", a.Deadline, err)
		}
		l.refused("2025-04-02", Submit{Decision{Items: []Item{given}}}, "条例§33.3")
		if got := l.r.Consultations[0].Standing(l.cal, day(t, "2025-04-03")); got != Silent {
			t.Errorf("silence is %s", got)
		}
		l.do("2025-04-03", Submit{Decision{Items: []Item{given}}})
	})
	t.Run("P9", func(t *testing.T) {
		l := received(t, "2026-02-02")
		l.due("2026-03-06")
		l.do("2026-02-09", consult(calendar.Date{}))
		l.do("2026-02-11", ReceiveQuestion{Ref: "c1"})
		l.excluded("2026-03-11", 17)
		l.due("2026-03-31")
	})
	t.Run("P10", func(t *testing.T) {
		l := received(t, "2025-09-22")
		l.due("2025-10-24")
		l.do("2025-09-24", consult(calendar.Date{}))
		l.do("2025-09-29", Consult{Kind: OtherOrgan, Organ: "青川旗财政局"})
		l.do("2025-10-13", GiveOpinion{Ref: "c1", Agrees: true})
		l.do("2025-10-16", GiveOpinion{Ref: "c2", Agrees: true})
		l.excluded("2025-10-16", 12)
		l.due("2025-11-11")
	})
	t.Run("P11 and P12", func(t *testing.T) {
		for days, want := range map[int]string{20: "2024-05-15", 10: "2024-04-29"} {
			l := received(t, "2024-03-04")
			l.do("2024-03-08", consult(calendar.Date{}))
			l.do("2024-03-22", GiveOpinion{Ref: "c1", Agrees: true})
			l.excluded("2024-03-22", 10)
			l.due("2024-04-16")
			l.do("2024-04-01", ProposeExtension{Days: days, Reason: "涉及多个部门"})
			l.do("2024-04-16", ApproveExtension{}, "head")
			l.due(want)
		}
	})
	t.Run("P16", func(t *testing.T) {
		l := received(t, "2025-03-03")
		l.do("2025-03-10", consult(calendar.Date{}))
		l.do("2025-03-10", Consult{Kind: JointMaker, Organ: "青川旗财政局"})
		l.do("2025-03-12", ReceiveQuestion{Ref: "c1"})
		l.do("2025-03-12", ReceiveQuestion{Ref: "c2"})
		for i, want := range []Standing{Silent, Deemed} {
			if got := l.r.Consultations[i].Standing(l.cal, day(t, "2025-04-03")); got != want {
				t.Errorf("silence of %s is %s, want %s", l.r.Consultations[i].Kind, got, want)
			}
		}
	})
	t.Run("a third party's late answer is an answer, the pause had ended before", func(t *testing.T) {
		l := received(t, "2025-03-03")
		l.do("2025-03-10", consult(calendar.Date{}))
		l.do("2025-03-12", ReceiveQuestion{Ref: "c1"})
		due := l.r.Due
		e := l.do("2025-04-08", GiveOpinion{Ref: "c1", Reasons: "涉及成本构成"})
		if e.Late != 3 || l.r.Due != due {
			t.Errorf("late by %d, due %s, was %s", e.Late, l.r.Due, due)
		}
		l.refused("2025-04-09", Submit{Decision{Items: []Item{given}}}, "条例§32")
		l.do("2025-04-09", Submit{Decision{Items: []Item{given}, Override: "关系饮用水安全"}})
	})
	t.Run("whoever is asked when the limit is over pauses nothing", func(t *testing.T) {
		l := received(t, "2025-03-03")
		l.do("2025-04-10", consult(calendar.Date{}))
		l.due("2025-03-31")
	})
}

func TestExtensionIsGuarded(t *testing.T) {
	l := received(t, "2024-03-04")
	l.refused("2024-03-05", ProposeExtension{Days: 21, Reason: "P15"}, "条例§33.2")
	l.do("2024-03-05", ProposeExtension{Days: 20, Reason: "档案正在搬迁"})
	l.refused("2024-03-06", ApproveExtension{}, "条例§33.2", "clerk") // two eyes
	l.refused("2024-04-02", ApproveExtension{}, "条例§33.2", "head")  // P13: the limit ended on 04-01
	l.do("2024-04-01", ApproveExtension{}, "head")
	l.due("2024-04-29")
	l.refused("2024-04-02", ProposeExtension{Days: 1, Reason: "P14"}, "条例§33.2")
}

func TestServiceIsJudged(t *testing.T) {
	serve := func(on string, s Serve) (*life, Entry, error) {
		l := received(t, "2025-04-10") // D13: due 2025-05-12
		l.decided("2025-05-09", given)
		e, err := l.try(on, s)
		return l, e, err
	}
	l, e, err := serve("2025-05-15", Serve{Way: Post, On: day(t, "2025-05-12"), Tracking: "1234567890123"})
	if err != nil || e.Late != 0 {
		t.Errorf("P17: late by %d, %v", e.Late, err)
	}
	l.do("2025-05-15", Deliver{})
	if l.r.Services[0].DeliveredOn != day(t, "2025-05-15") {
		t.Error("P17: the day of delivery is lost")
	}
	l, e, err = serve("2025-05-13", Serve{Way: Direct})
	if err != nil || e.Late != 1 {
		t.Errorf("P18: late by %d, %v", e.Late, err)
	}
	if b, err := l.r.Breaches(l.cal, day(t, "2026-05-13")); err != nil || len(b) != 1 || b[0].Late != 1 || b[0].Limit != "reply" {
		t.Errorf("P18: %+v, %v", b, err)
	}
	l, _, err = serve("2025-05-12", Serve{Way: Courier, Tracking: "SF1"})
	if errs.KindOf(err) != errs.Invalid || l.r.Status != Serving {
		t.Errorf("P19: %v", err)
	}
}

func TestOnlyOneOutcome(t *testing.T) {
	l := received(t, "2025-04-10")
	l.refused("2025-04-11", Submit{Decision{Items: []Item{absent}}}, "条例§36.4") // nobody has looked
	l.decided("2025-04-11",
		Item{Kind: "D2", About: "按村汇总的表", Facts: map[string]string{"reasons": "需要另行汇总"}},
		Item{Kind: "A2", About: "分户台账", Facts: map[string]string{"place": "附后"}})
	if l.r.Outcome != "R3.2" || l.r.Decisions[0].LetterKind() != "reply-part" {
		t.Errorf("P20: %s", l.r.Outcome)
	}
	l = received(t, "2025-04-10")
	l.decided("2025-04-11",
		Item{Kind: "A2", About: "第一份", Facts: map[string]string{"place": "附后"}},
		Item{Kind: "C1", About: "第二份", Facts: map[string]string{"grade": "秘密", "basis": "定密决定", "reasons": "依法确定为国家秘密"}})
	if l.r.Outcome != "R3.2" {
		t.Errorf("V14: %s", l.r.Outcome)
	}
}

func TestFeeRuns(t *testing.T) {
	demand := DemandFee{Method: ByPieces, Rank: 41, Account: "非税收入专户"}
	t.Run("M18 and M19", func(t *testing.T) {
		l := received(t, "2025-05-30")
		if e := l.do("2025-06-04", demand, "head"); e.Fen != 30000 {
			t.Errorf("the 41st of a month costs %d fen", e.Fen)
		}
		l.refused("2025-06-05", PayFee{}, onFees) // nobody knows yet when the notice was received
		l.do("2025-06-05", ReceiveDemand{})
		list, err := l.r.Deadlines(l.cal)
		if err != nil || len(list) != 1 || list[0].Deadline != day(t, "2025-07-03") {
			t.Errorf("M18: %+v, %v", list, err)
		}
		l.do("2025-06-18", PayFee{Voucher: "0001"})
		l.due("2025-07-16")
		l.refused("2025-06-19", demand, "国办函〔2020〕109号§3", "head")
	})
	t.Run("M20 and M21", func(t *testing.T) {
		l := received(t, "2026-09-18")
		l.do("2026-09-21", demand, "head")
		l.do("2026-09-21", ReceiveDemand{})
		l.refused("2026-10-26", LapseFee{}, onFees)
		l.refused("2026-10-27", PayFee{}, onFees)
		l.do("2026-10-27", LapseFee{})
		l.decided("2026-10-27", Item{Kind: "F2"})
		l.do("2026-10-27", Serve{Way: Electronic, Proof: []File{{Hash: "aa", Name: "回执.png", What: "evidence"}}})
		if l.r.Outcome != "R3.6.2" {
			t.Errorf("M21: %s", l.r.Outcome)
		}
	})
	t.Run("M16", func(t *testing.T) {
		l := received(t, "2025-05-30")
		l.refused("2025-06-04", DemandFee{Method: ByPieces, Rank: 41, Pages: 80, Account: "专户"}, "国办函〔2020〕109号§3", "head")
	})
	t.Run("M17", func(t *testing.T) {
		l := received(t, "2025-05-30")
		l.refused("2025-06-04", DemandFee{Method: ByPages, Pages: 80, Published: true, Account: "专户"}, "国办函〔2020〕109号§5", "head")
	})
	t.Run("M1: nothing is charged for the tenth", func(t *testing.T) {
		l := received(t, "2025-05-30")
		l.refused("2025-06-04", DemandFee{Method: ByPieces, Rank: 10, Account: "专户"}, "条例§42.1", "head")
	})
	t.Run("a notice taken back leaves the limit as it was", func(t *testing.T) {
		l := received(t, "2025-05-30")
		due := l.r.Due
		l.do("2025-06-04", demand, "head")
		l.do("2025-06-06", CancelFee{Reason: "计算有误"}, "head")
		l.due(due.String())
	})
}

func TestTallies(t *testing.T) {
	rows := func(l *life, year int) [2]string {
		tally, ok := l.r.Tally()
		if !ok {
			return [2]string{}
		}
		in, out := tally.Rows(year)
		return [2]string{in, out}
	}
	t.Run("V15", func(t *testing.T) {
		l := received(t, "2023-12-28")
		l.decided("2024-01-10", given)
		l.do("2024-01-10", Serve{Way: Direct})
		for year, want := range map[int][2]string{2022: {}, 2023: {"R1", "R4"}, 2024: {"R2", "R3.1"}, 2025: {}} {
			if got := rows(l, year); got != want {
				t.Errorf("%d: %v, want %v", year, got, want)
			}
		}
	})
	t.Run("V16", func(t *testing.T) {
		l := received(t, "2023-12-20")
		l.do("2023-12-25", AskCorrection{Items: []string{"请写明文号"}, Until: day(t, "2024-01-10")})
		if got := rows(l, 2023); got != [2]string{"R1", "R4"} {
			t.Errorf("%v", got)
		}
	})
	t.Run("V17", func(t *testing.T) {
		l := received(t, "2025-04-10")
		d := Divide{Texts: []string{"甲", "乙", "丙"}, IDs: []string{"r-1", "r-2", "r-3"}}
		var tallies []Tally
		for i := range d.IDs {
			p := l.r.part(i, d, "1-"+d.IDs[i])
			if p.Whole != "r" || p.Due != l.r.Due || p.Ask.Text != d.Texts[i] {
				t.Errorf("%+v", p)
			}
			part := &life{TB: t, cal: l.cal, r: p}
			part.decided("2025-04-14", []Item{given, nowhere, given}[i])
			part.do("2025-04-14", Serve{Way: Direct})
			tally, _ := part.r.Tally()
			tallies = append(tallies, tally)
		}
		l.do("2025-04-11", d)
		if b, err := l.r.Breaches(l.cal, day(t, "2026-04-11")); err != nil || len(b) != 0 {
			t.Errorf("the whole is late, too: %v, %v", b, err)
		}
		if tally, ok := l.r.Tally(); ok {
			t.Errorf("the whole counts as well: %+v", tally)
		}
		counted := CountTable3(2025, tallies)
		if counted[Cell{"R1", "C1"}] != 3 || counted[Cell{"R3.1", "C1"}] != 2 || counted[Cell{"R3.4.1", "C1"}] != 1 || counted[Cell{"R4", "C1"}] != 0 {
			t.Errorf("%v", counted)
		}
	})
	t.Run("V20", func(t *testing.T) {
		l := born(t)
		agent := Party{Role: IsAgent, Kind: "C5", Organisation: "青川律师事务所", CreditCode: "x"}
		l.do("2025-04-10", Receive{Channel: InPerson, On: day(t, "2025-04-10"), Parties: []Party{person, agent}, Ask: ask, Files: []File{{What: "authority"}}, Strict: true})
		if tally, _ := l.r.Tally(); tally.Column != "C1" {
			t.Errorf("counted in %s", tally.Column)
		}
	})
	t.Run("one that was never confirmed is no request yet", func(t *testing.T) {
		l := born(t)
		l.do("2025-04-08", Receive{Channel: Web, On: day(t, "2025-04-08"), Parties: []Party{person}, Ask: ask})
		if _, ok := l.r.Tally(); ok {
			t.Error("it counts")
		}
	})
}

func TestAnswersOfDisputes(t *testing.T) {
	for _, c := range []struct {
		name   string
		kind   DisputeKind
		simple bool
		on     string
		want   string
	}{
		{"Q22 simple", Reconsideration, true, "2024-09-26", "2024-10-09"},
		{"Q22", Reconsideration, false, "2024-09-26", "2024-10-15"},
		{"Q23 simple", Reconsideration, true, "2026-02-11", "2026-02-25"},
		{"Q23", Reconsideration, false, "2026-02-11", "2026-03-03"},
		{"a suit has 15 days", DirectSuit, true, "2025-09-22", "2025-10-09"},
	} {
		l := received(t, "2024-01-02")
		l.decided("2024-01-03", nowhere)
		l.do("2024-01-03", Serve{Way: Direct})
		l.do(c.on, FileDispute{Kind: c.kind, Body: "青川旗人民政府", Number: "1", Simple: c.simple})
		list, err := l.r.Deadlines(l.cal)
		if err != nil || len(list) != 1 || list[0].Deadline.String() != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, list, err, c.want)
		}
		l.do(c.on, AnswerDispute{Ref: "d1"})
		if list, err := l.r.Deadlines(l.cal); err != nil || len(list) != 0 {
			t.Errorf("%s: answered, still due: %+v, %v", c.name, list, err)
		}
	}
}

// What is proposed for publication is settled before the file goes into the archive.
func TestAProposalIsSettledBeforeTheArchive(t *testing.T) {
	l := received(t, "2024-03-04")
	l.decided("2024-03-20", given)
	l.do("2024-03-20", Serve{Way: Direct})
	l.do("2024-03-21", ProposePublication{})
	l.refused("2024-03-22", Archive{}, "条例§44.2")
	l.do("2024-03-22", SettleProposal{Reasons: "只涉及申请人自己"})
	l.do("2024-03-22", Archive{})
}

func TestAnOrderReopens(t *testing.T) {
	l := received(t, "2024-03-04")
	l.decided("2024-03-20", nowhere)
	l.do("2024-03-20", Serve{Way: Direct})
	l.refused("2024-03-21", Reopen{}, "条例§51")
	l.do("2024-05-06", FileDispute{Kind: Reconsideration, Body: "青川旗人民政府", Number: "2"})
	l.refused("2024-05-07", Archive{}, "条例§45")
	l.do("2025-01-13", DecideDispute{Ref: "d1", Result: Overturned, Order: true})
	l.do("2025-01-14", Reopen{})
	l.due("2025-02-14") // D11: 20 working days from the order
	l.decided("2025-02-10", given)
	l.do("2025-02-10", Serve{Way: Direct})
	if l.r.Outcome != "R3.1" || l.r.Ended != "R3.4.1" {
		t.Errorf("now %s, counted %s", l.r.Outcome, l.r.Ended)
	}
	tally, _ := l.r.Tally()
	if in, out := tally.Rows(2025); in+out != "" {
		t.Errorf("counted again in 2025: %s %s", in, out)
	}
	for year, want := range map[int]Result{2023: "", 2024: Undecided, 2025: Overturned, 2026: ""} {
		if got := l.r.Disputes[0].Column(year, false); got != want {
			t.Errorf("table 4 of %d: %q, want %q", year, got, want)
		}
	}
	l.refused("2025-02-11", Reopen{}, "条例§51")
}

func TestAfterWithdrawalNothingIsDecided(t *testing.T) {
	l := received(t, "2025-04-10")
	l.do("2025-04-11", Submit{Decision{Items: []Item{given}}})
	l.do("2025-04-14", Withdraw{}, "public")
	if l.r.Outcome != "R3.6.3" || l.r.Status != Closed {
		t.Errorf("%s %s", l.r.Status, l.r.Outcome)
	}
	l.refused("2025-04-15", Approve{}, "条例§45", "head")
	l.refused("2025-04-15", Submit{Decision{Items: []Item{given}}}, "条例§36")
	if b, err := l.r.Breaches(l.cal, day(t, "2026-04-15")); err != nil || len(b) != 0 {
		t.Errorf("%v, %v", b, err)
	}
}

func TestEndsWithoutAReply(t *testing.T) {
	l := received(t, "2025-04-10")
	l.refused("2025-04-11", Withdraw{}, "撤回申请的材料") // the clerk says so, and nothing else does
	l.refused("2025-04-11", Discontinue{}, onOther, "head")
	l.do("2025-04-11", ProposeEnd{Why: "与依申请〔2025〕3号合并"})
	l.refused("2025-04-11", Discontinue{}, onOther, "clerk")
	l.do("2025-04-11", Discontinue{}, "head")
	if l.r.Status != Closed || l.r.Ended != "R3.6.3" {
		t.Errorf("%s %s", l.r.Status, l.r.Ended)
	}
}

func TestTwoEyes(t *testing.T) {
	l := received(t, "2025-04-10")
	l.do("2025-04-11", Submit{Decision{Items: []Item{given}}}, "a")
	l.refused("2025-04-11", Approve{}, "条例§45", "a")
	l.policy = Policy{SecrecyAlways: true, Apart: true}
	l.refused("2025-04-11", Approve{}, "条例§17", "b")
	l.do("2025-04-11", Refer{}, "b")
	l.refused("2025-04-11", Clear{}, "条例§45", "a")
	l.refused("2025-04-11", SendBack{Reasons: " "}, "", "c")
	l.do("2025-04-11", SendBack{Reasons: "附件中有电话号码"}, "c")
	if l.r.Status != Handling || len(l.r.Draft.Returns) != 1 {
		t.Errorf("%s, %+v", l.r.Status, l.r.Draft)
	}
	l.do("2025-04-14", Submit{Decision{Items: []Item{given}}}, "a")
	l.do("2025-04-14", Refer{}, "b")
	l.do("2025-04-14", Clear{}, "c")
	l.refused("2025-04-14", Sign{"1"}, "条例§45", "b")
	l.do("2025-04-14", Sign{"1"}, "d")
}

func TestDelayForAbnormalNumbers(t *testing.T) {
	l := received(t, "2025-04-10")
	l.refused("2025-04-11", Submit{Decision{Items: []Item{{Kind: "E4", Facts: map[string]string{"reasons": "过多"}}}}}, "条例§35")
	l.do("2025-04-11", AskReasons{Count: 41, Months: 1, Until: day(t, "2025-04-25")})
	l.due("2025-05-12") // the limit goes on
	l.refused("2025-04-14", DelayLimit{Until: day(t, "2025-07-01")}, "条例§35", "head")
	l.do("2025-04-18", GiveReasons{Text: "编写县志"})
	l.do("2025-04-21", DelayLimit{Until: day(t, "2025-07-01")}, "head")
	l.due("2025-07-01")
}
