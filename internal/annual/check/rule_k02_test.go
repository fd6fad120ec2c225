package check

import "testing"

func TestK02(t *testing.T) {
	testText(t, ruleK02(), []textCase{
		{"good", sound(), nil},
		{"ERR-8 Arabic among Chinese", edit("一、总体情况", "1、 总体情况", "五、存在的主要", "5、 存在的主要"), []string{"warning text/一 1、", "warning text/五 5、"}},
		{"ERR-8 （1） followed by （二）", edit("（一）存在的主要问题。", "（1） 存在的问题。"), []string{"warning text/五 （1）（二）"}},
		{"jump", edit("（三）政府信息管理情况", "（四）政府信息管理情况", "（四）政府信息公开平台", "（五）政府信息公开平台", "（五）监督", "（六）监督"), []string{"warning text/一 （四）"}},
		{"repeated", edit("（三）政府信息管理情况", "（二）政府信息管理情况", "（四）政府信息公开平台", "（三）政府信息公开平台", "（五）监督", "（四）监督"), []string{"warning text/一 （二）"}},
		{"number inside a joined line", edit("（二）依申请公开情况", "我局（二）依申请公开情况"), nil},
		{"number behind a residue", edit("（一）主动公开情况", "[bookmark: _GoBack]（一）主动公开情况"), nil},
		{"wrong part number", edit("三、收到", "二、收到"), []string{"warning text/三 二、"}},
		{"no number", edit("三、收到", "收到"), []string{"warning text/三"}},
		{"（1） below 1. is a level of its own", withText(edit("（一）存在的主要问题。", "存在的主要问题：", "（二）改进情况。", "改进情况："), 5, "1.整改", "（1）甲", "（2）乙"), nil},
	})
}
