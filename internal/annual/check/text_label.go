package check

import "strings"

// label is what a sentence says a figure counts.
type label struct {
	before string // from the clause's start to the figure, brackets without figures left out
	after  string // behind the unit, to the end of the clause
}

// all is both sides, for words that may stand on either.
func (l label) all() string { return l.before + "|" + l.after }

// clauseLabel cuts the label of figure k out of a sentence. A clause ends at a
// comma, colon or bracket and at the figure before; clauses without a figure
// that are joined by 、 belong to what follows: 予以公开、部分公开258件.
func clauseLabel(s string, figures []quantity, k int) label {
	start := 0
	for i := k - 1; i >= 0; i-- {
		if figures[i].kind != otherFigure {
			start = figures[i].end
			break
		}
	}
	l := label{before: clauseBefore(s, start, figures[k].start)}
	if isFiller(l.before) {
		l.before = widen(s, figures, k, start) + l.before
	}
	end := len(s)
	if k+1 < len(figures) {
		end = figures[k+1].start
	}
	l.after = s[figures[k].end:end]
	if i := strings.IndexAny(l.after, "，；。、：（）:;,()\n"); i >= 0 {
		l.after = l.after[:i]
	}
	return l
}

// widen gives the clause before a clause that says nothing by itself:
// 收到政府信息公开申请，共12件.
func widen(s string, figures []quantity, k, start int) string {
	end := figures[k].start
	cut := strings.LastIndexAny(s[start:end], "，：:,")
	if cut < 0 {
		return ""
	}
	return clauseBefore(s, start, start+cut)
}

// clauseBefore gives the clause that ends at end and does not begin before start.
func clauseBefore(s string, start, end int) string {
	var pieces []string
	for i := end; i > start; {
		p := prevRune(s, i)
		switch s[p:i] {
		case "）", ")":
			pieces = append(pieces, s[i:end])
			open := strings.LastIndexAny(s[start:p], "（(")
			if open < 0 {
				return joinBackwards(pieces)
			}
			i, end = start+open, start+open
			continue
		case "，", "；", "：", "。", "（", ",", ";", ":", "(", "\n", "！", "？":
			return joinBackwards(append(pieces, s[i:end]))
		}
		i = p
	}
	if end > start {
		pieces = append(pieces, s[start:end])
	}
	return joinBackwards(pieces)
}

func joinBackwards(pieces []string) string {
	var b strings.Builder
	for i := len(pieces) - 1; i >= 0; i-- {
		b.WriteString(pieces[i])
	}
	return strings.Trim(b.String(), "、")
}

// isFiller tells whether a label says only that a count follows.
func isFiller(s string) bool {
	switch s {
	case "", "共", "共计", "总计", "合计", "共有", "计", "总数", "总数为", "数量", "数量为", "为", "有", "分别", "分别为":
		return true
	}
	return false
}
