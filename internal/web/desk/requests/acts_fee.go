package requests

import (
	"strconv"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/locale"
	"gongkai/internal/web"
	"gongkai/internal/web/course"
)

// feeForms are those of the processing fee.
func feeForms() []form {
	const handle, approve = account.HandleRequests, account.ApproveRequests
	return []form{
		{
			Event: foi.FeeNotified, Slug: "fee-notified", Right: approve, Counts: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.fee-notified-text") },
			Fields: feeFields,
			Deed: func(s *scene, v *values) foi.Deed {
				d := foi.DemandFee{Method: foi.FeeMethod(v.Text("method")), Account: v.Text("account")}
				switch d.Method {
				case foi.ByPieces:
					var err error
					if d.Rank, err = s.rank(); err != nil {
						v.Wrong.Add("method", "%s", errs.Public(err))
					}
				case foi.ByPages:
					d.Pages, d.Published = int64(v.Number("pages")), v.Yes("published")
				default:
					v.Wrong.Add("method", "请选择按件还是按量计收，二者择一（国办函〔2020〕109号§3）。")
				}
				return d
			},
		},
		{
			Event: foi.FeeNoticeReceived, Slug: "fee-notice-received", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.fee-notice-received-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				return []web.Field{s.dayField("on", s.say.T("requests.got-on"), s.say.T("requests.fee-got-hint"))}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed { return foi.ReceiveDemand{On: v.Day("on")} },
		},
		{
			Event: foi.FeePaid, Slug: "fee-paid", Right: handle,
			Text: func(say *locale.Catalogue) string { return say.T("requests.fee-paid-text") },
			Fields: func(s *scene, _ *values) ([]web.Field, error) {
				var fen int64
				if s.request.Fee != nil {
					fen = s.request.Fee.Fen
				}
				return []web.Field{
					{Kind: web.Fact, Label: s.say.T("requests.fee"), Value: s.say.T("requests.yuan", foi.Yuan(fen))},
					s.dayField("on", s.say.T("requests.paid-on"), ""),
					{Name: "voucher", Label: s.say.T("requests.voucher"), Hint: s.say.T("requests.voucher-hint"), MaxLength: 60, Narrow: true, Required: true},
				}, nil
			},
			Deed: func(_ *scene, v *values) foi.Deed {
				return foi.PayFee{On: v.Day("on"), Voucher: v.Must("voucher", "请填写财政票据的号码。")}
			},
		},
		{
			Event: foi.FeeCancelled, Slug: "fee-cancelled", Right: approve, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.fee-cancelled-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.CancelFee{} },
		},
		{
			Event: foi.FeeLapsed, Slug: "fee-lapsed", Right: handle, Danger: true,
			Text:   func(say *locale.Catalogue) string { return say.T("requests.fee-lapsed-text") },
			Fields: nothing, Deed: func(*scene, *values) foi.Deed { return foi.LapseFee{} },
		},
	}
}

// rank gives which request of its applicant's month this one is.
func (s *scene) rank() (int64, error) {
	kin, err := s.p.Desk.Kin(s.r.Context(), s.actor, s.request.ID)
	if err != nil {
		return 0, err
	}
	rows := []foi.Row{s.request.Row()}
	for _, k := range kin {
		if k.SameApplicant {
			rows = append(rows, k.Row)
		}
	}
	months, err := foi.Ledger(rows)
	for _, m := range months {
		for _, e := range m.Entries {
			if e.ID == s.request.ID {
				return e.Rank, nil
			}
		}
	}
	return 0, err
}

func feeFields(s *scene, _ *values) ([]web.Field, error) {
	rank, err := s.rank()
	year, m, _ := s.request.ReceivedOn.Civil()
	return []web.Field{
		{Kind: web.Radios, Name: "method", Label: s.say.T("requests.method"), Hint: s.say.T("requests.method-hint"), Required: true, Options: []web.Option{
			{Value: string(foi.ByPieces), Label: s.say.T("requests.by-pieces"), Hint: s.say.T("requests.by-pieces-hint", calendar.On(year, m, 1).String()[:7], rank)},
			{Value: string(foi.ByPages), Label: s.say.T("requests.by-pages"), Hint: s.say.T("requests.by-pages-hint")},
		}},
		{Kind: web.Number, Name: "pages", Label: s.say.T("requests.pages"), Hint: s.say.T("requests.pages-hint"), Narrow: true},
		{Kind: web.Check, Name: "published", Label: s.say.T("requests.published"), Hint: s.say.T("requests.published-hint")},
		{Kind: web.TextArea, Name: "account", Label: s.say.T("requests.account"), Hint: s.say.T("requests.account-hint"), Rows: 3, MaxLength: 500, Required: true},
	}, err
}

// feeLines show the amount with its steps.
func feeLines(say *locale.Catalogue, d foi.DemandFee) []course.Line {
	if d.Method == foi.ByPieces {
		price, err := foi.PriceOf(d.Method, d.Rank)
		if err != nil {
			return nil
		}
		return []course.Line{{Days: strconv.FormatInt(d.Rank, 10), Text: say.T("requests.piece-costs", d.Rank, foi.Yuan(price)), Cite: "国办函〔2020〕109号§4"}}
	}
	fee, err := foi.Charge(foi.ByPages, d.Pages)
	if d.Published {
		fee, err = foi.ChargePublished(d.Pages)
	}
	if err != nil {
		return nil
	}
	var lines []course.Line
	for _, step := range fee.Steps {
		line := course.Line{Text: step.Chinese(), Cite: step.Cite}
		if say.Lang == locale.English {
			line.Text = step.English()
		}
		lines = append(lines, line)
	}
	return lines
}
