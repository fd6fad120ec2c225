package csv

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/errs"
)

func TestRead(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("机关名称,地址\n青川旗水利局,团结路1号\n")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"机关名称", "地址"}, {"青川旗水利局", "团结路1号"}}
	for name, c := range map[string]struct {
		data string
		want [][]string
	}{
		"UTF-8 of Excel": {"\ufeff机关名称,地址\r\n青川旗水利局,团结路1号\r\n", want},
		"GB18030":        {gb, want},
		"semicolons":     {"机关名称;地址\n青川旗水利局;团结路1号", want},
		"tabs":           {"机关名称\t地址\n青川旗水利局\t团结路1号", want},
		"a blank line":   {"机关名称,地址\n\n青川旗水利局,团结路1号", [][]string{want[0], nil, want[1]}},
		"a quoted cell of two lines": {
			"机关名称,地址\n青川旗水利局,\"团结路\n1号\"\n青川旗民政局,", [][]string{want[0], {"青川旗水利局", "团结路\n1号"}, nil, {"青川旗民政局", ""}},
		},
		"nothing": {"", nil},
	} {
		got, err := Read([]byte(c.data))
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

func TestHostileListsAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want errs.Kind
	}{
		"neither text nor list": {"机关名称\n\xff\xff\n", errs.Invalid},
		"too many columns":      {strings.Repeat(",", MaxCells+1), errs.TooLarge},
		"too many rows":         {strings.Repeat("a\n", MaxRows+1), errs.TooLarge},
	} {
		if _, err := Read([]byte(c.data)); errs.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("机关名称,地址\n\"青川旗\n水利局\";1\t2"))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := Read(data)
		if err != nil && errs.KindOf(err) == errs.Internal {
			t.Fatal(err)
		}
		if len(rows) > strings.Count(string(data), "\n")+strings.Count(string(data), "\r")+1 {
			t.Fatalf("%d rows in %d bytes", len(rows), len(data))
		}
	})
}
