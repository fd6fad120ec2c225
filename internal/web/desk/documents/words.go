package documents

import (
	"gongkai/internal/event"
	"gongkai/internal/law"
	"gongkai/internal/locale"
	"gongkai/internal/publish"
	"gongkai/internal/web"
)

// choose begins a choice with nothing chosen.
func choose(say *locale.Catalogue, all []web.Option) []web.Option {
	return append([]web.Option{{Label: say.T("documents.choose")}}, all...)
}

func statusWord(say *locale.Catalogue, s publish.Status) string { return say.In(s.Words()) }

func statusTone(s publish.Status) string {
	switch s {
	case publish.Published:
		return "green"
	case publish.Suspended:
		return "red"
	case publish.Releasing:
		return "amber"
	case publish.Withdrawn, publish.Withheld, publish.Dropped:
		return "grey"
	}
	return "blue"
}

func opennessWord(say *locale.Catalogue, o publish.Openness) string {
	if o == publish.Unset {
		return say.T("documents.no-attribute")
	}
	return say.In(o.Words())
}

func opennessTone(o publish.Openness) string {
	switch o {
	case publish.Unset:
		return "red"
	case publish.Open:
		return "green"
	case publish.OnRequest, publish.Closed:
	}
	return "grey"
}

func kindWord(say *locale.Catalogue, k publish.Kind) string {
	info, ok := k.Info()
	if !ok {
		return string(k)
	}
	return say.In(info.Word)
}

func subjectWord(id string) string {
	s, ok := law.SubjectByID(id)
	if !ok {
		return id
	}
	return s.Label + s.Text
}

// formWord names the form of an act, which may come to something else than the act.
func formWord(say *locale.Catalogue, kind event.Kind) string {
	if kind == publish.Cleared {
		return say.T("documents.clear")
	}
	return actWord(say, kind)
}

func actWord(say *locale.Catalogue, kind event.Kind) string {
	act, ok := publish.ActOf(kind)
	if !ok {
		return string(kind)
	}
	return say.In(publish.Word{Chinese: act.Chinese, English: act.Do})
}
