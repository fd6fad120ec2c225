package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/annual"
)

// The sentences are those of the published reports.
const (
	suqian2023 = "全市全年共收办政府信息公开申请案件3607件（市政府349件、市各有关部门933件、沭阳县477件、泗阳县301件、泗洪县874件、宿豫区216件、宿城区348件、宿迁经济技术开发区55件、市湖滨新区26件、苏州宿迁工业园区12件、市洋河新区16件），同比增长70.3%，其中，自然人申请3493件，法人或其他组织申请114件；予以公开1191件、部分公开328件、不予公开142件、无法提供1078件、不予处理406件、作其他处理（含申请人主动撤回申请）341件、转下年度办理121件。"
	suqian2024 = "高质高效办理好每一件依申请公开案件，有效保障公众的合法权益。全市全年共收办政府信息公开申请案件3646件，同比增长1.05%，其中，予以公开1431件、部分公开471件、不予公开92件、无法提供941件、不予处理117件、作其他处理（含申请人主动撤回申请）469件、转下年度办理125件。一是推行“如我申请”办案理念。努力做到“办结一件申请、解决一个问题、温暖一颗民心”。四是落实依申请公开案件备案。严格落实案件备案要求，对涉及政府信息公开的行政复议、行政诉讼2类案件，按月完成备案管理。全市全年备案政府信息依申请公开领域行政复议案件134件，行政诉讼案件57件。"
	huaian2024 = "2024年，全市共受理政府信息公开申请 3119 件，答复 3050 件（含上年度结转申请 34 件，另有 103 件顺延到下年度答复），均在法定期限内予以答复。政府信息公开行政复议 351 件，其中结果维持 72 件，结果纠正 64 件，其他结果 178 件，尚未审结 37 件；政府信息公开行政诉讼 46 件，其中结果维持 25 件，结果纠正 5 件，其他结果 9 件，尚未审结 7 件。"
	shanghai   = "市政府办公厅代表市政府共受理政府信息公开申请859件，申请数量较去年回落12.3%；答复政府信息公开申请805件（含上年度结转申请18件，另有72件申请按照《条例》顺延到下年度答复），均在法定期限内予以答复。予以公开及部分公开258件，占33.9%；不予公开35件，占4.34%；因本机关不掌握等原因无法提供265件，占32.9%；不予处理158件，占19.6%；其他处理0件。信息公开类行政复议7件，诉讼9件，均获维持，继续保持了省级政府零败诉的记录，维护了市政府依法行政、公开透明的良好形象。"
	science    = "2024 年市科委有 1 件涉及政府信息公开工作的行政复议，该行政复议件未被复议审查机关纠错。涉及的行政诉讼数为0 件。"
	science2   = "全年收到政府信息公开申请 34 件，上年结转政府信息公开申请 2 件，所有申请均已按要求办理完成。所有办结的信息公开申请中同意公开答复 9 件，部分公开答复 0 件，不予公开答复 2 件，无法提供的 10 件，不予处理 0 件，其他处理 14 件，转下一年度办理答复的有 1 件。"
	hongze2023 = "（二）依申请公开情况。进一步规范依申请公开流程，畅通依申请公开受理渠。2023 年全区受理政府信息公开申请 21 件，均在法定期限答复。"
	hongze2024 = "（二）依申请公开情况。2024 年，区政府办代表区政府受理政府信息公开申请 17 件，均已在法定期限内予以答复。"
)

func TestK15PublishedReports(t *testing.T) {
	tests := []struct {
		name string
		part int
		text []string
		want []string
	}{
		{"2023-suqian-city", 1, []string{suqian2023}, nil},
		{"2024-suqian-city", 1, []string{suqian2024}, []string{"info table4/review/C5 134", "info table4/direct/C5 57"}},
		{"2024-huaian-city", 1, []string{huaian2024}, nil},
		{"2024-shanghai-science", 1, []string{science, science2}, nil},
		{"2023-hongze-district", 1, []string{hongze2023}, nil},
		{"2024-hongze-district", 1, []string{hongze2024}, []string{"info table3/R1/C7 17"}},
		{"2019-shanghai-office", 1, []string{shanghai}, []string{
			"info table3/R3.1/C7 33.9%", "warning table4/review/C1 7", "warning table4/direct/C1 9",
			"error table3/R3.1/C7 258", "error table3/R3.4.1/C7 265",
		}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			r := withText(published(t, tc.name), tc.part, tc.text...)
			got := run(ruleK15(), &Input{Report: r})
			if diff := cmp.Diff(tc.want, summary(got)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%+v", diff, got)
			}
		})
	}
}

func TestK15Growth(t *testing.T) {
	r := withText(published(t, "2024-suqian-city"), 1, "全市全年共收办政府信息公开申请案件3646件，同比增长1.05%。")
	previous := published(t, "2023-suqian-city")
	got := run(ruleK15(), &Input{Report: r, Previous: previous})
	if diff := cmp.Diff([]string{"warning table3/R1/C7 1.05%"}, summary(got)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if want := "(3646−3607)÷3607 = 1.08%"; len(got) == 1 && got[0].Expected != want {
		t.Errorf("Expected = %q, want %q", got[0].Expected, want)
	}
	r.Paras[0].Text = "全市全年共收办政府信息公开申请案件3646件，同比增长1.08%。"
	if got := run(ruleK15(), &Input{Report: r, Previous: previous}); len(got) != 0 {
		t.Errorf("1.08%% is right, found %+v", got)
	}
}

// counted is an invented report: 11 received, 1 carried in, 2 carried out,
// 10 concluded: 6 disclosed, 1 in part, 3 not held; 1 reconsideration upheld.
func counted() *annual.Report {
	r := &annual.Report{Organ: "青河县水务局", Year: 2023, Form: annual.FormFor(2023)}
	for _, row := range []string{"R1", "R2", "R4", "R3.7", "R3.1", "R3.2"} {
		n := map[string]int64{"R1": 11, "R2": 1, "R4": 2, "R3.7": 10, "R3.1": 6, "R3.2": 1}[row]
		setRow(r, row, n)
	}
	for _, row := range r.ResultRows() {
		if _, ok := r.Cells[annual.Ref{Table: table3, Row: row, Column: "C7"}]; !ok {
			setRow(r, row, 0)
		}
	}
	setRow(r, "R3.4.1", 3)
	for i, row := range []string{"review", "direct", "afterReview"} {
		for _, c := range []string{"C1", "C2", "C3", "C4", "C5"} {
			n := int64(0)
			if i == 0 && (c == "C1" || c == "C5") {
				n = 1
			}
			r.Set(table4, row, c, annual.Int(n))
		}
	}
	r.Set(table2, "normativeDocuments", "made", annual.Int(3))
	return r
}

// setRow fills a row of table 3: all applicants are natural persons.
func setRow(r *annual.Report, row string, n int64) {
	for _, c := range allColumns {
		r.Set(table3, row, c, annual.Int(0))
	}
	r.Set(table3, row, "C1", annual.Int(n))
	r.Set(table3, row, "C7", annual.Int(n))
}

func TestK15(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"agrees", "2023年，我局共收到政府信息公开申请11件，上年结转1件，办结10件，结转下年度继续办理2件。", nil},
		{"V23 text 12, table 11", "2023年，收到政府信息公开申请13件。", []string{"error table3/R1/C7 13"}},
		{"with carried in", "全年收到政府信息公开申请12件。", nil},
		{"Chinese numerals", "全年收到政府信息公开申请十一件，答复十件。", nil},
		{"Chinese numerals wrong", "全年收到政府信息公开申请二十一件。", []string{"error table3/R1/C7 21"}},
		{"number first", "全年收到13件政府信息公开申请。", []string{"error table3/R1/C7 13"}},
		{"clause between", "收到政府信息公开申请，共13件。", []string{"error table3/R1/C7 13"}},
		{"full width and blanks", "收到政府信息公开申请 １ ３ 件。", []string{"error table3/R1/C7 13"}},
		{"approximate", "收到政府信息公开申请近100件，答复20余件。", nil},
		{"not received", "2023年，未收到政府信息公开申请。", []string{"error table3/R1/C7 0"}},
		{"no request of citizens", "本年度没有收到公民、法人和其他组织提出的政府信息公开申请。", []string{"error table3/R1/C7 0"}},
		{"no complaint of an applicant", "收到政府信息公开申请11件，未收到申请人投诉，无超期答复的申请。", nil},
		{"opinions are no requests", "收到依申请公开11件，收到意见建议19条，公开政府信息1136条。", nil},
		{"by channel", "收到政府信息公开申请11件，其中网上申请收到8件，信函3件。", nil},
		{"another organ", "2023年，县政府办公室收到政府信息公开申请40件。", []string{"info table3/R1/C7 40"}},
		{"own name", "2023年，水务局收到政府信息公开申请40件。", []string{"error table3/R1/C7 40"}},
		{"own level", "局机关本级收到政府信息公开申请5件。", []string{"info table3/R1/C7 5"}},
		{"scope lasts for the paragraph", "局机关收到政府信息公开申请5件。予以公开4件、部分公开1件。", []string{"info table3/R1/C7 5", "info table3/R3.1/C7 4"}},
		{"last year", "收到政府信息公开申请11件，2022年收到政府信息公开申请20件。", []string{"info table3/R1/C7 20"}},
		{"difference to last year", "收到政府信息公开申请11件，比上年增加4件。", nil},
		{"outcomes", "共收到政府信息公开申请11件，其中予以公开6件、部分公开1件、不予公开0件、无法提供3件、不予处理0件、其他处理0件。", nil},
		{"outcomes wrong", "共收到政府信息公开申请11件，其中予以公开5件，部分公开1件，无法提供4件。", []string{"error table3/R3.1/C7 5", "error table3/R3.4.1/C7 4"}},
		{"joined outcomes", "依申请公开方面，办结申请10件，予以公开、部分公开7件。", nil},
		{"attribute of documents", "收到政府信息公开申请11件。认定公文属性为主动公开20件、依申请公开5件、不予公开9件。", nil},
		{"applicants", "收到政府信息公开申请11件，其中自然人申请9件，法人或其他组织申请2件。", []string{"error table3/R1/C1 9", "error table3/R1/C2 2"}},
		{"share", "收到政府信息公开申请11件，予以公开6件，占60%；部分公开1件，占10.0%。", nil},
		{"share wrong", "收到政府信息公开申请11件，予以公开6件，占70%。", []string{"info table3/R3.1/C7 70%"}},
		{"parts of the whole", "收到政府信息公开申请11件（甲科3件、乙科4件、丙科5件）。", []string{"warning text/一 11"}},
		{"remedies", "因政府信息公开引起的行政复议1件，行政诉讼0件。", nil},
		{"remedies wrong", "因政府信息公开引起的行政复议2件、行政诉讼1件。", []string{"error table4/review/C5 2", "error table4/direct/C5 1"}},
		{"results wrong", "政府信息公开行政复议1件，其中结果维持0件，结果纠正1件。", []string{"error table4/review/C1 0", "error table4/review/C2 1"}},
		{"no remedies", "全年未发生因政府信息公开引起的行政复议、行政诉讼案件。", []string{"warning table4/review/C5 0"}},
		{"no lost suits", "全年政府信息公开工作没有行政复议被纠错、行政诉讼败诉的情况。", nil},
		{"cases of others", "全年审理行政复议案件134件。", nil},
		{"form's words", "全年制发行政规范性文件4件。", []string{"warning table2/normativeDocuments/made 4"}},
		{"other words", "全年制发规范性文件4件，公开规范性文件20件。", []string{"info table2/normativeDocuments/made 4"}},
		{"fee cases", "2023年对25件政府信息公开申请案件收取了信息处理费2950元。", nil},
		{"slogan", "做到“办结一件申请、解决一个问题”，办好每一件政府信息公开申请。", nil},
		{"concluded without carried in", "收到政府信息公开申请11件，办结9件，结转下年度继续办理2件。", nil},
		{"ends with a dot", "2023年,未收到依申请公开事项.", []string{"error table3/R1/C7 0"}},
		{"no licence was asked for", "全年未收到行政许可申请，收到信息公开申请11件。", nil},
		{"documents made public", "收到政府信息公开申请11件，对5件规范性文件予以公开，不予公开文件3件。", nil},
		{"named by cause", "收到8份信息公开申请，均为自然人申请。", []string{"error table3/R1/C7 8"}},
		{"except those carried over", "收到依申请公开11件，除3件结转下年办理外，均依法答复。", []string{"error table3/R4/C7 3"}},
		{"as the body that reviews", "全年受理政府信息公开类行政复议案件30件。", []string{"info table4/review/C5 30"}},
		{"messages of citizens", "共受理网民留言60条，公开答复28条，已办结60条。收到申请公开信息11件。", nil},
		{"each department", "各部门收到政府信息公开申请13件，县直部门收到政府信息公开申请5件。", []string{"error table3/R1/C7 13", "info table3/R1/C7 5"}},
		{"other applications", "收到政府信息公开申请11件，受理行政许可申请300件，办结低保申请20件，受理不动产登记申请500件。", nil},
		{"asked of this organ", "全年未收到公民、法人或其他组织向本机关提出的政府信息公开申请。", []string{"error table3/R1/C7 0"}},
		{"by kind of organ", "全县共收到依申请公开件11件，其中县政府收到2件，县直部门收到6件，乡镇收到3件。", nil},
		{"against last year's figure", "收到政府信息公开申请11件，比2022年（18件）少7件。", nil},
		{"not agreed", "收到政府信息公开申请11件，同意公开6件，不同意公开0件。", nil},
		{"short list", "依申请公开办理情况：新收11件、办结10件、结转2件。", nil},
		{"office with its other name", "县人民政府办公室（县政务公开办）共收到政府信息公开申请4件。", []string{"info table3/R1/C7 4"}},
		{"both remedies nil", "无因政府信息公开申请行政复议、行政诉讼情况。", []string{"warning table4/review/C5 0"}},
		{"not reviewed before the suit", "政府信息公开方面，未经复议直接起诉0件，复议后起诉0件。", nil},
		{"reviews ended otherwise", "政府信息公开行政复议1件，其中维持1件，终止0件。", nil},
		{"limit in days", "政府信息公开申请均在20个工作日内答复，答复率100%。", nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			got := run(ruleK15(), &Input{Report: withText(counted(), 1, tc.text)})
			if diff := cmp.Diff(tc.want, summary(got)); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%+v", diff, got)
			}
		})
	}
}

func TestK15DoubtfulCellIsNotAssessable(t *testing.T) {
	r := withText(counted(), 1, "收到政府信息公开申请12件。")
	for _, c := range allColumns {
		r.Set(table3, "R1", c, annual.Value{State: annual.Doubtful})
	}
	in := &Input{Report: r}
	if got := run(ruleK15(), in); len(got) != 0 {
		t.Errorf("found %+v, want nothing", got)
	}
}
