package lexicon

import (
	"context"
	"slices"
	"strings"
	"sync"

	"gongkai/internal/guard"
	"gongkai/internal/rule"
)

// Shelf gives the dictionary that holds in an organ. It keeps those that were asked
// for in memory until a word changes.
type Shelf struct {
	Office *Office

	mu       sync.Mutex
	revision int64
	made     map[string]*guard.Words // by the line of organs
}

// mostMade is how many dictionaries are kept in memory.
const mostMade = 100

// Words gives what holds in an organ: its own words, those of all organs above, and
// the built-in ones. "" stands for no organ.
func (s *Shelf) Words(ctx context.Context, organ string) (*guard.Words, error) {
	tree, err := s.Office.Trees.Tree(ctx)
	if err != nil {
		return nil, err
	}
	line := lineOf(tree, organ)
	revision, err := s.Office.Store.Revision(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made == nil || s.revision != revision || len(s.made) >= mostMade {
		s.made, s.revision = map[string]*guard.Words{}, revision
	}
	key := strings.Join(line, " ")
	if w := s.made[key]; w != nil {
		return w, nil
	}
	var all []Entry
	if len(line) > 0 {
		if all, err = s.Office.Store.Of(ctx, line); err != nil {
			return nil, err
		}
	}
	w, err := guard.NewWords(Merge(line, all))
	if err == nil {
		s.made[key] = w
	}
	return w, err
}

// Merge puts the words of a line of organs together, the nearest organ first in line:
// the nearer says what to write instead, the stricter severity holds.
func Merge(line []string, all []Entry) []guard.Word {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Entry) int { return slices.Index(line, a.Organ) - slices.Index(line, b.Organ) })
	var words []guard.Word
	at := map[string]int{}
	for _, e := range all {
		i, there := at[e.Word.Word]
		if !there {
			at[e.Word.Word] = len(words)
			words = append(words, e.Word)
			continue
		}
		if strict(e.Severity) < strict(words[i].Severity) {
			words[i].Severity = e.Severity
		}
	}
	return words
}

// strict gives the place of a severity, the strictest being 0.
func strict(s rule.Severity) int {
	return slices.IndexFunc(Severities(), func(c Choice) bool { return c.Value == s })
}
