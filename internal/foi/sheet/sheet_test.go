package sheet_test

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/foi"
	"gongkai/internal/foi/sheet"
	"gongkai/internal/law"
	"gongkai/internal/personal"
)

// Headings as counties keep them.
func TestHeadingsAreGuessed(t *testing.T) {
	for name, c := range map[string]struct {
		rows [][]string
		line int
		want map[string]int
	}{
		"the template": {[][]string{sheet.Headings()}, 0, map[string]int{"number": 0, "outcome": 17, "result": 26}},
		"a title above, other names": {
			[][]string{{"2024年依申请公开台账"}, {"序号", "登记编号", "申请时间", "申请人", "申请人类型", "联系方式", "申请公开内容", "申请方式", "答复类型", "答复时间"}},
			1,
			map[string]int{"number": 1, "arrived": 2, "name": 3, "kind": 4, "phone": 5, "text": 6, "channel": 7, "outcome": 8, "ended": 9},
		},
		"blanks, stars and brackets": {
			[][]string{{"* 申请 编号", "申请人类别（自然人/法人）", "所需信息内容：", "收到方式", "到达日期(年月日)"}},
			0,
			map[string]int{"number": 0, "kind": 1, "text": 2, "channel": 3, "arrived": 4},
		},
	} {
		t.Run(name, func(t *testing.T) {
			head, ok := sheet.FindHead(c.rows)
			if !ok || head.Line != c.line {
				t.Fatalf("line %d, %v", head.Line, ok)
			}
			for column, at := range c.want {
				if got, ok := head.Guess[column]; !ok || got != at {
					t.Errorf("%s at %d (%v), want %d", column, got, ok, at)
				}
			}
		})
	}
	if _, ok := sheet.FindHead([][]string{{"姓名", "部门"}, {"张三", "办公室"}}); ok {
		t.Error("a list of people is taken for a ledger")
	}
	if missing := (sheet.Mapping{"number": 0}).Missing(); len(missing) != 4 || missing[0] != "收到方式" {
		t.Errorf("%v", missing)
	}
}

var full = map[string]string{
	"申请编号": "2024-7", "收到方式": "邮寄", "到达日期": "2024年3月5日", "申请人类别": "公民", "姓名": "张三", "身份证号码": "11010519491231002X", "联系电话": "13800131234",
	"所需信息内容": "低保发放明细", "办理结果": "信息不存在", "答复日期": "2024/3/20", "答复文号": "公复〔2024〕3号", "送达方式": "当面",
}

func rowsOf(lines ...map[string]string) [][]string {
	rows := [][]string{sheet.Headings()}
	for _, l := range lines {
		var row []string
		for _, h := range sheet.Headings() {
			row = append(row, l[h])
		}
		rows = append(rows, row)
	}
	return rows
}

func with(changes ...string) map[string]string {
	l := map[string]string{}
	for k, v := range full {
		l[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		l[changes[i]] = changes[i+1]
	}
	return l
}

func read(t *testing.T, lines ...map[string]string) ([]foi.PastLine, []foi.Problem) {
	t.Helper()
	rows := rowsOf(lines...)
	head, ok := sheet.FindHead(rows)
	if !ok {
		t.Fatal("no head")
	}
	return sheet.Read(rows, head.Line, head.Guess, map[string]string{"李娜": "P1"})
}

func TestALineIsRead(t *testing.T) {
	lines, problems := read(t, with())
	if len(problems) > 0 || len(lines) != 1 {
		t.Fatalf("%v", problems)
	}
	p := lines[0].Past
	if p.Number != "2024-7" || p.Channel != foi.SignedPost || p.Arrived != calendar.On(2024, 3, 5) || p.Outcome != "R3.4.1" || p.Ended != calendar.On(2024, 3, 20) || p.Way != foi.Direct ||
		p.Party.Kind != "C1" || lines[0].Facts[personal.Name] != "张三" || p.Ask.Form != "paper" || lines[0].Line != 2 {
		t.Errorf("%+v", lines[0])
	}
}

func TestWhatIsWrongIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		change []string
		column string
		says   string
	}{
		"no number":                          {[]string{"申请编号", ""}, "number", "请填写“申请编号”"},
		"a channel that nobody knows":        {[]string{"收到方式", "微信"}, "channel", "互联网渠道"},
		"a day that does not exist":          {[]string{"到达日期", "2024-02-30"}, "arrived", "2024-03-05"},
		"a day in words":                     {[]string{"答复日期", "三月初"}, "ended", "三月初"},
		"an outcome of which there are many": {[]string{"办理结果", "不予公开"}, "outcome", "属于国家秘密"},
		"an outcome without a day":           {[]string{"答复日期", ""}, "ended", "请填写答复日期"},
		"a day without an outcome":           {[]string{"办理结果", ""}, "outcome", "没有办理结果"},
		"a wrong ID number":                  {[]string{"身份证号码", "110105194912310021"}, "id-number", ""},
		"a company without a name":           {[]string{"申请人类别", "商业企业", "姓名", ""}, "organisation", "请填写单位名称"},
		"a person with a company's name":     {[]string{"单位名称", "某公司"}, "organisation", "自然人"},
		"a handler who is not there":         {[]string{"经办人", "王五", "办理结果", "", "答复日期", ""}, "handler", "王五"},
		"a dispute without a day":            {[]string{"复议诉讼种类", "行政复议"}, "filed", "副本"},
		"a result without a day":             {[]string{"复议诉讼种类", "复议", "收到副本日期", "2024-04-01", "复议诉讼结果", "维持"}, "decided", "审结日期"},
		"a result of no dispute":             {[]string{"复议诉讼结果", "维持"}, "dispute-kind", "种类"},
	} {
		t.Run(name, func(t *testing.T) {
			lines, problems := read(t, with(), with(c.change...))
			if len(lines) != 1 || len(problems) != 1 || problems[0].Line != 3 || problems[0].Column != c.column || !strings.Contains(problems[0].Text, c.says) {
				t.Errorf("%d lines, %+v", len(lines), problems)
			}
		})
	}
	if _, problems := read(t, map[string]string{"姓名": "张三"}); len(problems) != 5 {
		t.Errorf("%d problems of an empty line, want all five: %v", len(problems), problems)
	}
}

func TestDaysAsPeopleWriteThem(t *testing.T) {
	for _, said := range []string{"2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "20240305", "45356", "2024-03-05 09:30:00", "45356.4"} {
		lines, problems := read(t, with("到达日期", said))
		if len(problems) > 0 || lines[0].Past.Arrived != calendar.On(2024, 3, 5) {
			t.Errorf("%s: %v", said, problems)
		}
	}
}

// Every word that goes out comes in again as the same.
func TestWordsComeBack(t *testing.T) {
	for _, o := range law.Outcomes() {
		e := foi.Exported{Request: foi.Request{Ended: o.ID, EndedOn: calendar.On(2024, 3, 20)}}
		word := sheet.Row(e, nil)[17]
		lines, problems := read(t, with("办理结果", word))
		if len(problems) > 0 || lines[0].Past.Outcome != o.ID {
			t.Errorf("%s goes out as %q: %v", o.ID, word, problems)
		}
	}
	for _, c := range foi.Channels() {
		if lines, problems := read(t, with("收到方式", c.Chinese)); len(problems) > 0 || lines[0].Past.Channel != c.Channel {
			t.Errorf("%s: %v", c.Chinese, problems)
		}
	}
	for _, k := range law.ApplicantKinds() {
		lines, problems := read(t, with("申请人类别", k.Label, "姓名", "甲", "身份证号码", ""))
		if len(problems) > 0 || lines[0].Past.Party.Kind != k.ID {
			t.Errorf("%s: %v", k.Label, problems)
		}
	}
	if _, problems := read(t, with("姓名", "张*", "身份证号码", "11**************02X", "联系电话", "138****1234")); len(problems) > 0 {
		t.Errorf("what went out masked: %v", problems)
	}
}

// Where a request in hand stands goes out with it, and hinders nothing on its way in.
func TestTheStepGoesOut(t *testing.T) {
	at := len(sheet.Headings()) - 1
	for _, s := range []foi.Status{foi.Handling, foi.Correcting, foi.Paying, foi.Reviewing, foi.Serving, foi.Closed} {
		row := sheet.Row(foi.Exported{Request: foi.Request{Status: s}}, nil)
		if row[at] != s.Words().Chinese {
			t.Errorf("%s goes out as %q", s, row[at])
		}
		if _, problems := read(t, with("办理环节", row[at])); len(problems) > 0 {
			t.Errorf("%s: %v", row[at], problems)
		}
	}
}
