package web_test

import (
	"bytes"
	"errors"
	"iter"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gongkai/internal/web"
)

// rows gives rows, then an error if there is one.
func rows(all [][]string, err error) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, row := range all {
			if !yield(row, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func TestSheetHoldsTextAsItIs(t *testing.T) {
	all := [][]string{
		{"〔2026〕第1号", "=1+1"},
		{"007", "=HYPERLINK(\"https://evil.example\")"},
		{"@SUM(A1)", "+86 13800000000"},
		{"-1", "第一行\n第二行"},
		{"", "<b>&\"'"},
	}
	w := httptest.NewRecorder()
	if err := web.WriteXLSX(w, "申请 台账", []string{"文号", "内容"}, rows(all, nil)); err != nil {
		t.Fatal(err)
	}
	if d := w.Header().Get("Content-Disposition"); !strings.HasPrefix(d, "attachment; filename*=utf-8''") || !strings.HasSuffix(d, ".xlsx") {
		t.Errorf("the file is called %s", d)
	}
	book, err := excelize.OpenReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append([][]string{{"文号", "内容"}}, all...), got); diff != "" {
		t.Error(diff)
	}
	for _, cell := range []string{"B2", "B3", "A4", "B4", "A5"} {
		if formula, err := book.GetCellFormula("Sheet1", cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %s, %v", cell, formula, err)
		}
		if kind, err := book.GetCellType("Sheet1", cell); err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s is no text: %v, %v", cell, kind, err)
		}
	}
}

func TestSheetDropsWhatXMLCannotHold(t *testing.T) {
	w := httptest.NewRecorder()
	if err := web.WriteXLSX(w, "a", []string{"a"}, rows([][]string{{"一\x00\x1b二\xff"}}, nil)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if text, err := book.GetCellValue("Sheet1", "A2"); err != nil || !strings.HasPrefix(text, "一二") {
		t.Errorf("%q, %v", text, err)
	}
}

func TestBrokenRowsGiveNoHalfFile(t *testing.T) {
	broken := errors.New("connection lost")
	w := httptest.NewRecorder()
	if err := web.WriteXLSX(w, "a", []string{"a"}, rows([][]string{{"1"}, {"2"}}, broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if w.Body.Len() > 0 || w.Header().Get("Content-Disposition") != "" {
		t.Error("half a file was sent")
	}
}
