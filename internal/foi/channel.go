package foi

// Channel is the way on which a request came in. In person and post can never
// be refused (国办公开办函〔2017〕19号).
type Channel string

// The channels.
const (
	InPerson   Channel = "in-person"
	Oral       Channel = "oral" // written down by the office (条例§29.1)
	SignedPost Channel = "signed-post"
	PlainPost  Channel = "plain-post"
	Web        Channel = "web"
	Email      Channel = "email"
	Fax        Channel = "fax"
)

// ChannelInfo is what the law says of a channel.
type ChannelInfo struct {
	Channel Channel
	Word
	Confirm bool   // the day of receipt is that of confirmation with the applicant
	Day     string // Chinese: which day is the day of receipt
	Cite    string
}

// Channels gives the channels.
func Channels() []ChannelInfo {
	const confirmed = "以双方确认之日为收到申请之日"
	return []ChannelInfo{
		{InPerson, Word{"当面提交", "in person"}, false, "以提交之日为收到申请之日", "条例§31.1"},
		{Oral, Word{"口头提出、代为填写", "oral, written down"}, false, "以提交之日为收到申请之日", "条例§29.1、条例§31.1"},
		{SignedPost, Word{"邮寄（需签收）", "post, signed for"}, false, "以行政机关签收之日为收到申请之日", "条例§31.2"},
		{PlainPost, Word{"平常信函（无需签收）", "ordinary letter"}, true, "应当于收到申请的当日与申请人确认，以确认之日为收到申请之日", "条例§31.2"},
		{Web, Word{"互联网渠道", "internet"}, true, confirmed, "条例§31.3"},
		{Email, Word{"电子邮件", "e-mail"}, true, confirmed, "条例§31.3"},
		{Fax, Word{"传真", "fax"}, true, confirmed, "条例§31.3"},
	}
}

// Info gives what the law says of the channel.
func (c Channel) Info() (ChannelInfo, bool) {
	for _, info := range Channels() {
		if info.Channel == c {
			return info, true
		}
	}
	return ChannelInfo{}, false
}
