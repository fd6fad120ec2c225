package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gongkai/internal/clock"
	"gongkai/internal/job"
	"gongkai/internal/store/storetest"
)

// TestJobThatFailsIsDealtWith lets the backup fail until it is given up, as a
// disk that is gone makes it, and tries again from its page when it is back.
func TestJobThatFailsIsDealtWith(t *testing.T) {
	now := clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai))
	s := openSiteAt(t, now)
	if err := os.WriteFile(s.App.Config.Backups, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	admin := s.browse(t, "xitong")
	started := admin.Submit("/admin/schedules/backup.daily", nil)
	if !strings.Contains(main(started), "任务已排队") {
		t.Fatalf("%d %s", started.Status, main(started))
	}
	path := started.Path
	for attempt := 1; attempt <= job.Attempts; attempt++ {
		s.runner().Pass(t.Context())
		now.Advance(time.Hour)
	}
	admin = s.browse(t, "xitong") // the visit ended meanwhile
	got := main(admin.Get(path))
	if !strings.Contains(got, "失败") || !strings.Contains(got, "已运行8次") || admin.Get(path).Find(".notice.red").Length() != 1 {
		t.Errorf("after the last attempt: %s", got)
	}
	if got := main(admin.Get("/admin")); !strings.Contains(got, "有1个后台任务失败，需要处理") {
		t.Error(got)
	}
	if rows := admin.Get("/admin/jobs?state=failed&kind=backup.daily").Find("section.list tbody tr").Length(); rows != 1 {
		t.Errorf("%d failed jobs are listed", rows)
	}

	if err := os.Remove(s.App.Config.Backups); err != nil {
		t.Fatal(err)
	}
	if a := admin.Submit(path+"/retry", nil); !strings.Contains(main(a), "任务已重新排队") {
		t.Errorf("%d %s", a.Status, main(a))
	}
	s.runner().Pass(t.Context())
	if got := main(admin.Get(path)); !strings.Contains(got, "完成") || strings.Contains(got, "失败") {
		t.Errorf("after the disk is back: %s", got)
	}
	if made, err := filepath.Glob(filepath.Join(s.App.Config.Backups, "*")); err != nil || len(made) == 0 {
		t.Errorf("no backup was made (%v)", err)
	}
	if got := main(admin.Get("/admin")); strings.Contains(got, "后台任务失败") {
		t.Error(got)
	}
}

// TestVerificationThatFindsSomething fails as a job, with the record's name.
func TestVerificationThatFindsSomething(t *testing.T) {
	s := openSiteAt(t, clock.At(time.Date(2026, 11, 26, 10, 0, 0, 0, clock.Shanghai)))
	admin := s.browse(t, "xitong")
	clean := admin.Submit("/admin/schedules/log.verify", nil).Path
	s.runner().Pass(t.Context())
	if got := main(admin.Get(clean)); !strings.Contains(got, "完成") || !strings.Contains(got, "8/8") {
		t.Errorf("nothing is wrong: %s", got)
	}
	storetest.Exec(t, s.db, "UPDATE person SET title = 'x' WHERE login = 'jingban'")
	wrong := admin.Submit("/admin/schedules/log.verify", nil).Path
	s.runner().Pass(t.Context())
	if got := main(admin.Get(wrong)); !strings.Contains(got, "核验发现1处问题：人员记录") || !strings.Contains(got, "有人绕过程序改动了数据库") {
		t.Errorf("a record was changed past the program: %s", got)
	}
}
