package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK05(t *testing.T) {
	year := func(y int, text string) *annual.Report {
		return withText(&annual.Report{Form: annual.FormFor(y), Year: y}, 0, text)
	}
	testText(t, ruleK05(), []textCase{
		{"good", sound(), nil},
		{"V24, ERR-3", year(2022, "根据国办公开办函〔2019〕60号的要求编制。"), []string{"error text 国办公开办函〔2019〕60号"}},
		{"other brackets and blanks", year(2022, "根据（国办公开办函 [2019] 60 号）编制。"), []string{"error text 国办公开办函[2019]60号"}},
		{"both", year(2022, "根据国办公开办函〔2021〕30号、国办公开办函〔2019〕60号编制。"), []string{"warning text 国办公开办函〔2019〕60号"}},
		{"right for 2020", year(2020, "根据国办公开办函〔2019〕60号编制。"), nil},
		{"too new for 2020", year(2020, "根据国办公开办函〔2021〕30号编制。"), []string{"error text 国办公开办函〔2021〕30号"}},
		{"mixed up", year(2023, "根据国办公开办函〔2021〕60号编制。"), []string{"warning text 国办公开办函〔2021〕60号"}},
		{"none cited", year(2023, "根据《条例》编制。"), nil},
	})
}
