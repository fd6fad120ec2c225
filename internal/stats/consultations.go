package stats

import (
	"context"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/compile"
	"gongkai/internal/consult"
)

// Consultations counts consultations and the opinions on their ledger; with what sections
// filed of opinions that no ledger has it makes the total of which texts tell.
type Consultations struct {
	Desk    *consult.Desk
	Filings Filings
}

var ofConsultations = compile.Word{Chinese: "意见征集", English: "consultations"}

// collected is the figure that sections file of opinions beside the ledger.
const collected = "opinions.collected"

var (
	held = definition{
		name: "consultations.held", word: requestWord("意见征集", "consultations held"),
		meaning: requestWord("第一天在期内、向所有人公开征求意见的草案；停止征求的不计，延长期限的计一次。", "Drafts that were opened to everybody with their first day in the period; withdrawn ones are not counted, extended ones once."),
		says:    []string{"公开征求意见", "开展意见征集"},
	}
	onLedger = definition{
		name: "opinions.ledger", word: requestWord("意见征集收到的意见", "opinions on the ledger"),
		meaning: requestWord("收到日期在期内的意见，各渠道合计，逾期的也计入；没有实际内容、重复和广告等不计入的除外。", "Opinions received in the period by any channel, late ones included; those set aside are not counted."),
		says:    []string{"意见征集收到的意见"},
	}
	became = []definition{
		{name: "opinions.adopted", word: requestWord("采纳的意见", "opinions adopted"), meaning: requestWord("期内收到的意见中采纳的。", "Of the opinions received in the period, those adopted."), says: []string{"采纳的意见"}},
		{name: "opinions.partly", word: requestWord("部分采纳的意见", "opinions adopted in part"), meaning: requestWord("期内收到的意见中部分采纳的。", "Of the opinions received in the period, those adopted in part."), says: []string{"部分采纳的意见"}},
		{name: "opinions.declined", word: requestWord("未采纳的意见", "opinions not adopted"), meaning: requestWord("期内收到的意见中未采纳的。", "Of the opinions received in the period, those not adopted."), says: []string{"未采纳的意见"}},
	}
	allOpinions = definition{
		name: "opinions.total", word: requestWord("收集的意见建议", "opinions collected, in all"),
		meaning: requestWord("意见台账收到的意见，加上科室填报的台账以外的意见（问卷、意见箱等）。", "Opinions on the ledger, and those that sections file beside it (questionnaires, boxes)."),
		says:    []string{"意见建议"},
	}
)

// came gives the definition of what came by a channel.
func came(c consult.Choice) definition {
	return definition{
		name: "opinions.by-" + c.Value, word: requestWord(c.Chinese+"收到的意见", "opinions: "+c.English),
		meaning: requestWord("意见征集收到的意见中，由该渠道收到的。", "Of the opinions on the ledger, those that came that way."),
	}
}

// Figures gives what texts say of a year, with the total of all opinions: periods that are
// filed are whole, so only years have one.
func (s Consultations) Figures(ctx context.Context, actor account.Actor, place account.Place, year int) (compile.Figures, error) {
	f, err := s.Over(ctx, actor, place, calendar.YearSpan(year))
	if err != nil {
		return f, err
	}
	filed, err := s.Filings.Figures(ctx, actor, place, year)
	if err != nil {
		return f, err
	}
	ledger, _ := f.Find(onLedger.name)
	beside, _ := filed.Find(collected)
	total := allOpinions.figure(ofConsultations, compile.Proactive, "条", ledger.Value+beside.Value, ledger.Cases)
	if beside.Value > 0 {
		total.Cases = beside.Cases
		if ledger.Value > 0 {
			total.Cases = partsOf(place, calendar.YearSpan(year)) // each leads to its own list
		}
	}
	f.Named = append(f.Named, total)
	return f, nil
}

// partsOf gives the list of the figures that make the total.
func partsOf(place account.Place, span calendar.Span) compile.Cases {
	f := map[string]string{"organ": place.Organ, "from": span.From.String(), "until": span.To.String(), "q": "opinions."}
	if place.Below {
		f["below"] = "1"
	}
	return compile.Cases{List: compile.Parts, Filters: f}
}

// Over gives what texts say of any days.
func (s Consultations) Over(ctx context.Context, actor account.Actor, place account.Place, span calendar.Span) (compile.Figures, error) {
	counted, err := s.Desk.Count(ctx, actor, place, span)
	if err != nil {
		return compile.Figures{}, err
	}
	opinions := func(filters map[string]string) compile.Cases {
		filters[consult.FilterCame] = span.String()
		return compile.Cases{List: compile.Opinions, Filters: at(place, filters)}
	}
	t := counted.Opinions
	f := compile.Figures{Named: []compile.Figure{
		held.figure(ofConsultations, compile.Proactive, "次", int64(counted.Held), compile.Cases{List: compile.Consultations, Filters: at(place, map[string]string{consult.FilterHeld: span.String()})}),
		onLedger.figure(ofConsultations, "", "条", int64(t.Received), opinions(map[string]string{consult.FilterOutcome: "counted"})),
	}}
	for i, n := range []int{t.Adopted, t.Partly, t.Declined} {
		outcome := consult.Outcomes()[i].Value
		f.Named = append(f.Named, became[i].figure(ofConsultations, "", "条", int64(n), opinions(map[string]string{consult.FilterOutcome: outcome})))
	}
	for _, c := range consult.Channels() {
		n := counted.ByChannel[consult.Channel(c.Value)]
		f.Named = append(f.Named, came(c).figure(ofConsultations, "", "条", int64(n), opinions(map[string]string{consult.FilterOutcome: "counted", consult.FilterChannel: c.Value})))
	}
	return f, nil
}
