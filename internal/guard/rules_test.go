package guard

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/internal/doc"
	"gongkai/internal/doc/inside"
	"gongkai/internal/rule"

	"pgregory.net/rapid"
)

// in gives what a rule says about blocks, as severity and masked text.
func in(id string, blocks ...doc.Block) string {
	words, err := NewWords(nil)
	if err != nil {
		return err.Error()
	}
	f := &inside.File{Layers: []inside.Layer{{Kind: inside.Shown, Blocks: blocks}}}
	var said []string
	for _, found := range rule.Run(Rules(), newSubject(f, words, nil), 0).Findings {
		if found.Rule == id {
			said = append(said, string(found.Severity)+" "+found.Actual)
		}
	}
	return strings.Join(said, "; ")
}

func text(s string) doc.Block { return doc.Block{Para: &doc.Para{Text: s}} }

// list makes a table of rows whose cells are parted by bars.
func list(rows ...string) doc.Block {
	t := &doc.Table{Grid: true}
	for y, line := range rows {
		row := doc.Row{}
		for x, cell := range strings.Split(line, "|") {
			row.Cells = append(row.Cells, doc.Cell{Text: cell, Col: x, ColSpan: 1, RowSpan: 1, Place: doc.Place{Row: y + 1, Col: x + 1}})
			t.Cols = max(t.Cols, x+1)
		}
		t.Rows = append(t.Rows, row)
	}
	return doc.Block{Table: t}
}

type cases map[string]struct {
	block doc.Block
	want  string // "" is nothing
}

func (c cases) run(t *testing.T, id string) {
	t.Helper()
	for name, one := range c {
		t.Run(name, func(t *testing.T) {
			if got := in(id, one.block); got != one.want {
				t.Errorf("%s says %q, want %q", id, got, one.want)
			}
		})
	}
}

const (
	id1, id1Masked = "110101199003070716", "11*************716"
	card           = "6222021234567890128"
	cardMasked     = "***************0128"
)

func TestG1(t *testing.T) {
	cases{
		"in running text":         {text("张三，身份证号：" + id1 + "。"), "error " + id1Masked},
		"without any word":        {text("张三" + id1), "error " + id1Masked},
		"full-width digits":       {text("身份证１１０１０１１９９００３０７０７１６"), "error " + id1Masked},
		"blanks between":          {text("身份证 110101 19900307 0716"), "error " + id1Masked},
		"a blank in the middle":   {text("身份证 110101199003 070716"), "error " + id1Masked},
		"dashes between":          {text("身份证 110101-19900307-0716"), "error " + id1Masked},
		"one digit at a time":     {text("身份证：1 1 0 1 0 1 1 9 9 0 0 3 0 7 0 7 1 6"), "error " + id1Masked},
		"zero-width characters":   {text("110101\u200b19900307\u200b0716"), "error " + id1Masked},
		"small x":                 {text("身份证11010119900307803x"), "error 11*************03X"},
		"after letters":           {text("ID" + id1), "error " + id1Masked},
		"from Chongqing":          {text("500101199202290036"), "error 50*************036"},
		"old number with a word":  {text("身份证号码110101900307071"), "error 11**********071"},
		"two in a row":            {text(id1 + "、410381199001011230"), "error " + id1Masked + "; error 41*************230"},
		"column of a list":        {list("姓名|身份证号", "张三|"+id1, "李四|410381199001011230"), "error " + id1Masked + "、41*************230"},
		"wrong check, by heading": {list("姓名|身份证号码", "张三|110101199003070717"), "error 11*************717"},
		"cut by Excel":            {list("姓名|身份证号码", "张三|110101199003070000"), "error 11*************000"},
		"one digit in a cell":     {list("公民身份号码|" + strings.Join(strings.Split(id1, ""), "|")), "error " + id1Masked},
		"label on the left":       {list("姓名|张三|身份证号|" + id1), "error " + id1Masked},

		"several blanks":          {text("身份证 110101  19900307  0716"), "error " + id1Masked},
		"dashes between blanks":   {text("身份证 110101 - 19900307 - 0716"), "error " + id1Masked},
		"blanks and dashes":       {text("张三 110101-19900307 0716"), "error " + id1Masked},
		"dots between":            {text("身份证 110101.19900307.0716"), "error " + id1Masked},
		"over the end of a line":  {text("身份证 1101011990\n03070716"), "error " + id1Masked},
		"marks of direction":      {text("\u202a110101\u202c199003070716"), "error " + id1Masked},
		"struck through":          {text("1\u03361\u03360\u03361\u03360\u03361\u033619900307\u03360716"), "error " + id1Masked},
		"Roman ten for X":         {text("11010119900307803Ⅹ"), "error 11*************03X"},
		"times sign for X":        {text("11010119900307803×"), "error 11*************03X"},
		"last one masked only":    {text("身份证号：11010119900307071*"), "error 11*************71X"},
		"in Chinese":              {text("身份证一一〇一〇一一九九〇〇三〇七〇七一六"), "error " + id1Masked},
		"misread letters":         {text("身份证号：11O1O1199OO3O7O716"), "error " + id1Masked},
		"misread ones":            {text("身份证号：l10l0119900307O716"), "error " + id1Masked},
		"in the name of a file":   {text("张三_110101199003070716.jpg"), "error " + id1Masked},
		"in an address":           {text("id=110101199003070716&name=x"), "error " + id1Masked},
		"before a unit":           {text("身份证110101199003070716份"), "error " + id1Masked},
		"after the number of it":  {text("1.110101199003070716"), "error " + id1Masked},
		"between commas":          {text("张三,110101199003070716,13812345678"), "error " + id1Masked},
		"cut into cells":          {list("姓名|身份证号||", "张三|110101|19900307|0716"), "error " + id1Masked},
		"cut, without heading":    {list("张三|110101|19900307|0716"), "error " + id1Masked},
		"table on its side":       {list("姓名|张三|李四", "身份证号|110101199003070717|410381199001011231"), "error 11*************717; error 41*************231"},
		"headings in row three":   {list("附件1|", "发放名单|", "姓名|身份证号", "张三|110101199003070717"), "error 11*************717"},
		"headings in two rows":    {list("人员信息|联系方式", "姓名|身份证号", "张三|110101199003070717"), "error 11*************717"},
		"second list of a sheet":  {list("项目|金额", "甲|1", "乙|2", "丙|3", "丁|4", "戊|5", "己|6", "庚|7", "辛|8", "姓名|身份证号", "张三|110101199003070717"), "error 11*************717"},
		"resident from Hong Kong": {text("港澳居民居住证810000199408230021"), "error 81*************021"},

		"figures in three cells":        {list("年份|数量|金额|合计", "2023|110101|19900308|0716"), ""},
		"credit code, one O":            {text("信用代码：9115O823MA0N1234X5"), ""},
		"three figures in a row":        {text("110101、19900307、0716"), ""},
		"masked already":                {text("身份证号：11*************716"), ""},
		"masked by stars in the middle": {text("身份证号：110101********0716"), ""},
		"credit code":                   {text("统一社会信用代码：11150823011720345X"), ""},
		"credit code of digits":         {text("统一社会信用代码" + id1), ""},
		"wrong check, no word":          {text("流水号110101199003070717"), ""},
		"no such day":                   {text("110101199013320718"), ""},
		"no such region":                {text("990101199003070716990"), ""},
		"part of a longer number":       {text("9" + id1 + "3"), ""},
		"project code":                  {text("项目代码：2306-150823-04-01-123456"), ""},
		"registration number":           {text("注册号：110101900307071"), ""},
		"index number":                  {text("索引号：11341702486344515H/202110-00013"), ""},
	}.run(t, "G1")
}

// A row of figures is no number that somebody has cut, however long it is; what stands
// behind it is found all the same.
func TestARowOfFiguresIsNoNumber(t *testing.T) {
	figures := strings.Repeat("1 ", 50_000)
	if got := in("G1", text(figures)); got != "" {
		t.Errorf("figures: %s", got)
	}
	spelled := strings.Join(strings.Split(id1, ""), " ")
	if got := in("G1", text(figures+"联系人身份证号："+spelled)); got == "" {
		t.Error("a number behind the figures is passed")
	}
}

func TestG2(t *testing.T) {
	cases{
		"in running text":             {text("张三的手机13812345678无人接听"), "error 138****5678"},
		"full-width":                  {text("手机：１３８１２３４５６７８"), "error 138****5678"},
		"by threes and fours":         {text("手机：138 1234 5678"), "error 138****5678"},
		"dashes":                      {text("手机：138-1234-5678"), "error 138****5678"},
		"country code":                {text("手机：+86 13812345678"), "error 138****5678"},
		"contact of an office":        {text("咨询电话：13812345678"), "warning 138****5678"},
		"two with a slash":            {text("电话：0478-3212345/13812345678"), "error 138****5678"},
		"list of persons":             {list("姓名|身份证号|联系电话", "张三|"+id1+"|13812345678"), "error 138****5678"},
		"list of those who work here": {list("姓名|职务|联系电话", "张三|科长|13812345678"), "warning 138****5678"},
		"after letters":               {text("Tel13812345678"), "error 138****5678"},
		"no heading":                  {list("张三|13812345678"), "error 138****5678"},

		"country code in one":     {text("手机008613812345678"), "error 138****5678"},
		"country code, dashes":    {text("+86-138-1234-5678"), "error 138****5678"},
		"country code, brackets":  {text("手机(+86)138-1234-5678"), "error 138****5678"},
		"code of another place":   {text("手机0086-13812345678"), "error 138****5678"},
		"zero in front":           {text("手机013812345678"), "error 138****5678"},
		"brackets":                {text("手机（138）1234-5678"), "error 138****5678"},
		"dots":                    {text("手机138.1234.5678"), "error 138****5678"},
		"several blanks":          {text("手机138  1234  5678"), "error 138****5678"},
		"dashes between blanks":   {text("手机138 - 1234 - 5678"), "error 138****5678"},
		"seven and four":          {text("手机1381234 5678"), "error 138****5678"},
		"in Chinese":              {text("手机一三八一二三四五六七八"), "error 138****5678"},
		"misread":                 {text("手机：l38I234S678"), "error 138****5678"},
		"between commas":          {text("张三,13812345678,青石镇"), "error 138****5678"},
		"between low lines":       {text("张三_13812345678_合同"), "error 138****5678"},
		"after a name and a dash": {text("2024年入户张三-13812345678"), "error 138****5678"},
		"in a query":              {text("mobile=13812345678"), "error 138****5678"},
		"before a householder":    {text("13812345678户主张三"), "error 138****5678"},
		"cut into cells":          {list("姓名|手机||", "张三|138|1234|5678"), "error 138****5678"},
		"table on its side":       {list("姓名|张三|李四", "电话|13812345678|13912345678"), "error 138****5678; error 139****5678"},

		"address of a machine": {text("服务器138.123.45.678"), ""},
		"part of a code":       {text("AB13812345678"), ""},
		"part of a long code":  {text("GZ-2023-13812345678"), ""},
		"thousands":            {text("合计13,812,345,678"), ""},
		"masked already":       {text("手机：138****5678"), ""},
		"amount":               {text("总投资13812345678元"), ""},
		"decimals":             {text("面积13812345678.55平方米"), ""},
		"number of a paper":    {text("文书编号：13812345678"), ""},
		"address on the net":   {text("详见https://www.qs.gov.cn/art/2023/13812345678.html"), ""},
		"longer number":        {text("138123456789"), ""},
		"figures in a row":     {text("138 1234 5678 22"), ""},
		"hotline":              {text("请拨打12345或者4008123456"), ""},
		"index number":         {text("索引号：000014349/2017-00110"), ""},
		"time":                 {text("20231108153000"), ""},
		"column of codes":      {list("单位名称|统一社会信用代码", "某公司|13812345678"), ""},
	}.run(t, "G2")
}

func TestG3(t *testing.T) {
	cases{
		"said to be at home": {text("家庭电话：0478-3212345"), "error 047****2345"},
		"list of persons":    {list("姓名|身份证号|电话", "张三|"+id1+"|3212345"), "error *******"},
		"office":             {text("联系电话：0478-3212345"), ""},
		"staff":              {list("姓名|职务|办公电话", "张三|科长|0478-3212345"), ""},
		"firms":              {list("企业名称|联系电话", "某公司|0478-3212345"), ""},
	}.run(t, "G3")
}

func TestG4(t *testing.T) {
	cases{
		"in running text":     {text("打入卡号" + card), "error " + cardMasked},
		"without any word":    {text("张三 " + card), "error " + cardMasked},
		"by fours":            {text("卡号：6222 0212 3456 7890 128"), "error " + cardMasked},
		"wrong check, column": {list("姓名|银行卡号", "张三|6222021234567890127"), "error ***************0127"},
		"account, column":     {list("户主|一卡通账号", "张三|150482010123"), "error ********0123"},
		"account in text":     {text("账号：15048201012345678"), "warning *************5678"},

		"several blanks":         {text("卡号 6222  0212  3456  7890  128"), "error " + cardMasked},
		"cut anywhere":           {text("银行卡：62220212 34567890128"), "error " + cardMasked},
		"headings in two rows":   {list("人员信息|收款", "姓名|银行账号", "张三|056120104001"), "error ********4001"},
		"table on its side":      {list("姓名|张三|李四", "银行账号|056120104001|056120104002"), "error ********4001; error ********4002"},
		"second list of a sheet": {list("项目|金额", "甲|1", "乙|2", "丙|3", "丁|4", "戊|5", "己|6", "庚|7", "辛|8", "姓名|银行账号", "张三|056120104001"), "error ********4001"},

		"account of an organ":    {text("户名：青石县财政局，开户行：农业银行，账号：15048201012345678"), ""},
		"account of a firm list": {list("单位名称|银行账号", "某公司|15048201012345678"), ""},
		"masked already":         {text("卡号：***************0128"), ""},
		"number of an order":     {text("订单编号" + card), ""},
		"of another beginning":   {text("2023110815300001234"), ""},
		"amount":                 {text("6222021234567890128元"), ""},
	}.run(t, "G4")
}

func TestG5(t *testing.T) {
	cases{
		"passport":            {text("护照号码：E12345678"), "error E********"},
		"new passport":        {text("持护照EA1234567入境"), "error E********"},
		"permit":              {text("往来港澳通行证：C12345678"), "error C********"},
		"column":              {list("姓名|护照号", "张三|G12345678"), "error G********"},
		"small letter":        {text("护照号e12345678"), "error e********"},
		"a blank":             {text("护照号 E 12345678"), "error E ********"},
		"two in a row":        {text("护照号码：E12345678、G87654321"), "error E********; error G********"},
		"Hong Kong":           {text("港澳居民来往内地通行证H1234567801"), "error H**********"},
		"Taiwan":              {text("台湾居民来往大陆通行证：12345678"), "error 1*******"},
		"Taiwan, brackets":    {text("持台胞证（号码12345678）"), "error 1*******"},
		"Hong Kong's card":    {text("香港身份证A123456(7)"), "error A*********"},
		"Macao's card":        {text("澳门居民身份证1234567(8)"), "error 1*********"},
		"card in a column":    {list("姓名|证件号码", "张三|A123456(7)"), "error A*********"},
		"number of a paper":   {text("证件号码：E12345678"), "error E********"},
		"permanent residence": {text("外国人永久居留身份证号USA110090010101"), "error U**************"},
		"officer":             {text("军官证号：南字第12345678号"), "error 1*******"},
		"in English":          {text("Passport No. E12345678"), "error E********"},
		"bare code":           {text("型号E12345678"), ""},
		"papers to bring":     {text("请携带身份证、护照，受理编号20231108"), ""},
		"form number":         {text("护照办理指南（E12345678版）"), ""},
	}.run(t, "G5")
}

func TestG6(t *testing.T) {
	cases{
		"plate":             {text("驾驶蒙L12345小型轿车"), "warning 蒙L*****"},
		"with a point":      {text("京A·12345"), "warning 京A-*****"},
		"electric":          {text("粤BD12345"), "warning 粤B******"},
		"small letter":      {text("车牌蒙l12345"), "warning 蒙l*****"},
		"blanks":            {text("车辆蒙 L 12345"), "warning 蒙 * *****"},
		"electric lorry":    {text("蒙L12345D"), "warning 蒙L******"},
		"two in one":        {text("蒙L12345蒙L54321"), "warning 蒙L*****; warning 蒙L*****"},
		"column, no region": {list("车主|车牌号", "张三|L12345"), "warning L*****"},
		"armed police":      {text("军车WJ蒙12345"), "warning WJ******"},
		"a word and a code": {text("创新 A12345 项目"), ""},
		"licence of a site": {text("蒙ICP备12345678号"), ""},
		"number of a paper": {text("新A〔2023〕12号"), ""},
		"longer code":       {text("京A123456789"), ""},
	}.run(t, "G6")
}

func TestG7(t *testing.T) {
	cases{
		"private":         {text("张三zhangsan@163.com"), "warning z*******@163.com"},
		"list of persons": {list("姓名|身份证号|邮箱", "张三|"+id1+"|zhangsan@qq.com"), "warning z*******@qq.com"},
		"WeChat":          {text("加微信zhang_san88联系"), "warning ***********"},
		"QQ":              {text("QQ：12345678"), "warning ********"},
		"blanks":          {text("张三 zhangsan @ 163.com"), "warning z*******@163.com"},
		"VX":              {text("VX：zhangsan88"), "warning **********"},
		"column of QQ":    {list("姓名|身份证号|QQ", "张三|"+id1+"|12345678"), "warning ********"},
		"office":          {text("意见发送至电子邮箱：qsxfgj@163.com"), ""},
		"gov.cn":          {text("zhang@qs.gov.cn"), ""},
		"public account":  {text("关注微信公众号“青石发布”"), ""},
	}.run(t, "G7")
}

func TestG8(t *testing.T) {
	cases{
		"said":             {text("家住青石县红旗镇东风村3组12号"), "error 青石县红旗镇***"},
		"Chinese numerals": {text("家住青石县红旗镇东风村三组"), "error 青石县红旗镇***"},
		"label":            {text("住址：青石县城关街道人民路12号3单元502室"), "error 青石县城关街道***"},
		"of the punished":  {text("当事人张三，男，汉族，住青石县红旗镇东风村3组"), "error 青石县红旗镇***"},
		"column":           {list("姓名|家庭住址", "张三|青石县红旗镇东风村3组"), "error 青石县红旗镇***"},
		"place of persons": {list("姓名|身份证号|地址", "张三|"+id1+"|红旗镇东风村3组"), "error 红旗镇***"},

		"village alone":      {text("李四，住东风村二组15号"), "error ***"},
		"estate alone":       {text("家庭住址：阳光花园3-2-501"), "error ***"},
		"blanks":             {text("住 址：青石县城关镇人民路 12 号 3 单元 502 室"), "error 青石县城关镇***"},
		"table on its side":  {list("姓名|张三|李四", "家庭住址|红旗镇东风村3组|红旗镇东风村4组"), "error 红旗镇***; error 红旗镇***"},
		"bare 住":             {text("张海燕住青川镇团结路12号3单元401。"), "error 青川镇***"},
		"bare, at the start": {text("住青川镇团结路12号3单元401"), "error 青川镇***"},
		"lives in":           {text("该户居住在青川旗城关镇幸福路8号"), "error 青川旗城关镇***"},
		"of the applicant":   {text("申请人张海燕，青川旗城关镇幸福路8号，要求公开低保名单。"), "error 青川旗城关镇***"},
		"beside an ID":       {text("张海燕，" + id1 + "，青川旗城关镇幸福路8号"), "error 青川旗城关镇***"},
		"address of a party": {text("信访人：刘春生，通信地址：青川旗河湾镇东风村3组12号"), "error 青川旗河湾镇***"},
		"a flat by numbers":  {text("家住青川旗青川镇阳光小区12-3-401"), "error 青川旗青川镇***"},
		"postal, column":     {list("姓名|联系地址", "张海燕|青川旗城关镇幸福路8号"), "error 青川旗城关镇***"},
		"form":               {list("申请人姓名|张海燕|通信地址|青川旗城关镇幸福路8号"), "error 青川旗城关镇***"},

		"firm that asks":      {text("申请人：青川旗宏远建筑工程有限公司，地址：青川旗城关镇幸福路81号"), ""},
		"shop":                {text("当事人：青石县某某超市，住所：青石县城关街道人民路12号"), ""},
		"window to write to":  {text("申请人可以邮寄申请书，寄送地址：青石县城关街道团结路5号复议接待室"), ""},
		"housing office":      {text("住建局设在青川旗青川镇团结路7号"), ""},
		"housing":             {text("住房和城乡建设局设在青川旗青川镇团结路7号"), ""},
		"moved in":            {text("已有12家企业入住青川旗工业园区创业路8号3栋"), ""},
		"office to write to":  {text("申请人可以到青川旗青川镇团结路5号政务服务大厅提交申请"), ""},
		"land of a person":    {text("申请人张三承包的位于红旗镇东风村3组的地块"), ""},
		"township of a party": {text("申请人张海燕，青川旗城关镇人，要求公开。"), ""},

		"township only": {list("姓名|家庭住址", "张三|青石县红旗镇"), ""},
		"office":        {text("地址：青石县人民路12号3楼302室"), ""},
		"land":          {text("地块位于红旗镇东风村3组，东至公路"), ""},
		"firm":          {text("住所：青石县工业路12号3栋"), ""},
		"firms":         {list("企业名称|地址", "某公司|青石县工业路12号3栋"), ""},
	}.run(t, "G8")
}

func TestG9(t *testing.T) {
	cases{
		"beside ID numbers": {list("姓名|身份证号", "张三|"+id1, "李四|410381199001011230"), "info 2 个姓名"},
		"names alone":       {list("序号|姓名", "1|张三"), ""},
	}.run(t, "G9")
}

func TestG10(t *testing.T) {
	cases{
		"list of the helped": {list("姓名|残疾类别|补贴金额", "张三|肢体|100", "李四|视力|100"), "warning “残疾类别” 2 处"},
		"statistics":         {list("项目|金额|人数", "残疾人补贴|100|3"), ""},
	}.run(t, "G10")
}

func TestG11(t *testing.T) {
	cases{
		"obsolete law":    {text("根据《中华人民共和国合同法》第八条"), "warning 《中华人民共和国合同法》"},
		"obsolete number": {text("（国务院令第492号）"), "warning 国务院令第492号"},
		"law in force":    {text("根据《中华人民共和国劳动合同法》《中华人民共和国民法典》"), ""},
		"regulation now":  {text("《政府信息公开条例》（国务院令第711号）"), ""},
	}.run(t, "G11")
}

// Masked text is not found again, and keeps blanks and dashes where they were.
func TestMasked(t *testing.T) {
	for written, want := range map[string]string{
		"身份证" + id1 + "，手机138 1234 5678": "身份证" + id1Masked + "，手机138 **** 5678",
		"手机１３８－１２３４－５６７８":                "手机138－****－5678",
		"家住青石县红旗镇东风村3组12号，男":             "家住青石县红旗镇***，男",
		"卡号6222 0212 3456 7890 128":      "卡号**** **** **** ***0 128",
	} {
		p := passages([]doc.Block{text(written)})[0]
		p.detect(nil)
		got := p.masked()
		if got != want {
			t.Errorf("%s is masked %s, want %s", written, got, want)
		}
		again := passages([]doc.Block{text(got)})[0]
		if again.detect(nil); len(again.found) > 0 {
			t.Errorf("%s is found again: %v", got, again.found)
		}
	}
}

func TestAllowed(t *testing.T) {
	allowed := AllowedIn([]byte("\ufeff138 1234 5678 # 值班手机\nqsx@163.com\n\n"))
	p := passages([]doc.Block{text("值班电话：13812345678，邮箱QSX@163.com，13912345678")})[0]
	if p.detect(allowed); len(p.found) != 1 || p.found[0].masked != "139****5678" {
		t.Errorf("found %v", p.found)
	}
}

// What an organ publishes itself is no finding: its address with or without the
// county, its telephone, its mailbox. A flat in the same street is one.
func TestWhatAnOrganPublishesIsNoFinding(t *testing.T) {
	allowed := Published("青川旗青川镇团结路5号", "0478-0000011、13812345678", "qcgk@163.com", "")
	for written, want := range map[string]int{
		"申请人可以到青川旗青川镇团结路5号，或者致电13812345678，电子邮箱qcgk@163.com": 0,
		"申请人递交，青川镇团结路5号":                                     0,
		"申请人张海燕，青川旗青川镇团结路5号3单元401":                           1,
		"申请人张海燕，青川旗青川镇团结路7号":                                 1,
		"张海燕家庭电话0478-0000011":                                0,
		"张海燕13912345678":                                     1,
	} {
		p := passages([]doc.Block{text(written)})[0]
		if p.detect(allowed); len(p.found) != want {
			t.Errorf("%s: found %v, want %d", written, p.found, want)
		}
	}
	if p := passages([]doc.Block{text("申请人递交，青川镇团结路5号")})[0]; true {
		if p.detect(nil); len(p.found) != 1 {
			t.Error("without the list it is a finding")
		}
	}
}

func TestWords(t *testing.T) {
	own, err := ReadWords([][]string{{"词", "应为", "级别", "说明"}, {"青石镇", "青石街道", "错误", "2023年已改设"}, {"《合同法》", "", "提示"}, {"青石", "", "提示"}, {"镇政府"}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWords(own)
	if err != nil {
		t.Fatal(err)
	}
	got := w.in("青石镇政府的《合同法》和《担保法》，青石\u200b")
	if len(got) != 4 || got[0].of.Word != "青石镇" || got[0].of.Severity != rule.Error || got[1].of.Severity != rule.Info || got[2].of.Instead != "《民法典》" || got[3].of.Word != "青石" {
		t.Errorf("got %v", got)
	}
	if _, err := ReadWords([][]string{{"词", "应为", "级别"}, {"甲", "乙", "很重"}}); err == nil {
		t.Error("an unknown severity passed")
	}
}

// A word is met in any width and script; what stands as it is to be written is right.
func TestWordsAreMetHoweverTheyAreWritten(t *testing.T) {
	w, err := NewWords([]Word{{Word: "臺灣", Instead: "台湾"}, {Word: "青石镇", Instead: "青石街道"}, {Word: "wto", Instead: "WTO"}, {Word: "机关"}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"臺灣同胞":             "臺灣",
		"台灣同胞":             "台灣",
		"台湾同胞":             "",
		"青石鎮政府":            "青石鎮",
		"青\u200b石镇":        "青\u200b石镇",
		"加入ｗｔｏ":            "ｗｔｏ",
		"加入WTO":            "",
		"加入Wto":            "Wto",
		"本機關，各机关":          "機關 机关",
		"依据《擔保法》":          "《擔保法》",
		"\xff\xfe坏的字节，青石镇": "青石镇",
	} {
		var got []string
		for _, one := range w.in(text) {
			got = append(got, one.as)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Whatever the dictionary and the text: what is found is what a plain search finds.
func TestWordsAreThoseOfAPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringOfN(rapid.RuneFrom([]rune("甲乙丙a")), 1, 3, -1)
		w := emptyWords()
		words := rapid.SliceOfN(piece, 1, 8).Draw(t, "words")
		for _, one := range words {
			w.add(Word{Word: one})
		}
		text := rapid.StringOfN(rapid.RuneFrom([]rune("甲乙丙丁a")), 0, 20, -1).Draw(t, "text")
		var want []string
		for at := 0; at < len(text); {
			longest := ""
			for _, one := range words {
				if strings.HasPrefix(text[at:], one) && len(one) > len(longest) {
					longest = one
				}
			}
			if longest != "" {
				want = append(want, longest)
			}
			_, size := utf8.DecodeRuneInString(text[at:])
			at += max(size, len(longest))
		}
		var got []string
		for _, one := range w.in(text) {
			got = append(got, one.of.Word)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %q, want %q", words, text, got, want)
		}
	})
}

// 10,000 words over 1 MB.
func BenchmarkWords(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	char := func() rune { return '一' + rune(r.IntN(3000)) }
	var own []Word
	for range 10_000 {
		var word []rune
		for range 2 + r.IntN(6) {
			word = append(word, char())
		}
		own = append(own, Word{Word: string(word)})
	}
	w, err := NewWords(own)
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for text.Len() < 1<<20 {
		text.WriteRune(char())
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		w.in(text.String())
	}
}
