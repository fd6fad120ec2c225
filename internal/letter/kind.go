package letter

import (
	"strings"

	"gongkai/internal/foi"
)

// Audience is to whom a letter goes.
type Audience string

// The audiences.
const (
	ToApplicant Audience = "applicant"
	ToConsulted Audience = "consulted" // a third party, or another organ
	ToNobody    Audience = "inside"    // stays in the house
)

// AudienceOf tells to whom letters of a kind go.
func AudienceOf(kind string) Audience {
	switch kind {
	case "third-party", "joint-maker", "organ", "disclosure", "transfer":
		return ToConsulted
	case "search", "service":
		return ToNobody
	}
	return ToApplicant
}

// FreeKinds are the letters that no act sends: a clerk writes them by hand.
func FreeKinds() []string { return []string{"rectification", "transfer", "archive"} }

// Asked gives the placeholders that whoever writes a letter of a kind by hand
// must tell.
func Asked(kind string) []string {
	switch kind {
	case "rectification":
		return []string{"处理结果"}
	case "transfer":
		return []string{toConsulted, "移送理由"}
	case "archive":
		return []string{"档案馆"}
	}
	return nil
}

// SeriesOf names the series in which letters of a kind are numbered; "" for those
// without number.
func SeriesOf(kind string) foi.Series {
	switch kind {
	case "correction":
		return foi.CorrectionSeries
	case "reasons":
		return foi.ReasonsSeries
	case "extension", "delay":
		return foi.ExtensionSeries
	case "third-party", "joint-maker", "organ":
		return foi.ConsultSeries
	case "consultation", "disclosure", "rectification", "transfer", "archive":
		return foi.NoticeSeries
	case "fee":
		return foi.FeeSeries
	}
	return ""
}

// TitleOf gives the title of a kind of letter as it comes with the program.
func TitleOf(kind string) string {
	text, err := BuiltIn(kind)
	if err != nil {
		return kind
	}
	head, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(strings.TrimPrefix(head, "title:"))
}

// Variant tells letters apart that have the same title: replies by what they say.
func Variant(kind string) foi.Word {
	return map[string]foi.Word{
		"reply-published": {Chinese: "已经主动公开", English: "published already"}, "reply-disclosed": {Chinese: "予以公开", English: "disclosed"},
		"reply-part": {Chinese: "部分公开", English: "disclosed in part"}, "reply-regime": {Chinese: "法律、行政法规有特别规定", English: "a special regime"},
		"disclosure": {Chinese: "告知第三方", English: "to a third party"},
	}[kind]
}
