package check

import (
	"strings"
	"testing"

	"gongkai/internal/law"
)

func TestTextRulesCiteKnownNorms(t *testing.T) {
	for _, r := range textRules() {
		if err := law.CheckCitation(r.Cite); err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
		if r.Title == "" || r.TitleEN == "" || !strings.HasPrefix(r.ID, "K") {
			t.Errorf("%s lacks a title", r.ID)
		}
	}
}
