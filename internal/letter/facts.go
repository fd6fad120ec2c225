package letter

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/foi"
	"gongkai/internal/law"
	"gongkai/internal/org"
)

// Case is what a letter is made of.
type Case struct {
	Request  foi.Request
	Calendar *calendar.Calendar
	Organ    string            // full name
	Contact  org.Contact       // of the disclosure office
	Names    map[int]string    // of the parties in plain, by number: whoever sends a letter may see them
	Organs   map[string]string // names of organs that search, by key
	Ref      string            // of the consultation or search that the letter belongs to
	Number   string            // of the letter; "" for one without
	On       calendar.Date     // date of the letter
	Remedies foi.Remedies      // of the decision
	Open     bool              // what is not known yet is left open: for a preview
	More     Values            // what stands in no request: 档案馆, 移送理由 …
}

// Values are the values of placeholders. One that is missing or empty is not known.
type Values map[string]string

// Facts takes what a letter can say out of a request.
func Facts(t Template, c Case) (Values, error) {
	v := Values{}
	for name, value := range c.More {
		v[name] = value
	}
	v.applicant(c)
	v.receipt(c)
	v.steps(t.Kind, c)
	v.consulted(c)
	if err := v.limits(c); err != nil {
		return nil, err
	}
	if err := v.fee(c); err != nil {
		return nil, err
	}
	v["依据"] = Spoken(t.Cite)
	if d, ok := decision(c.Request); ok && strings.HasPrefix(t.Kind, "reply-") {
		if err := v.reply(t, c, d); err != nil {
			return nil, err
		}
	}
	switch t.Remedy {
	case ByOutcome:
		v["救济途径"] = t.worded(c.Remedies.Text)
	case Either:
		v["救济途径"] = t.worded(law.EitherRemedy.Text(c.Remedies.Reviewer, c.Remedies.Court))
	case NoRemedy:
	}
	v["联系方式"] = contactLine(c.Contact)
	return v, nil
}

// worded names the remedies' letter as its title does: 自收到本告知书之日起.
func (t Template) worded(remedies string) string {
	for _, name := range []string{"答复书", "告知书"} {
		if strings.HasSuffix(t.Title, name) {
			remedies = strings.ReplaceAll(remedies, "本决定书", "本"+name)
			if strings.HasPrefix(t.Kind, "reply-") {
				remedies = strings.ReplaceAll(remedies, "对本决定", "对本答复")
			}
		}
	}
	return remedies
}

// decision gives the reply that a letter is about: the draft while it is made.
func decision(r foi.Request) (foi.Decision, bool) {
	if d, ok := r.Decision(); ok && (r.Draft == nil || r.Status == foi.Serving || r.Status == foi.Closed || r.Status == foi.InArchive) {
		return d, true
	}
	if r.Draft != nil {
		return r.Draft.Decision, true
	}
	return foi.Decision{}, false
}

func (v Values) applicant(c Case) {
	p := c.Request.Applicant()
	v[toApplicant] = applicantsOf(c.Request, c.Names)
	v["您"] = "您"
	if !p.Natural() {
		v["您"] = "你单位"
	}
	if len(together(c.Request)) > 1 {
		v["您"] = "你们"
	}
	v["申请编号"] = c.Request.Number
	v["申请内容"] = strings.Join(strings.Fields(c.Request.Ask.Text), " ")
}

// together are those who ask for the same in one request.
func together(r foi.Request) (all []foi.Party) {
	for _, p := range r.Parties {
		if p.Role == foi.IsApplicant || p.Role == foi.JoinsIn {
			all = append(all, p)
		}
	}
	return all
}

// applicantsOf names all who ask; "" as long as one of them is not known.
func applicantsOf(r foi.Request, plain map[int]string) string {
	var all []string
	for _, p := range together(r) {
		name := nameOf(p, plain)
		if name == "" {
			return ""
		}
		all = append(all, name)
	}
	return strings.Join(all, "、")
}

func nameOf(p foi.Party, plain map[int]string) string {
	if name := plain[p.No]; name != "" {
		return name
	}
	return p.Organisation
}

func (v Values) receipt(c Case) {
	r := c.Request
	info, _ := r.Channel.Info()
	v["收到方式"], v["收到规则"], v["收到依据"] = manner[r.Channel], info.Day, Spoken(info.Cite)
	v["到达日期"], v["收到日期"] = Date(r.ArrivedOn), Date(r.ReceivedOn)
	if r.Status == foi.Unconfirmed {
		v["待确认"] = "请留意本机关的联系。"
	}
}

// manner is how a letter names a channel: 以邮寄方式提交.
var manner = map[foi.Channel]string{
	foi.InPerson: "当面", foi.Oral: "口头", foi.SignedPost: "邮寄", foi.PlainPost: "邮寄", foi.Web: "互联网", foi.Email: "电子邮件", foi.Fax: "传真",
}

// steps are what happened before the reply.
func (v Values) steps(kind string, c Case) {
	r := c.Request
	if k := r.Correction; k != nil {
		v["补正事项"], v["补正期限"] = numbered(k.Items), Date(k.Until)
		v["补正告知日期"], v["补正日期"] = Date(k.AskedOn), Date(k.ReceivedOn)
	}
	if e := r.Extension; e != nil {
		if v["延期理由"] = e.Reason; kind == "extension" || !e.ApprovedOn.IsZero() {
			v["延期天数"] = strconv.Itoa(e.Days)
		}
	}
	if k := r.Reasons; k != nil {
		v["申请件数"], v["说明期间"], v["说明期限"], v["说明日期"] = strconv.Itoa(k.Count), months(k.Months), Date(k.Until), Date(k.GivenOn)
	}
	var searched []string
	for _, s := range r.Searches {
		if s.Ref == c.Ref {
			v["查找单位"], v["查找内容"], v["反馈期限"] = c.Organs[s.Organ], s.What, Date(s.Until)
		}
		if !s.AnsweredOn.IsZero() && !s.Found {
			searched = append(searched, fmt.Sprintf("本机关于%s在%s中查找，没有查到", Date(s.AnsweredOn), s.Where))
		}
	}
	if len(searched) > 0 {
		v["检索经过"] = strings.Join(searched, "；") + "。"
	}
	if n := len(r.Services); n > 0 {
		s := r.Services[n-1]
		v["送达方式"], v["送达日期"] = s.Way.Words().Chinese, Date(s.On)
		if v["邮件号码"] = s.Tracking; s.Tracking == "" {
			v["邮件号码"] = "—"
		}
	}
	if d, ok := r.Decision(); ok {
		v["送达文号"] = d.Number
		if text, err := BuiltIn(d.LetterKind()); err == nil {
			if t, err := Read(d.LetterKind(), text); err == nil {
				v["送达文书"] = t.Title
			}
		}
	}
}

func months(n int) string {
	if n == 1 {
		return "最近一个月"
	}
	return "最近" + strconv.Itoa(n) + "个月"
}

// consulted is who was asked, in the letter to them and in those that tell of it.
func (v Values) consulted(c Case) {
	var whom []string
	for _, k := range c.Request.Consultations {
		if !k.WithdrawnOn.IsZero() {
			continue
		}
		who := k.Whom()
		if len(whom) == 0 || whom[len(whom)-1] != who {
			whom = append(whom, who)
		}
		if v["征求日期"] == "" {
			v["征求日期"] = Date(k.SentOn)
		}
		if k.Ref == c.Ref {
			v.question(c, k)
		}
	}
	if c.Ref == "" {
		v["征求对象"] = strings.Join(whom, "、")
	}
}

func (v Values) question(c Case, k foi.Consultation) {
	v["征求内容"], v["发函日期"], v["意见日期"], v["征求对象"] = k.About, Date(k.SentOn), Date(k.AnsweredOn), k.Whom()
	v["被征求人"], v["贵方"] = k.Organ, "贵机关"
	if p, ok := c.Request.Party(k.Party); ok {
		v["被征求人"], v["贵方"] = nameOf(p, c.Names), "贵单位"
		if p.Natural() {
			v["贵方"] = "您"
		}
	}
	if d, ok := decision(c.Request); ok {
		v["公共利益理由"] = d.Override
	}
}

// limits are the last day of the reply and that of the payment.
func (v Values) limits(c Case) error {
	r := c.Request
	k, err := r.Clock(c.Calendar, c.On)
	if _, told := v["答复期限"]; !told && err == nil && !k.Answer.Deadline.IsZero() {
		v["答复期限"] = Date(k.Answer.Deadline)
	}
	if r.Fee != nil && !r.Fee.ReceivedOn.IsZero() {
		a, err := r.Fee.Limit(c.Calendar)
		if err != nil && !errors.Is(err, calendar.ErrNoCalendar) {
			return err
		}
		v["缴费期限"] = Date(a.Deadline)
	}
	return nil
}

func (v Values) fee(c Case) error {
	f := c.Request.Fee
	if f == nil {
		return nil
	}
	v["金额"], v["缴费账户"] = foi.Yuan(f.Fen), f.Account
	if f.Method == foi.ByPieces {
		v["计收方式"] = "按件计收"
		v["计算说明"] = fmt.Sprintf("该申请为%s当月向本机关提出的第%d件，按每件%s元计收", v["您"], f.Rank, foi.Yuan(f.Fen))
		return nil
	}
	fee, err := foi.Charge(foi.ByPages, f.Pages)
	if err != nil {
		return err
	}
	v["计收方式"] = "按量计收"
	var steps []string
	for _, s := range fee.Steps {
		steps = append(steps, s.Chinese())
	}
	v["计算说明"] = strings.Join(steps, "；")
	return nil
}

// Date writes a day as letters do: 2025年9月2日; "" for none.
func Date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Civil()
	return fmt.Sprintf("%d年%d月%d日", year, month, day)
}

// numbered writes items as a list, one a line.
func numbered(items []string) string {
	if len(items) == 1 {
		return items[0]
	}
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = strconv.Itoa(i+1) + "." + item
	}
	return strings.Join(lines, "\n")
}

// contactLine is how to reach the office: what is not known is left out.
func contactLine(c org.Contact) string {
	var parts []string
	for _, p := range [][2]string{{"联系机构", c.Office}, {"地址", c.Address}, {"邮政编码", c.Postcode}, {"电话", c.Phone}, {"电子邮箱", c.Email}} {
		if p[1] != "" {
			parts = append(parts, p[0]+"："+p[1])
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "；") + "。"
}

// Spoken writes citations as a letter does, the name of an instrument once:
// 《中华人民共和国政府信息公开条例》第十五条、第三十二条. What cannot be read is left as it is.
func Spoken(cites string) string {
	list, err := law.ParseCitations(cites)
	if err != nil {
		return cites
	}
	var b strings.Builder
	last := ""
	for i, c := range list {
		if i > 0 {
			b.WriteString("、")
		}
		title := "《" + c.Instrument.Title + "》"
		said := c.Spoken()
		if title == last {
			said = strings.TrimPrefix(said, title)
		}
		last = title
		b.WriteString(said)
	}
	return b.String()
}

// missing says which placeholders have no value.
func missing(title string, names []string) error {
	var f errs.Fields
	for _, name := range names {
		f.Add(name, "《%s》还缺“%s”，不能生成；请先补上。", title, name)
	}
	return f.Err()
}
