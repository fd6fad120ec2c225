package law

// statutes gives laws, regulations and judicial interpretations.
func statutes() []Instrument {
	return []Instrument{
		{Name: "条例", Number: "国务院令第711号", Title: "中华人民共和国政府信息公开条例", Since: "2019-05-15", Mark: Verified, Articles: 56, Known: regulation()},
		{Name: "行政复议法", Title: "中华人民共和国行政复议法（2023年修订）", Since: "2024-01-01", Mark: Verified, Articles: 90, Known: []Article{
			{10, "对复议决定不服的诉讼", 1, 0},
			{11, "行政复议范围", 15, onlyItems},
			{20, "申请期限", 3, 0},
			{21, "最长期限", 1, 0},
			{22, "申请的形式与互联网渠道", 0, 0},
			{23, "复议前置", 2, 5},
			{24, "县级以上地方人民政府管辖", 4, 4},
			{25, "国务院部门管辖", 3, onlyItems},
			{26, "对省级政府、国务院部门复议决定不服", 1, 0},
			{27, "垂直领导机关、税务和国家安全机关", 1, 0},
			{28, "司法行政部门", 1, 0},
			{30, "受理", 3, 7},
			{31, "补正", 3, 0},
			{34, "复议前置案件的起诉期限", 1, 0},
			{48, "普通程序的答复期限", 1, 0},
			{53, "简易程序的范围", 2, 4},
			{54, "简易程序的答复期限", 2, 0},
			{62, "复议决定期限", 2, 0},
			{88, "期间的计算", 2, 0},
		}},
		{Name: "行政诉讼法", Title: "中华人民共和国行政诉讼法（2017年修正）", Since: "2017-07-01", Mark: Verified, Articles: 103, Known: []Article{
			{44, "复议与诉讼的选择", 2, 0},
			{45, "复议后的起诉期限", 1, 0},
			{46, "直接起诉的期限", 2, 0},
			{47, "不履行法定职责", 2, 0},
			{67, "被告提交证据和答辩状", 0, 0},
			{82, "简易程序", 3, 3},
			{101, "适用民事诉讼法", 1, 0},
		}},
		{Name: "法释〔2018〕1号", Number: "法释〔2018〕1号", Title: "最高人民法院关于适用《中华人民共和国行政诉讼法》的解释", Since: "2018-02-08", Mark: Verified, Articles: 163, Known: []Article{
			{64, "未告知起诉期限", 2, 0},
			{65, "不知道行政行为内容", 1, 0},
			{66, "不履行法定职责的起诉期限", 1, 0},
		}},
		{Name: "法释〔2025〕8号", Number: "法释〔2025〕8号", Title: "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释", Since: "2025-06-01", Mark: Remembered, Note: "number and articles known from summaries only"},
		{Name: "民法典", Title: "中华人民共和国民法典", Since: "2021-01-01", Mark: Verified, Articles: 1260, Known: []Article{
			{200, "期间的计算单位", 1, 0},
			{201, "开始的当日不计入", 2, 0},
			{202, "到期月的对应日", 1, 0},
			{203, "最后一日是法定休假日", 2, 0},
			{204, "计算方法的特别规定", 1, 0},
			{1259, "以内、届满包括本数", 1, 0},
		}},
		{Name: "民事诉讼法", Title: "中华人民共和国民事诉讼法（2023年修正）", Since: "2024-01-01", Mark: Verified, Articles: 306, Known: []Article{
			{85, "期间", 4, 0},
			{86, "期限的顺延", 1, 0},
		}},
		{Name: "保守国家秘密法", Title: "中华人民共和国保守国家秘密法（2024年修订）", Since: "2024-05-01", Mark: Verified, Articles: 65, Known: []Article{
			{35, "信息公开的保密审查", 0, 0},
		}},
		{Name: "保守国家秘密法实施条例", Title: "中华人民共和国保守国家秘密法实施条例（2024年修订）", Since: "2024-09-01", Mark: Verified, Articles: 74, Known: []Article{
			{42, "先审查、后公开", 0, 0},
		}},
		{Name: "档案法", Title: "中华人民共和国档案法（2020年修订）", Since: "2021-01-01", Mark: Verified, Articles: 53, Known: []Article{
			{15, "档案移交与政府信息公开", 0, 0},
		}},
		{Name: "立法法", Title: "中华人民共和国立法法（2023年修正）", Since: "2023-03-15", Mark: Verified, Articles: 120, Known: []Article{
			{91, "部门规章", 0, 0},
			{93, "地方政府规章", 0, 0},
		}},
		{Name: "个人信息保护法", Title: "中华人民共和国个人信息保护法", Since: "2021-11-01", Mark: Verified, Articles: 74, Known: []Article{
			{6, "目的明确、最小必要", 0, 0},
			{10, "不得非法提供、公开他人个人信息", 0, 0},
			{19, "保存期限为最短必要时间", 1, 0},
			{25, "不得公开所处理的个人信息，取得单独同意的除外", 1, 0},
			{28, "敏感个人信息", 0, 0},
			{34, "国家机关处理个人信息", 0, 0},
			{47, "删除个人信息", 0, 0},
			{51, "内部管理制度和安全措施", 0, 0},
			{54, "合规审计", 0, 0},
		}},
		{Name: "网络安全法", Title: "中华人民共和国网络安全法", Since: "2017-06-01", Mark: Verified, Articles: 79, Note: "2016 text; the amendment in force from 2026 has other numbers"},
		{Name: "无障碍环境建设法", Title: "中华人民共和国无障碍环境建设法", Since: "2023-09-01", Mark: Verified, Articles: 72},
		{Name: "信访工作条例", Title: "信访工作条例", Since: "2022-05-01", Mark: Verified, Articles: 50},
		{Name: "规章制定程序条例", Number: "国务院令第322号", Title: "规章制定程序条例（2017年修订）", Since: "2018-05-01", Mark: Verified, Articles: 39, Known: []Article{
			{15, "规章草案向社会公布征求意见", 0, 0},
		}},
		{Name: "行政法规制定程序条例", Number: "国务院令第321号", Title: "行政法规制定程序条例（2017年修订）", Since: "2018-05-01", Mark: Verified, Articles: 40, Known: []Article{
			{13, "行政法规草案向社会公布征求意见", 0, 0},
		}},
		{Name: "重大行政决策程序暂行条例", Number: "国务院令第713号", Title: "重大行政决策程序暂行条例", Since: "2019-09-01", Mark: Verified, Articles: 44, Known: []Article{
			{15, "公开征求意见的期限", 0, 0},
			{18, "意见的归纳整理和研究论证", 0, 0},
		}},
		{Name: "优化营商环境条例", Number: "国务院令第722号", Title: "优化营商环境条例", Since: "2020-01-01", Mark: Verified, Articles: 72, Known: []Article{
			{38, "集中公布涉及市场主体的法律、法规、规章、规范性文件和政策", 0, 0},
			{62, "听取市场主体意见", 0, 0},
			{64, "规范性文件未经公布不得作为行政管理依据", 0, 0},
		}},
		{Name: "全国年节及纪念日放假办法", Number: "国务院令第795号", Title: "全国年节及纪念日放假办法（2024年修订）", Since: "2025-01-01", Mark: Verified, Articles: 8, Known: []Article{
			{2, "全体公民放假的节日", 0, 0},
			{3, "部分公民放假的节日", 0, 0},
			{4, "少数民族习惯的节日", 0, 0},
		}},
	}
}
