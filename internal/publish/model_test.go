package publish

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure/proceduretest"
	"gongkai/internal/setting"
)

// A walker walks a document at random through the table. pick chooses one of n.
type walker struct {
	cal   *calendar.Calendar
	pick  func(n int) int
	today calendar.Date
	index setting.Pattern
	d     Document
	taken map[step]bool

	curious bool // prefers what was never done before
}

var lastDayOfData = calendar.On(2026, 11, 30)

// walk lives a whole life, or as much of it as the days of the data allow.
func (w *walker) walk(steps int) error {
	for range steps {
		w.today = w.today.Add([]int{0, 0, 0, 1, 2, 8, 30}[w.pick(7)])
		if w.today.After(lastDayOfData) {
			return nil
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) scene() Scene {
	s := Scene{Actor: []string{"a", "b", "c", "d"}[w.pick(4)], Today: w.today, Calendar: w.cal}
	s.Policy = Policy{Days: 20, Step: 3, Apart: w.pick(4) == 0, Reassess: 12, Review: 24, Index: w.index, Code: "QC"}
	return s
}

func (w *walker) step() error {
	s := w.scene()
	kind, ok := w.choose(s)
	if !ok {
		return nil
	}
	d := w.deed(kind)
	before := w.d.copied()
	e, err := w.d.Do(d, s)
	if err != nil {
		if k := errs.KindOf(err); k != errs.Conflict && k != errs.Invalid {
			return fmt.Errorf("%s in %q: %w", kind, before.Status, err)
		}
		if w.d.Digest() != before.Digest() {
			return fmt.Errorf("%s was refused, and changed the document", kind)
		}
		return nil
	}
	w.taken[step{From: before.Status, Kind: e.Event}] = true
	return w.sound(&before, e, s)
}

func (w *walker) choose(s Scene) (event.Kind, bool) {
	may := func(kind event.Kind) bool { return w.d.Try(kind, s) == nil }
	return proceduretest.Choose(rows, w.d.Status, proceduretest.Walk[Status]{Pick: w.pick, Taken: w.taken, Curious: w.curious, May: may, Weight: weight, Blind: 6})
}

// weight lets documents get as far as publication.
func weight(kind event.Kind) int {
	if slices.Contains([]event.Kind{Submitted, Passed, Cleared, Checked, Signed, Issued, Scanned, ConsentGiven, ConsentSettled, ExcuseConfirmed}, kind) {
		return 6
	}
	return 1
}

// paper makes up what somebody writes, mostly without mistakes.
func (w *walker) paper() Paper {
	p := paper([]Kind{NormativeDoc, OtherDocument, "budget", Interpretation}[w.pick(4)])
	p.Text = []string{"一段", "另一段", ""}[w.pick(3)]
	if w.pick(2) == 0 {
		p.Files = []File{{Hash: "h" + strconv.Itoa(w.pick(3)), Name: "附件.xlsx"}}
	}
	if w.pick(3) == 0 {
		p.FormedOn = w.today.Add(-w.pick(30))
	}
	p.Attribute = []Attribute{
		{}, {Openness: Open}, {Openness: Open}, {Openness: Open}, {Openness: OnRequest, Reasons: "x"}, {Openness: Closed, Ground: "process", Reasons: "x"},
	}[w.pick(6)]
	if w.pick(12) == 0 {
		p.Grade = Confidential
		p.Attribute = Attribute{Openness: Closed, Ground: "secret", Basis: "x", Reasons: "x"}
	}
	if w.pick(12) == 0 {
		p.Forwards = &Source{Title: "x", Organ: "y", Openness: []Openness{Unset, Open, Closed}[w.pick(3)]}
	}
	return p
}

// deed makes up a deed for a row, mostly one that can be done.
func (w *walker) deed(kind event.Kind) Deed {
	back := w.today.Add(-w.pick(2))
	ref := func(prefix string, n int) string { return prefix + strconv.Itoa(1+w.pick(max(n, 1))) }
	switch kind {
	case Drafted:
		c := Compose{Paper: w.paper()}
		if w.pick(5) == 0 {
			c.Origin.Request = "r"
		}
		return c
	case Edited:
		return Edit{Paper: w.paper()}
	case ConsentAsked:
		return AskConsent{Kind: ConsentKind(ConsentKinds()[w.pick(3)].Value), Organ: []string{"财政局", "统计局"}[w.pick(2)]}
	case ConsentGiven:
		return GiveConsent{Ref: ref("j", len(w.d.Consents)), Agrees: w.pick(3) > 0, Note: "x"}
	case ConsentSettled:
		return SettleConsent{Ref: ref("j", len(w.d.Consents)), Reasons: "x"}
	case Submitted:
		return Submit{}
	case Abandoned:
		return Abandon{Why: []string{"", "重复"}[w.pick(2)]}
	case Returned:
		return SendBack{Reasons: []string{"", "请修改"}[min(1, w.pick(4))]}
	case Passed:
		return Pass{}
	case Referred:
		return Refer{Body: "保密局"}
	case Determined:
		return Determine{May: w.pick(2) == 0}
	case Cleared:
		l := life{d: w.d}
		return l.clear([]Verdict{MayOpen, MayOpen, MayOpen, MustKeep}[w.pick(4)])
	case Checked:
		return Check{}
	case Signed:
		return Sign{Number: []string{"", "青政发〔2026〕1号"}[w.pick(2)]}
	case Scanned:
		l := life{d: w.d}
		if w.pick(3) > 0 {
			return l.scan(nil)
		}
		return l.scan(map[string][]Found{TextPart: {{Rule: "G1", Says: "x", Blocks: true}}})
	case Excused, ExcuseConfirmed:
		holding := w.d.Holding()
		if len(holding) == 0 {
			return ExcuseFinding{}
		}
		if f := holding[w.pick(len(holding))]; kind == Excused {
			return ExcuseFinding{Ref: f.Ref, Reasons: "x"}
		}
		return ConfirmExcuse{Ref: holding[0].Ref}
	case Masked:
		all := w.d.ToMask()
		if len(all) == 0 {
			return PutMasked{}
		}
		return PutMasked{Part: all[0].Name, Digest: all[0].Digest, Text: "一段" + strconv.Itoa(w.pick(9)), Hash: "m" + strconv.Itoa(w.pick(9)), Original: "o" + strconv.Itoa(w.pick(9))}
	case Issued:
		return Issue{Index: "QC/1"}
	case Posted:
		return AddPost{Channel: Channel(Channels()[w.pick(4)].Value), On: back}
	case Unposted:
		return EndPost{Ref: ref("p", len(w.d.Posts))}
	case Sent:
		send := Send{Channel: WeChat, Variant: Variant{Title: "一图读懂", Text: []string{"", "短文"}[w.pick(2)]}}
		if w.pick(2) == 0 {
			send.Channel = Board
			send.Last = []calendar.Date{{}, w.today, w.today.Add(w.pick(90))}[w.pick(3)]
		} else {
			send.Draft = w.pick(3) == 0
		}
		return send
	case Reworded:
		return Reword{w.sendingRef(), Variant{Title: "一图读懂" + strconv.Itoa(w.pick(9))}}
	case WordingCleared:
		return ClearWording{w.sendingRef(), w.mark()}
	case WordingRefused:
		return RefuseWording{w.sendingRef(), w.mark(), "x"}
	case ReleasedDraft:
		return LetOut{w.sendingRef()}
	case Resent:
		return Resend{w.sendingRef()}
	case RecallAsked:
		return Recall{w.sendingRef(), "已撤回"}
	case Carried, Arrived, Stranded, TakenBack:
		return w.carry(kind)
	case RanOut:
		return RunOut{}
	case Linked:
		return AddLink{Link{Related, "other" + strconv.Itoa(w.pick(3))}}
	case Unlinked:
		return RemoveLink{Link{Related, "other" + strconv.Itoa(w.pick(3))}}
	case RevisionBegun:
		return Revise{ChangedOn: back, Why: "x", Note: "更正"}
	case TakenDown:
		return TakeDown{Reasons: "x", Note: "核实中"}
	case Restored:
		return Restore{Note: "无误"}
	case Retracted:
		return Retract{Note: "撤回"}
	case ValidityChanged:
		v := SetValidity{State: []Force{InForce, InForce, Amended, Repealed}[w.pick(4)], By: "x"}
		if w.pick(2) == 0 {
			v.Term = w.today.Add(w.pick(90))
		} else if w.pick(3) == 0 {
			v.On = w.today.Add(w.pick(40))
		}
		return v
	case ForceCame:
		return Come{}
	case Reviewed:
		return KeepInForce{Reasons: "x"}
	case Expired:
		return Expire{}
	case Reassessed:
		return Reassess{Reasons: "x"}
	case Reopened:
		return Reopen{Reasons: "x"}
	case LimitMoved:
		return MoveLimit{}
	}
	panic("no deed for " + kind)
}

// sendingRef gives the text that was last sent to a channel.
func (w *walker) sendingRef() string {
	for i := len(w.d.Posts) - 1; i >= 0; i-- {
		if w.d.Posts[i].Sending != nil {
			return w.d.Posts[i].Ref
		}
	}
	return "p1"
}

func (w *walker) mark() string {
	if p, ok := w.d.Post(w.sendingRef()); ok && p.Sending != nil {
		return p.Sending.Mark()
	}
	return ""
}

// carry makes up what the program did, by the table of its ways.
func (w *walker) carry(kind event.Kind) Deed {
	c := Carry{Ref: w.sendingRef(), Kind: kind, Draft: "m", Ticket: "t", Article: "a", Trouble: Trouble{1, "x"}}
	p, _ := w.d.Post(c.Ref)
	if p.Sending == nil {
		return c
	}
	c.Holds = p.Sending.Wording()
	var to []Leg
	for _, l := range legsTo(p.Channel) {
		if l.From == p.Sending.At && l.Kind == kind {
			to = append(to, l.To)
		}
	}
	if len(to) > 0 {
		c.To = to[w.pick(len(to))]
	}
	return c
}

// sound checks what must hold after every step.
func (w *walker) sound(before *Document, e Entry, s Scene) error {
	d := &w.d
	if len(d.History) != len(before.History)+1 {
		return fmt.Errorf("%s leaves no trace", e.Event)
	}
	for i, v := range before.Versions {
		now := d.Versions[i]
		now.Until = v.Until
		if event.Digest(now) != event.Digest(v) {
			return fmt.Errorf("%s changes version %d", e.Event, i)
		}
	}
	if before.Index != "" && d.Index != before.Index || len(d.Notes) < len(before.Notes) {
		return fmt.Errorf("%s takes an index number or a note away", e.Event)
	}
	v, seen := d.Shown()
	if seen && !v.Clearance.covers(&Document{Content: v.Content, Forwards: v.Forwards, Attribute: Attribute{Openness: Open}}) {
		return fmt.Errorf("after %s everybody sees what nobody cleared: %+v", e.Event, v)
	}
	if seen && len(before.Versions) > 0 && v.Text != before.Versions[len(before.Versions)-1].Text && e.Event != Issued {
		return fmt.Errorf("%s changes what everybody reads", e.Event)
	}
	if seen && d.Grade.Secret() && d.Status == Published {
		return fmt.Errorf("a secret is public")
	}
	if (d.Status == Published) != (d.Visibility == Public && !d.Open()) {
		return fmt.Errorf("after %s it is %s and seen by %q", e.Event, d.Status, d.Visibility)
	}
	if slices.Contains([]event.Kind{Passed, Cleared, Checked, Signed}, e.Event) && slices.Contains(d.Draft.Hands, s.Actor) {
		return fmt.Errorf("%s by somebody who wrote it", e.Event)
	}
	if d.Status != Drafting && d.Open() && d.Attribute.Openness == Unset {
		return fmt.Errorf("after %s it is %s without an attribute", e.Event, d.Status)
	}
	for _, p := range d.Posts {
		x := p.Sending
		if x == nil {
			continue
		}
		if (x.At == AtPublic) != (!p.From.IsZero() && p.Until.IsZero()) || x.At == AtEnd && x.Want != Away {
			return fmt.Errorf("after %s a text is at %q from %s to %s", e.Event, x.At, p.From, p.Until)
		}
		if over := p.over(s.Today); e.Event == RanOut && over {
			return fmt.Errorf("after its last day a text is still on a screen")
		}
		if d.Visibility == Noted && x.Want != Away && x.At != AtEnd {
			return fmt.Errorf("after %s the document is gone and a text of it is to stay", e.Event)
		}
		if x.At != AtEnd && x.Want == Away && x.Trouble == nil && x.Next() == Rests {
			return fmt.Errorf("after %s a text at %q is to go and nobody does it", e.Event, x.At)
		}
	}
	return w.limits(s)
}

// limits counts the limit day by day, and looks whose turn it is.
func (w *walker) limits(s Scene) error {
	d := &w.d
	if !d.Due.IsZero() {
		if want := w.counted(d.StartOn(), 20); want != d.Due {
			return fmt.Errorf("due %s, counted day by day %s", d.Due, want)
		}
	}
	all, err := d.Duties(s)
	if err != nil {
		return err
	}
	if (d.Open() || d.Status == Suspended) && len(all) == 0 {
		return fmt.Errorf("%s is on nobody's list", d.Status)
	}
	titles := map[string]bool{}
	for _, one := range all {
		title := one.Title(d.Name())
		if titles[title] || (one.Person == "") == (one.Role == "") || one.Organ == "" || one.Due.IsZero() || len(one.By) == 0 {
			return fmt.Errorf("a duty is twice on a list, or nobody's: %+v", one)
		}
		titles[title] = true
	}
	if tend := d.TendOn(s.Policy); (len(all) > 0 || d.Try(RanOut, s) == nil) && (tend.IsZero() || tend.After(s.Today)) {
		return fmt.Errorf("%s: something is due and nobody looks before %s", d.Status, tend)
	}
	return nil
}

func (w *walker) counted(from calendar.Date, n int) calendar.Date {
	for day := from.Add(1); ; day = day.Add(1) {
		works, err := w.cal.IsWorkday(day)
		if err != nil {
			return calendar.Date{}
		}
		if works {
			n--
		}
		if n == 0 {
			return day
		}
	}
}

func newWalker(t interface{ Fatal(...any) }, pick func(int) int) walker {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	index, err := setting.ParsePattern("{yyyy}-{serial}")
	if err != nil {
		t.Fatal(err)
	}
	w := walker{cal: cal, pick: pick, index: index, taken: map[step]bool{}}
	w.today, w.d = calendar.On(2023, 1, 3).Add(pick(1000)), Document{ID: "d", Organ: "bureau", Section: []string{"bureau", "section"}[pick(2)]}
	return w
}

// Whatever happens to a document: versions, notes and numbers stay, nobody passes
// their own draft, nothing is public that was not cleared as it is, and whoever's
// turn it is has it on a list.
func TestLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(0, 1<<20)
		w := newWalker(t, func(n int) int { return draw.Draw(t, "pick") % n })
		if err := w.walk(120); err != nil {
			t.Fatalf("%v\n%s on %s\n%+v", err, w.d.Status, w.today, w.d.History)
		}
	})
}

// Every row of the table is walked from every status that it names.
func TestEveryRowIsWalked(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	taken := map[step]bool{}
	for range 1600 {
		w := newWalker(t, r.IntN)
		w.taken, w.curious = taken, true
		if err := w.walk(150); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range table {
		for _, from := range row.From {
			if !taken[step{From: from, Kind: row.Event}] {
				t.Errorf("%s was never reached from %q", row.Event, from)
			}
		}
	}
}
