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
		{Word{"规范性文件的制发", "Normative documents made"}, Word{"按成文日期所在年度计；没有公布过的不计；联合发文由牵头机关计一次。", "By the year of their date; unpublished ones are not counted; joint ones once, by the lead organ."}, FromUse, onForm, ""},
		{Word{"本年废止件数", "Repealed"}, Word{"废止、失效、宣布无效的都计，否则现行有效件数接不上。", "What lapsed counts too, or the stock would not follow."}, FromHouse, onForm, ""},
		{Word{"现行有效件数", "In force"}, Word{"12月31日有效的件数。", "On 31 December."}, FromForm, onForm, ""},
		{Word{"收费金额的小数", "Decimals of money"}, Word{"单位万元；表二按登记的金额打印，最多六位；正文默认两位，不足一个单位的按需要的位数写，不写成0。", "In 10,000 yuan; table 2 as filed, up to six; texts two, and more where they would show nothing."}, FromHouse, onForm, setting.ReportPlaces},
		{Word{"一件申请计一件", "One request counts once"}, Word{"收到日期（条例§31）在哪一年就计入哪一年的新收；第一次办结的年度计入一个结果。", "In the year of receipt by law, and by one outcome in the year of its first end."}, FromForm, "条例§31", ""},
		{Word{"分开办理的申请", "Split requests"}, Word{"按分开后的件数计，原申请不计。", "By their parts."}, FromHouse, "国办函〔2020〕109号§4", ""},
		{Word{"联合申请", "Joint applicants"}, Word{"计一件，列在第一申请人的类别；代理人不改变类别。", "One request, in the column of the first applicant; an agent does not change it."}, FromUse, onForm, ""},
		{Word{"部分公开", "Granted in part"}, Word{"有公开也有不公开的，只计这一情形，不计其他情形。", "What is granted and withheld counts here only."}, FromForm, onForm, ""},
		{Word{"几项都不公开", "Several grounds, nothing granted"}, Word{"计主要的一项，默认按表三的顺序取在前的。", "One ground, by default the first in the order of table 3."}, FromHouse, onForm, setting.ReportGround},
		{Word{"等待补正的申请", "Waiting for a correction"}, Word{"12月31日等待补正的，计入结转下年度。", "Carried over."}, FromHouse, "条例§30", ""},
		{Word{"复议、诉讼后重新答复", "A second reply after a dispute"}, Word{"不作为新的申请，表三仍是第一次的结果；纠正的结果在表四。", "No new request: table 3 keeps the first outcome, table 4 has the result."}, FromHouse, onForm, ""},
		{Word{"表四的案件", "Cases of table 4"}, Word{"本机关为被申请人、被告的案件，按12月31日的状态；收到副本即计。", "Those in which the organ is respondent or defendant, as on 31 December."}, FromUse, onForm, ""},
		{Word{"跨年的复议、诉讼", "Cases that pass the turn of the year"}, Word{"收到的年度计入尚未审结，审结的年度按结果再计一次，两年的总计有重叠。", "Pending in the one year and again by their result in the other: totals overlap."}, FromUse, onForm, setting.ReportDisputes},
		{Word{"一审、二审", "First and second instance"}, Word{"一案登记一件，二审不另计；结果在终审以后登记。", "One case: the second instance is not counted apart, the result is that which is final."}, FromUse, onForm, ""},
		{Word{"结果纠正", "Corrected"}, Word{"撤销、变更、确认违法或者无效、责令履行；撤回、终止、不予受理、调解是其他结果。", "Revoked, changed, declared unlawful or void, ordered; what was withdrawn, ended, not accepted or settled is another result."}, FromUse, onForm, ""},
	}
}
