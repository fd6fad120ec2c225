package compile

import (
	"strings"
	"testing"

	"gongkai/internal/calendar"
)

// A report goes to the superior in one of the ways that are open, and what does not get
// through is to be sent again.
func TestSubmission(t *testing.T) {
	s := bureau(day("2026-01-12"))
	signed := func() *Report {
		return &Report{ID: "r1", Organ: "bureau", Year: 2025, Status: Frozen, Versions: []Version{{SignedOn: day("2026-01-10"), Document: "d1"}}}
	}
	root := signed()
	says(t, do(t, root, s, Send{Way: Within}), "没有上级机关")
	says(t, do(t, root, s, Send{Way: ByPost}), "没有设置上级主管部门的系统网址")
	says(t, do(t, root, s, Send{Way: ByHand}), "报送给哪个机关")
	says(t, do(t, root, s, Send{To: "市政府办"}), "请选择怎样报送")
	says(t, do(t, root, s, Send{Way: ByHand, To: "市政府办", On: day("2026-01-13")}), "不能晚于今天")
	says(t, do(t, root, s, Send{Way: ByHand, To: "市政府办", On: day("2026-01-09")}), "不能早于签发日期2026-01-10")
	says(t, do(t, root, s, Send{Way: ByHand, To: "市政府办", Receipt: strings.Repeat("号", 61)}), "超过了60个字")
	if err := do(t, root, s, Send{Way: ByHand, To: "市政府办", On: day("2026-01-11"), Receipt: "收文〔2026〕7号"}); err != nil {
		t.Fatal(err)
	}
	if v := root.Versions[0]; v.Submission() != Receipted || v.SentOn != day("2026-01-11") || v.Receipt != "收文〔2026〕7号" || root.History[0].On != v.SentOn {
		t.Errorf("%+v", v)
	}

	s.Organ.Parent, s.Superior = "county", Superior{"青川旗人民政府办公室", "https://above.example.cn"}
	if ways := s.Ways(); len(ways) != 3 || ways[0] != Within {
		t.Errorf("%v", ways)
	}
	inside := signed()
	if d := inside.Duty(s); d == nil || d.By[0] != Sent {
		t.Fatalf("%+v", d)
	}
	if err := do(t, inside, s, Send{Way: Within, On: day("2020-01-01"), Receipt: "9"}); err != nil {
		t.Fatal(err)
	}
	if v := inside.Versions[0]; v.SentTo != "青川旗人民政府办公室" || v.SentOn != s.Today || v.Receipt != "" || inside.Duty(s) != nil {
		t.Errorf("what belongs to paper was taken for another way: %+v", v)
	}
	says(t, do(t, inside, s, Arrive{Version: 1}), "没有在等上级系统签收")

	post := signed()
	if err := do(t, post, s, Send{Way: ByPost}); err != nil || post.Versions[0].Submission() != SentOff {
		t.Fatalf("%v", err)
	}
	says(t, do(t, post, s, Send{Way: ByPost}), "会自动重试")
	if err := do(t, post, s, Fail{Version: 1, Why: "发送方没有登记"}); err != nil || post.Versions[0].Submission() != NotSent {
		t.Fatalf("%v", err)
	}
	if d := post.Duty(s); d == nil || d.By[0] != Sent {
		t.Errorf("what was not taken is on nobody's list: %+v", d)
	}
	if err := do(t, post, s, Send{Way: ByPost}); err != nil || post.Versions[0].Failure != "" {
		t.Fatalf("%v, %+v", err, post.Versions[0])
	}
	later := s
	later.Today = day("2026-01-13")
	if err := do(t, post, later, Correct{Why: "数字有误"}, Arrive{Version: 1, Receipt: "01ABC"}); err != nil {
		t.Fatalf("an answer that comes while it is corrected is lost: %v", err)
	}
	if v := post.Versions[0]; v.Submission() != Receipted || v.Receipt != "01ABC" || v.ReceivedOn != later.Today || v.SentOn != s.Today {
		t.Errorf("%+v", v)
	}
	hand := signed()
	if err := do(t, hand, s, Send{Way: ByPost}, Send{Way: ByHand, To: "青川旗人民政府办公室"}); err != nil || hand.Versions[0].SentWay != ByHand {
		t.Errorf("what waits cannot be handed in on paper: %v", err)
	}
	says(t, do(t, hand, s, Fail{Version: 1, Why: "晚了"}), "没有在等上级系统签收")
	if hand.Versions[0].SentOn == (calendar.Date{}) {
		t.Error("an old answer undoes what was handed in")
	}
}
