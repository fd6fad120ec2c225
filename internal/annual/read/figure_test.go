package read

import (
	"testing"

	"gongkai/internal/annual"
	"gongkai/internal/doc"
)

// What cells of published reports hold (14-published-report-variants, Values).
func TestFigure(t *testing.T) {
	const fee = annual.TenThousandYuan
	for _, c := range []struct {
		raw      string
		unit     annual.Unit
		state    annual.State
		n        int64
		note     string
		inferred string
	}{
		{"0", annual.Count, annual.Number, 0, "", ""},
		{" 3425 ", annual.Count, annual.Number, 3425, "", ""},
		{"", annual.Count, annual.Empty, 0, "", ""},
		{"\u00a0", annual.Count, annual.Empty, 0, "", ""},
		{"　", annual.Count, annual.Empty, 0, "", ""},
		{"/", annual.Count, annual.Mark, 0, "", ""},
		{"-", annual.Count, annual.Mark, 0, "", ""},
		{"—", annual.Count, annual.Mark, 0, "", ""},
		{"无", annual.Count, annual.Mark, 0, "", ""},
		{"见附件", annual.Count, annual.Mark, 0, "", ""},
		{"１２", annual.Count, annual.Number, 12, "", ""},
		{"1,808,595", annual.Count, annual.Number, 1808595, "", ""},
		{"1，808，595", annual.Count, annual.Number, 1808595, "", ""},
		{"2笔", annual.Count, annual.Number, 2, "", ""},
		{"22（其中修订16件）", annual.Count, annual.Number, 22, "其中修订16件", ""},
		{"-15", annual.Change, annual.Number, -15, "", ""},
		{"+1036", annual.Change, annual.Number, 1036, "", ""},
		{"00", annual.Count, annual.Doubtful, 0, "", ""},
		{"0000000", annual.Count, annual.Doubtful, 0, "", ""},
		{"1234567890123", annual.Count, annual.Doubtful, 0, "", ""},
		{"3.0", annual.Count, annual.Doubtful, 0, "", "3"},
		{"3.5", annual.Count, annual.Doubtful, 0, "", ""},
		{"12 3", annual.Count, annual.Doubtful, 0, "", "123"},
		{"136\n12", annual.Count, annual.Doubtful, 0, "", "13612"},
		{"约12件左右", annual.Count, annual.Doubtful, 0, "", ""},
		{"7730.28", fee, annual.Number, 7_730_280_000, "", ""},
		{"18.8710", fee, annual.Number, 18_871_000, "", ""},
		{"47.9659万元", fee, annual.Number, 47_965_900, "", ""},
		{"0.003", fee, annual.Number, 3_000, "", ""}, // V19: 30 yuan
		{"1.2345678", fee, annual.Doubtful, 0, "", ""},
		{"984361元", fee, annual.Doubtful, 0, "", "98.4361"},
		{"13575394432.52元", fee, annual.Doubtful, 0, "", "1357539.443252"},
		{"251000元", annual.FreeText, annual.Mark, 0, "", ""},
	} {
		v, reason, inferred := figure(c.raw, c.unit, doc.Place{})
		if v.State != c.state || v.N != c.n || v.Note != c.note || inferred != c.inferred {
			t.Errorf("%q: %+v, offered %q; want state %d, %d, note %q, offered %q", c.raw, v, inferred, c.state, c.n, c.note, c.inferred)
		}
		if (reason != "") != (c.state == annual.Doubtful) {
			t.Errorf("%q: reason %q for state %d", c.raw, reason, v.State)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"（三）不予公開":           "(三)不予公开",
		"商 業\n企　业":          "商业企业",
		"３．危及“三安全一稳定”":      "3.危及三安全一稳定",
		"政府信息公開工作年度報(bào)告": "政府信息公开工作年度报告",
		"規章(县级无此项)":         "规章(县级无此项)",
		"二、上年結轉政府信息公開申請數量":  "二、上年结转政府信息公开申请数量",
		"4.無正當理由大量反復申請":     "4.无正当理由大量反复申请",
		"1.申請人無正當理由逾期不補正":   "1.申请人无正当理由逾期不补正",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Labels as they were met, cut, misspelt and run into their neighbours.
func TestMatchRow(t *testing.T) {
	for label, want := range map[string]string{
		"（一）予以公开":          "R3.1",
		"三、本年度办理结果（一）予以公开": "R3.1",
		"（三）不予以公开":         "",
		"（三）不予公开1.属于国家秘密":  "R3.3.1",
		"2.其他法律行政止公开":      "R3.3.2",
		"1.逾期不补正":          "R3.6.1",
		"2.逾期不缴费":          "R3.6.2",
		"（六）其他处理3.其他":      "R3.6.3",
		"1、申请人无正当理由逾期不补正、行政机关不再处理": "R3.6.1",
		"（七）总 计":      "R3.7",
		"四、结转下年度继续办理": "R4",
		"申请人情况自然人总计一、本年新收政府信息公开申请数量":   "R1",
		"（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "R3.2",
		"其他": "",
	} {
		if got := matchRow(requestKeys, fold(label), false); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
	for label, want := range map[string]string{
		"规章":        "regulations",
		"规章(县级无此项)": "regulations",
		"规范性文件":     "normativeDocuments",
		"行政规范性文件":   "normativeDocuments",
		"信息内容本年处理决定数量行政许可":     "licences",
		"本年收费金额（单位：万元）行政事业性收费": "fees",
		"本年废纸件数现行有效件规章":        "regulations",
		"其他主动公开文件":             "",
		"依法作出行政处罚":             "",
	} {
		if got := matchRow(openKeys, fold(label), false); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	for heading, want := range map[string]int{
		"一、总体情况": 1, "1、 总体情况": 1, "总体情况": 1,
		"二、行政机关主动公开政府信息情况":            2,
		"三、收到和处理政府信息公开申请情况":           3,
		"三、行政机关收到和处理政府信息公开申请情况":       3,
		"四、政府信息公开行政复议、行政诉讼情况":         4,
		"四、政府信息公开行政复议与行政诉讼情况":         4,
		"四、政府信息公开行政法复议、行政诉讼情况":        4,
		"四、因政府信息公开工作被申请行政复议、提起行政诉讼情况": 4,
		"四、政府信息公开行政复议及行政诉讼情况":         4,
		"五、存在的主要问题及改进情况":              5,
		"五、政府信息公开工作存在的主要问题及改进情况":      5,
		"五、存在的主要问题及明年工作计划":            5,
		"五、存在的主要问题和改进措施":              5,
		"五、存在问题及改进情况":                 5,
		"六、其他需要报告的事项":                 6,
		"六、其他需要報告的事項":                 6,
		"（一）主动公开情况":                   0,
		"三、主动公开工作情况":                  0,
		"四、政府信息公开申请情况":                0,
		"（五）政府信息公开行政复议、行政诉讼情况":        0,
		"本报告由总体情况、主动公开政府信息情况等部分组成。":   0,
	} {
		if got := headingPart(fold(heading)); got != want {
			t.Errorf("%q is the heading of part %d, want %d", heading, got, want)
		}
	}
}

func TestOrganAndYearOfTitles(t *testing.T) {
	for title, want := range map[string][2]string{
		"乌拉特前旗政务服务局2023年政府信息公开工作年度报告": {"乌拉特前旗政务服务局", "2023"},
		"2019年上海市人民政府办公厅政府信息公开工作年度报告": {"上海市人民政府办公厅", "2019"},
		"宿迁市2023年政府信息公开工作年度报告":        {"宿迁市", "2023"},
		"2024年上海市科委政府信息公开工作年度报告":      {"上海市科委", "2024"},
		"昌图县七家子镇2023年度政府信息公开工作年度报告":   {"昌图县七家子镇", "2023"},
		"西乡县教育体育局关于2022年政府信息公开年度报告":   {"西乡县教育体育局", "2022"},
		"政府信息公开工作年度报告":                {"", ""},
	} {
		organ, year := splitTitle(fold(title))
		if organ != want[0] || year != want[1] {
			t.Errorf("%s: %q %q, want %q %q", title, organ, year, want[0], want[1])
		}
	}
}
