package foi

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/procedure/proceduretest"
)

// A walker walks a request at random through the table. pick chooses one of n.
type walker struct {
	cal   *calendar.Calendar
	pick  func(n int) int
	today calendar.Date
	r     Request
	parts []Request
	taken map[step]bool

	curious bool // prefers what was never done before
}

type step = proceduretest.Step[Status]

var lastDayOfData = calendar.On(2026, 11, 30)

// walk lives a whole life, or as much of it as the days of the data allow.
func (w *walker) walk(steps int) error {
	for range steps {
		w.today = w.today.Add([]int{0, 0, 1, 3, 8, 16, 30}[w.pick(7)])
		if w.today.After(lastDayOfData) {
			return nil
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) step() error {
	s := Scene{Actor: []string{"a", "b", "c"}[w.pick(3)], Today: w.today, Calendar: w.cal}
	s.Policy.SecrecyAlways, s.Policy.Apart = w.pick(4) == 0, w.pick(4) == 0
	kind, ok := w.choose(s)
	if !ok {
		return nil
	}
	d := w.deed(kind)
	before := w.r
	e, err := w.r.Do(d, s)
	if err != nil {
		if k := errs.KindOf(err); k != errs.Conflict && k != errs.Invalid && k != errs.NotFound {
			return fmt.Errorf("%s in %q: %w", kind, before.Status, err)
		}
		return nil
	}
	w.taken[step{From: before.Status, Kind: e.Event}] = true
	if divide, ok := d.(Divide); ok {
		for i := range divide.IDs {
			w.parts = append(w.parts, before.part(i, divide, ""))
		}
	}
	if w.curious {
		return nil // the other test looks at every step
	}
	return w.sound(before, e, s)
}

func (w *walker) choose(s Scene) (event.Kind, bool) {
	may := func(kind event.Kind) bool { return w.r.Try(kind, s) == nil }
	return proceduretest.Choose(rows, w.r.Status, proceduretest.Walk[Status]{Pick: w.pick, Taken: w.taken, Curious: w.curious, May: may, Weight: weight, Blind: 5})
}

// weight lets lives get somewhere: replies are made more often than people
// withdraw, go to court, or are given another clerk.
func weight(kind event.Kind) int {
	switch kind {
	case Submitted, Approved, Cleared, Signed, Served, OpinionGiven:
		return 12
	case Confirmed, Corrected, FeePaid, FeeLapsed, CorrectionAsked, DisputeDecided, ReasonsAsked, SearchAnswered, QuestionReceived, FeeNotified:
		return 4
	}
	return 1
}

// deed makes up a deed for a row, mostly one that can be done.
func (w *walker) deed(kind event.Kind) Deed {
	back := w.today.Add(-w.pick(3))
	soon := w.today.Add(1 + w.pick(20))
	ref := func(prefix string, n int) string { return prefix + strconv.Itoa(1+w.pick(max(n, 1))) }
	column := []string{"C1", "C2", "C6"}[w.pick(3)]
	receive := Receive{On: back, Parties: []Party{{Role: IsApplicant, Kind: column, Organisation: "某单位"}}, Ask: ask}
	if w.pick(3) == 0 {
		receive.Parties = append(receive.Parties, Party{Role: JoinsIn, Kind: "C1"})
	}
	question, search, dispute := w.question(), ref("s", len(w.r.Searches)), ref("d", len(w.r.Disputes))
	switch kind {
	case Received:
		receive.Channel = InPerson
		return receive
	case Arrived:
		receive.Channel = Web
		return receive
	case TakenOver:
		return TakeOver{Past{Number: "1", Channel: InPerson, Arrived: back, Party: Party{Kind: column}}}
	case Recorded:
		return Record{Past{Number: "1", Channel: InPerson, Arrived: back, Party: Party{Kind: column}, Outcome: rows21()[w.pick(21)], Ended: w.today}}
	case ContactTried:
		return TryContact{}
	case Confirmed:
		return Confirm{On: back}
	case SplitUp:
		if w.pick(3) > 0 {
			return Divide{}
		}
		return Divide{Texts: []string{"甲", "乙"}, IDs: []string{"p1", "p2"}}
	case Reassigned:
		return Reassign{To: strconv.Itoa(w.pick(9))}
	case CorrectionAsked:
		return AskCorrection{Items: []string{"文号"}, Until: soon}
	case Corrected:
		return Correct{On: back, Excuse: []string{"", "住院"}[w.pick(2)]}
	case CorrectionLapsed:
		return LapseCorrection{}
	case ThirdPartyAsked:
		return Consult{Kind: ThirdParty, Third: third, On: back}
	case JointMakerAsked:
		return Consult{Kind: JointMaker, Organ: "财政局", On: back}
	case OrganAsked:
		return Consult{Kind: OtherOrgan, Organ: "审计局", On: back}
	case QuestionReceived:
		if c := w.r.consultation(question); c != nil && w.pick(2) == 0 {
			back = c.SentOn // entered long after
		}
		return ReceiveQuestion{Ref: question, On: back}
	case OpinionGiven:
		return GiveOpinion{Ref: question, On: back, Agrees: w.pick(2) == 0}
	case QuestionWithdrawn:
		return WithdrawQuestion{Ref: question}
	case SearchAsked:
		return AskSearch{Organ: "section", Until: soon}
	case SearchAnswered:
		return AnswerSearch{Ref: search, Where: "档案室", Found: w.pick(2) == 0}
	case ExtensionProposed:
		return ProposeExtension{Days: 1 + w.pick(22), Reason: "档案搬迁"}
	case ExtensionApproved:
		return ApproveExtension{}
	case ExtensionRefused:
		return RefuseExtension{}
	case ReasonsAsked:
		return AskReasons{Count: 30, Months: 1, Until: soon}
	case ReasonsGiven:
		return GiveReasons{On: back, Text: "研究"}
	case LimitDelayed:
		return DelayLimit{Until: soon.Add(60)}
	case FeeNotified:
		return DemandFee{Method: ByPieces, Rank: int64(1 + w.pick(60)), Account: "专户"}
	case FeeNoticeReceived:
		return ReceiveDemand{On: back}
	case FeePaid:
		return PayFee{On: back}
	case FeeCancelled:
		return CancelFee{}
	case FeeLapsed:
		return LapseFee{}
	case Submitted:
		return Submit{w.decision()}
	case Returned:
		return SendBack{Reasons: "请修改"}
	case Referred:
		return Refer{}
	case Approved:
		return Approve{}
	case Cleared:
		return Clear{}
	case Signed:
		return Sign{"1"}
	case Served:
		return Serve{Way: Post, On: back, Tracking: "1"}
	case ServedAgain:
		return ServeAgain{Serve{Way: Direct}}
	case Delivered:
		return Deliver{On: back, Failed: w.pick(2) == 0}
	case Withdrawn:
		if w.pick(12) > 0 { // people do not withdraw that often
			return Withdraw{On: w.today.Add(1)}
		}
		return Withdraw{On: back, Files: []File{{What: "scan"}}}
	case EndProposed:
		return ProposeEnd{Why: strings.Repeat("合并", max(0, w.pick(12)-10))}
	case Discontinued:
		return Discontinue{}
	case Archived:
		return Archive{}
	case DisputeFiled:
		return FileDispute{Kind: DisputeKind(DisputeKinds()[w.pick(3)].Value), Body: "旗政府", On: back}
	case DisputeAnswered:
		return AnswerDispute{Ref: dispute, On: back}
	case DisputeDecided:
		d := DecideDispute{Ref: dispute, On: back, Result: Result(Results()[w.pick(3)].Value)}
		d.Order = d.Result == Overturned && w.pick(3) > 0
		return d
	case DisputeAppealed:
		return AppealDispute{Ref: dispute, Body: "市中级人民法院", On: back}
	case Reopened:
		return Reopen{}
	case PublicationProposed:
		return ProposePublication{}
	case ProposalSettled:
		return SettleProposal{Document: strings.Repeat("d", w.pick(2)), Reasons: strings.Repeat("属于一次性信息。", w.pick(2))}
	case Shown:
		return Show{Title: strconv.Itoa(w.pick(99))}
	case Hidden:
		return Hide{}
	case LimitMoved:
		return MoveLimit{}
	}
	panic("no deed for " + kind)
}

// question picks a consultation, mostly one that waits.
func (w *walker) question() string {
	for _, c := range w.r.Consultations {
		if c.AnsweredOn.IsZero() && c.WithdrawnOn.IsZero() && w.pick(3) > 0 {
			return c.Ref
		}
	}
	return "c" + strconv.Itoa(1+w.pick(max(len(w.r.Consultations), 1)))
}

// decision makes up a reply of one or two items of any kind.
func (w *walker) decision() Decision {
	kinds := []string{"A1", "A2", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "D1a", "D1b", "D2", "D3", "E1", "E2", "E3", "E4", "E5", "F1", "F2", "F3"}
	switch {
	case w.r.Lapse == NotCorrected:
		kinds = []string{"F1"}
	case w.r.Lapse == NotPaid:
		kinds = []string{"F2"}
	}
	d := Decision{Override: []string{"", "公共利益"}[w.pick(2)]}
	for range 1 + w.pick(2) {
		item := Item{Kind: kinds[w.pick(len(kinds))], About: "一部分", Facts: map[string]string{}}
		for _, n := range Needs(item.Kind) {
			switch n.Input {
			case Select:
				item.Facts[n.Name] = n.Options[w.pick(len(n.Options))].Value
			case Day:
				item.Facts[n.Name] = "2023-05-04"
			case Line, Text:
				item.Facts[n.Name] = "有关内容"
			}
		}
		d.Items = append(d.Items, item)
	}
	return d
}

// sound checks what must hold after every step.
func (w *walker) sound(before Request, e Entry, s Scene) error {
	r := &w.r
	c, err := r.Clock(w.cal, w.today)
	if err != nil && !beyond(err) {
		return fmt.Errorf("clock after %s: %w", e.Event, err)
	}
	if r.Status == Closed || r.Status == InArchive {
		if c.State == Running || c.State == Paused || r.Outcome == "" || !r.Due.IsZero() {
			return fmt.Errorf("after %s: closed, the clock is %s, the outcome %q, due %s", e.Event, c.State, r.Outcome, r.Due)
		}
	}
	if err == nil && !r.Due.IsZero() {
		if want := w.counted(r.run()); want != r.Due {
			return fmt.Errorf("after %s: due %s, counted day by day %s", e.Event, r.Due, want)
		}
	}
	if e.Event == ExtensionApproved {
		if last, _ := before.lastDay(w.cal); !last.IsZero() && w.today.After(last) || r.Extension.Days > 20 || r.Extension.ProposedBy == s.Actor {
			return fmt.Errorf("extended on %s by %s: %+v, limit %s", w.today, s.Actor, r.Extension, last)
		}
	}
	if e.Event == Signed && (r.Draft.By == s.Actor || r.Draft.By == r.Draft.ApprovedBy || s.Policy.Apart && r.Draft.ApprovedBy == s.Actor) {
		return fmt.Errorf("drafted by %s, approved by %s, signed by %s", r.Draft.By, r.Draft.ApprovedBy, s.Actor)
	}
	if _, counted := before.Tally(); counted && !before.EndedOn.IsZero() && (r.EndedOn != before.EndedOn || r.Ended != before.Ended) {
		return fmt.Errorf("%s changes the end that is counted", e.Event)
	}
	if len(r.History) != len(before.History)+1 {
		return fmt.Errorf("%s leaves no trace", e.Event)
	}
	if _, err := r.Deadlines(w.cal); err != nil {
		return fmt.Errorf("deadlines after %s: %w", e.Event, err)
	}
	if _, err := r.Breaches(w.cal, w.today); err != nil {
		return fmt.Errorf("breaches after %s: %w", e.Event, err)
	}
	return nil
}

// counted counts a run of the limit day by day, as one would on paper.
func (w *walker) counted(now run) calendar.Date {
	if !now.until.IsZero() {
		return now.until
	}
	var pauses []calendar.Pause
	for _, c := range w.r.inOrder(now.asked) {
		p, _, _ := w.cal.Pause(c.dates())
		if !p.From.After(w.on(now, pauses)) {
			pauses = append(pauses, p)
		}
	}
	return w.on(now, pauses)
}

func (w *walker) on(now run, pauses []calendar.Pause) calendar.Date {
	n, d := 0, now.from
	for n < 20+now.days {
		d = d.Add(1)
		works, err := w.cal.IsWorkday(d)
		if err != nil {
			return calendar.Date{}
		}
		inside := slices.ContainsFunc(pauses, func(p calendar.Pause) bool { return d.After(p.From) && !d.After(p.To) })
		if works && !inside {
			n++
		}
	}
	return d
}

// balanced checks X1 and X4 of every column, and X3 of every row.
func balanced(tallies []Tally) error {
	var last Table3
	for year := 2022; year <= 2027; year++ {
		t := CountTable3(year, tallies)
		for _, column := range []string{"C1", "C2", "C6"} {
			in, out := t[Cell{RowReceived, column}]+t[Cell{RowCarriedIn, column}], t[Cell{RowCarryOver, column}]
			for _, o := range rows21() {
				out += t[Cell{o, column}]
			}
			if in != out {
				return fmt.Errorf("X1 %d %s: %d in, %d out", year, column, in, out)
			}
			if carried := t[Cell{RowCarriedIn, column}]; carried != last[Cell{RowCarryOver, column}] {
				return fmt.Errorf("X4 %d %s: %d carried in, %d carried over", year, column, carried, last[Cell{RowCarryOver, column}])
			}
		}
		last = t
	}
	return nil
}

func rows21() []string {
	var ids []string
	for _, k := range lawOutcomes() {
		ids = append(ids, k.ID)
	}
	return ids
}

// A crowd is many lives over years.
func crowd(like walker, lives, steps int) ([]Request, error) {
	var all []Request
	for range lives {
		w := like
		w.today, w.r = calendar.On(2023, 1, 3).Add(w.pick(1000)), Request{ID: "r", Organ: "bureau"}
		if err := w.walk(steps); err != nil {
			return nil, err
		}
		all = append(all, w.r)
		for _, p := range w.parts {
			again := w
			again.r, again.parts = p, nil
			if err := again.walk(steps / 2); err != nil {
				return nil, err
			}
			all = append(all, again.r)
		}
	}
	return all, nil
}

func tally(all []Request) []Tally {
	var tallies []Tally
	for _, r := range all {
		if t, ok := r.Tally(); ok {
			tallies = append(tallies, t)
		}
	}
	return tallies
}

func TestRandomLivesKeepTheLaw(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(0, 1<<20)
		all, err := crowd(walker{cal: cal, pick: func(n int) int { return draw.Draw(t, "pick") % n }, taken: map[step]bool{}}, 8, 40)
		if err != nil {
			t.Fatal(err)
		}
		if err := balanced(tally(all)); err != nil {
			t.Fatal(err)
		}
	})
}

// Every status is reached, every arrow of the table is taken, every row of table
// 3 is counted to. The seed is fixed: the test is the same every time.
func TestEveryRowOfTheTableIsTaken(t *testing.T) {
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	random, taken := rand.New(rand.NewPCG(711, 2019)), map[step]bool{}
	all, err := crowd(walker{cal: cal, pick: random.IntN, taken: taken, curious: true}, 2500, 60)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		for _, from := range row.From {
			if !taken[step{From: from, Kind: row.Event}] {
				t.Errorf("%s is never taken from %q", row.Event, from)
			}
		}
	}
	reached, ended := map[Status]bool{New: true}, map[string]bool{}
	for s := range taken {
		reached[s.From] = true
	}
	for _, r := range all {
		reached[r.Status], ended[r.Ended] = true, true
		for _, e := range r.History {
			if _, ok := ActOf(e.Event); !ok {
				t.Errorf("%s has no words", e.Event)
			}
		}
	}
	for _, s := range Statuses() {
		if !reached[s] {
			t.Errorf("nothing ends in %q", s)
		}
	}
	for _, id := range rows21() {
		if !ended[id] {
			t.Errorf("no request is counted in %s", id)
		}
	}
	if err := balanced(tally(all)); err != nil {
		t.Error(err)
	}
}
