package setting

import (
	"time"

	"gongkai/internal/account"
)

// Names of the settings that the program asks for.
const (
	SiteName = "site.name"

	PasswordLength  = "password.length"
	PasswordClasses = "password.classes"
	PasswordDays    = "password.days"
	PasswordHistory = "password.history"
	LockFailures    = "lock.failures"
	LockMinutes     = "lock.minutes"
	InviteDays      = "invite.days"
	FactorRoles     = "factor.roles"

	SessionIdle  = "session.idle"
	SessionLife  = "session.life"
	SessionCount = "session.count"

	WorkWarnDays  = "work.warn-days"
	WorkEarlyDays = "work.early-days"

	NotifyMail       = "notify.mail"
	NotifySMS        = "notify.sms"
	NotifyQuietFrom  = "notify.quiet-from"
	NotifyQuietUntil = "notify.quiet-until"
	NotifyWake       = "notify.wake"
	NotifyDigest     = "notify.digest"
	NotifyDigestHour = "notify.digest-hour"
	NotifyKeepDays   = "notify.keep-days"

	BackupAt        = "backup.at"
	BackupKeep      = "backup.keep"
	LeaverDays      = "personal.leaver-days"
	JobKeepDays     = "job.keep-days"
	LogBatchSeconds = "log.batch-seconds"
	ClientCalls     = "client.calls"
)

// The part of the standard on network security that accounts, logs and backups
// rest on: it asks for rules and leaves the figures to the operator.
const (
	security = "GB/T 22239-2019§8.1.4"
	leftToUs = "标准8.1.4.1（身份鉴别）要求设置，没有规定数值；默认值取等级保护测评中通行的数值。"
)

var (
	days    = Words{"天", "days"}
	minutes = Words{"分钟", "minutes"}
	hours   = Words{"小时", "hours"}
)

// Definitions gives every setting, group by group, in the order in which they
// are shown. The defaults of accounts and sessions are account.DefaultPolicy;
// a test holds them together.
func Definitions() []Definition {
	var all []Definition
	for _, group := range [][]Definition{site(), imprint(), faults(), consultations(), accounts(), sessions(), work(), requests(), publication(), reporting(), notices(), upkeep()} {
		all = append(all, group...)
	}
	return all
}

func site() []Definition {
	const since = "网站应当标明开办机关；名称由本机关确定。"
	return []Definition{
		{
			Name: SiteName, Group: Site, Kind: Text, Default: "", Min: 0, Max: 40, Act: account.EditSettings, Scope: Deployment, Basis: "条例§24", Why: since,
			Title: Words{"网站名称", "Name of the site"},
			Hint:  Words{"显示在每个页面的上方，如“青川旗政府信息公开”；空着时用最上级机关的名称。", "Stands on top of every page; empty for the name of the organ at the top."},
		},
	}
}

func accounts() []Definition {
	return []Definition{
		{
			Name: PasswordLength, Group: Accounts, Kind: Int, Default: "10", Min: 8, Max: 64, Unit: Words{"个字符", "characters"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: HigherIsStricter,
			Title: Words{"口令最短长度", "Shortest password"},
			Hint:  Words{"下次修改口令时起作用。", "Holds from the next change of a password."},
		},
		{
			Name: PasswordClasses, Group: Accounts, Kind: Int, Default: "3", Min: 2, Max: 4, Unit: Words{"种", "classes"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: HigherIsStricter,
			Title: Words{"口令的字符种类", "Classes of characters in a password"},
			Hint:  Words{"小写字母、大写字母、数字、其他符号中至少有几种。", "How many of lower case, upper case, digits and other characters."},
		},
		{
			Name: PasswordDays, Group: Accounts, Kind: Int, Default: "90", Min: 0, Max: 365, Unit: days,
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: LowerIsStricterZeroIsNone,
			Title: Words{"口令有效期", "Password good for"},
			Hint:  Words{"到期后登录时必须修改；0 表示不要求定期修改。", "Must be changed at the next sign-in after that; 0 for never."},
		},
		{
			Name: PasswordHistory, Group: Accounts, Kind: Int, Default: "5", Min: 0, Max: 24, Unit: Words{"个", "passwords"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: HigherIsStricter,
			Title: Words{"不得重复的旧口令", "Old passwords that may not come back"},
			Hint:  Words{"新口令不能与最近几个口令相同。", "A new password must differ from so many before it."},
		},
		{
			Name: LockFailures, Group: Accounts, Kind: Int, Default: "5", Min: 3, Max: 10, Unit: Words{"次", "failures"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: LowerIsStricter,
			Title: Words{"连续失败几次后锁定", "Failures before an account is locked"},
			Hint:  Words{"连续输错口令或者验证码达到次数，账户锁定。", "Wrong passwords or codes in a row."},
		},
		{
			Name: LockMinutes, Group: Accounts, Kind: Duration, Default: "15", Min: 5, Max: 1440, Unit: minutes, Step: time.Minute,
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: HigherIsStricter,
			Title: Words{"锁定时长", "Locked for"},
			Hint:  Words{"到时自动解锁；安全管理员可以提前解锁。", "Unlocks by itself; the security administrator may do so before."},
		},
		{
			Name: InviteDays, Group: Accounts, Kind: Duration, Default: "7", Min: 1, Max: 30, Unit: days, Step: 24 * time.Hour,
			Act: account.EditSecurity, Scope: PerOrgan, Basis: Custom, Why: "邀请链接可以设置口令，有效期不宜过长；一周覆盖出差和休假。", Strict: LowerIsStricter,
			Title: Words{"邀请链接有效期", "Invitation good for"},
			Hint:  Words{"过期后由系统管理员重新邀请。", "After that the system administrator invites again."},
		},
		{
			Name: FactorRoles, Group: Accounts, Kind: Choices, Default: "system-admin security-admin audit-admin", Options: roleOptions(),
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: "标准8.1.4.1（身份鉴别）要求采用两种或两种以上鉴别技术；默认要求三类管理员，其他角色由机关决定。", Strict: MoreIsStricter,
			Title: Words{"必须使用第二因素的角色", "Roles that need a second factor"},
			Hint:  Words{"这些角色登录时除口令外还要输入动态验证码。", "They enter a code beside the password."},
		},
	}
}

func roleOptions() []Option {
	var options []Option
	for _, r := range account.Roles() {
		options = append(options, Option{string(r.Role), Words{r.Chinese, r.English}})
	}
	return options
}

func sessions() []Definition {
	return []Definition{
		{
			Name: SessionIdle, Group: Sessions, Kind: Duration, Default: "30", Min: 5, Max: 120, Unit: minutes, Step: time.Minute,
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: LowerIsStricter,
			Title: Words{"无操作自动退出", "Signed out when idle for"},
			Hint:  Words{"这么长时间没有操作，需要重新登录。", "Without a request for so long, one signs in again."},
		},
		{
			Name: SessionLife, Group: Sessions, Kind: Duration, Default: "12", Min: 1, Max: 24, Unit: hours, Step: time.Hour,
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: LowerIsStricter,
			Title: Words{"一次登录最长时间", "Longest session"},
			Hint:  Words{"即使一直在操作，到时也要重新登录。", "Ends then even when in use."},
		},
		{
			Name: SessionCount, Group: Sessions, Kind: Int, Default: "3", Min: 1, Max: 10, Unit: Words{"个", "sessions"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: security, Why: leftToUs, Strict: LowerIsStricter,
			Title: Words{"同时登录的会话数", "Sessions at a time"},
			Hint:  Words{"超过时最早的会话自动退出。", "The oldest ends when there is one more."},
		},
	}
}

func work() []Definition {
	return []Definition{{
		Name: WorkWarnDays, Group: Work, Kind: Int, Default: "3", Min: 0, Max: 15, Unit: Words{"个工作日", "working days"},
		Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "答复期限为二十个工作日（条例§33.2），提前三个工作日提醒，还来得及审核签发或者办理延期。",
		Title: Words{"到期前提醒", "Warn before the day"},
		Hint:  Words{"距到期日不多于这么多个工作日的事项标黄并提醒。", "Work due within so many working days is marked."},
	}, {
		Name: WorkEarlyDays, Group: Work, Kind: Int, Default: "7", Min: 2, Max: 15, Unit: Words{"个工作日", "working days"},
		Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "第一次提醒要早到还能征求意见、查找信息；补正告知的期限也是七个工作日（条例§30）。",
		Title: Words{"第一次提醒", "First reminder"},
		Hint:  Words{"距到期日这么多个工作日时第一次提醒，之后在“到期前提醒”的日子和最后一个工作日再提醒。", "So many working days before the last day the first reminder is sent; others follow."},
	}, calendarRegion()}
}

func notices() []Definition {
	const rest = "休息时间不宜打扰；紧急消息也等到免打扰结束，个人可以另行选择。"
	return []Definition{
		{
			Name: NotifyMail, Group: Notices, Kind: Bool, Default: "true", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "登记了电子邮箱的人通常希望收到邮件；页面上的消息不受影响。",
			Title: Words{"默认发送邮件", "Mail by default"},
			Hint:  Words{"个人没有另行选择时，消息是否同时发到电子邮箱。", "Whether messages also go to the mailbox, unless the person chose otherwise."},
		},
		{
			Name: NotifySMS, Group: Notices, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "短信按条计费，由需要的人自己打开。",
			Title: Words{"默认发送短信", "Text messages by default"},
			Hint:  Words{"个人没有另行选择时，消息是否同时发到手机。", "Whether messages also go to the telephone, unless the person chose otherwise."},
		},
		{
			Name: NotifyQuietFrom, Group: Notices, Kind: TimeOfDay, Default: "22:00", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: rest,
			Title: Words{"免打扰开始", "Quiet from"},
			Hint:  Words{"个人没有另行设置时，从此刻起不发送邮件和短信。", "No mail or text messages from then on, unless the person chose otherwise."},
		},
		{
			Name: NotifyQuietUntil, Group: Notices, Kind: TimeOfDay, Default: "07:30", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: rest,
			Title: Words{"免打扰结束", "Quiet until"},
			Hint:  Words{"免打扰期间的消息到此时发送。", "Messages held back go out then."},
		},
		{
			Name: NotifyWake, Group: Notices, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: rest,
			Title: Words{"紧急消息不受免打扰限制", "Urgent messages also in the quiet hours"},
			Hint:  Words{"即将到期、已经超期和账户安全的消息是紧急消息。", "Urgent is what is due, overdue, or about the account's security."},
		},
		{
			Name: NotifyDigest, Group: Notices, Kind: Bool, Default: "false", Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "及时看到交办的事项，比少收几封邮件重要；嫌多的人可以选择汇总。",
			Title: Words{"默认每日汇总", "Daily digest by default"},
			Hint:  Words{"不紧急的消息每天合成一封；紧急消息不等汇总。", "What is not urgent goes out once a day; urgent messages do not wait."},
		},
		{
			Name: NotifyDigestHour, Group: Notices, Kind: Int, Default: "8", Min: 0, Max: 23, Unit: Words{"时", "o'clock"},
			Act: account.EditSettings, Scope: PerOrgan, Basis: Custom, Why: "上班时汇总当天的待办，便于安排。",
			Title: Words{"每日汇总时间", "Hour of the daily digest"},
			Hint:  Words{"选择每日汇总的人在此时收到一封邮件。", "Who chose a digest gets one mail then."},
		},
		{
			Name: NotifyKeepDays, Group: Notices, Kind: Duration, Default: "180", Min: 30, Max: 3650, Unit: days, Step: 24 * time.Hour,
			Act: account.EditSettings, Scope: Deployment, Basis: Custom, Why: "消息只是提醒，办理经过另有日志；半年足够回看。",
			Title: Words{"消息保留", "Messages kept for"},
			Hint:  Words{"读过的消息和已经发出的邮件、短信到期清除；没有读的留着。", "What was read or sent; what is unread stays."},
		},
	}
}

func upkeep() []Definition {
	return []Definition{
		{
			Name: BackupAt, Group: Upkeep, Kind: TimeOfDay, Default: "02:30", Act: account.EditSettings, Scope: Deployment, Basis: security, Why: "标准8.1.4.9（数据备份恢复）要求本地数据备份；夜间使用的人最少。",
			Title: Words{"每日备份时间", "Time of the daily backup"},
			Hint:  Words{"每天此时自动备份；停机错过的，开机后补做一次。", "Made once after a downtime that missed it."},
		},
		{
			Name: BackupKeep, Group: Upkeep, Kind: Int, Default: "14", Min: 3, Max: 400, Unit: Words{"份", "backups"},
			Act: account.EditSettings, Scope: Deployment, Basis: security, Why: "标准8.1.4.9（数据备份恢复）没有规定份数；两周的备份覆盖长假。",
			Title: Words{"保留的备份", "Backups kept"},
			Hint:  Words{"超过时删除最早的一份。", "The oldest is removed when there is one more."},
		},
		{
			Name: LeaverDays, Group: Upkeep, Kind: Duration, Default: "30", Min: 1, Max: 365, Unit: days, Step: 24 * time.Hour,
			Act: account.EditSecurity, Scope: Deployment, Basis: "个人信息保护法§19", Why: "保存期限应为实现处理目的所必要的最短时间，法律没有规定天数；一个月足够办完交接。", Strict: LowerIsStricter,
			Title: Words{"停用账户的联系方式保留", "Contact data of closed accounts kept for"},
			Hint:  Words{"账户停用后到期删除电话和邮箱；姓名和办理记录保留。", "Telephone and e-mail are erased then; name and records stay."},
		},
		{
			Name: JobKeepDays, Group: Upkeep, Kind: Duration, Default: "30", Min: 1, Max: 365, Unit: days, Step: 24 * time.Hour,
			Act: account.EditSettings, Scope: Deployment, Basis: Custom, Why: "后台任务的记录只用于排查故障，办理经过另有日志。",
			Title: Words{"后台任务记录保留", "Records of jobs kept for"},
			Hint:  Words{"办完或者取消的任务到期清除；失败的留到有人处理。", "Jobs done or cancelled; failed ones stay until somebody has dealt with them."},
		},
		{
			Name: LogBatchSeconds, Group: Upkeep, Kind: Duration, Default: "1", Min: 1, Max: 60, Unit: Words{"秒", "seconds"}, Step: time.Second,
			Act: account.EditSecurity, Scope: Deployment, Basis: security, Why: "标准8.1.4.3（安全审计）要求审计记录不被未预期地删改，没有规定间隔。",
			Title: Words{"日志封存间隔", "Log sealed every"},
			Hint:  Words{"每隔这么久把新的事件写入可验证日志并签名。", "New events enter the provable log and are signed so often."},
		},
		{
			Name: ClientCalls, Group: Upkeep, Kind: Int, Default: "600", Min: 10, Max: 60000, Unit: Words{"次", "calls"},
			Act: account.EditSecurity, Scope: PerOrgan, Basis: Custom, Why: "防止一个程序占用过多资源；没有规定数值，默认平均每秒十次，足够目录和待办同步。", Strict: LowerIsStricter,
			Title: Words{"接口每分钟调用次数", "Calls of a program a minute"},
			Hint:  Words{"本机关的每个接口凭据每分钟最多调用这么多次，超过时请对方等待。", "Each API client of the organ may call so often; beyond that it is asked to wait."},
		},
	}
}
