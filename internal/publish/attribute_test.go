package publish_test

import (
	"strings"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// Without an attribute a draft is written, looked through and given up, and nothing else
// is done with it.
func TestWithoutAnAttributeNothingGoesOn(t *testing.T) {
	d := publish.Document{Status: publish.Drafting, Draft: &publish.Draft{By: "a"}}
	for _, kind := range []event.Kind{publish.Submitted, publish.ConsentAsked, publish.Linked, publish.Excused, publish.ExcuseConfirmed} {
		if err := d.Try(kind, publish.Scene{Actor: "b"}); err == nil || !strings.Contains(errs.Public(err), "还没有认定公开属性") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// What is passed on has the attribute of its original.
func TestWhatIsPassedOnHasTheAttributeOfItsOriginal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		p := paper("转发关于考勤的通知", "现予转发。", publish.OtherDocument)
		p.Attribute = publish.Attribute{}
		p.Forwards = &publish.Source{Title: "关于考勤的通知", Organ: "青川旗人民政府", Openness: publish.OnRequest}
		d := h.draft(p)
		if d.Attribute.Openness != publish.OnRequest || !strings.Contains(d.Attribute.Reasons, "原文件") {
			t.Errorf("%+v", d.Attribute)
		}
		p.Attribute.Openness = publish.Open
		if err := h.Do(t.Context(), liaison, d.ID, publish.Edit{Paper: p}); len(errs.FieldsOf(err)) != 1 || errs.FieldsOf(err)[0].Name != "openness" {
			t.Errorf("another attribute than that of the original: %v", err)
		}
	})
}
