package limits

import (
	"gongkai/internal/errs"
	"gongkai/internal/foi"
)

// FeeQuery asks for the processing fee of an applicant's pieces in a calendar
// month, or of the pages of one request.
type FeeQuery struct {
	Method    string `json:"method"` // pieces or pages
	Count     *int64 `json:"count"`
	Published bool   `json:"published,omitempty"` // by pages: already published, only the place is told
}

// FeeAnswer is the fee in fen and the explanation.
type FeeAnswer struct{ foi.Fee }

// Fee answers a query. Errors have a public Chinese sentence.
func Fee(q FeeQuery) (FeeAnswer, error) {
	if q.Method == "" {
		return FeeAnswer{}, errs.New(errs.Invalid, "缺少“method”：请写明按件（pieces）还是按量（pages）计收，二者择一。")
	}
	if q.Count == nil {
		return FeeAnswer{}, errs.New(errs.Invalid, "缺少“count”：请写明件数或者页数。")
	}
	method := foi.FeeMethod(q.Method)
	if !q.Published {
		f, err := foi.Charge(method, *q.Count)
		return FeeAnswer{f}, err
	}
	if method != foi.ByPages {
		return FeeAnswer{}, errs.New(errs.Invalid, "“published”只用于按量（pages）计收；按件计收不区分处理结果（国办函〔2020〕109号§4）。")
	}
	f, err := foi.ChargePublished(*q.Count)
	return FeeAnswer{f}, err
}

// MarshalJSON writes {"fen":430000,"steps":[…]}.
func (a FeeAnswer) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil), nil }

// AppendJSON writes the answer at the end of b. Prices are in fen; the last step
// is the total.
func (a FeeAnswer) AppendJSON(b []byte) []byte {
	b = append(b, `{"fen":`...)
	b = appendInt(b, a.Fen)
	b = append(b, `,"steps":[`...)
	for i, s := range a.Steps {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"from":`...)
		b = appendInt(b, s.From)
		b = append(b, `,"to":`...)
		b = appendInt(b, s.To)
		b = append(b, `,"count":`...)
		b = appendInt(b, s.Count)
		b = append(b, `,"price":`...)
		b = appendInt(b, s.Price)
		b = append(b, `,"fen":`...)
		b = appendInt(b, s.Fen)
		b = append(b, `,"what":`...)
		b = appendString(b, s.Chinese())
		b = append(b, `,"cite":`...)
		b = appendString(b, s.Cite)
		b = append(b, '}')
	}
	return append(b, "]}"...)
}
