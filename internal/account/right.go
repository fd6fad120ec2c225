package account

import (
	"slices"

	"gongkai/internal/errs"
)

// Act is something that needs a right.
type Act string

// The acts. Each stands in Rights with who may do it.
const (
	SeeOrgans      Act = "organ.see"
	EditOrgans     Act = "organ.edit"
	EditContact    Act = "organ.contact"
	SeePeople      Act = "person.see"
	EditPeople     Act = "person.edit"   // also invitations
	SecurePeople   Act = "person.secure" // unlocking, second factors, sessions, identities at the provider
	GrantRoles     Act = "role.grant"
	RevealPersonal Act = "personal.reveal" // of applicants and others whom a matter concerns
	RevealContact  Act = "person.contact"  // of people who work here
	SeeSettings    Act = "setting.see"
	EditSettings   Act = "setting.edit"
	EditSecurity   Act = "setting.security"
	SeeCalendar    Act = "calendar.see"
	EditCalendar   Act = "calendar.edit"
	SeeJobs        Act = "job.see"
	RunJobs        Act = "job.run"
	MakeBackup     Act = "backup.make"
	SeeLog         Act = "log.see"
	ExportLog      Act = "log.export"
	SeeWork        Act = "work.see"
	AssignWork     Act = "work.assign"
	EditClients    Act = "api.edit"

	SeeRequests      Act = "request.see"
	HandleRequests   Act = "request.handle"  // register, correct, consult, draft, serve
	SearchRequests   Act = "request.search"  // look for what was asked, and say where one looked
	ApproveRequests  Act = "request.approve" // extensions, fees, replies
	ClearRequests    Act = "request.clear"   // secrecy review
	SignRequests     Act = "request.sign"
	ReassignRequests Act = "request.reassign"
	EditLetters      Act = "letter.edit" // the templates

	SeeDocuments     Act = "document.see"
	DraftDocuments   Act = "document.draft" // with their openness attribute
	PassDocuments    Act = "document.pass"  // the head of the section that drafts
	ClearDocuments   Act = "document.clear" // secrecy review, item by item
	CheckDocuments   Act = "document.check" // attribute and catalogue; taking down, validity
	SignDocuments    Act = "document.sign"
	PublishDocuments Act = "document.publish" // publish, post, link, take down at once

	// Words that must not stand in what leaves the house.
	SeeWords  Act = "word.see"
	EditWords Act = "word.edit"

	SeeFaults    Act = "fault.see" // what visitors find wrong on the site
	AnswerFaults Act = "fault.answer"

	SeeConsultations     Act = "consultation.see"
	HandleConsultations  Act = "consultation.handle"  // draft, enter and answer opinions
	ApproveConsultations Act = "consultation.approve" // before everybody is asked, and before the feedback

	SeeFilings     Act = "filing.see" // figures that sections file for the report
	FileFigures    Act = "filing.file"
	ConfirmFigures Act = "filing.confirm"
	KeepFigures    Act = "filing.keep" // the list of what is filed, and reminders

	SeeReports     Act = "report.see"
	WatchReports   Act = "report.watch"   // those below, and their sum
	CollectReports Act = "report.collect" // take them in, send notices
	AnswerNotices  Act = "report.answer"  // notices of the competent department
	CompileReports Act = "report.compile"
	PassReports    Act = "report.pass"
	SignReports    Act = "report.sign"
	PublishReports Act = "report.publish" // publish, and submit to the superior
)

// Reach is how far a right goes from the organ where the role was granted.
type Reach int

// The reaches.
const (
	Nowhere Reach = iota
	Own           // that organ only
	Below         // that organ and all below it
)

// Right says who may do an act.
type Right struct {
	Act              Act
	Chinese, English string
	Roles            map[Role]Reach
}

// Rights is the whole truth about who may do what: use cases ask it, pages and
// the help are drawn from it, and a test walks it. An act that is missing here
// is forbidden to all.
func Rights() []Right {
	officers := map[Role]Reach{
		Clerk: Own, Head: Own, Reviewer: Own, Signer: Own, Liaison: Own, HallManager: Own, Supervisor: Below,
	}
	everybody := with(officers, map[Role]Reach{SystemAdmin: Below, SecurityAdmin: Below, AuditAdmin: Below})
	return []Right{
		{SeeOrgans, "查看机关", "see organs", everybody},
		{EditOrgans, "管理机关", "edit organs", map[Role]Reach{SystemAdmin: Below}},
		{EditContact, "修改机关联系方式", "edit organs' contacts", map[Role]Reach{SystemAdmin: Below}},
		{SeePeople, "查看人员", "see people", map[Role]Reach{Head: Own, SystemAdmin: Below, SecurityAdmin: Below, AuditAdmin: Below}},
		{EditPeople, "管理人员", "edit people", map[Role]Reach{SystemAdmin: Below}},
		{SecurePeople, "账户安全", "secure accounts", map[Role]Reach{SecurityAdmin: Below}},
		{GrantRoles, "授予和收回角色", "grant and revoke roles", map[Role]Reach{SecurityAdmin: Below}},
		{RevealPersonal, "查看申请人等的完整个人信息", "reveal personal data of applicants", map[Role]Reach{Clerk: Own, Head: Own}},
		{RevealContact, "查看工作人员的完整联系方式", "reveal contact data of staff", map[Role]Reach{Head: Own, SystemAdmin: Below, SecurityAdmin: Below}},
		{SeeSettings, "查看设置", "see settings", map[Role]Reach{Head: Own, SystemAdmin: Below, SecurityAdmin: Below, AuditAdmin: Below}},
		{EditSettings, "修改设置", "edit settings", map[Role]Reach{SystemAdmin: Below}},
		{EditSecurity, "修改安全设置", "edit security settings", map[Role]Reach{SecurityAdmin: Below}},
		{SeeCalendar, "查看工作日历", "see the calendar", everybody},
		{EditCalendar, "管理工作日历", "edit the calendar", map[Role]Reach{SystemAdmin: Below}},
		{SeeJobs, "查看后台任务", "see jobs", map[Role]Reach{SystemAdmin: Below, AuditAdmin: Below}},
		{RunJobs, "管理后台任务", "run jobs", map[Role]Reach{SystemAdmin: Below}},
		{MakeBackup, "备份", "make backups", map[Role]Reach{SystemAdmin: Below}},
		{SeeLog, "查阅日志", "see the log", map[Role]Reach{AuditAdmin: Below}},
		{ExportLog, "导出日志", "export the log", map[Role]Reach{AuditAdmin: Below}},
		{SeeWork, "查看待办", "see work", officers},
		{AssignWork, "交办事项", "assign work", map[Role]Reach{Head: Own, Supervisor: Below}},
		{EditClients, "管理接口凭据", "edit API clients", map[Role]Reach{SecurityAdmin: Below}},
		{SeeRequests, "查看公开申请", "see requests", map[Role]Reach{Clerk: Own, Head: Own, Reviewer: Own, Signer: Own, Supervisor: Below}},
		{HandleRequests, "办理公开申请", "handle requests", map[Role]Reach{Clerk: Own}},
		{SearchRequests, "查找申请的信息", "search for what is asked", map[Role]Reach{Clerk: Own, Liaison: Own}},
		{ApproveRequests, "审核延期、收费和答复", "approve extensions, fees and replies", map[Role]Reach{Head: Own}},
		{ClearRequests, "答复的保密审查", "secrecy review of replies", map[Role]Reach{Reviewer: Own}},
		{SignRequests, "签发答复", "sign replies", map[Role]Reach{Signer: Own}},
		{ReassignRequests, "改派公开申请", "reassign requests", map[Role]Reach{Head: Own, Supervisor: Below}},
		{EditLetters, "修改文书模板", "edit templates of letters", map[Role]Reach{Head: Own}},
		{SeeDocuments, "查看主动公开文件", "see documents of publication", map[Role]Reach{Clerk: Own, Head: Own, Reviewer: Own, Signer: Own, Liaison: Own, Supervisor: Below}},
		{DraftDocuments, "起草文件并认定公开属性", "draft documents with their openness attribute", map[Role]Reach{Clerk: Own, Liaison: Own}},
		{PassDocuments, "审核本股室拟稿", "pass what the section drafted", map[Role]Reach{Head: Own}},
		{ClearDocuments, "公开前的保密审查", "secrecy review before publication", map[Role]Reach{Reviewer: Own}},
		{CheckDocuments, "审核公开属性，决定撤下和有效性", "check the attribute, decide on withdrawal and validity", map[Role]Reach{Head: Own}},
		{SignDocuments, "签发文件", "sign documents", map[Role]Reach{Signer: Own}},
		{SeeWords, "查看错敏词库", "see the dictionary of wrong words", map[Role]Reach{Clerk: Own, Head: Own, Reviewer: Own, Signer: Own, Liaison: Own, Supervisor: Below}},
		{EditWords, "维护错敏词库", "keep the dictionary of wrong words", map[Role]Reach{Clerk: Own, Head: Own}},
		{SeeFaults, "查看网站找错", "see faults of the site", map[Role]Reach{Clerk: Own, Head: Own, Liaison: Own, Supervisor: Below}},
		{AnswerFaults, "办理网站找错", "answer faults of the site", map[Role]Reach{Clerk: Own, Head: Own}},
		{SeeConsultations, "查看意见征集和意见台账", "see consultations and the ledger of opinions", map[Role]Reach{Clerk: Own, Head: Own, Signer: Own, Supervisor: Below}},
		{HandleConsultations, "起草意见征集，登记和办理意见", "draft consultations, enter and answer opinions", map[Role]Reach{Clerk: Own}},
		{ApproveConsultations, "审核意见征集和反馈", "approve consultations and their feedback", map[Role]Reach{Head: Own}},
		{PublishDocuments, "发布和维护公开信息", "publish and keep what is public", map[Role]Reach{Clerk: Own}},
		{SeeFilings, "查看填报的数据", "see filed figures", map[Role]Reach{Clerk: Own, Head: Own, Signer: Own, Liaison: Own, HallManager: Own, Supervisor: Below}},
		{FileFigures, "填报数据", "file figures", map[Role]Reach{Clerk: Own, Liaison: Own, HallManager: Own}},
		{ConfirmFigures, "确认填报的数据", "confirm filed figures", map[Role]Reach{Head: Own}},
		{KeepFigures, "维护填报指标，催报", "keep the list of filed figures, and remind", map[Role]Reach{Clerk: Own, Head: Own}},
		{SeeReports, "查看年度报告的编制", "see how annual reports are compiled", map[Role]Reach{Clerk: Own, Head: Own, Signer: Own, Supervisor: Below}},
		{WatchReports, "汇总下级的年度报告", "sum the annual reports below", map[Role]Reach{Supervisor: Below}},
		{CollectReports, "接收下级的年度报告，通知整改", "receive annual reports from below and send notices", map[Role]Reach{Supervisor: Below}},
		{AnswerNotices, "反馈年度报告的整改", "answer notices about annual reports", map[Role]Reach{Clerk: Own}},
		{CompileReports, "编制年度报告", "compile annual reports", map[Role]Reach{Clerk: Own}},
		{PassReports, "审核年度报告", "pass annual reports", map[Role]Reach{Head: Own}},
		{SignReports, "签发年度报告", "sign annual reports", map[Role]Reach{Signer: Own}},
		{PublishReports, "公布和报送年度报告", "publish and submit annual reports", map[Role]Reach{Clerk: Own}},
	}
}

func with(a, b map[Role]Reach) map[Role]Reach {
	all := map[Role]Reach{}
	for _, m := range []map[Role]Reach{a, b} {
		for role, reach := range m {
			all[role] = reach
		}
	}
	return all
}

// rights is Rights by act, made once: it is asked on every page.
var rights = func() map[Act]Right {
	all := map[Act]Right{}
	for _, r := range Rights() {
		all[r.Act] = r
	}
	return all
}()

// Hierarchy tells which organ is below which.
type Hierarchy interface {
	// Below tells whether an organ is another or somewhere below it.
	Below(organ, ancestor string) bool
}

// Grant is a role somebody holds in an organ.
type Grant struct {
	Organ string
	Role  Role
}

// Actor is somebody who acts: a person who has signed in, or an API client. The
// zero value is the public, who may do nothing that needs a right.
type Actor struct {
	ID     string // key of the person or client
	Name   string
	Organ  string // where the person belongs
	Grants []Grant
	Client *Client // a program; nil for a person
}

// Client is what a program may do that calls the API: some acts in its organ.
type Client struct {
	Acts  []Act
	Below bool // also in the organs below
}

// SignedIn tells whether it is known who acts.
func (a Actor) SignedIn() bool { return a.ID != "" }

// May tells with nil whether the actor may do the act in an organ, else with a
// Forbidden error.
func (a Actor) May(act Act, organ string, h Hierarchy) error {
	for _, place := range a.Where(act) {
		if place.Organ == organ || place.Below && h.Below(organ, place.Organ) {
			return nil
		}
	}
	if !a.SignedIn() {
		return errs.New(errs.Unauthenticated, "请先登录。")
	}
	return errs.New(errs.Forbidden, "您没有在该机关“%s”的权限；如工作需要，请联系安全管理员授予角色。", rights[act].Chinese)
}

// Place is where a right holds.
type Place struct {
	Organ string
	Below bool // also below it
}

// Where gives the organs in which the actor may do the act; lists show what
// belongs to them.
func (a Actor) Where(act Act) []Place {
	var places []Place
	if a.Client != nil && slices.Contains(a.Client.Acts, act) {
		places = append(places, Place{a.Organ, a.Client.Below})
	}
	for _, g := range a.Grants {
		switch rights[act].Roles[g.Role] {
		case Own:
			places = append(places, Place{g.Organ, false})
		case Below:
			places = append(places, Place{g.Organ, true})
		}
	}
	return places
}

// Can tells whether the actor may do the act anywhere: what the navigation shows.
func (a Actor) Can(act Act) bool { return len(a.Where(act)) > 0 }

// Has tells whether the actor holds a role somewhere.
func (a Actor) Has(role Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role })
}
