package publish_test

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
	"gongkai/internal/errs"
	"gongkai/internal/publish"
	"gongkai/internal/store"
	"gongkai/internal/store/storetest"
)

// A repeal that is decided for a later day is announced at once and comes by itself on
// that day, also when nobody is there.
func TestARepealComesOnItsDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, "2026-03-02")
		d := h.draft(paper("关于村级印章管理的通知", "各苏木镇应当建立登记簿。", publish.NormativeDoc))
		h.sign(d.ID)
		h.do(clerk, d.ID, publish.Issue{})
		if err := h.Do(t.Context(), head, d.ID, publish.SetValidity{State: publish.Repealed, On: calendar.On(2126, 4, 1), By: "x"}); len(errs.FieldsOf(err)) != 1 {
			t.Errorf("a hundred years ahead: %v", err)
		}
		h.do(head, d.ID, publish.SetValidity{State: publish.Repealed, On: calendar.On(2026, 4, 1), By: "青政发〔2026〕3号"})
		now := h.get(d.ID)
		if now.Validity.State != publish.InForce || now.Coming == nil || !strings.Contains(now.Notes[len(now.Notes)-1].Text, "自2026-04-01起有效性变更为“废止”") {
			t.Errorf("%+v %+v", now.Validity, now.Notes)
		}
		sweep := func(day string) publish.Document {
			h.home.On(day)
			if _, err := h.Tend(t.Context()); err != nil {
				t.Fatal(err)
			}
			return h.get(d.ID)
		}
		if now = sweep("2026-03-31"); now.Validity.State != publish.InForce {
			t.Errorf("a day too early: %+v", now.Validity)
		}
		if now = sweep("2026-04-02"); now.Validity.State != publish.Repealed || now.Validity.On != calendar.On(2026, 4, 1) || now.Coming != nil {
			t.Errorf("%+v", now.Validity)
		}
	})
}
