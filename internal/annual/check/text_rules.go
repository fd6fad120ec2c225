package check

// textRules gives the rules about what is written around the tables, in order.
func textRules() []Rule {
	return []Rule{
		ruleK01(), ruleK02(), ruleK03(), ruleK04(), ruleK05(), ruleK06(),
		ruleK15(), ruleK16(), ruleK17(), ruleK18(),
		ruleK23(), ruleK24(), ruleK25(), ruleK26(),
	}
}
