package law

// letters gives the official letters and opinions of the General Office and
// what else is cited by its number. Interpretations that are known by their
// number are given a title that says what they are about.
func letters() []Instrument {
	numbered := func(number, title, since string, mark Mark) Instrument {
		return Instrument{Name: number, Number: number, Title: title, Since: since, Mark: mark}
	}
	list := []Instrument{
		{
			Name: "国办函〔2020〕109号", Number: "国办函〔2020〕109号", Title: "政府信息公开信息处理费管理办法", Since: "2021-01-01", Mark: Verified, Articles: 10,
			Note: "articles 1 to 5 were read; 6 to 9 and the day of effect are remembered",
			Known: []Article{
				{2, "收取信息处理费的目的", 0, 0},
				{3, "按件、按量计收，择一适用", 0, 0},
				{4, "按件计收标准", 0, 0},
				{5, "按量计收标准", 0, 0},
				{6, "收费通知与缴费期限", 0, 0},
				{7, "对收费决定的救济", 0, 0},
				{8, "收入管理", 0, 0},
				{9, "年度报告中的统计", 0, 0},
			},
		},
		numbered("国办公开办函〔2021〕30号", "中华人民共和国政府信息公开工作年度报告格式", "2021-09-26", Verified),
		numbered("国办公开办函〔2019〕61号", "关于规范政府信息公开平台有关事项的通知", "", Verified),
		numbered("国办公开办函〔2015〕207号", "关于政府信息公开期限有关问题的解释", "", Verified),
		numbered("国办公开办函〔2016〕206号", "关于政府信息公开处理决定送达等问题的解释", "", Remembered),
		numbered("国办公开办函〔2016〕235号", "关于政府信息公开处理决定送达问题的解释", "", Verified),
		numbered("国办公开办函〔2017〕19号", "关于政府信息公开申请接收渠道问题的解释", "", Verified),
		numbered("国办公开办函〔2019〕14号", "关于机构改革后政府信息公开申请办理问题的解释", "", Verified),
		numbered("国办秘函〔2019〕19号", "政府网站与政务新媒体检查指标、监管工作年度考核指标", "", Verified),
		numbered("国办发〔2017〕47号", "政府网站发展指引", "2017-05-15", Verified),
		numbered("国办发〔2016〕80号", "《关于全面推进政务公开工作的意见》实施细则", "2016-11-10", Remembered),
		numbered("国办发〔2018〕37号", "关于加强行政规范性文件制定和监督管理工作的通知", "2018-05-16", Remembered),
		numbered("国办发〔2019〕51号", "关于建立政务服务“好差评”制度提高政务服务水平的意见", "2019-12-03", Verified),
		{Name: "GB/T 9704-2012", Number: "GB/T 9704-2012", Title: "党政机关公文格式", Since: "2012-07-01", Mark: Remembered, Clauses: true, Note: "measures known from several secondary sources"},
		{Name: "GB/T 22239-2019", Number: "GB/T 22239-2019", Title: "信息安全技术 网络安全等级保护基本要求", Since: "2019-12-01", Mark: Remembered, Clauses: true, Note: "asks for rules of passwords, lock-out, time-out and audit, names no figures"},
		numbered("市县法治政府建设示范指标体系", "市县法治政府建设示范指标体系", "", Verified),
	}
	old := numbered("国办公开办函〔2019〕60号", "政府信息公开工作年度报告格式（试行）", "", Verified)
	old.Until = "2021-09-26"
	return append(list, old)
}

// holidayNotices gives the yearly arrangements that the calendar cites as the
// source of its days.
func holidayNotices() []Instrument {
	var list []Instrument
	for _, n := range []struct {
		number, title string
		mark          Mark
	}{
		{"国办发明电〔2018〕15号", "关于2019年部分节假日安排的通知", Remembered},
		{"国办发明电〔2019〕3号", "关于调整2019年劳动节假期安排的通知", Remembered},
		{"国办发明电〔2019〕16号", "关于2020年部分节假日安排的通知", Remembered},
		{"国办发明电〔2020〕1号", "关于延长2020年春节假期的通知", Remembered},
		{"国办发明电〔2020〕27号", "关于2021年部分节假日安排的通知", Remembered},
		{"国办发明电〔2021〕11号", "关于2022年部分节假日安排的通知", Remembered},
		{"国办发明电〔2022〕16号", "关于2023年部分节假日安排的通知", Verified},
		{"国办发明电〔2023〕7号", "关于2024年部分节假日安排的通知", Verified},
		{"国办发明电〔2024〕12号", "关于2025年部分节假日安排的通知", Verified},
		{"国办发明电〔2025〕7号", "关于2026年部分节假日安排的通知", Remembered},
	} {
		list = append(list, Instrument{Name: n.number, Number: n.number, Title: n.title, Mark: n.mark})
	}
	return list
}
