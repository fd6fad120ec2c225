package release

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/account"
	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/foi"
)

// Showing is what stands with a file that is to be shown to everybody in the
// disclosure log (条例§44). What one applicant may have is not yet for all: the file
// is taken out of the reply anew, looked through anew, and passed by a second
// person. What was let pass for the applicant counts for nothing here.
type Showing struct {
	Served   string        `json:"served"` // hash of what the applicant got
	AskedBy  string        `json:"askedBy,omitempty"`
	Due      calendar.Date `json:"due,omitzero"` // by when somebody else should decide
	PassedBy string        `json:"passedBy,omitempty"`
	PassedAt time.Time     `json:"passedAt,omitzero"`
	TakenBy  string        `json:"takenBy,omitempty"`
	TakenAt  time.Time     `json:"takenAt,omitzero"`
	Why      string        `json:"why,omitempty"` // it was taken back, or not let pass
}

// Step is how far a showing is.
type Step string

// The steps.
const (
	Prepared Step = "prepared"
	Awaiting Step = "asked" // a second person must decide
	OnShow   Step = "shown"
	Taken    Step = "taken" // it was taken back
)

// Step tells how far it is.
func (s Showing) Step() Step {
	switch {
	case s.TakenBy != "":
		return Taken
	case s.PassedBy != "":
		return OnShow
	case s.AskedBy != "":
		return Awaiting
	}
	return Prepared
}

// changeable tells with nil whether what would go out may still be changed.
func (f File) changeable(r foi.Request) error {
	if f.Show == nil {
		return drafting(r)
	}
	if f.Show.Step() == Prepared {
		return nil
	}
	return errs.New(errs.Conflict, "“%s”已经提请公示、公示或者撤下，不能再改；需要修改的，先撤下再重新提请（条例§17）。", f.Name)
}

// withReply leaves out the files that are on their way into the log.
func withReply(files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Show != nil })
}

// served tells with nil whether a file went out with the reply that holds now.
func served(r foi.Request, hash string) error {
	if r.Status != foi.Closed && r.Status != foi.InArchive {
		return errs.New(errs.Conflict, "该申请现在是“%s”，答复送达以后才能公示文件（条例§44）。", r.Status.Words().Chinese)
	}
	if slices.ContainsFunc(r.Handed(), func(f foi.File) bool { return f.Hash == hash }) {
		return nil
	}
	return errs.New(errs.Conflict, "只能公示已经随答复提供给申请人的文件（条例§44）。")
}

// Showings gives the files of a request that are, or were, on their way into the log.
func (o *Office) Showings(ctx context.Context, actor account.Actor, request string) (foi.Request, []Checked, error) {
	r, err := o.request(ctx, actor, request, account.SeeRequests)
	if err != nil {
		return r, nil, err
	}
	all, err := o.checked(ctx, request)
	return r, slices.DeleteFunc(all, func(c Checked) bool { return c.Show == nil }), err
}

// Offer takes a file that the applicant got, under a name that everybody may read,
// and looks it through. One in which nothing is found waits for the second person
// at once.
func (o *Office) Offer(ctx context.Context, actor account.Actor, request, hash, name string) (id string, err error) {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return "", err
	}
	if err := served(r, hash); err != nil {
		return "", err
	}
	if name, err = publicName(r, hash, name); err != nil {
		return "", err
	}
	f, err := o.looked(ctx, r, name, hash, actor.ID)
	if err != nil {
		return "", err
	}
	f.Show = &Showing{Served: hash}
	err = o.Store.Change(ctx, o.pen(actor), request, func(r foi.Request, files []File) ([]File, []event.Event, error) {
		if err := served(r, hash); err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(files, func(other File) bool {
			return other.Show != nil && other.Show.Served == hash && other.Show.Step() != Taken
		}) {
			return nil, nil, errs.New(errs.Conflict, "这个文件已经在办理公示。")
		}
		return append(files, f), []event.Event{o.happened(actor, r, Offered, f)}, nil
	})
	if err != nil {
		return "", err
	}
	_, c, err := o.One(ctx, actor, request, f.ID)
	if err == nil && c.Open == 0 {
		err = o.AskToShow(ctx, actor, request, f.ID)
	}
	return f.ID, err
}

// publicName gives the name under which everybody finds a file: what it is, its
// ending still says.
func publicName(r foi.Request, hash, name string) (string, error) {
	i := slices.IndexFunc(r.Handed(), func(f foi.File) bool { return f.Hash == hash })
	ending := strings.ToLower(path.Ext(r.Handed()[i].Name))
	name = strings.TrimSpace(name)
	switch n := utf8.RuneCountInString(name); {
	case n == 0 || n > 120 || strings.ContainsAny(name, "/\\\n\r"):
		return "", errs.InField("name", "请写一个不含个人信息的文件名，不超过120个字，不用斜杠。")
	case strings.ToLower(path.Ext(name)) != ending:
		return "", errs.InField("name", "文件名要以“%s”结尾，否则打不开。", ending)
	}
	return name, nil
}

// AskToShow puts a file before the second person. Nothing may be open in it.
func (o *Office) AskToShow(ctx context.Context, actor account.Actor, request, id string) error {
	r, err := o.request(ctx, actor, request, account.HandleRequests)
	if err != nil {
		return err
	}
	due, err := o.decideBy(ctx, r)
	if err != nil {
		return err
	}
	return o.show(ctx, actor, request, id, ShowAsked, func(r foi.Request, f Checked, s *Showing) error {
		switch {
		case s.Step() != Prepared:
			return errs.New(errs.Conflict, "“%s”已经提请公示、公示或者撤下。", f.Name)
		case f.Open > 0:
			return errs.New(errs.Conflict, "“%s”还有%d个检查发现的问题没有处理，不能提请公示；请作去标识化处理，或者由两个人决定放行（条例§15）。", f.Name, f.Open)
		}
		s.AskedBy, s.Due, s.Why = actor.ID, due, ""
		return served(r, s.Served)
	})
}

// Show lets a file into the log, or refuses it: the head or the secrecy reviewer,
// never who put it there. What would be shown is looked through once more.
func (o *Office) Show(ctx context.Context, actor account.Actor, request, id string, passes bool, why string) error {
	if _, err := o.request(ctx, actor, request, account.ApproveRequests, account.ClearRequests); err != nil {
		return err
	}
	what := ShowPassed
	if !passes {
		what = ShowDenied
		if err := reason(why, "请写明不同意公示的原因，4至300个字。"); err != nil {
			return err
		}
	} else if err := o.lookAgain(ctx, actor, request, id); err != nil {
		return err
	}
	return o.show(ctx, actor, request, id, what, func(r foi.Request, f Checked, s *Showing) error {
		switch {
		case s.Step() != Awaiting:
			return errs.New(errs.Conflict, "“%s”没有等待公示的决定。", f.Name)
		case actor.ID == s.AskedBy || actor.ID == f.AddedBy:
			return errs.New(errs.Conflict, "公示由您提请，应当由另一个人决定（条例§17）。")
		case !passes:
			s.AskedBy, s.Due, s.Why = "", calendar.Date{}, strings.TrimSpace(why)
			return nil
		case f.Open > 0:
			return errs.New(errs.Conflict, "再次检查发现“%s”还有%d个问题，不能公示；请退回处理（条例§15、条例§17）。", f.Name, f.Open)
		}
		s.PassedBy, s.PassedAt = actor.ID, o.Clock.Now()
		return served(r, s.Served)
	})
}

// lookAgain runs the guard over exactly the bytes that everybody would get.
func (o *Office) lookAgain(ctx context.Context, actor account.Actor, request, id string) error {
	r, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	data, err := o.Content.Read(f.Hash)
	if err != nil {
		return err
	}
	res, err := o.GuardOf(r.Organ).Scan(ctx, f.Name, data)
	if err != nil {
		return err
	}
	return o.Store.KeepCheck(ctx, Check{f.Hash, o.Clock.Now(), *res})
}

// TakeBack takes a file out of the log, or gives up the attempt. One person does it
// at once: what should not be seen must not wait.
func (o *Office) TakeBack(ctx context.Context, actor account.Actor, request, id, why string) error {
	if _, err := o.request(ctx, actor, request, account.HandleRequests, account.ApproveRequests, account.ClearRequests); err != nil {
		return err
	}
	if err := reason(why, "请写明撤下的原因，4至300个字。"); err != nil {
		return err
	}
	return o.show(ctx, actor, request, id, ShowTaken, func(_ foi.Request, f Checked, s *Showing) error {
		if s.Step() == Taken {
			return errs.New(errs.Conflict, "“%s”已经撤下。", f.Name)
		}
		s.TakenBy, s.TakenAt, s.Why = actor.ID, o.Clock.Now(), strings.TrimSpace(why)
		return nil
	})
}

func reason(why, sentence string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(why)); n < 4 || n > 300 {
		return errs.InField("why", "%s", sentence)
	}
	return nil
}

// show is the shape of every step of a showing. What was found in the file is read
// before; that it is still the same file is looked at within the change.
func (o *Office) show(ctx context.Context, actor account.Actor, request, id string, what event.Kind, judge func(foi.Request, Checked, *Showing) error) error {
	_, f, err := o.One(ctx, actor, request, id)
	if err != nil {
		return err
	}
	if f.Show == nil {
		return errs.New(errs.NotFound, "这个文件没有在办理公示。")
	}
	return o.Store.Change(ctx, o.pen(actor), request, func(r foi.Request, files []File) ([]File, []event.Event, error) {
		i := slices.IndexFunc(files, func(other File) bool { return other.ID == f.ID && other.Hash == f.Hash })
		if i < 0 || len(files[i].Waivers) != len(f.Waivers) {
			return nil, nil, errs.New(errs.Conflict, "文件刚刚换过，请看过现在的样子再办理。")
		}
		now := *files[i].Show
		if err := judge(r, f, &now); err != nil {
			return nil, nil, err
		}
		files[i].Show = &now
		return files, []event.Event{o.happened(actor, r, what, files[i])}, nil
	})
}

// OnShow gives the files of a request that everybody may have. Whoever calls it has
// made sure that the request is in the log.
func (o *Office) OnShow(ctx context.Context, r foi.Request) ([]File, error) {
	all, err := o.checked(ctx, r.ID)
	var shown []File
	for _, c := range all {
		if c.Show != nil && c.Show.Step() == OnShow && c.Open == 0 && served(r, c.Show.Served) == nil {
			shown = append(shown, c.File)
		}
	}
	return shown, err
}
