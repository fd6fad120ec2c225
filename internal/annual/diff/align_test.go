package diff

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// longest is the length of a longest common subsequence, the plain way.
func longest(a, b []string) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table[0][0]
}

func TestAlignFindsALongestCommonSubsequence(t *testing.T) {
	items := rapid.SliceOfN(rapid.SampledFrom(strings.Split("甲乙丙丁", "")), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := items.Draw(t, "old"), items.Draw(t, "new")
		work := 1 << 30
		i, j, same := 0, 0, 0
		for _, st := range align(a, b, &work) {
			if st.oldStart != i || st.newStart != j {
				t.Fatalf("a gap or an overlap before %+v", st)
			}
			if st.same {
				if strings.Join(a[st.oldStart:st.oldEnd], "") != strings.Join(b[st.newStart:st.newEnd], "") {
					t.Fatalf("not the same: %+v", st)
				}
				same += st.oldEnd - st.oldStart
			}
			i, j = st.oldEnd, st.newEnd
		}
		if i != len(a) || j != len(b) {
			t.Fatalf("ends at %d, %d of %d, %d", i, j, len(a), len(b))
		}
		if want := longest(a, b); same != want {
			t.Fatalf("%d items are the same, want %d", same, want)
		}
	})
}

func TestTokensKeepNumbersWhole(t *testing.T) {
	got := strings.Join(tokens("收到12件，占33.9%，LED屏2块"), "|")
	if want := "收|到|12|件|，|占|33.9%|，|LED|屏|2|块"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
