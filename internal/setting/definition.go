package setting

import (
	"time"

	"gongkai/internal/account"
	"gongkai/internal/law"
)

// Kind is what sort of value a setting has.
type Kind string

// The kinds.
const (
	Text      Kind = "text"
	Int       Kind = "int"      // a whole number of Unit
	Bool      Kind = "bool"     // "true" or "false"
	Duration  Kind = "duration" // a whole number of Step
	Choice    Kind = "choice"   // one of Options
	Choices   Kind = "choices"  // several of Options
	TimeOfDay Kind = "time"     // 02:30, in Shanghai
)

// Scope is for whom a setting can be set.
type Scope string

// The scopes.
const (
	Deployment Scope = "deployment" // the whole deployment only
	PerOrgan   Scope = "organ"      // the deployment, and each organ for itself and those below
)

// Words are what people read, in both languages.
type Words struct{ Chinese, English string }

// In gives the words of a language.
func (w Words) In(english bool) string {
	if english {
		return w.English
	}
	return w.Chinese
}

// Option is what can be chosen.
type Option struct {
	Value string
	Title Words
}

// Custom is the basis of a setting whose value no law names.
const Custom = "惯例"

// Definition is a setting.
type Definition struct {
	Name        string // stable: it stands in the database and in events
	Group       Group
	Title, Hint Words
	Basis       string // articles in the form of package law, else Custom
	Why         string // Chinese: why Custom is usual, or what the article leaves open
	Kind        Kind
	Default     string
	Min, Max    int           // of Int and Duration, both included; characters of Text
	Unit        Words         // of Int and Duration
	Link        bool          // a Text is the address of a page elsewhere
	Addresses   bool          // a Text is a list of network addresses
	Pattern     bool          // a Text is the pattern of a series of numbers
	Step        time.Duration // that a Duration counts
	Options     []Option
	Act         account.Act // what it takes to change it
	Scope       Scope
	Strict      Strictness // which of two values is the stricter
}

// Group is a heading under which settings stand.
type Group string

// The groups.
const (
	Site        Group = "site"
	Accounts    Group = "account"
	Sessions    Group = "session"
	Work        Group = "work"
	Requests    Group = "request"
	Publication Group = "publish"
	Reporting   Group = "report"
	Notices     Group = "notice"
	Upkeep      Group = "upkeep"
)

// Groups gives the groups in their order, with their headings.
func Groups() []struct {
	Group Group
	Title Words
} {
	return []struct {
		Group Group
		Title Words
	}{
		{Site, Words{"网站", "Site"}},
		{Accounts, Words{"账户和口令", "Accounts and passwords"}},
		{Sessions, Words{"会话", "Sessions"}},
		{Work, Words{"工作", "Work"}},
		{Requests, Words{"依申请公开", "Requests"}},
		{Publication, Words{"主动公开", "Publication"}},
		{Reporting, Words{"年度报告", "Annual reports"}},
		{Notices, Words{"消息", "Messages"}},
		{Upkeep, Words{"运行维护", "Upkeep"}},
	}
}

// Articles gives the articles that the setting rests on; none for Custom.
func (d Definition) Articles() []law.Citation {
	if d.Basis == Custom {
		return nil
	}
	all, _ := law.ParseCitations(d.Basis) // a test walks the table
	return all
}

// byName is Definitions by name, made once.
var byName = func() map[string]Definition {
	all := map[string]Definition{}
	for _, d := range Definitions() {
		all[d.Name] = d
	}
	return all
}()

// Find gives a setting.
func Find(name string) (Definition, bool) {
	d, ok := byName[name]
	return d, ok
}
