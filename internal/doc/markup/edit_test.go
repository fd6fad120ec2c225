package markup

import "testing"

func TestApply(t *testing.T) {
	const part = "<a><b>one</b><c>two</c></a>"
	for name, c := range map[string]struct {
		edits []Edit
		want  string
	}{
		"nothing":                 {nil, part},
		"taken out":               {[]Edit{{3, 13, ""}}, "<a><c>two</c></a>"},
		"in any order":            {[]Edit{{16, 19, "2"}, {6, 9, "1"}}, "<a><b>1</b><c>2</c></a>"},
		"a change inside is moot": {[]Edit{{6, 9, "1"}, {3, 13, ""}}, "<a><c>two</c></a>"},
		"the longer wins":         {[]Edit{{3, 6, "x"}, {3, 13, ""}}, "<a><c>two</c></a>"},
		"put in without taking":   {[]Edit{{3, 3, "<z/>"}}, "<a><z/><b>one</b><c>two</c></a>"},
		"the end":                 {[]Edit{{23, 27, "</A>"}}, "<a><b>one</b><c>two</c></A>"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(Apply([]byte(part), c.edits)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Where a token stands is what is cut out of the bytes.
func TestSpan(t *testing.T) {
	src := []byte(`<?xml version="1.0"?><a><!-- x --><b k="v">t&amp;u</b><c/></a>`)
	s := NewScanner(src)
	var got []string
	for {
		kind := s.Next()
		if kind == EOF {
			break
		}
		from, to := s.Span()
		got = append(got, string(src[from:to]))
	}
	want := []string{"<a>", `<b k="v">`, "t&amp;u", "</b>", "<c/>", "", "</a>"}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("token %d is %q, want %q", i, got[i], want[i])
		}
	}
	s = NewScanner(src)
	s.Next()
	s.Next()
	if from, to := s.Whole(); string(src[from:to]) != `<b k="v">t&amp;u</b>` {
		t.Errorf("whole element %q", src[from:to])
	}
	s = NewScanner(src)
	s.Next()
	if got := s.Content(); got != "t&u" {
		t.Errorf("content %q", got)
	}
}
