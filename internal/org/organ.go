package org

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
)

// Organ is an organ through its life: versions that follow each other without a
// gap, so that a report of an earlier year keeps the name and the place of then.
type Organ struct {
	ID        string
	Position  int // among its sisters
	CreatedAt time.Time
	Versions  []Version // oldest first; never empty
}

// Version is how an organ stands for a time.
type Version struct {
	From       calendar.Date // the first day
	Until      calendar.Date // the first day on which it holds no longer; zero for none
	Name       string
	Short      string // 简称; "" for none
	Parent     string // "" for a root
	Nature     Nature
	Level      Level
	Region     string // GB/T 2260, six digits
	CreditCode string // GB 32100; "" for none
	Vertical   bool   // 垂直管理: its superior is not the local government
	Contact    Contact
	Reason     string // why it began: the document that ordered it
	Successor  string // at the end of a merged organ: who carries on
	EndReason  string // at the end of an organ: the document that ordered it
}

// Contact is how to reach the disclosure office, which the guide must tell
// (条例§12.2).
type Contact struct {
	Office   string `json:"office,omitempty"` // name of the disclosure office
	Address  string `json:"address,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Fax      string `json:"fax,omitempty"`
	Email    string `json:"email,omitempty"`
	Hours    string `json:"hours,omitempty"`
	Website  string `json:"website,omitempty"`
}

// On gives the version of a day.
func (o Organ) On(day calendar.Date) (Version, bool) {
	for _, v := range slices.Backward(o.Versions) {
		if !day.Before(v.From) {
			return v, v.Until.IsZero() || day.Before(v.Until)
		}
	}
	return Version{}, false
}

// NameOn gives the name that an organ had on a day, and so the name that a report
// of that time keeps: before its first day its first, after its end its last.
func (o Organ) NameOn(day calendar.Date) string { return o.Node(day).Name }

// at gives the place of the version of a day; the first for an organ that has
// not begun, the last for one that has ended.
func (o Organ) at(day calendar.Date) int {
	for i, v := range slices.Backward(o.Versions) {
		if !day.Before(v.From) {
			return i
		}
	}
	return 0
}

// Last gives the latest version, which may begin in the future.
func (o Organ) Last() Version { return o.Versions[len(o.Versions)-1] }

// Ended tells from which day on the organ is no more; zero for an organ that
// goes on.
func (o Organ) Ended() calendar.Date { return o.Last().Until }

// Node gives the organ as it stands on a day: the version of that day, before
// its first day the first, after its end the last.
func (o Organ) Node(day calendar.Date) Node {
	v, ok := o.On(day)
	ended := !ok && !day.Before(o.Versions[0].From)
	switch {
	case ended:
		v = o.Last()
	case !ok:
		v = o.Versions[0]
	}
	return Node{
		ID: o.ID, Parent: v.Parent, Name: v.Name, Nature: v.Nature, Level: v.Level,
		Region: v.Region, CreditCode: v.CreditCode, Ended: ended,
	}
}

// Contact gives how the organ is reached on a day.
func (o Organ) Contact(day calendar.Date) Contact {
	if v, ok := o.On(day); ok {
		return v.Contact
	}
	return o.Last().Contact
}

// setContact gives the organ a contact from a day on, also in versions that are
// ordered for later, and tells whether that changes anything. Blanks are taken
// off c.
func (o *Organ) setContact(c *Contact, day calendar.Date) (changed bool) {
	c.clean()
	for i := range o.Versions {
		v := &o.Versions[i]
		if current := v.Until.IsZero() || day.Before(v.Until); current && v.Contact != *c {
			v.Contact, changed = *c, true
		}
	}
	return changed
}

// Tag names a contact by what it says.
func (c Contact) Tag() string { return event.Digest(c)[:16] }

// Digest is what verify compares with the record.
func (o Organ) Digest() string {
	return event.Digest(struct {
		ID       string
		Versions []Version
	}{o.ID, o.Versions})
}

var (
	regionForm   = regexp.MustCompile(`^(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}$`)
	postcodeForm = regexp.MustCompile(`^\d{6}$`)
	phoneForm    = regexp.MustCompile(`^[0-9()（）+\-— 转]{5,40}$`)
)

// clean takes blanks off what was typed.
func (v *Version) clean() {
	for _, s := range []*string{
		&v.Name, &v.Short, &v.Region, &v.CreditCode, &v.Reason,
	} {
		*s = strings.TrimSpace(*s)
	}
	v.Contact.clean()
	v.CreditCode = strings.ToUpper(v.CreditCode)
}

func (c *Contact) clean() {
	for _, s := range []*string{&c.Office, &c.Address, &c.Postcode, &c.Phone, &c.Fax, &c.Email, &c.Hours, &c.Website} {
		*s = strings.TrimSpace(*s)
	}
}

// check tells what is wrong with a version by itself.
func (v Version) check() error {
	var f errs.Fields
	if n := len([]rune(v.Name)); n < 2 || n > 80 {
		f.Add("name", "请填写机关全称，2到80个字。")
	}
	if len([]rune(v.Short)) > 40 {
		f.Add("short", "简称不超过40个字。")
	}
	if !slices.Contains(Natures(), v.Nature) {
		f.Add("nature", "请选择机关性质。")
	}
	if !slices.Contains(Levels(), v.Level) {
		f.Add("level", "请选择层级。")
	}
	if !Region(v.Region) {
		f.Add("region", "行政区划代码是6位数字（GB/T 2260），前两位是省级代码，如 150823。")
	}
	if v.CreditCode != "" && !CreditCode(v.CreditCode) {
		f.Add("credit_code", "统一社会信用代码“%s”不正确：应为18位，最后一位是校验码（GB 32100），请核对。", v.CreditCode)
	}
	if v.From.IsZero() {
		f.Add("from", "请填写生效日期，如 2026-11-23。")
	}
	v.Contact.check(&f)
	return f.Err()
}

func (c Contact) check(f *errs.Fields) {
	if c.Postcode != "" && !postcodeForm.MatchString(c.Postcode) {
		f.Add("postcode", "邮政编码是6位数字。")
	}
	for name, phone := range map[string]string{"phone": c.Phone, "fax": c.Fax} {
		if phone != "" && !phoneForm.MatchString(phone) {
			f.Add(name, "电话号码“%s”不正确，请写成 0478-3212345 这样的形式。", phone)
		}
	}
	if c.Email != "" && (strings.Count(c.Email, "@") != 1 || strings.ContainsAny(c.Email, " \t")) {
		f.Add("email", "电子邮箱“%s”不正确。", c.Email)
	}
	if c.Website != "" && !strings.HasPrefix(c.Website, "http://") && !strings.HasPrefix(c.Website, "https://") {
		f.Add("website", "网址以 http:// 或 https:// 开头。")
	}
	for name, text := range map[string]string{"office": c.Office, "address": c.Address, "hours": c.Hours} {
		if len([]rune(text)) > 120 {
			f.Add(name, "文字太长，不超过120个字。")
		}
	}
}

// Region tells whether a code of an administrative division is well formed: six
// digits that begin with those of a province (GB/T 2260), 10 for the whole country.
func Region(code string) bool { return regionForm.MatchString(code) }

// CreditCode tells whether a unified social credit code is well formed: 18
// characters of its alphabet, the last a check of the others (GB 32100-2015).
func CreditCode(code string) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(code) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		value := strings.IndexByte(alphabet, code[i])
		if value < 0 {
			return false
		}
		sum, weight = sum+value*weight, weight*3%31
	}
	return code[17] == alphabet[(31-sum%31)%31]
}
