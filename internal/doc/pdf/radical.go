package pdf

import "golang.org/x/text/unicode/norm"

// ordinary gives the ordinary character for a Kangxi radical (⼀), a CJK radical
// supplement (⻓) or a compatibility ideograph, which look the same in print.
// Full-width digits and letters stay as printed.
func ordinary(r rune) rune {
	radical := r >= 0x2E80 && r <= 0x2FD5
	compatibility := r >= 0xF900 && r <= 0xFAFF || r >= 0x2F800 && r <= 0x2FA1F
	if !radical && !compatibility {
		return r
	}
	if plain, ok := supplement[r]; ok {
		return plain
	}
	if folded := []rune(norm.NFKC.String(string(r))); len(folded) == 1 {
		return folded[0]
	}
	return r
}

// supplement holds the radicals that Unicode gives no equivalent for and that
// PDF makers put in place of the character itself.
var supplement = map[rune]rune{
	'⺠': '民', '⻄': '西', '⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长', '⻔': '门',
	'⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食', '⻢': '马', '⻣': '骨',
	'⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻬': '齐', '⻮': '齿',
	'⻰': '龙', '⻳': '龟', '⺟': '母', '⺫': '目', '⺒': '巳', '⺓': '幺', '⺝': '月', '⺾': '艹',
	'⻁': '虎', '⻑': '长', '⻒': '长', '⻯': '龙', '⻱': '龟', '⺎': '兀', '⺌': '小', '⺍': '小',
}
