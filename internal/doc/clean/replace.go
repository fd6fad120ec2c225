package clean

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/doc/inside"
	"gongkai/internal/doc/markup"
)

// replaced gives a text with replacements made.
func replaced(text string, all []Replacement) string {
	var b strings.Builder
	at := 0
	for _, r := range inOrder(all, len(text)) {
		b.WriteString(text[at:r.From])
		b.WriteString(r.With)
		at = r.To
	}
	return b.String() + text[at:]
}

// inOrder sorts replacements and leaves out those that do not fit.
func inOrder(all []Replacement, length int) (kept []Replacement) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Replacement) int { return cmp.Compare(a.From, b.From) })
	at := 0
	for _, r := range all {
		if r.From >= at && r.To >= r.From && r.To <= length {
			kept = append(kept, r)
			at = r.To
		}
	}
	return kept
}

// editsOf turns the replacements in a text that is written in pieces into edits
// of the part. Each piece keeps its own characters: where as many come as go, one
// stands for one; else all that comes stands in the first piece.
func editsOf(u inside.Unit, all []Replacement) (edits []markup.Edit) {
	text := u.Text()
	fresh := make([]strings.Builder, len(u))
	touched := make([]bool, len(u))
	all = inOrder(all, len(text))
	at, next := 0, 0
	for i, s := range u {
		for k := 0; k < len(s.Text); {
			for next < len(all) && all[next].To <= at+k {
				next++
			}
			_, size := utf8.DecodeRuneInString(s.Text[k:])
			if next < len(all) && all[next].From <= at+k {
				touched[i] = true
				fresh[i].WriteString(share(&all[next], u, text, at+k, i))
			} else {
				fresh[i].WriteString(s.Text[k : k+size])
			}
			k += size
		}
		at += len(s.Text)
	}
	for i, s := range u {
		if touched[i] && s.From >= 0 {
			edits = append(edits, markup.Edit{From: s.From, To: s.To, With: markup.Escape(fresh[i].String())})
		}
	}
	return edits
}

// share gives what stands for the character at a place: its own share where as
// many characters come as go, all at the first character of the first piece that
// can hold them, or nothing.
func share(r *Replacement, u inside.Unit, text string, place, piece int) string {
	if old := text[r.From:r.To]; utf8.RuneCountInString(old) == utf8.RuneCountInString(r.With) {
		n := utf8.RuneCountInString(text[r.From:place])
		return string([]rune(r.With)[n])
	}
	start, first := 0, -1
	for i, s := range u {
		if first < 0 && s.From >= 0 && start+len(s.Text) > r.From {
			first = i
		}
		start += len(s.Text)
	}
	begins := 0
	for _, s := range u[:piece] {
		begins += len(s.Text)
	}
	if piece == first && place == max(r.From, begins) {
		return r.With
	}
	return ""
}
