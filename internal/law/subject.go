package law

import "strconv"

// Subject is what a document of proactive publication is about by the law: one of
// the fifteen items of 条例§20, or a further subject of a level of government
// (条例§21). The columns of 法定主动公开内容 are drawn from it.
type Subject struct {
	ID    string // 20-1 … 20-15; city-or-county-1 …, township-1 …: stable, stored with documents
	Label string // （一）, or "" for a subject of a level
	Text  string
	Level Level // "" for every organ
	Cite  string
}

// Subjects gives what organs of a level publish: the fifteen items, then those of
// the level.
func Subjects(l Level) []Subject {
	var all []Subject
	for _, i := range PublicationItems() {
		all = append(all, Subject{ID: "20-" + strconv.Itoa(i.No), Label: i.Label, Text: i.Text, Cite: i.Cite})
	}
	cite := Citation{Instrument: Instrument{Name: "条例"}, Article: 21}.String()
	for i, text := range LevelSubjects(l) {
		all = append(all, Subject{ID: string(l) + "-" + strconv.Itoa(i+1), Text: text, Level: l, Cite: cite})
	}
	return all
}

// SubjectByID finds a subject of any level.
func SubjectByID(id string) (Subject, bool) {
	for _, l := range []Level{CityOrCounty, Township} {
		for _, s := range Subjects(l) {
			if s.ID == id {
				return s, true
			}
		}
	}
	return Subject{}, false
}

// Themes gives the subject groups (主题分类) under which catalogues sort documents.
// The list is known from published catalogues and no text that was read; an organ
// may leave the field empty.
func Themes() []string {
	return []string{
		"综合政务", "国民经济管理、国有资产监管", "财政、金融、审计", "国土资源、能源", "农业、林业、水利", "工业、交通", "商贸、海关、旅游",
		"市场监管、安全生产监管", "城乡建设、环境保护", "科技、教育", "文化、广电、新闻出版", "卫生、体育", "人口与计划生育、妇女儿童工作",
		"劳动、人事、监察", "公安、安全、司法", "民政、扶贫、救灾", "民族、宗教", "对外事务", "港澳台侨工作", "国防", "其他",
	}
}
