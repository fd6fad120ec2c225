package collect

import (
	"gongkai/internal/event"
	"gongkai/internal/procedure"
)

type (
	// Word is something in words.
	Word = procedure.Word
	// Act is what a person reads of a kind of event.
	Act = procedure.Act
)

// What happens to received reports.
const (
	Brought   event.Kind = "received.brought"
	Taken     event.Kind = "received.taken"
	Placed    event.Kind = "received.placed"
	CellSet   event.Kind = "received.cell-set"
	PutAway   event.Kind = "received.put-away"
	Succeeded event.Kind = "received.replaced"
	Restored  event.Kind = "received.restored"
)

// EventKinds gives what the log says of collecting.
func EventKinds() []event.Meaning {
	return append(procedure.Meanings(noticeActs), []event.Meaning{
		{Kind: Brought, Chinese: "上传年度报告文件", English: "files of annual reports brought"},
		{Kind: Taken, Chinese: "收到年度报告", English: "annual report received"},
		{Kind: Placed, Chinese: "确认报告的机关和年度", English: "received report placed"},
		{Kind: CellSet, Chinese: "核定存疑数字", English: "doubtful figures set by hand"},
		{Kind: PutAway, Chinese: "作废收到的报告", English: "received report put away"},
		{Kind: Succeeded, Chinese: "收到的报告被新版代替", English: "received report replaced"},
		{Kind: SenderAdded, Chinese: "登记报送报告的系统", English: "sender of reports registered"},
		{Kind: SenderEnded, Chinese: "停用报送报告的系统", English: "sender of reports ended"},
		{Kind: DeliveryArrived, Chinese: "报告送达上级系统", English: "report arrived at the superior"},
		{Kind: DeliveryRefused, Chinese: "上级系统拒收报告", English: "report refused by the superior"},
		{Kind: Restored, Chinese: "收到的报告恢复计入", English: "received report counts again"},
	}...)
}

func e1(e event.Event) []event.Event { return []event.Event{e} }
