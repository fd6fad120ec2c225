package org

import "gongkai/internal/event"

// What happens to organs.
const (
	created        event.Kind = "organ.created"
	renamed        event.Kind = "organ.renamed"
	moved          event.Kind = "organ.moved"
	reclassified   event.Kind = "organ.reclassified"
	corrected      event.Kind = "organ.corrected"
	contactChanged event.Kind = "organ.contact-changed"
	merged         event.Kind = "organ.merged"
	dissolved      event.Kind = "organ.dissolved"
	imported       event.Kind = "organ.imported"
)

// EventKinds gives the words for what happens to organs.
func EventKinds() []event.Meaning {
	return []event.Meaning{
		{Kind: created, Chinese: "建立机关", English: "organ created"},
		{Kind: renamed, Chinese: "机关更名", English: "organ renamed"},
		{Kind: moved, Chinese: "机关划转", English: "organ moved"},
		{Kind: reclassified, Chinese: "修改机关信息", English: "organ's facts changed"},
		{Kind: corrected, Chinese: "更正机关信息", English: "organ corrected"},
		{Kind: contactChanged, Chinese: "修改联系方式", English: "contact changed"},
		{Kind: merged, Chinese: "机关合并", English: "organ merged"},
		{Kind: dissolved, Chinese: "机关撤销", English: "organ dissolved"},
		{Kind: imported, Chinese: "导入机关信息", English: "organ's facts imported"},
	}
}
