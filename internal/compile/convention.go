package compile

import "gongkai/internal/setting"

// Convention is how figures are counted where the form leaves it open, or says it in
// one line only.
type Convention struct {
	Title, Rule Word
	Mark        Mark
	Cite        string
	Setting     string // by which an organ may have it otherwise; "" where it may not
}

// Mark tells what a convention rests on.
type Mark string

// The marks.
const (
	FromForm  Mark = "form"     // the form or the law says it
	FromUse   Mark = "practice" // published reports do it; no text says it
	FromHouse Mark = "house"    // chosen by this program
)

// Words gives the words for a mark.
func (m Mark) Words() Word {
	switch m {
	case FromForm:
		return Word{"格式或者法律写明", "stated by form or law"}
	case FromUse:
		return Word{"通行做法，没有文件依据", "common practice, no text"}
	case FromHouse:
	}
	return Word{"本程序的约定", "convention of this program"}
}

// Conventions gives them all, in the order of the tables.
func Conventions() []Convention {
	return []Convention{
		{Word{"规范性文件的制发", "Normative documents made"}, Word{"按成文日期所在年度计；没有公布过的不计。", "By the year of their date; unpublished ones are not counted."}, FromUse, onForm, ""},
		{Word{"联合发文", "Joint documents"}, Word{"由牵头机关计一次，其他署名机关不计：逐级汇总时一份文件只能有一个数。", "Once, by the lead organ and by no other maker: in the sums of those above a document may count once only."}, FromUse, onForm, ""},
		{Word{"本年废止件数", "Repealed"}, Word{"废止、失效、宣布无效的都计，否则现行有效件数接不上。", "What lapsed counts too, or the stock would not follow."}, FromHouse, onForm, ""},
		{Word{"现行有效件数", "In force"}, Word{"12月31日有效的件数。", "On 31 December."}, FromForm, onForm, ""},
		{Word{"表二收费金额的小数", "Decimals of money in table 2"}, Word{"单位万元；不足一个单位的按需要的位数写，不写成0。逐级汇总的是打印的数。", "In 10,000 yuan, and more decimals where they would show nothing; sums are of what is printed."}, FromUse, onForm, setting.ReportTable},
		{Word{"正文收费金额的小数", "Decimals of money in texts"}, Word{"单位万元；不足一个单位的按需要的位数写，不写成0。", "In 10,000 yuan, and more decimals where they would show nothing."}, FromHouse, onForm, setting.ReportPlaces},
		{Word{"一件申请计一件", "One request counts once"}, Word{"收到日期（条例§31）在哪一年就计入哪一年的新收；第一次办结的年度计入一个结果。", "In the year of receipt by law, and by one outcome in the year of its first end."}, FromForm, "条例§31", ""},
		{Word{"分开办理的申请", "Split requests"}, Word{"按分开后的件数计，原申请不计。", "By their parts."}, FromHouse, "国办函〔2020〕109号§4", ""},
		{Word{"联合申请", "Joint applicants"}, Word{"代理人不是申请人，不改变类别；联合的申请人怎样计，可以设置。", "Agents are no applicants and change no column; how those who apply together count can be set."}, FromUse, onForm, setting.ReportApplicants},
		{Word{"部分公开", "Granted in part"}, Word{"有公开也有不公开的，只计这一情形，不计其他情形。", "What is granted and withheld counts here only."}, FromForm, onForm, ""},
		{Word{"几项都不公开", "Several grounds, nothing granted"}, Word{"只计一项。按统计时的口径计全年的答复，不论答复时是什么口径；签发过的报告不变。", "One ground only: by the convention that holds when figures are counted, for all replies of the year; signed reports stay."}, FromHouse, onForm, setting.ReportGround},
		{Word{"等待补正的申请", "Waiting for a correction"}, Word{"12月31日等待补正的，计入结转下年度。", "Carried over."}, FromHouse, "条例§30", ""},
		{Word{"复议、诉讼后重新答复", "A second reply after a dispute"}, Word{"不作为新的申请，表三仍是第一次的结果；纠正的结果在表四。", "No new request: table 3 keeps the first outcome, table 4 has the result."}, FromHouse, onForm, ""},
		{Word{"表四的案件", "Cases of table 4"}, Word{"本机关为被申请人、被告的案件，按12月31日的状态；收到副本即计。", "Those in which the organ is respondent or defendant, as on 31 December."}, FromUse, onForm, ""},
		{Word{"跨年的复议、诉讼", "Cases that pass the turn of the year"}, Word{"收到的年度计入尚未审结；审结的年度是否按结果再计一次，可以设置。再计的，两年的总计有重叠。", "Pending in the year of receipt; whether they count again by their result can be set. Then totals overlap."}, FromUse, onForm, setting.ReportDisputes},
		{Word{"一审、二审", "First and second instance"}, Word{"一审判决后登记了上诉的，有第二审；上诉以后、判决以前，一案是尚未审结。", "There is a second instance where an appeal was entered; until it is decided the case is pending."}, FromUse, onForm, setting.ReportInstances},
		{Word{"结果纠正", "Corrected"}, Word{"撤销、变更、确认违法或者无效、责令履行；撤回、终止、不予受理、调解是其他结果。", "Revoked, changed, declared unlawful or void, ordered; what was withdrawn, ended, not accepted or settled is another result."}, FromUse, onForm, ""},
	}
}

// Settable gives the settings by which an organ may have a convention otherwise.
func Settable() []string {
	var all []string
	for _, c := range Conventions() {
		if c.Setting != "" {
			all = append(all, c.Setting)
		}
	}
	return all
}
