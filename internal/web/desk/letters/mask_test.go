package letters_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gongkai/internal/doc"
	"gongkai/internal/doc/open"
	"gongkai/internal/foi"
	"gongkai/internal/release"
)

// A PDF is marked by what was found, by words and by a rectangle; what comes out
// holds none of it, and every look at the original is on record.
func TestAPortableFileIsMarked(t *testing.T) {
	s := build(t)
	d := &doc.Doc{}
	d.AddPara(doc.Title, "救助名册")
	d.AddPara(doc.Body, "联系人王小二，手机13800131234。其他内容。")
	var b bytes.Buffer
	if err := open.Write(&b, doc.PDF, d); err != nil {
		t.Fatal(err)
	}
	lina := s.As("lina")
	path := lina.Upload(s.path+"/release/new", "file", "名册.pdf", b.Bytes(), nil).Path
	form := lina.Get(path + "/mask")
	sheet := form.Find(".sheet-frame")
	if sheet.Length() != 1 || sheet.Find("rect.found").Length() == 0 || form.Find("input[name=area-6-height]").Length() != 1 {
		t.Fatalf("%s", form.Find("main").Text())
	}
	src, _ := sheet.Find("img").Attr("src")
	picture := lina.Get(src)
	if p, err := jpeg.Decode(strings.NewReader(picture.Body)); err != nil || p.Bounds().Dx() < 800 {
		t.Errorf("the page: %v", err)
	}
	area := func(width string) url.Values {
		return url.Values{
			"why-1": {"privacy"}, "words-1": {"王小二"}, "words-why-1": {"rights"},
			"area-1-page": {"1"}, "area-1-left": {"60"}, "area-1-top": {"70"}, "area-1-width": {width}, "area-1-height": {"5"}, "area-1-why": {"secret"},
		}
	}
	wrong := lina.Submit(path+"/mask", area("50"))
	if wrong.Status != http.StatusUnprocessableEntity || !strings.Contains(wrong.Find(".summary").Text(), "百分比") || wrong.Find("input[name=area-1-width]").AttrOr("value", "") != "50" {
		t.Errorf("%d %s", wrong.Status, wrong.Find(".summary").Text())
	}
	done := lina.Submit(path+"/mask", area("40"))
	if text := done.Find("main").Text(); done.Path != path || !strings.Contains(text, "可以提供") || !strings.Contains(text, "区域") || !strings.Contains(text, "商业秘密") {
		t.Fatalf("%d %s", done.Status, text)
	}
	body := lina.Get(path + "/copy").Body
	if !strings.HasPrefix(body, "%PDF") || strings.Contains(body, "13800131234") {
		t.Error("the copy is not what was made")
	}
	again := lina.Get(path + "/mask")
	if again.Find("input[name=area-1-left]").AttrOr("value", "") != "60.0" || again.Find("rect.marked").Length() != 1 || again.Find(".notice.amber").Length() != 1 {
		t.Error("the rectangles of the copy are not filled in again")
	}
	lina.Get(path + "/original")
	if n := s.happened(release.Opened); n != 2 {
		t.Errorf("%d looks at the original are on record, want 2", n)
	}
	if a := s.As("head").Get(src); a.Status != http.StatusForbidden {
		t.Errorf("who does not handle requests has the page: %d", a.Status)
	}
}

func TestWhatCannotBeMarkedIsSaid(t *testing.T) {
	s := build(t)
	lina := s.As("lina")
	path := lina.Upload(s.path+"/release/new", "file", "图.gif", []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"), nil).Path
	if a := lina.Get(path + "/mask"); !strings.Contains(a.Body, "另存为 jpeg") {
		t.Errorf("%d %s", a.Status, a.Find("main").Text())
	}
}

// While the reply is with the head its files stay: nobody is offered to add one, and
// the page says why.
func TestFilesStayWhileTheReplyIsChecked(t *testing.T) {
	s := build(t)
	lina := s.As("lina")
	if a := lina.Get(s.path + "/release"); a.Find("a[href$='/release/new']").Length() == 0 {
		t.Error("the clerk is not offered to add a file")
	}
	s.do("lina", foi.Submit{Decision: foi.Decision{Items: []foi.Item{{Kind: "A2", Facts: map[string]string{"place": "附后"}}}}})
	a := lina.Get(s.path + "/release")
	if a.Find("a[href$='/release/new']").Length() != 0 || !strings.Contains(a.Find(".notice").Text(), "请先退回") {
		t.Errorf("%s", a.Find("main").Text())
	}
	if a := lina.Get(s.path + "/release/new"); a.Status != http.StatusConflict {
		t.Errorf("the form is still there: %d", a.Status)
	}
}
