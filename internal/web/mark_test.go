package web_test

import (
	"strings"
	"testing"

	"gongkai/internal/web"
)

func TestMark(t *testing.T) {
	for _, c := range []struct{ name, text, words, want string }{
		{"a word", "青川旗民政局", "民政", "青川旗[民政]局"},
		{"twice, and at both ends", "公开不公开", "公开", "[公开]不[公开]"},
		{"two words", "答复申请的期限", "期限 申请", "答复[申请]的[期限]"},
		{"the longer word first", "申请人的申请", "申请 申请人", "[申请人]的[申请]"},
		{"capitals", "API 接口", "api", "[API] 接口"},
		{"nothing searched for", "公开", "", "公开"},
		{"not there", "公开", "预约", "公开"},
		{"letters that change their length", "İstanbul", "istanbul", "İstanbul"},
	} {
		var got strings.Builder
		for _, p := range web.Mark(c.text, web.Terms(c.words)) {
			if p.Hit {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != c.want {
			t.Errorf("%s: %s", c.name, got.String())
		}
	}
}

func TestHasAll(t *testing.T) {
	if !web.HasAll("期限计算 Time limits", web.Terms("time 期限")) || web.HasAll("期限计算", web.Terms("期限 机关")) || !web.HasAll("", web.Terms(" ")) {
		t.Error("wrong")
	}
}
