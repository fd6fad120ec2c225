package compile

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What was counted, set against what counts now: each record stands there once, and those
// that count as they did, with those that came, are what counts now.
func TestARollIsSetAgainstTheRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rolls := func(name string) Roll {
			var all Roll
			for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(0, 12), 0, 12, rapid.ID).Draw(t, name) {
				all = append(all, Counted{Cell: []string{"table3/R1/C1", "documents.published"}[id%2], List: Requests, ID: string(rune('a' + id)), N: int64(rapid.SampledFrom([]int{0, 2}).Draw(t, "n"))})
			}
			all.Order()
			return all
		}
		was, now := rolls("was"), rolls("now")
		var before, after Roll
		for _, l := range was.Against(now) {
			if l.Still != Came {
				before = append(before, l.Counted)
			}
			if l.Still != Gone {
				after = append(after, l.Counted)
			}
		}
		if !slices.Equal(before, was) || !slices.Equal(after, now) {
			t.Fatalf("%v against %v gives %v", was, now, was.Against(now))
		}
	})
}

// The records that were counted are under the hash of the version.
func TestARollIsSigned(t *testing.T) {
	roll := Roll{{Cell: "table3/R1/C1", List: Requests, ID: "r1", Name: "〔2025〕1号"}}
	text, hash, err := roll.Print()
	if err != nil || len(text) == 0 || len(hash) != 64 {
		t.Fatal(string(text), hash, err)
	}
	v := Version{Printed: "{}", Roll: hash, Records: len(roll)}
	if v.Hash, err = v.hash(); err != nil || !v.Genuine() {
		t.Fatal(err)
	}
	roll[0].ID = "r2"
	if _, v.Roll, err = roll.Print(); err != nil || v.Genuine() {
		t.Error("another record was put in, and nobody sees it")
	}
}
