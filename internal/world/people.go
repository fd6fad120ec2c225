package world

import "gongkai/internal/account"

// resident is somebody who works in the county.
type resident struct {
	login, name, title string
	organ              string // by name
	roles              []account.Role
	phone, email       string
}

// residents gives people in every role: all of them in the bureau like that of
// the model report, one office each in a few others, the three administrators of
// the deployment at the county government, and three of one bureau only.
func residents() []resident {
	return []resident{
		{"xitong", "巴特尔", "系统管理员", countyName, []account.Role{account.SystemAdmin}, "13800000001", "xitong@example.cn"},
		{"anquan", "苏日娜", "安全管理员", countyName, []account.Role{account.SecurityAdmin}, "13800000002", "anquan@example.cn"},
		{"shenji", "赵明远", "审计管理员", countyName, []account.Role{account.AuditAdmin}, "13800000003", "shenji@example.cn"},
		{"zhuguan", "王建国", "政务公开科科长", countyName, []account.Role{account.Supervisor}, "13800000004", "zhuguan@example.cn"},
		{"jingban", "李娜", "政务公开股科员", serviceName, []account.Role{account.Clerk}, "13800000005", "jingban@example.cn"},
		{"jingban2", "格日勒图", "政务公开股科员", serviceName, []account.Role{account.Clerk}, "13800000006", "jingban2@example.cn"},
		{"fuzeren", "陈志强", "政务公开股股长", serviceName, []account.Role{account.Head}, "13800000007", "fuzeren@example.cn"},
		{"baomi", "周敏", "保密审查员", serviceName, []account.Role{account.Reviewer}, "13800000008", "baomi@example.cn"},
		{"qianfa", "乌云其木格", "副局长", serviceName, []account.Role{account.Signer}, "13800000009", "qianfa@example.cn"},
		{"lianluo", "刘洋", "审批管理股联络员", "审批管理股", []account.Role{account.Liaison}, "13800000010", "lianluo@example.cn"},
		{"dating", "孙丽", "大厅管理股股长", serviceName, []account.Role{account.HallManager}, "13800000011", "dating@example.cn"},
		{"guzhang", "吴建军", "审批管理股股长", "审批管理股", []account.Role{account.Head}, "13800000020", "guzhang@example.cn"},
		{"ziran-jb", "高娃", "科员", "青川旗自然资源局", []account.Role{account.Clerk}, "13800000012", "ziran-jb@example.cn"},
		{"ziran-fz", "张伟", "办公室主任", "青川旗自然资源局", []account.Role{account.Head, account.Signer}, "13800000013", "ziran-fz@example.cn"},
		{"ziran-bm", "郭静", "保密审查员", "青川旗自然资源局", []account.Role{account.Reviewer}, "13800000021", "ziran-bm@example.cn"},
		{"minzheng-jb", "其其格", "科员", "青川旗民政局", []account.Role{account.Clerk}, "13800000014", "minzheng-jb@example.cn"},
		{"minzheng-fz", "马文斌", "办公室主任", "青川旗民政局", []account.Role{account.Head}, "13800000015", "minzheng-fz@example.cn"},
		{"minzheng-qf", "斯琴", "副局长", "青川旗民政局", []account.Role{account.Reviewer, account.Signer}, "13800000022", "minzheng-qf@example.cn"},
		{"minzheng-xt", "白音", "系统管理员", "青川旗民政局", []account.Role{account.SystemAdmin}, "13800000017", "minzheng-xt@example.cn"},
		{"minzheng-aq", "韩梅", "安全管理员", "青川旗民政局", []account.Role{account.SecurityAdmin}, "13800000018", "minzheng-aq@example.cn"},
		{"minzheng-sj", "托娅", "审计管理员", "青川旗民政局", []account.Role{account.AuditAdmin}, "13800000019", "minzheng-sj@example.cn"},
		{"chengguan", "何小燕", "党政综合办科员", "城关镇人民政府", []account.Role{account.Clerk, account.Liaison}, "13800000016", "chengguan@example.cn"},
	}
}
