package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gongkai/internal/account"
	"gongkai/internal/collect"
	"gongkai/internal/web"
)

// Reports takes in annual reports that another gongkai sends.
type Reports interface {
	Accept(ctx context.Context, e collect.Envelope) (collect.Accepted, error)
	Receiver() string
}

// envelope is a report of another gongkai, signed.
type envelope struct {
	Payload []byte `json:"payload" doc:"报送包的 JSON，base64：schema、version、to（接收方公钥的名称）、sentAt、organ、creditCode、year、edition、report（见 docs/report.schema.json）、files（name、sha256、content）"`
	Note    string `json:"note" maxLength:"4000" doc:"对报送包的签名，格式同公开日志的签名摘要（golang.org/x/mod/sumdb/note）：四行文字依次是 gongkai report bundle、payload 的 SHA-256、to、sentAt"`
}

type acceptedReport struct {
	Body struct {
		ID      string `json:"id"`
		Organ   string `json:"organ" doc:"本系统名录中的机关名称"`
		Year    int    `json:"year"`
		Version int    `json:"version" doc:"本系统收到的第几版"`
		Again   bool   `json:"again" doc:"同一份先前已经收到，没有改变什么"`
	}
}

type receiver struct {
	Body struct {
		Name string `json:"name" doc:"本系统公钥的名称，写在报送包的 to 中"`
	}
}

// reports are the operations by which reports come in. Who sends proves it by the
// signature, not by a token: what is signed can be checked again later.
func (a API) reports(s *server) {
	const tag = "年度报告"
	register(s, web.Public(), huma.Operation{
		OperationID: "report-receiver", Method: http.MethodGet, Path: "/reports/receiver", Tags: []string{tag}, Summary: "报送年度报告的接收方",
		Description: "报送包是发给谁的：本系统公钥的名称。",
	}, func(context.Context, account.Actor, *struct{}) (*receiver, error) {
		var out receiver
		out.Body.Name = a.Reports.Receiver()
		return &out, nil
	})
	register(s, web.Public(), huma.Operation{
		OperationID: "report-send", Method: http.MethodPost, Path: "/reports/received", Tags: []string{tag}, Summary: "报送下级机关的年度报告（条例§49）",
		Description:  "由另一个 gongkai 报送。发送方的公钥先由本系统的安全管理员登记，并限定可以报送哪些机关。签名、接收方、机关、年度逐项核对；同一份重复发送不改变什么，返回相同的结果；比已经收到的更早的一份拒收；发出时间比本系统的时间晚几分钟以上的也拒收，请先校准时钟。",
		MaxBodyBytes: collect.MaxBundle,
	}, func(ctx context.Context, _ account.Actor, in *struct{ Body envelope }) (*acceptedReport, error) {
		done, err := a.Reports.Accept(ctx, collect.Envelope{Payload: in.Body.Payload, Note: in.Body.Note})
		if err != nil {
			return nil, err
		}
		var out acceptedReport
		out.Body.ID, out.Body.Organ, out.Body.Year, out.Body.Version, out.Body.Again = done.Received, done.Organ, done.Year, done.Version, done.Again
		return &out, nil
	})
}
