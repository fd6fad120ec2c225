package annual

import "gongkai/internal/law"

// Form is one edition of the prescribed report. A new edition is a new value
// in Forms, never a branch on the year: reading, checking, writing and summing
// all walk over these tables.
type Form struct {
	ID       string // "2021" or "2019", after the year of the notice's first reports
	Basis    string // the notice that prescribes it
	Since    int    // first year reported on with it
	Until    int    // last year; 0: still in force
	Headings [6]string
	Tables   [3]TableForm // tables 2, 3 and 4
}

// TableForm is one prescribed table: blocks, each with its own header.
type TableForm struct {
	ID     string // table2, table3, table4
	Blocks []Block
}

// Block is a part of a table with a header of its own: in table 2 one for each
// item of 条例§20, in table 3 the whole table, in table 4 one for each kind of
// remedy.
type Block struct {
	Title string // 第二十条第（一）项; 行政复议
	Cols  []Col
	Rows  []Row
}

// Col is a column of figures.
type Col struct {
	ID    string
	Group string // label of the group above it, "" for none
	Label string
}

// Row is a row of figures.
type Row struct {
	ID     string
	Groups []string // labels to the left of its own, outermost first
	Label  string
	Unit   Unit // what its cells hold
}

// Unit tells what the figures of a row are.
type Unit int

const (
	// Count is a whole number, 0 or more.
	Count Unit = iota
	// Change is a whole number that may be negative (2019: 本年增/减).
	Change
	// TenThousandYuan is money in 万元, held in fen.
	TenThousandYuan
	// FreeText is kept as printed (2019: amounts of procurement in any unit).
	FreeText
)

// Labels of the rows of table 3 that are no outcomes.
const (
	labelReceived  = "一、本年新收政府信息公开申请数量"
	labelCarriedIn = "二、上年结转政府信息公开申请数量"
	labelResults   = "三、本年度办理结果"
	labelTotal     = "（七）总计"
	labelCarryOver = "四、结转下年度继续办理"
	// BalanceNote is printed in the corner cell of table 3.
	BalanceNote = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
)

var headings = [6]string{
	"一、总体情况",
	"二、主动公开政府信息情况",
	"三、收到和处理政府信息公开申请情况",
	"四、政府信息公开行政复议、行政诉讼情况",
	"五、存在的主要问题及改进情况",
	"六、其他需要报告的事项",
}

// Forms gives all known editions, newest first.
func Forms() []*Form { return []*Form{form2021, form2019} }

// FormByID finds an edition, nil if there is none of that id.
func FormByID(id string) *Form {
	for _, f := range Forms() {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// FormFor gives the edition prescribed for a year of report, nil before 2019.
func FormFor(year int) *Form {
	for _, f := range Forms() {
		if year >= f.Since && (f.Until == 0 || year <= f.Until) {
			return f
		}
	}
	return nil
}

// singleOther tells whether the edition prints （六）其他处理 as one row.
func (f *Form) singleOther() bool {
	for _, row := range f.Tables[1].Blocks[0].Rows {
		if row.ID == "R3.6" {
			return true
		}
	}
	return false
}

var form2021 = &Form{
	ID:       "2021",
	Basis:    "国办公开办函〔2021〕30号",
	Since:    2021,
	Headings: headings,
	Tables: [3]TableForm{
		{ID: "table2", Blocks: []Block{
			{
				Title: "第二十条第（一）项",
				Cols:  []Col{{ID: "made", Label: "本年制发件数"}, {ID: "repealed", Label: "本年废止件数"}, {ID: "inForce", Label: "现行有效件数"}},
				Rows:  []Row{{ID: "regulations", Label: "规章"}, {ID: "normativeDocuments", Label: "行政规范性文件"}},
			},
			{
				Title: "第二十条第（五）项",
				Cols:  []Col{{ID: "decisions", Label: "本年处理决定数量"}},
				Rows:  []Row{{ID: "licences", Label: "行政许可"}},
			},
			{
				Title: "第二十条第（六）项",
				Cols:  []Col{{ID: "decisions", Label: "本年处理决定数量"}},
				Rows:  []Row{{ID: "penalties", Label: "行政处罚"}, {ID: "coercion", Label: "行政强制"}},
			},
			{
				Title: "第二十条第（八）项",
				Cols:  []Col{{ID: "amount", Label: "本年收费金额（单位：万元）"}},
				Rows:  []Row{{ID: "fees", Label: "行政事业性收费", Unit: TenThousandYuan}},
			},
		}},
		{ID: "table3", Blocks: []Block{{Cols: applicantCols(), Rows: requestRows(false)}}},
		{ID: "table4", Blocks: remedyBlocks()},
	},
}

var form2019 = &Form{
	ID:       "2019",
	Basis:    "国办公开办函〔2019〕60号",
	Since:    2019,
	Until:    2020,
	Headings: headings,
	Tables: [3]TableForm{
		{ID: "table2", Blocks: []Block{
			{
				Title: "第二十条第（一）项",
				Cols:  []Col{{ID: "newlyMade", Label: "本年新制作数量"}, {ID: "newlyDisclosed", Label: "本年新公开数量"}, {ID: "totalDisclosed", Label: "对外公开总数量"}},
				Rows:  []Row{{ID: "regulations", Label: "规章"}, {ID: "normativeDocuments", Label: "规范性文件"}},
			},
			{
				Title: "第二十条第（五）项",
				Cols:  itemCols2019,
				Rows:  []Row{{ID: "licences", Label: "行政许可", Unit: Change}, {ID: "otherServices", Label: "其他对外管理服务事项", Unit: Change}},
			},
			{
				Title: "第二十条第（六）项",
				Cols:  itemCols2019,
				Rows:  []Row{{ID: "penalties", Label: "行政处罚", Unit: Change}, {ID: "coercion", Label: "行政强制", Unit: Change}},
			},
			{
				Title: "第二十条第（八）项",
				Cols:  itemCols2019[:2],
				Rows:  []Row{{ID: "fees", Label: "行政事业性收费", Unit: Change}},
			},
			{
				Title: "第二十条第（九）项",
				Cols:  []Col{{ID: "items", Label: "采购项目数量"}, {ID: "amount", Label: "采购总金额"}},
				Rows:  []Row{{ID: "procurement", Label: "政府集中采购", Unit: FreeText}},
			},
		}},
		{ID: "table3", Blocks: []Block{{Cols: applicantCols(), Rows: requestRows(true)}}},
		{ID: "table4", Blocks: remedyBlocks()},
	},
}

var itemCols2019 = []Col{{ID: "previousItems", Label: "上一年项目数量"}, {ID: "change", Label: "本年增/减"}, {ID: "decisions", Label: "处理决定数量"}}

func applicantCols() []Col {
	var cols []Col
	for _, k := range law.ApplicantKinds() {
		cols = append(cols, Col{ID: k.ID, Group: k.Group, Label: k.Label})
	}
	return append(cols, Col{ID: "C7", Label: "总计"})
}

// requestRows builds the rows of table 3; the form of 2019 has one row for
// （六）其他处理, which is also met in reports on later years.
func requestRows(singleOther bool) []Row {
	rows := []Row{{ID: "R1", Label: labelReceived}, {ID: "R2", Label: labelCarriedIn}}
	for _, o := range law.Outcomes() {
		r := Row{ID: o.ID, Groups: []string{labelResults}, Label: o.Label}
		if o.Group == law.GroupOther && singleOther {
			continue
		}
		if o.Group != "" {
			r.Groups = append(r.Groups, o.Group)
		}
		rows = append(rows, r)
	}
	if singleOther {
		rows = append(rows, Row{ID: "R3.6", Groups: []string{labelResults}, Label: law.GroupOther})
	}
	return append(rows,
		Row{ID: "R3.7", Groups: []string{labelResults}, Label: labelTotal},
		Row{ID: "R4", Label: labelCarryOver})
}

func remedyBlocks() []Block {
	cols := func(group string) []Col {
		return []Col{{"C1", group, "结果维持"}, {"C2", group, "结果纠正"}, {"C3", group, "其他结果"}, {"C4", group, "尚未审结"}, {"C5", group, "总计"}}
	}
	return []Block{
		{Title: "行政复议", Cols: cols(""), Rows: []Row{{ID: "review"}}},
		{Title: "未经复议直接起诉", Cols: cols("行政诉讼"), Rows: []Row{{ID: "direct"}}},
		{Title: "复议后起诉", Cols: cols("行政诉讼"), Rows: []Row{{ID: "afterReview"}}},
	}
}
