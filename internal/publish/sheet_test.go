package publish_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/doc/xlsx"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// sheet makes a real workbook and reads it with the codec.
func sheet(t *testing.T, rows ...[]any) *doc.Doc {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	d, err := xlsx.Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// readSheet reads a list as its headings say.
func readSheet(d *doc.Doc) (lines []publish.Line, unread []string, err error) {
	s, err := publish.FindSheet(d)
	if err != nil {
		return nil, nil, err
	}
	m := s.Guess()
	if missing := m.Missing(); len(missing) > 0 {
		return nil, nil, errs.New(errs.Invalid, "%s", missing[0].Heading)
	}
	return s.Lines(m), m.Unread(s), nil
}

var heads = []any{"序号", "标题", "发文字号", "成文日期", "文种", "公开属性", "理由", "信息分类", "索引号", "发布日期", "有效性", "废止日期", "附件", "正文文件", "点击量"}

var bureau = publish.Intake{Organ: storetest.BureauID, Section: storetest.SectionID}

func TestAListOfAnOldSiteIsTakenIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2026-03-02"), t.Context()
		info, err := h.files.Put(ctx, strings.NewReader("预算表"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		official := &doc.Doc{}
		for _, l := range []string{"青政服发〔2024〕8号", "关于印发管理办法的通知", "各股室：", "现印发给你们。", "青川旗政务服务局", "2024年5月6日"} {
			official.AddPara(doc.Body, l)
		}
		bundle := publish.NewBundle(map[string]publish.File{"旧站/预算表.xlsx": {Hash: info.Hash, Name: "预算表.xlsx"}, "办法.docx": {Hash: info.Hash, Name: "办法.docx"}}, nil)
		bundle.Texts["办法.docx"] = official
		lines, unknown, err := readSheet(sheet(t, []any{"青川旗政务服务局信息公开目录"}, heads,
			[]any{1, "2024年部门预算", "", "2024年2月1日", "预决算", "主动公开", "", "（七）", "0142768-8/2024-00001", "2024-02-05", "", "", "预算表.xlsx", "", 120},
			[]any{2, "关于印发管理办法的通知", "青政服发〔2024〕8号", "2024/5/6", "规范性文件", "主动公开", "", "", "0142768-8/2024-00002", "2024-05-10", "废止", "2025-06-30", "", "办法.docx", 30},
		))
		if err != nil || len(lines) != 2 || !slices.Equal(unknown, []string{"点击量"}) {
			t.Fatalf("%+v, unknown %q, %v", lines, unknown, err)
		}
		if _, err := h.TakeIn(ctx, stranger, bureau, lines, bundle, publish.Taking{}); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger imports: %v", err)
		}
		taken, err := h.TakeIn(ctx, liaison, bureau, lines, bundle, publish.Taking{Try: true})
		if err != nil || len(taken.Problems) != 0 || len(taken.Made) != 2 {
			t.Fatalf("dry: %+v, %v", taken.Problems, err)
		}
		if known, err := h.Store.Known(ctx, storetest.BureauID, []string{"青政服发〔2024〕8号"}); err != nil || len(known) != 0 {
			t.Errorf("looking has kept something: %q, %v", known, err)
		}
		if taken, err = h.TakeIn(ctx, liaison, bureau, lines, bundle, publish.Taking{}); err != nil || len(taken.Problems) != 0 {
			t.Fatalf("%+v, %v", taken.Problems, err)
		}
		for _, d := range taken.Made {
			h.sign(d.ID)
			h.do(clerk, d.ID, publish.Issue{})
		}
		got := h.get(taken.Made[1].ID)
		if got.Index != "0142768-8/2024-00002" || got.PublishedOn != calendar.On(2024, 5, 10) || got.Validity.State != publish.Repealed || !strings.HasPrefix(got.Text, "现印发给你们。") || got.To != "各股室" {
			t.Errorf("%+v", got)
		}
		f, err := h.Store.Count(ctx, account.Place{Organ: storetest.BureauID}, 2025)
		if err != nil || f.Table2[publish.Cell{Kind: publish.NormativeDoc, Cell: publish.CellRepealed}] != 1 {
			t.Errorf("repealed in 2025: %+v, %v", f, err)
		}
		taken, err = h.TakeIn(ctx, liaison, bureau, lines, bundle, publish.Taking{})
		if err != nil || len(taken.Problems) != 3 || taken.Problems[1].Line != 4 || !strings.Contains(taken.Problems[1].Text, "已经登记过") || taken.Problems[2].Column != "index" {
			t.Errorf("the same list again: %+v, %v", taken.Problems, err)
		}
		h.home.Sound()
	})
}

func TestEveryProblemOfAListIsTold(t *testing.T) {
	h := build(t, storetest.SQLite(t), "2026-03-02")
	lines, _, err := readSheet(sheet(t, heads,
		[]any{1, "", "甲〔2026〕1号", "昨天", "杂文", "秘密", "", "（十六）", "", "", "长期有效", "", "没有.pdf", "没有.docx"},
		[]any{2, "乙", "甲〔2026〕2号", "2026-02-30", "其他文件", "依申请公开", "", "", "", "", "", "", "", ""},
		[]any{3, "丙", "甲〔2026〕2号", "2026-02-02", "规章", "主动公开", "", "", "", "2030-01-01", "废止", "", "", ""},
	))
	if err != nil {
		t.Fatal(err)
	}
	taken, err := h.TakeIn(t.Context(), liaison, bureau, lines, publish.Bundle{}, publish.Taking{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range taken.Problems {
		got = append(got, fmt.Sprintf("%d %s", p.Line, p.Column))
	}
	slices.Sort(got)
	want := []string{"2 files", "2 force", "2 formed", "2 kind", "2 openness", "2 source", "2 subject", "2 title", "3 formed", "3 reasons", "4 ended", "4 kind", "4 number", "4 posted"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if page, _ := (store.Documents{DB: h.db}).Known(t.Context(), storetest.BureauID, []string{"甲〔2026〕1号", "甲〔2026〕2号"}); len(page) != 0 {
		t.Errorf("something of it was kept: %q", page)
	}
	if _, _, err := readSheet(sheet(t, []any{"名称", "日期"}, []any{"x", "y"})); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a sheet without the columns: %v", err)
	}
}
