package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"strings"

	"github.com/wneessen/go-mail"

	"gongkai/internal/errs"
)

// Ways of encryption.
const (
	StartTLS = "starttls" // must be offered
	TLS      = "tls"      // from the first byte
	NoTLS    = "none"
)

// SMTP is the server that mail goes out by.
type SMTP struct {
	Host     string
	Port     int
	TLS      string // StartTLS, TLS, NoTLS
	User     string // "" to send without signing in
	Password string
	From     string // address
	Name     string // shown beside the address; "" for none
	// Roots are the certificates that are trusted; nil for the machine's.
	Roots *tls.Config
}

// Send sends one message. It is taken for sent once the server has taken it,
// however the connection ends.
func (s SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.message(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "邮件服务器的设置不正确，请检查地址、端口和加密方式。")
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return s.refused(err)
	}
	err = client.SendWithSMTPClient(conn, msg)
	_ = client.CloseWithSMTPClient(conn) // the message has its answer
	if err != nil {
		return s.refused(err)
	}
	return nil
}

func (s SMTP) message(m Message) (*mail.Msg, error) {
	msg := mail.NewMsg()
	if err := msg.FromFormat(s.Name, s.From); err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "发件地址 %s 不正确，请检查配置项 mail-from。", s.From)
	}
	if err := msg.To(m.To); err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "收件地址不正确。")
	}
	_, domain, _ := strings.Cut(s.From, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers, please
	msg.Subject(oneLine(m.Subject))
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return msg, nil
}

// oneLine keeps a title from adding headers.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (s SMTP) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(timeout)}
	if s.Roots != nil {
		options = append(options, mail.WithTLSConfig(s.Roots))
	}
	switch s.TLS {
	case TLS:
		options = append(options, mail.WithSSL())
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if s.TLS == NoTLS { // whoever configures it without encryption wants it so
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	return mail.NewClient(s.Host, options...)
}

// refused puts into words why a message did not get through. Only an address
// that the server turns down for good is no use to try again: a password, a full
// disk, a block list can be put right.
func (s SMTP) refused(err error) error {
	var sending *mail.SendError
	if errors.As(err, &sending) {
		if sending.Reason == mail.ErrSMTPRcptTo && !sending.IsTemp() {
			return errs.Wrap(err, errs.Invalid, "邮件服务器拒收：收件地址不存在或者不接收邮件（%d）。", sending.ErrorCode())
		}
		return errs.Wrap(err, errs.Unavailable, "邮件服务器 %s 没有接收邮件（%d），稍后自动重试。", s.Host, sending.ErrorCode())
	}
	return errs.Wrap(err, errs.Unavailable, "邮件服务器 %s 连接或者登录失败，请检查地址、端口、加密方式、账号和密码。", s.Host)
}
