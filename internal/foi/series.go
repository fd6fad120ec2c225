package foi

import (
	"context"

	"gongkai/internal/setting"
)

// Series is a run of document numbers of an organ, which begins anew every year
// and has no gaps. Replies have their own, which Sign counts.
type Series string

// The series of notices.
const (
	CorrectionSeries Series = "letter-correction"
	ReasonsSeries    Series = "letter-reasons"
	ExtensionSeries  Series = "letter-extension"
	ConsultSeries    Series = "letter-consult"
	NoticeSeries     Series = "letter-notice"
	FeeSeries        Series = "letter-fee"
)

// prefixes name the settings in which a series has what stands before its numbers.
var prefixes = map[Series]string{
	CorrectionSeries: setting.CorrectionPrefix, ReasonsSeries: setting.ReasonsPrefix, ExtensionSeries: setting.ExtensionPrefix,
	ConsultSeries: setting.ConsultPrefix, NoticeSeries: setting.NoticePrefix, FeeSeries: setting.FeePrefix,
}

// prefixesOf reads what stands before the numbers of an organ's letters.
func (r Rules) prefixesOf(ctx context.Context, organ string) (map[Series]string, error) {
	all := map[Series]string{}
	for series, name := range prefixes {
		var err error
		if all[series], err = r.Settings.Text(ctx, organ, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Numbered gives a letter of a series the next number of the organ.
func (p Policy) Numbered(series Series, organ string, year int, around Around) (string, error) {
	n, err := around.Next(organ, string(series), year)
	if err != nil {
		return "", err
	}
	return NumberOf(p.Prefixes[series], year, n), nil
}
