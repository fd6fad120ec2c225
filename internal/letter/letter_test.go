package letter_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/calendar"
	"gongkai/internal/doc"
	"gongkai/internal/doc/docx"
	"gongkai/internal/doc/pdf"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/letter"
	"gongkai/internal/org"
	"gongkai/internal/personal"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	render = flag.String("render", "", "write every letter as docx and PDF into a folder")
)

// A file is a request on its way, with what its letters need beside it.
type file struct {
	t *testing.T
	c letter.Case
}

func open(t *testing.T, p foi.Party, name, text string) *file {
	t.Helper()
	cal, err := calendar.Default()
	if err != nil {
		t.Fatal(err)
	}
	p.Role = foi.IsApplicant
	f := &file{t, letter.Case{
		Request: foi.Request{ID: "r", Organ: "bureau"}, Calendar: cal, Organ: "青川旗政务服务局", Names: map[int]string{1: name},
		Contact: org.Contact{Office: "政务公开股", Address: "青川旗政府路1号", Postcode: "015099", Phone: "0478-3212345"},
		Number:  "青政服公复〔2025〕12号",
		Organs:  map[string]string{"section": "综合股"},
	}}
	f.do("2025-04-10", foi.Receive{
		Number: "依申请〔2025〕7号", Channel: foi.SignedPost, On: day(t, "2025-04-10"), Parties: []foi.Party{p},
		Ask: foi.Ask{Text: text, Form: "paper", Way: "post"},
	})
	return f
}

func day(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (f *file) do(on string, deeds ...foi.Deed) *file {
	f.t.Helper()
	actors := map[string]string{"request.approved": "head", "request.signed": "signer", "request.extension-approved": "head"}
	for _, d := range deeds {
		f.c.On = day(f.t, on)
		s := foi.Scene{Actor: actors[string(d.Event())], Today: f.c.On, Calendar: f.c.Calendar}
		if _, err := f.c.Request.Do(d, s); err != nil {
			f.t.Fatalf("%s: %v", d.Event(), err)
		}
	}
	return f
}

func (f *file) reply(on string, items ...foi.Item) letter.Case {
	f.t.Helper()
	f.do(on, foi.Submit{Decision: foi.Decision{Items: items, Override: "该项目关系全旗饮用水安全，不公开将使公众无法判断风险。"}}, foi.Approve{}, foi.Sign{Number: "青政服公复〔2025〕12号"})
	d, _ := f.c.Request.Decision()
	f.c.Remedies, _ = foi.RemediesOf(d, "bureau", register{}, "青川旗人民法院", false)
	return f.c
}

type register struct{}

func (register) Version(id string, _ calendar.Date) (org.Version, bool) {
	v, ok := map[string]org.Version{
		"bureau": {Name: "青川旗政务服务局", Parent: "county", Nature: org.Administrative, Level: org.County},
		"county": {Name: "青川旗人民政府", Nature: org.Administrative, Level: org.County},
	}[id]
	return v, ok
}

var (
	zhang   = foi.Party{Kind: "C1", Data: map[personal.Kind]string{personal.Name: "n", personal.IDNumber: "i", personal.Address: "a"}}
	company = foi.Party{Kind: "C2", Organisation: "青川律证咨询有限公司", CreditCode: "x"}
	ledger  = "河湾镇红星村2023年征地补偿款发放明细及审批材料"
)

func item(code, about string, facts ...string) foi.Item {
	i := foi.Item{Kind: code, About: about, Facts: map[string]string{}}
	for k := 0; k < len(facts); k += 2 {
		i.Facts[facts[k]] = facts[k+1]
	}
	return i
}

// cases gives one case for each kind of letter, made by what happens at a desk.
func cases(t *testing.T) map[string]letter.Case {
	person := func() *file { return open(t, zhang, "张三", ledger) }
	corrected := func() *file {
		return person().do("2025-04-14", foi.AskCorrection{Items: []string{"请写明所指的征地批次或者批复文号", "请写明所需材料的种类"}, Until: day(t, "2025-04-28")})
	}
	asked := func(k foi.Consulted, party foi.Party, organ string) *file {
		return person().do("2025-04-15", foi.Consult{Kind: k, Third: party, Organ: organ, About: "《红星村征地补偿协议》中涉及的补偿标准测算表"})
	}
	third := foi.Party{Role: foi.IsThirdParty, Kind: "C2", Organisation: "青川建材有限公司"}
	fee := func() *file {
		f := open(t, company, "", ledger)
		return f.do("2025-04-15", foi.DemandFee{Method: foi.ByPages, Pages: 68, Account: "青川旗非税收入专户（账号见缴款通知书），或者到政务服务大厅财政窗口缴纳"})
	}
	with := func(f *file, ref string) letter.Case { f.c.Ref = ref; return f.c }
	more := func(f *file, name, value string) letter.Case {
		f.c.More = letter.Values{name: value, "被征求人": "青川旗自然资源局", "贵方": "贵机关"}
		return f.c
	}
	searched := person().do("2025-04-15", foi.AskSearch{Organ: "section", What: ledger, Until: day(t, "2025-04-18")})
	extended := person().do("2025-05-06", foi.ProposeExtension{Days: 20, Reason: "所涉档案正在集中整理"}, foi.ApproveExtension{})
	reasoned := person().do("2025-04-15", foi.AskReasons{Count: 41, Months: 1, Until: day(t, "2025-04-25")})
	objected := asked(foi.ThirdParty, third, "").do("2025-04-25", foi.GiveOpinion{Ref: "c1", Reasons: "涉及成本构成"})
	absent := person().do("2025-04-15", foi.AskSearch{Organ: "section", What: ledger, Until: day(t, "2025-04-18")}).
		do("2025-04-17", foi.AnswerSearch{Ref: "s1", Where: "办公系统和综合档案室（检索词“红星村”“征地补偿”）"})
	all := map[string]letter.Case{
		"receipt":      person().c,
		"correction":   corrected().c,
		"reasons":      reasoned.c,
		"third-party":  with(asked(foi.ThirdParty, third, ""), "c1"),
		"joint-maker":  with(asked(foi.JointMaker, foi.Party{}, "青川旗财政局"), "c1"),
		"organ":        with(asked(foi.OtherOrgan, foi.Party{}, "青川旗审计局"), "c1"),
		"consultation": with(asked(foi.ThirdParty, third, ""), "c1"),
		"search":       with(searched, "s1"),
		"extension":    extended.c,
		"fee":          fee().c,

		"reply-published": person().reply("2025-04-17", item("A1", "", "place", "青川旗人民政府网站“征地信息公开”栏目，https://www.example.gov.cn/zd/2023")),
		"reply-refused": person().reply("2025-04-17", item("C6", "", "process", "讨论记录", "reservation", "经查未规定应当公开",
			"reasons", "所申请的会议记录是作出决定前的内部讨论，公开后将影响坦率讨论，且最终决定已经公开")),
		"reply-regime":    person().reply("2025-04-17", item("C8", "", "regime", "《不动产登记暂行条例》", "place", "青川旗不动产登记中心查询窗口")),
		"reply-absent":    absent.reply("2025-04-18", item("D1a", "", "reasons", "以“红星村”“征地补偿”为检索词在办公系统和综合档案室查找，没有查到")),
		"reply-elsewhere": person().reply("2025-04-17", item("D1b", "", "reasons", "征地补偿由自然资源部门组织实施", "organ", "青川旗自然资源局", "contact", "0478-3210000")),
		"reply-unable":    person().reply("2025-04-17", item("D2", "", "reasons", "需要按户汇总近五年的数据")),
		"reply-unhandled": person().reply("2025-04-17", item("E1", "", "reasons", "要求查处村干部，属于举报", "place", "青川旗信访局")),
		"reply-repeated":  person().reply("2025-04-17", item("E2", "", "earlier", "青政服公复〔2024〕35号", "earlier-on", "2024-11-05")),
		"reply-lapsed":    corrected().do("2025-04-29", foi.LapseCorrection{}).reply("2025-04-29", item("F1", "")),
		"delay":           reasoned.do("2025-04-22", foi.GiveReasons{Text: "编写村史"}).do("2025-04-23", foi.DelayLimit{Until: day(t, "2025-07-01")}).c,
		"rectification":   more(person(), "处理结果", "经核对，本机关登记的宗地面积有误，已于2025年4月16日更正为185平方米。"),
		"transfer":        more(person(), "移送理由", "该事项由贵机关办理登记"),
		"archive":         more(person(), "档案馆", "青川旗档案馆"),
	}
	part := corrected().do("2025-04-18", foi.Correct{Ask: foi.Ask{Text: ledger + "（青政发〔2023〕5号批次）"}}).
		do("2025-04-21", foi.Consult{Kind: foi.ThirdParty, Third: third, About: "补偿标准测算表"}).
		do("2025-04-28", foi.GiveOpinion{Ref: "c1", Reasons: "涉及成本构成"}).
		do("2025-05-20", foi.ProposeExtension{Days: 10, Reason: "需要逐页作区分处理"}, foi.ApproveExtension{})
	all["reply-part"] = part.reply("2025-05-26",
		foi.Item{Kind: "A2", About: "分户发放明细", Facts: map[string]string{"place": "随本答复书附后，已去除个人信息"}, Files: []foi.File{{Name: "红星村2023年征地补偿款发放明细（已作去标识化处理）"}}},
		item("C4", "补偿标准测算表", "interest", "商业秘密", "harm", "竞争对手可以据此推算成本", "interest-of-all", "不影响公共利益", "reasons", "该表载明第三方的成本构成，公开后会被竞争对手利用"))
	gave := asked(foi.ThirdParty, third, "").do("2025-04-25", foi.GiveOpinion{Ref: "c1", Reasons: "涉及成本构成"})
	all["reply-disclosed"] = gave.reply("2025-04-28", item("A2", "", "place", "随本答复书附后"))
	all["service"] = gave.do("2025-04-29", foi.Serve{Way: foi.Post, Tracking: "1052839774021"}).c
	c := objected.reply("2025-04-28", item("A2", "", "place", "随本答复书附后"))
	c.Ref, c.More = "c1", letter.Values{"公开内容": "补偿标准测算表中的单价和计算公式"}
	all["disclosure"] = c
	return all
}

func TestLetters(t *testing.T) {
	all := cases(t)
	for _, kind := range letter.Kinds() {
		t.Run(kind, func(t *testing.T) {
			c, ok := all[kind]
			if !ok {
				t.Fatal("no case for this kind")
			}
			d, err := letter.Compose(builtIn(t, kind), c)
			if err != nil {
				t.Fatal(err)
			}
			got := dump(d)
			if strings.ContainsAny(got, "{}[]") || strings.Contains(got, "。。") || strings.Contains(got, "  ") {
				t.Errorf("a gap or a stutter:\n%s", got)
			}
			golden(t, kind, got)
			written(t, kind, d)
		})
	}
}

func builtIn(t *testing.T, kind string) letter.Template {
	t.Helper()
	text, err := letter.BuiltIn(kind)
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := letter.Read(kind, text)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return tmpl
}

func golden(t *testing.T, kind, got string) {
	t.Helper()
	path := filepath.Join("testdata", kind+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the letter changed; if it should, run with -update (-was +is):\n%s", diff)
	}
}

// written tells that both codecs take the letter, and that docx reads back.
func written(t *testing.T, kind string, d *doc.Doc) {
	t.Helper()
	var word, paper bytes.Buffer
	if err := docx.Write(&word, d); err != nil {
		t.Fatal(err)
	}
	if err := pdf.Write(&paper, d); err != nil {
		t.Fatal(err)
	}
	back, err := docx.Read(word.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dump(d), dump(back)); diff != "" {
		t.Errorf("docx does not read back: %s", diff)
	}
	if *render != "" {
		for name, b := range map[string]*bytes.Buffer{kind + ".docx": &word, kind + ".codec.pdf": &paper} {
			if err := os.WriteFile(filepath.Join(*render, name), b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func dump(d *doc.Doc) string {
	styles := map[doc.Style]string{
		doc.Body: "body", doc.Title: "title", doc.Signature: "signature", doc.Date: "date", doc.PageBreak: "break",
		doc.Letterhead: "letterhead", doc.Number: "number", doc.Addressee: "to",
	}
	var b strings.Builder
	for _, block := range d.Blocks {
		if block.Para != nil {
			fmt.Fprintf(&b, "%s: %s\n", styles[block.Para.Style], block.Para.Text)
			continue
		}
		for _, r := range block.Table.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			fmt.Fprintf(&b, "row: %s\n", strings.Join(cells, " | "))
		}
	}
	return b.String()
}

func TestEveryReplyHasAPhrase(t *testing.T) {
	for _, r := range law.Replies() {
		if r.Code == "F3" {
			continue
		}
		i := foi.Item{Kind: r.Code, Facts: map[string]string{}}
		for _, n := range foi.Needs(r.Code) {
			switch n.Input {
			case foi.Select:
				i.Facts[n.Name] = n.Options[0].Value
			case foi.Day:
				i.Facts[n.Name] = "2024-11-05"
			case foi.Line, foi.Text:
				i.Facts[n.Name] = "某内容"
			}
		}
		d := foi.Decision{Items: []foi.Item{i}}
		o, err := d.Counted()
		if err != nil {
			t.Fatal(err)
		}
		d.Outcome = o.ID
		c := open(t, zhang, "张三", ledger).c
		c.Request.Draft = &foi.Draft{Decision: d}
		c.Request.Correction = &foi.Correction{Until: c.On}
		c.Request.Fee = &foi.Demand{Method: foi.ByPieces, Rank: 41, Fen: 30000, ReceivedOn: c.On}
		c.Remedies.Text = "如对本决定不服"
		made, err := letter.Compose(builtIn(t, d.LetterKind()), c)
		if err != nil {
			t.Errorf("%s: %v", r.Code, err)
			continue
		}
		text := dump(made)
		if spoken := letter.Spoken(r.Cite); !strings.Contains(text, spoken) && r.Code[0] != 'A' && r.Code != "E2" && !strings.Contains(text, "第三十九条") {
			t.Errorf("%s does not quote %s:\n%s", r.Code, spoken, text)
		}
	}
}

func TestALetterWithAGapIsRefused(t *testing.T) {
	c := cases(t)["correction"]
	c.Contact = org.Contact{}
	_, err := letter.Compose(builtIn(t, "correction"), c)
	if errs.KindOf(err) != errs.Invalid || !strings.Contains(errs.Public(err), "联系方式") {
		t.Errorf("%v", err)
	}
	c = cases(t)["reply-refused"]
	c.Remedies = foi.Remedies{}
	if _, err := letter.Compose(builtIn(t, "reply-refused"), c); !strings.Contains(errs.Public(err), "救济途径") {
		t.Errorf("a decision without remedies: %v", err)
	}
}

func TestRemediesInLetters(t *testing.T) {
	all := cases(t)
	for kind, want := range map[string]string{
		"reply-refused": "应当先自收到本决定书之日起六十日内向青川旗人民政府申请行政复议", "reply-part": "应当先",
		"reply-absent": "如对本答复不服，可以自收到本告知书之日起六十日内向青川旗人民政府申请行政复议，也可以自收到本告知书之日起六个月内依法向青川旗人民法院提起行政诉讼", "reply-disclosed": "也可以自收到",
		"reply-lapsed": "也可以自收到", "reply-regime": "也可以自收到",
	} {
		d, err := letter.Compose(builtIn(t, kind), all[kind])
		if err != nil || !strings.Contains(dump(d), want) {
			t.Errorf("%s: %v\n%s", kind, err, dump(d))
		}
	}
	for _, kind := range []string{"receipt", "correction", "extension", "third-party", "fee"} {
		d, err := letter.Compose(builtIn(t, kind), all[kind])
		if err != nil || strings.Contains(dump(d), "行政复议") {
			t.Errorf("%s decides nothing and names a remedy: %v", kind, err)
		}
	}
}

func TestTemplatesKeepWhatTheLawWants(t *testing.T) {
	for _, kind := range letter.Kinds() {
		text, err := letter.BuiltIn(kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range letter.Elements(kind) {
			without := strings.ReplaceAll(text, e.Words, "")
			if e.Words == "" {
				without = text
				for _, name := range e.By {
					without = strings.ReplaceAll(without, "{"+name+"}", "某某")
				}
			}
			if _, err := letter.Read(kind, without); errs.KindOf(err) != errs.Invalid || !strings.Contains(fmt.Sprint(errs.FieldsOf(err)), e.Chinese) {
				t.Errorf("%s without %s: %v", kind, e.Chinese, err)
			}
		}
	}
	text, _ := letter.BuiltIn("extension")
	if _, err := letter.Read("extension", text+"\n{张冠李戴}"); !strings.Contains(errs.Public(err), "张冠李戴") {
		t.Errorf("an unknown placeholder: %v", err)
	}
	for _, bad := range []string{"", "title: x", "nonsense: x\n\nx", strings.Repeat("字", letter.MaxTemplate)} {
		if _, err := letter.Read("extension", bad); err == nil {
			t.Errorf("%.20q is a template", bad)
		}
	}
	if _, err := letter.BuiltIn("poem"); errs.KindOf(err) != errs.NotFound {
		t.Error("a letter of another kind")
	}
	for _, l := range foi.Letters() {
		if l != foi.ReplyLetter && !slices.Contains(letter.Kinds(), string(l)) {
			t.Errorf("nobody writes %s", l)
		}
	}
}
