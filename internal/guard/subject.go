package guard

import (
	"gongkai/internal/doc/inside"
	"gongkai/internal/rule"
)

// Rule is a check of one file.
type Rule = rule.Rule[*Subject]

// Subject is a file with its texts cut into passages and searched.
type Subject struct {
	file   *inside.File
	layers []layer
	words  *Words
	unread []inside.Unread
}

// layer is a layer with its passages.
type layer struct {
	*inside.Layer
	passages []*passage
}

func newSubject(f *inside.File, words *Words, allowed map[string]bool) *Subject {
	s := &Subject{file: f, words: words, unread: f.Unread}
	for i := range f.Layers {
		l := layer{Layer: &f.Layers[i], passages: passages(f.Layers[i].Blocks)}
		for _, p := range l.passages {
			p.detect(allowed)
		}
		s.layers = append(s.layers, l)
	}
	return s
}

// seen gives the layers that a reader sees.
func (s *Subject) seen() (all []layer) {
	for _, l := range s.layers {
		if l.Kind == inside.Shown || l.Kind == inside.Margin {
			all = append(all, l)
		}
	}
	return all
}

// Rules gives all rules in order.
func Rules() []Rule {
	return append([]Rule{
		ruleG1(), ruleG2(), ruleG3(), ruleG4(), ruleG5(), ruleG6(), ruleG7(), ruleG8(), ruleG9(), ruleG10(), ruleG11(),
	}, append(hiddenRules(), ruleG50())...)
}
