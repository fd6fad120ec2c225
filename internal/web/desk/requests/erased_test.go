package requests_test

import (
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/foi"
	"gongkai/internal/ident"
)

// After its years a paper is shown as erased, and neither its name nor its content
// comes out.
func TestAnErasedPaperIsSaidToBeErased(t *testing.T) {
	s := open(t)
	s.As("lina")
	a := s.Upload(root+"/new", "identity", "张三身份证.pdf", pdf, paper(url.Values{}))
	id := strings.TrimPrefix(a.Path, root+"/")
	hash := s.request(id).Files[0].Hash
	letter, err := s.files.Put(t.Context(), strings.NewReader("撤回"), 100)
	if err != nil {
		t.Fatal(err)
	}
	s.happen("lina", id, foi.Withdraw{Files: []foi.File{{Hash: letter.Hash, Name: "撤回.pdf", What: "evidence"}}})
	s.home.On("2036-11-10")
	if n, err := s.files.Erase(t.Context(), &ident.Ordered{Clock: s.now}); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	a = s.As("lina").Get(root + "/" + id)
	if got := a.Find("#ask .papers").Text(); !strings.Contains(got, "已于2036年11月10日按期限删除") || strings.Contains(a.Body, "张三身份证") || a.Find("#ask .papers a").Length() != 0 {
		t.Errorf("%s", got)
	}
	if got := a.Find(".timeline").Text(); !strings.Contains(got, "按期限删除申请材料") {
		t.Errorf("the history does not tell: %s", got)
	}
	if f := s.Get(root + "/" + id + "/files/" + hash); f.Status != 404 || !strings.Contains(f.Find("main").Text(), "按期限删除") {
		t.Errorf("%d %s", f.Status, f.Find("main").Text())
	}
}
