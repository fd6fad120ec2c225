package account

// Role is what somebody is in an organ.
type Role string

// The roles.
const (
	Clerk         Role = "clerk"          // 经办人
	Head          Role = "head"           // 工作机构负责人
	Reviewer      Role = "reviewer"       // 保密审查员
	Signer        Role = "signer"         // 签发人
	Liaison       Role = "liaison"        // 联络员
	HallManager   Role = "hall-manager"   // 大厅管理员
	Supervisor    Role = "supervisor"     // 主管部门
	SystemAdmin   Role = "system-admin"   // 系统管理员
	SecurityAdmin Role = "security-admin" // 安全管理员
	AuditAdmin    Role = "audit-admin"    // 审计管理员
)

// RoleInfo is what people are told of a role.
type RoleInfo struct {
	Role             Role
	Chinese, English string
	Does             string // Chinese: what somebody in the role does
	DoesEN           string
	Administrator    bool // one of the three, who exclude each other and every other role
}

// Roles gives the roles, in the order of a disclosure office's work; the three
// administrators (GB/T 22239 8.1.5: system, security, audit) come last.
func Roles() []RoleInfo {
	return []RoleInfo{
		{Clerk, "经办人", "Clerk", "登记申请、征求意见、起草答复和信息、编制年度报告", "registers requests, consults, drafts replies and documents, compiles the report", false},
		{Head, "工作机构负责人", "Head of office", "审核延期、答复和发布，交办事项", "approves extensions, replies and publication, assigns work", false},
		{Reviewer, "保密审查员", "Secrecy reviewer", "逐件进行保密审查", "reviews each item for secrecy", false},
		{Signer, "签发人", "Signer", "签发答复、信息和年度报告", "signs replies, documents and the report", false},
		{Liaison, "联络员", "Liaison", "起草信息并认定公开属性，查找信息，报送数据", "drafts documents with their openness attribute, searches, files figures", false},
		{HallManager, "大厅管理员", "Hall manager", "管理事项、窗口、公示屏、预约和评价整改", "runs items, windows, boards, booking and follow-up of ratings", false},
		{Supervisor, "主管部门人员", "Supervisor", "查看下级机关的期限、栏目、评价和报告", "watches deadlines, columns, ratings and reports of the organs below", false},
		{SystemAdmin, "系统管理员", "System administrator", "管理机关、人员和邀请、日历、设置、任务和备份", "keeps organs, people and invitations, calendar, settings, jobs and backups", true},
		{SecurityAdmin, "安全管理员", "Security administrator", "授予和收回角色，解锁账户，重置第二因素，管理口令规则和接口凭据", "grants and revokes roles, unlocks accounts, resets second factors, sets password rules and API credentials", true},
		{AuditAdmin, "审计管理员", "Audit administrator", "查阅和导出日志", "searches and exports the log", true},
	}
}

// Info gives what people are told of the role.
func (r Role) Info() (RoleInfo, bool) {
	for _, info := range Roles() {
		if info.Role == r {
			return info, true
		}
	}
	return RoleInfo{}, false
}

// administers tells whether the role is one of the three administrators'.
func (r Role) administers() bool {
	info, _ := r.Info()
	return info.Administrator
}
