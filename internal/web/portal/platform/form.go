package platform

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"gongkai/internal/doc"
	"gongkai/internal/errs"
	"gongkai/internal/org"
	"gongkai/internal/setting"
	"gongkai/internal/web"
)

// form hands out the form for requests on paper, as a file to be printed or filled in.
// It asks for what 条例§29 asks for and nothing else: never for a purpose.
func (p Platform) form(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r, GuidePath)
	if err != nil {
		return err
	}
	name := web.Format(r)
	format, ok := formats[name]
	if !ok || name == "xlsx" {
		return errs.New(errs.NotFound, "申请表有 docx 和 pdf 两种格式，请从公开指南下载。")
	}
	contacts, err := p.Organs.Contacts(r.Context(), []string{v.organ.ID})
	if err != nil {
		return err
	}
	opened, err := p.Settings.Choices(r.Context(), v.organ.ID, setting.RequestChannels)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := format.write(&b, requestForm(v.organ.Name, contacts[v.organ.ID], opened)); err != nil {
		return err
	}
	web.Attach(w, v.organ.Name+"政府信息公开申请表."+name, format.media)
	_, err = b.WriteTo(w)
	return err
}

// box stands before what is chosen by hand.
const box = "□ "

// requestForm writes the form of an organ: a page for citizens, one for organisations.
func requestForm(organ string, c org.Contact, opened []string) *doc.Doc {
	d := &doc.Doc{Title: organ + "政府信息公开申请表"}
	citizen := [][2]string{{"公民姓名", ""}, {"证件名称和号码", ""}}
	body := [][2]string{
		{"法人、其他组织名称", ""},
		{"类别", box + "商业企业　" + box + "科研机构　" + box + "社会公益组织\n" + box + "法律服务机构　" + box + "其他"},
		{"统一社会信用代码", ""},
		{"负责人、联系人", ""},
	}
	for i, one := range []struct {
		rows [][2]string
		sign string
	}{{citizen, "申请人签名、日期"}, {body, "申请人盖章、日期"}} {
		if i > 0 {
			d.AddPara(doc.PageBreak, "")
		}
		d.AddPara(doc.Title, organ+"\n政府信息公开申请表")
		d.AddTable(formTable(slices.Concat(one.rows, [][2]string{
			{"联系电话", ""},
			{"通信地址和邮政编码", ""},
			{"电子邮箱（可以不填）", ""},
			{"需要的政府信息：名称、文号或者便于查询的其他特征", "\n\n\n"},
			{"提供形式、获取方式", box + "纸质　" + box + "电子文件\n" + box + "邮寄　" + box + "电子邮件　" + box + "当面领取　" + box + "当场阅读、抄录"},
			{one.sign, "　　　　　　　　　　　　年　　月　　日"},
			{"说明", strings.Join(formNotes(c, opened), "\n")},
		})))
	}
	return d
}

func formTable(lines [][2]string) *doc.Table {
	t := &doc.Table{Cols: 2, Grid: true, Widths: []int{3, 7}, Roomy: true}
	for _, l := range lines {
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{{Text: l[0], ColSpan: 1, RowSpan: 1, Header: true}, {Text: l[1], Col: 1, ColSpan: 1, RowSpan: 1}}})
	}
	return t
}

// formNotes say what goes with the form and where it is sent.
func formNotes(c org.Contact, opened []string) []string {
	notes := []string{"请附身份证明复印件，不需要说明申请的用途（条例§29）。"}
	var ways []string
	if c.Address != "" {
		ways = append(ways, strings.TrimSpace("当面提交或者邮寄："+c.Address+" "+c.Postcode)+"，"+c.Office)
	}
	if c.Fax != "" && slices.Contains(opened, setting.ChannelFax) {
		ways = append(ways, "传真："+c.Fax)
	}
	if c.Email != "" && slices.Contains(opened, setting.ChannelEmail) {
		ways = append(ways, "电子邮件："+c.Email)
	}
	if c.Phone != "" {
		ways = append(ways, "咨询电话："+c.Phone)
	}
	if len(ways) > 0 {
		notes = append(notes, strings.Join(ways, "；")+"。")
	}
	return append(notes, "自收到申请之日起20个工作日内答复，经同意最多延长20个工作日（条例§33）。")
}
