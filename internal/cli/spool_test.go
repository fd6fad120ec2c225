package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gongkai/internal/annual"
	"gongkai/internal/annual/annualtest"
)

func TestTheSpoolGivesBackWhatWasPut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s spool
		defer s.Close()
		want := annualtest.Messy().Draw(t, "report")
		at, err := s.put(want)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "in a file") {
			if err := s.moveToFile(); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.get(at)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestALargeSpoolGoesOnInAFileAndLeavesNoneBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var s spool
	r := &annual.Report{Form: annual.FormFor(2024), Cells: map[annual.Ref]annual.Value{}}
	r.Paras = []annual.Para{{Text: string(make([]byte, spoolMemory/4))}}
	var slots []slot
	for i := range 6 {
		r.Year = 2020 + i
		at, err := s.put(r)
		if err != nil {
			t.Fatal(err)
		}
		slots = append(slots, at)
	}
	if s.file == nil || s.memory.Len() > 0 {
		t.Fatal("it is still in memory")
	}
	for i, at := range slots {
		if got, err := s.get(at); err != nil || got.Year != 2020+i {
			t.Errorf("report %d: %v", i, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOrderedKeepsTheOrderAndStopsAtTheFirstError(t *testing.T) {
	var got []int
	stop := errors.New("stop")
	err := ordered(t.Context(), 1000,
		func(_ context.Context, i int) int { return i * i },
		func(i, square int) error {
			if i == 500 {
				return stop
			}
			if square != i*i {
				return fmt.Errorf("%d came as number %d", square, i)
			}
			got = append(got, square)
			return nil
		})
	if !errors.Is(err, stop) || len(got) != 500 {
		t.Errorf("%v after %d", err, len(got))
	}
}
