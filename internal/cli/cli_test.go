package cli_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gongkai/internal/annual"
	"gongkai/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gongkai": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

const model = "2023-wulate-qianqi-政务服务局.txt"

// TestScripts runs the scripts under testdata/script: each shows a command as a
// person uses it. They find the model report as model.txt and reports of
// invented organs as JSON.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"sqlite": sqlite},
		Setup: func(env *testscript.Env) error {
			// The compiled PDF reader is kept between the scripts.
			env.Setenv("GONGKAI_CACHE", filepath.Join(os.TempDir(), "gongkai-test-cache"))
			text, err := os.ReadFile(filepath.Join("..", "..", "testdata", model))
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(env.WorkDir, "model.txt"), text, 0o600); err != nil {
				return err
			}
			for name, r := range map[string]*annual.Report{
				"good-2023.json":   invented("青石县教育局", 2023, func(*annual.Report) {}),
				"good-2024.json":   invented("青石县教育局", 2024, func(*annual.Report) {}),
				"faulty-2024.json": invented("青石县教育局", 2024, break2024),
				"other-2024.json":  invented("青石县水利局", 2024, func(*annual.Report) {}),
				"county-2024.json": invented("青石县人民政府", 2024, func(*annual.Report) {}),
			} {
				data, err := json.Marshal(r)
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), data, 0o600); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// sqlite is a command of the scripts: sqlite FILE STATEMENT changes a database
// past the program.
func sqlite(ts *testscript.TestScript, not bool, args []string) {
	if not || len(args) != 2 {
		ts.Fatalf("usage: sqlite FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// break2024 makes the natural persons' column and the carry-over wrong: 5+0
// stands against 4+0.
func break2024(r *annual.Report) {
	for _, cell := range []struct {
		row string
		n   int64
	}{{"R1", 5}, {"R3.1", 4}, {"R3.7", 4}} {
		r.Set("table3", cell.row, "C1", annual.Int(cell.n))
		r.Set("table3", cell.row, "C7", annual.Int(cell.n))
	}
}

// invented makes a report that is right in every way but for what change does.
func invented(organ string, year int, change func(*annual.Report)) *annual.Report {
	r := &annual.Report{Organ: organ, Year: year, Form: annual.FormFor(year)}
	for _, ref := range r.Refs() {
		r.Set(ref.Table, ref.Row, ref.Column, annual.Int(0))
	}
	y := annual.Int(int64(year)).Raw
	next := annual.Int(int64(year + 1)).Raw
	text := [7]string{
		"根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。所列数据的统计期限自" + y + "年1月1日至" + y + "年12月31日。如有疑问，请联系" + organ + "办公室（地址：青石县人民路1号，电话：0478-1234567）。",
		"（一）主动公开。及时公开部门动态、政策文件和办事指南。\n（二）依申请公开。畅通受理渠道，规范办理流程。\n（三）政府信息管理。规范信息的制作、审核和归档。\n（四）政府信息公开平台建设。维护网站专栏，及时更新内容。\n（五）监督保障。明确分管领导和责任科室，开展业务培训。",
		"", "", "",
		"存在的主要问题：公开内容还不够丰富，培训次数偏少。改进情况：每季度组织一次培训，并扩大公开范围。",
		"本年度未收取信息处理费，没有其他需要报告的事项。",
	}
	r.Paras = append(r.Paras, annual.Para{Kind: annual.TitlePara, Text: organ + y + "年政府信息公开工作年度报告"}, annual.Para{Text: text[0]})
	for i, h := range r.Form.Headings {
		r.Paras = append(r.Paras, annual.Para{Part: i + 1, Kind: annual.HeadingPara, Text: h})
		for line := range strings.SplitSeq(text[i+1], "\n") {
			if line != "" {
				r.Paras = append(r.Paras, annual.Para{Part: i + 1, Text: line})
			}
		}
	}
	r.Paras = append(r.Paras,
		annual.Para{Part: 6, Kind: annual.SignaturePara, Text: organ},
		annual.Para{Part: 6, Kind: annual.DatePara, Text: next + "年1月20日"})
	change(r)
	return r
}

func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	env := func(name string) string {
		if name == "GONGKAI_CACHE" {
			return filepath.Join(os.TempDir(), "gongkai-test-cache")
		}
		return ""
	}
	code = cli.Run(t.Context(), args, env, strings.NewReader(stdin), &out, &errOut)
	return code, out.String(), errOut.String()
}

func TestHelpSpeaksBothLanguagesForEveryCommand(t *testing.T) {
	for _, command := range [][]string{
		{},
		{"report"},
		{"report", "read"},
		{"report", "check"},
		{"report", "convert"},
		{"report", "diff"},
		{"report", "sum"},
		{"deadline"},
		{"fee"},
		{"rules"},
		{"version"},
		{"help"},
		{"serve"},
		{"demo"},
		{"work"},
		{"init"},
		{"user"},
		{"user", "invite"},
		{"user", "unlock"},
		{"backup"},
		{"restore"},
		{"verify"},
		{"keys"},
		{"keys", "show"},
		{"keys", "rotate"},
	} {
		code, zh, _ := run(t, "", append([]string{"help"}, command...)...)
		_, viaFlag, _ := run(t, "", append(command[:len(command):len(command)], "--help")...)
		_, en, _ := run(t, "", append([]string{"--lang=en", "help"}, command...)...)
		switch {
		case code != 0:
			t.Errorf("help %v: exit code %d", command, code)
		case zh != viaFlag:
			t.Errorf("help %v and --help differ", command)
		case !strings.Contains(zh, "用法：gongkai") || !strings.Contains(en, "Usage: gongkai"):
			t.Errorf("help %v:\n%s\n%s", command, zh, en)
		case strings.Contains(zh, "Flags") || strings.ContainsAny(en, "，。：用"):
			t.Errorf("help %v mixes the languages:\n%s\n%s", command, zh, en)
		case strings.Contains(zh, "cmd.") || strings.Contains(zh, "flag.") || strings.Contains(zh, "arg."):
			t.Errorf("help %v shows a key:\n%s", command, zh)
		}
	}
}

func TestWhatIsWrongWithACommandLineIsSaidInPlainWords(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"reprot"}, "没有命令“reprot”，是否要用 report？"},
		{[]string{"report", "chekc", "x"}, "是否要用 check？"},
		{[]string{"frobnicate"}, "没有命令“frobnicate”。"},
		{[]string{"report"}, "命令不完整"},
		{[]string{"report", "check"}, "缺少参数 <PATH>"},
		{[]string{"report", "check", "x", "--format", "yaml"}, "text"},
		{[]string{"report", "check", "x", "--nonsense"}, "没有选项 --nonsense"},
		{[]string{"report", "diff", "a", "b", "c"}, "多余的参数“c”"},
		{[]string{"report", "sum", "x"}, "缺少选项 --out"},
		{[]string{"report", "sum", "x", "-o", "y.xlsx", "--year", "soon"}, "--year 的值应为整数，不是“soon”"},
		{[]string{"report", "sum", "x", "-o"}, "缺少值"},
		{[]string{"--lang", "fr", "version"}, "不支持的界面语言“fr”"},
		{[]string{"help", "reprot"}, "是否要用 report？"},
		{[]string{"report", "check", "nowhere.docx", "--previous", "x", "--format", "json"}, "找不到“nowhere.docx”"},
		{[]string{"report", "convert", "nowhere.docx", "x.doc"}, "后缀改为 docx、html、pdf、xlsx 或 json"},
	} {
		code, _, stderr := run(t, "", c.args...)
		if code != 2 || !strings.Contains(stderr, c.want) {
			t.Errorf("gongkai %s: exit code %d, said:\n%s\nwant: %s", strings.Join(c.args, " "), code, stderr, c.want)
		}
	}
}

func TestAnInterruptedCheckSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errOut bytes.Buffer
	code := cli.Run(ctx, []string{"report", "check", filepath.Join("..", "..", "testdata", model)}, func(string) string { return "" }, nil, &out, &errOut)
	if code != 2 || !strings.Contains(errOut.String(), "中断") {
		t.Errorf("exit code %d: %s", code, errOut.String())
	}
}
