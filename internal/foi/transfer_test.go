package foi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/housetest"
	"gongkai/internal/personal"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// ledger is three years of an office as its spreadsheet has them.
func ledger() [][]string {
	rows := [][]string{{"登记编号", "申请方式", "申请日期", "申请人类型", "申请人", "身份证号", "手机", "申请内容", "办理结果", "答复日期", "应答复日期", "复议诉讼种类", "复议机关", "收到副本日期", "审结日期", "复议结果"}}
	add := func(cells ...string) { rows = append(rows, append(cells, make([]string, 16-len(cells))...)) }
	add("依申请〔2023〕1号", "邮寄", "2023-12-20", "自然人", "张三", "11010519491231002X", "13800131234", "低保发放明细", "信息不存在", "2024-01-10", "2024-01-18", "行政复议", "青川旗人民政府", "2024-02-01", "2024-03-15", "维持")
	add("依申请〔2024〕1号", "当面", "2024-03-05", "企业", "青川建材有限公司", "", "", "采购合同", "公开", "2024-03-20")
	add("依申请〔2024〕2号", "网上", "2024-05-06", "自然人", "李四", "", "13800131235", "验收报告", "撤回", "2024-05-08")
	add("依申请〔2024〕3号", "当面", "2024-06-03", "律所", "某律师事务所", "", "", "审批表", "部分公开", "2024-08-01")
	add("依申请〔2024〕9号", "当面", "2024-12-26", "自然人", "王五", "", "13800131236", "征地补偿款明细")
	return rows
}

func (h *house) bring(organ string, rows [][]string, try bool) []foi.Problem {
	h.Helper()
	head, ok := sheet.FindHead(rows)
	if !ok {
		h.Fatal("no headings")
	}
	lines, problems := sheet.Read(rows, head.Line, head.Guess, nil)
	if len(problems) > 0 {
		return problems
	}
	problems, err := h.Import(h.Context(), housetest.Is(account.Clerk, organ), organ, lines, try)
	if err != nil {
		h.Fatal(err)
	}
	return problems
}

func TestALedgerComesInAndGoesOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-01-06"), t.Context()
		if problems := h.bring(storetest.BureauID, ledger(), true); len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		if t3, _, _ := h.Store.Count(ctx, account.Place{Organ: storetest.BureauID}, 2024, foi.Conventions{}); len(t3) > 0 {
			t.Fatal("looking took something in")
		}
		if problems := h.bring(storetest.BureauID, ledger(), false); len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		for cell, want := range map[string]int{
			"2023 R1 C1": 1, "2023 R4 C1": 1, "2024 R2 C1": 1, "2024 R3.4.1 C1": 1, "2024 R1 C1": 1, "2024 R3.1 C2": 1, "2024 R3.2 C5": 1, "2024 R4 C1": 1, "2025 R2 C1": 1,
			"2024 R3.6.3 C1": 0, // withdrawn before it was confirmed: never received
		} {
			var year int
			var row, column string
			if _, err := fmt.Sscan(cell, &year, &row, &column); err != nil {
				t.Fatal(err)
			}
			t3, _, err := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, year)
			if err != nil || t3[foi.Cell{Row: row, Column: column}] != want {
				t.Errorf("%s: %d, want %d (%v)", cell, t3[foi.Cell{Row: row, Column: column}], want, err)
			}
		}
		if _, t4, _ := h.Count(ctx, clerk, account.Place{Organ: storetest.BureauID}, 2024); t4[foi.Place{Kind: foi.Reconsideration, Result: foi.Upheld}] != 1 {
			t.Errorf("table 4: %v", t4)
		}
		pace, err := h.Store.Paces(ctx, account.Place{Organ: storetest.BureauID}, 2024)
		if p := pace[storetest.BureauID]; err != nil || p.Replies != 3 || p.Late != 1 { // the last took two months
			t.Errorf("%+v, %v", p, err)
		}
		h.home.On("2025-01-07")
		if r := h.register("新的申请", zhang); r.Number != "依申请〔2025〕1号" {
			t.Errorf("the next number is %s", r.Number)
		}
		lines := h.goesOut(storetest.BureauID, 0, "")
		if joined := fmt.Sprint(lines); strings.Contains(joined, "13800131234") || strings.Contains(joined, "张三") || !strings.Contains(joined, "138****1234") {
			t.Errorf("personal data go out whole: %s", joined)
		}

		// What goes out whole comes in elsewhere and goes out the same.
		whole := h.goesOut(storetest.BureauID, 0, "移交给档案部门核对")
		if !strings.Contains(fmt.Sprint(whole), "张三") {
			t.Error("the names are missing")
		}
		if problems := h.bring(storetest.OtherID, whole, false); len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		again := h.goesOutBy(housetest.Is(account.Head, storetest.OtherID), storetest.OtherID, 0, "核对导入的台账是否一致")
		if !slices.EqualFunc(whole, again, slices.Equal) {
			t.Errorf("went out as\n%v\ncame back as\n%v", whole, again)
		}
		for year := 2023; year <= 2025; year++ {
			a, a4, _ := h.Store.Count(ctx, account.Place{Organ: storetest.BureauID}, year, foi.Conventions{})
			b, b4, _ := h.Store.Count(ctx, account.Place{Organ: storetest.OtherID}, year, foi.Conventions{})
			if fmt.Sprint(a) != fmt.Sprint(b) || fmt.Sprint(a4) != fmt.Sprint(b4) {
				t.Errorf("%d: %v %v, elsewhere %v %v", year, a, a4, b, b4)
			}
		}
		if err := db.VerifyTallies(ctx, func(f store.Finding) { t.Error(f.English) }); err != nil {
			t.Fatal(err)
		}
		if err := db.VerifyState(ctx, func(f store.Finding) {
			if !strings.HasPrefix(f.ID, "organ/") { // the county is made past all rules
				t.Error(f.English)
			}
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func (h *house) goesOut(organ string, year int, reason string) [][]string {
	h.Helper()
	return h.goesOutBy(housetest.Is(account.Head, organ), organ, year, reason)
}

func (h *house) goesOutBy(actor account.Actor, organ string, year int, reason string) [][]string {
	h.Helper()
	rows := [][]string{sheet.Headings()}
	if err := h.Export(h.Context(), actor, organ, year, reason, h.vault, func(e foi.Exported) error {
		rows = append(rows, sheet.Row(e, nil))
		return nil
	}); err != nil {
		h.Fatal(err)
	}
	return rows
}

func TestALedgerIsTakenInWhollyOrNotAtAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-01-06"), t.Context()
		rows := ledger()
		rows[2][0] = rows[1][0]                                                       // the same number twice
		rows[4][9], rows[5][2], rows[3][9] = "2024-05-01", "2025-02-01", "2024-05-05" // replied before it came, came tomorrow, withdrawn before it came
		problems := h.bring(storetest.BureauID, rows, false)
		var lines []int
		for _, p := range problems {
			lines = append(lines, p.Line)
		}
		if slices.Sort(lines); !slices.Equal(slices.Compact(lines), []int{3, 4, 5, 6}) {
			t.Errorf("%+v", problems)
		}
		if numbers, err := h.Store.Numbers(ctx, storetest.BureauID); err != nil || len(numbers) > 0 {
			t.Errorf("taken in all the same: %v, %v", numbers, err)
		}
		if problems := h.bring(storetest.BureauID, ledger(), false); len(problems) > 0 {
			t.Fatal(problems)
		}
		if problems := h.bring(storetest.BureauID, ledger(), false); len(problems) != 5 {
			t.Errorf("the same ledger once more: %+v", problems)
		}
		if _, err := h.Import(ctx, stranger, storetest.BureauID, nil, true); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := h.Import(ctx, clerk, storetest.BureauID, make([]foi.PastLine, foi.MaxImport+1), true); errs.KindOf(err) != errs.TooLarge {
			t.Errorf("too many: %v", err)
		}
	})
}

func TestPersonalDataOfALedger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, ctx := build(t, db, "2025-01-06"), t.Context()
		rows := ledger()
		rows[1][2], rows[1][9], rows[1][10], rows[1][13], rows[1][14] = "2012-03-05", "2012-03-20", "", "2012-04-02", "2012-05-02" // older than data are kept
		if problems := h.bring(storetest.BureauID, rows, false); len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		if rows, err := h.FindByPerson(ctx, clerk, personal.Phone, "13800131236"); err != nil || len(rows) != 1 {
			t.Errorf("found %d, %v", len(rows), err)
		}
		if rows, err := h.FindByPerson(ctx, clerk, personal.Phone, "13800131234"); err != nil || len(rows) != 0 {
			t.Errorf("data whose time is over were kept: %d, %v", len(rows), err)
		}
		none := func(foi.Exported) error { return nil }
		if err := h.Export(ctx, watcher, storetest.BureauID, 0, "检查台账的办理情况", h.vault, none); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a supervisor takes names out: %v", err)
		}
		if err := h.Export(ctx, clerk, storetest.BureauID, 0, "x", h.vault, none); errs.KindOf(err) != errs.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := h.Export(ctx, stranger, storetest.BureauID, 0, "", h.vault, none); errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		h.goesOut(storetest.BureauID, 2024, "移交给档案部门核对")
		events, err := db.EventsOf(ctx, event.Subject{Type: "organ", ID: storetest.BureauID})
		if err != nil || len(events) == 0 || events[len(events)-1].Kind != foi.LedgerExported {
			t.Errorf("%+v, %v", events, err)
		}
		if due, err := (store.Personal{DB: db}).Due(ctx, calendar.On(2040, 1, 1), 100); err != nil || len(due) == 0 {
			t.Errorf("no last day of the data of ended requests: %v", err)
		}
	})
}
