package check

import (
	"testing"

	"gongkai/internal/annual"
)

func TestK24(t *testing.T) {
	say := func(text string) *annual.Report { return edit("清理失效文件。", text) }
	testText(t, ruleK24(), []textCase{
		{"good", sound(), nil},
		{"ERR-8 截止", say("截止2023年12月底，发布228条。"), []string{"warning text/一 截止"}},
		{"截止目前", say("报名截止日期已过，截止目前共10人。"), []string{"warning text/一 截止"}},
		{"截止到 and 截止时间 are right", say("截止到2023年底，报名截止时间不变。"), nil},
		{"doubled marks", say("更新栏目。。"), []string{"warning text/一 。。"}},
		{"mixed marks", say("更新栏目，。"), []string{"warning text/一 ，。"}},
		{"dots and brackets", say("栏目（政策）。更新……"), nil},
		{"order 492", say("根据《条例》（国务院令第492号）。"), []string{"warning text/一 令第492号"}},
		{"typing error", say("《政府信息公开条列》。"), []string{"warning text/一 信息公开条列"}},
		{"wrong name", say("根据《政府信息公开处理费管理办法》。"), []string{"warning text/一 《政府信息公开处理费管理办法》"}},
		{"right names", say("根据《政府信息公开信息处理费管理办法》《中华人民共和国政府信息公开条例》。"), nil},
	})
}
