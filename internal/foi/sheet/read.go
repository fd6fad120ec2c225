package sheet

import (
	"fmt"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/personal"
)

// maxCell is how many characters a cell may have.
const maxCell = foi.MaxText

// Read makes lines out of the rows behind the headings. handlers are the people
// of the office by name. Everything that is wrong is told at once.
func Read(rows [][]string, head int, m Mapping, handlers map[string]string) (lines []foi.PastLine, problems []foi.Problem) {
	for i := head + 1; i < len(rows); i++ {
		l := line{row: rows[i], mapping: m, number: i + 1}
		if l.empty() {
			continue
		}
		past := l.read(handlers)
		problems = append(problems, l.problems...)
		if len(l.problems) == 0 {
			lines = append(lines, past)
		}
	}
	return lines, problems
}

// line is a row of the sheet while it is read.
type line struct {
	row      []string
	mapping  Mapping
	number   int
	problems []foi.Problem
}

func (l *line) empty() bool {
	for _, i := range l.mapping {
		if i < len(l.row) && strings.TrimSpace(l.row[i]) != "" {
			return false
		}
	}
	return true
}

func (l *line) wrong(column, text string) {
	l.problems = append(l.problems, foi.Problem{Line: l.number, Column: column, Text: text})
}

func (l *line) text(column string) string {
	i, ok := l.mapping[column]
	if !ok || i >= len(l.row) {
		return ""
	}
	told := strings.TrimSpace(l.row[i])
	if len([]rune(told)) > maxCell {
		l.wrong(column, fmt.Sprintf("内容太长，不超过%d个字。", maxCell))
		return ""
	}
	if told == "/" || told == "—" || told == "-" || told == "无" && column != text {
		return ""
	}
	return told
}

func (l *line) required(column string) string {
	told := l.text(column)
	if told == "" {
		c, _ := Find(column)
		l.wrong(column, "请填写“"+c.Heading+"”。")
	}
	return told
}

func (l *line) choose(column, usual string, from []known) string {
	told := l.text(column)
	if told == "" {
		return usual
	}
	value, err := chosen(told, from)
	if err != nil {
		l.wrong(column, err.Error())
	}
	return value
}

func (l *line) day(column string) calendar.Date {
	told := l.text(column)
	if told == "" {
		return calendar.Date{}
	}
	d, err := dayOf(told)
	if err != nil {
		l.wrong(column, err.Error())
	}
	return d
}

func (l *line) read(handlers map[string]string) foi.PastLine {
	p := foi.Past{
		Number: l.required(number), Channel: foi.Channel(l.choose(channel, "", channels())), Arrived: l.day(arrived), Received: l.day(received),
		Ask:         foi.Ask{Text: l.required(text), Form: l.choose(form, "paper", choices(foi.Forms(), map[string][]string{"electronic": {"电子", "光盘", "电子版"}, "inspection": {"查阅", "现场查阅"}, "paper": {"纸面", "复印件"}})), Way: l.choose(way, "post", choices(foi.Ways(), map[string][]string{"collect": {"自行领取", "当面", "自取"}, "post": {"信函", "快递"}, "web": {"网上", "网站"}, "email": {"邮件", "邮箱"}}))},
		Due:         l.day(due),
		Way:         foi.ServiceWay(l.choose(service, string(foi.Post), services())),
		ReplyNumber: l.text(reply), Outcome: l.choose(outcome, "", outcomes()), Ended: l.day(ended),
	}
	if l.text(channel) == "" {
		l.required(channel)
	}
	if p.Arrived.IsZero() && l.text(arrived) == "" {
		l.required(arrived)
	}
	if p.Outcome == "" && !p.Ended.IsZero() && l.text(outcome) == "" {
		l.wrong(outcome, "有答复日期，没有办理结果；请按年度报告表三填写办理结果，在办的请不填答复日期。")
	}
	if p.Outcome != "" && p.Ended.IsZero() && l.text(ended) == "" {
		l.wrong(ended, "有办理结果的，请填写答复日期；年度报告按答复日期计入年度。")
	}
	var facts foi.Facts
	p.Party, facts = l.applicant()
	p.Handler = l.handler(handlers, p.Outcome == "")
	p.Disputes = l.disputes()
	return foi.PastLine{Line: l.number, Past: p, Facts: facts}
}

// applicant reads who asked. Where one column holds names of people and of
// organisations, the kind tells which it is.
func (l *line) applicant() (foi.Party, foi.Facts) {
	p := foi.Party{Kind: l.choose(kind, "", kinds()), Organisation: l.text(organisation), CreditCode: l.text(credit)}
	if l.text(kind) == "" {
		l.required(kind)
	}
	facts := foi.Facts{}
	for column, k := range personalKinds {
		// What went out masked comes in as not known.
		if told := l.text(column); told != "" && !strings.Contains(told, "*") {
			if err := k.Check(k.Normal(told)); err != nil {
				l.wrong(column, errs.Public(err))
			}
			facts[k] = told
		}
	}
	if p.Kind != "" && p.Kind != "C1" && p.Organisation == "" {
		p.Organisation = facts[personal.Name]
		delete(facts, personal.Name)
	}
	switch {
	case p.Kind == "C1" && p.Organisation != "":
		l.wrong(organisation, "申请人类别是自然人，却填写了单位名称；请核对申请人类别。")
	case p.Kind != "" && p.Kind != "C1" && p.Organisation == "":
		l.wrong(organisation, "申请人类别是"+kindLabel(p.Kind)+"的，请填写单位名称。")
	}
	return p, facts
}

var personalKinds = map[string]personal.Kind{name: personal.Name, idNumber: personal.IDNumber, phone: personal.Phone, email: personal.Email, place: personal.Address}

func kindLabel(id string) string {
	for _, k := range law.ApplicantKinds() {
		if k.ID == id {
			return k.Label
		}
	}
	return id
}

// handler finds who handles a request that is in hand; of ended ones it is no
// matter when they have left.
func (l *line) handler(handlers map[string]string, inHand bool) string {
	told := l.text(handler)
	id := handlers[told]
	if told != "" && id == "" && inHand {
		l.wrong(handler, "本机关没有名叫“"+told+"”的经办人；请核对姓名，或者留空由全体经办人办理。")
	}
	return id
}

// disputes reads what stands in parallel, parted by ；.
func (l *line) disputes() []foi.Dispute {
	if l.text(disputeKind) == "" {
		for _, column := range []string{disputeBody, filed, decided, result} {
			if l.text(column) != "" {
				l.wrong(disputeKind, "填写了复议诉讼的其他列，请填写复议诉讼种类。")
				break
			}
		}
		return nil
	}
	var all []foi.Dispute
	for i, said := range split(l.text(disputeKind)) {
		one := func(column string) string {
			if told := split(l.text(column)); i < len(told) {
				return told[i]
			}
			return ""
		}
		all = append(all, l.dispute(i, said, one))
	}
	return all
}

func (l *line) dispute(i int, said string, one func(string) string) foi.Dispute {
	k, err := chosen(said, disputeKinds())
	if err != nil {
		l.wrong(disputeKind, err.Error())
	}
	x := foi.Dispute{Ref: fmt.Sprintf("d%d", i+1), Kind: foi.DisputeKind(k), Body: one(disputeBody), Number: one(caseNo)}
	day := func(column string) calendar.Date {
		if one(column) == "" {
			return calendar.Date{}
		}
		d, err := dayOf(one(column))
		if err != nil {
			l.wrong(column, err.Error())
		}
		return d
	}
	x.FiledOn, x.DecidedOn = day(filed), day(decided)
	if x.FiledOn.IsZero() {
		l.wrong(filed, "请填写收到复议申请书或者起诉状副本的日期。")
	}
	switch res := one(result); {
	case res != "":
		value, err := chosen(res, disputeResults())
		if err != nil {
			l.wrong(result, err.Error())
		}
		if x.Result = foi.Result(value); x.DecidedOn.IsZero() {
			l.wrong(decided, "有复议诉讼结果的，请填写审结日期。")
		}
	case !x.DecidedOn.IsZero():
		l.wrong(result, "有审结日期的，请填写结果：结果维持、结果纠正或者其他结果。")
	}
	if !x.DecidedOn.IsZero() && x.DecidedOn.Before(x.FiledOn) {
		l.wrong(decided, "审结日期早于收到副本的日期，请核对。")
	}
	return x
}

// split parts what stands in one cell for several disputes.
func split(told string) []string {
	var all []string
	for one := range strings.SplitSeq(strings.ReplaceAll(told, ";", "；"), "；") {
		all = append(all, strings.TrimSpace(one))
	}
	return all
}
