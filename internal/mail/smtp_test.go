package mail_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gongkai/internal/errs"
	"gongkai/internal/mail"
)

// server is an SMTP server on this machine that keeps what it takes.
type server struct {
	net.Listener
	tls    *tls.Config                 // nil for none
	answer func(command string) string // "" for the usual

	mu       sync.Mutex
	taken    []string
	commands []string
}

func listen(t *testing.T, secure *tls.Config, first bool, answer func(string) string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if first {
		l = tls.NewListener(l, secure)
		secure = nil
	}
	s := &server{Listener: l, tls: secure, answer: answer}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

func (s *server) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	say := func(line string) { fmt.Fprintf(conn, "%s\r\n", line) }
	in := bufio.NewReader(conn)
	say("220 mail.example.cn ESMTP")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		command := strings.TrimSpace(line)
		s.mu.Lock()
		s.commands = append(s.commands, command)
		s.mu.Unlock()
		if s.answer != nil {
			if reply := s.answer(command); reply != "" {
				say(reply)
				continue
			}
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(command), " "); verb {
		case "EHLO":
			_, encrypted := conn.(*tls.Conn)
			say("250-mail.example.cn")
			if s.tls != nil && !encrypted {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go ahead")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewReader(conn)
		case "AUTH":
			say("235 welcome")
		case "DATA":
			say("354 end with a full stop")
			var text strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				text.WriteString(strings.TrimPrefix(line, "."))
			}
			s.mu.Lock()
			s.taken = append(s.taken, text.String())
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *server) got() (taken, commands []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken, s.commands
}

func (s *server) smtp(t *testing.T, way string, trust *tls.Config) mail.SMTP {
	t.Helper()
	_, port, err := net.SplitHostPort(s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return mail.SMTP{Host: "127.0.0.1", Port: n, TLS: way, From: "zwgk@example.cn", Name: "青川旗政务公开", Roots: trust}
}

func toLina() mail.Message {
	m := letter
	m.To = "lina@example.cn"
	return m
}

// certificates gives a server's certificate, and a client that trusts it.
func certificates(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil) // its certificate is good for 127.0.0.1
	t.Cleanup(s.Close)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
}

func TestMailIsEncryptedAndArrives(t *testing.T) {
	own, trust := certificates(t)
	for _, c := range []struct {
		name, way string
		first     bool
	}{{"starttls", mail.StartTLS, false}, {"tls", mail.TLS, true}, {"none", mail.NoTLS, false}} {
		t.Run(c.name, func(t *testing.T) {
			secure := own
			if c.way == mail.NoTLS {
				secure = nil
			}
			s := listen(t, secure, c.first, nil)
			out := s.smtp(t, c.way, trust)
			out.User, out.Password = "zwgk", "geheim"
			m := toLina()
			if err := out.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			taken, commands := s.got()
			if len(taken) != 1 {
				t.Fatalf("%d taken: %v", len(taken), commands)
			}
			if auth := "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00zwgk\x00geheim")); !strings.Contains(strings.Join(commands, "\n"), auth) {
				t.Errorf("not signed in: %v", commands)
			}
			arrived(t, taken[0])
		})
	}
}

// arrived looks at a message as a mailbox would.
func arrived(t *testing.T, raw string) {
	t.Helper()
	got, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != letter.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := got.Header.AddressList("From")
	if err != nil || from[0].Name != "青川旗政务公开" || from[0].Address != "zwgk@example.cn" {
		t.Errorf("from %v, %v", from, err)
	}
	if id := got.Header.Get("Message-Id"); id != "<01@example.cn>" {
		t.Errorf("message id %s", id)
	}
	if got.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Error("it does not say that a program sends it")
	}
	text, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if err != nil || strings.ReplaceAll(strings.TrimSpace(string(text)), "\r\n", "\n") != letter.Text {
		t.Errorf("text %q, %v", text, err)
	}
}

func TestMailWithoutEncryptionIsNotSentWhereItIsAsked(t *testing.T) {
	s := listen(t, nil, false, nil)
	if err := s.smtp(t, mail.StartTLS, nil).Send(t.Context(), toLina()); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("%v", err)
	}
	own, _ := certificates(t)
	s = listen(t, own, false, nil) // whose certificate nobody vouches for
	if err := s.smtp(t, mail.StartTLS, nil).Send(t.Context(), toLina()); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("%v", err)
	}
	if taken, _ := s.got(); len(taken) != 0 {
		t.Error("sent to a stranger")
	}
}

func TestMailFailures(t *testing.T) {
	at := func(verb, reply string) func(string) string {
		return func(command string) string {
			if strings.HasPrefix(strings.ToUpper(command), verb) {
				return reply
			}
			return ""
		}
	}
	for _, c := range []struct {
		name   string
		answer func(string) string
		want   errs.Kind
	}{
		{"no such mailbox", at("RCPT", "550 5.1.1 no such user"), errs.Invalid},
		{"mailbox is full", at("RCPT", "452 4.2.2 full"), errs.Unavailable},
		{"sender is blocked", at("MAIL", "554 5.7.1 blocked"), errs.Unavailable},
		{"server is busy", at("DATA", "451 4.3.0 later"), errs.Unavailable},
	} {
		s := listen(t, nil, false, c.answer)
		m := toLina()
		if err := s.smtp(t, mail.NoTLS, nil).Send(t.Context(), m); errs.KindOf(err) != c.want || err == nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	s := listen(t, nil, false, at("AUTH", "535 5.7.8 wrong"))
	out := s.smtp(t, mail.NoTLS, nil)
	out.User, out.Password = "zwgk", "falsch"
	if err := out.Send(t.Context(), toLina()); errs.KindOf(err) != errs.Unavailable || !strings.Contains(errs.Public(err), "密码") {
		t.Errorf("a wrong password: %v", err)
	}
	// The connection breaks off after the message was taken: it is sent.
	s = listen(t, nil, false, at("QUIT", "421 bye"))
	m := toLina()
	if err := s.smtp(t, mail.NoTLS, nil).Send(t.Context(), m); err != nil {
		t.Errorf("sent, but taken for not: %v", err)
	}
	bad := letter
	bad.To = "nobody"
	if err := s.smtp(t, mail.NoTLS, nil).Send(t.Context(), bad); errs.KindOf(err) != errs.Invalid {
		t.Errorf("no address: %v", err)
	}
	_ = s.Close()
	if err := s.smtp(t, mail.NoTLS, nil).Send(t.Context(), m); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("nobody there: %v", err)
	}
}

// A title cannot add headers.
func TestTitleStaysInItsLine(t *testing.T) {
	s := listen(t, nil, false, nil)
	m := toLina()
	m.Subject = "一\r\nBcc: all@example.cn"
	if err := s.smtp(t, mail.NoTLS, nil).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	taken, _ := s.got()
	got, err := netmail.ReadMessage(strings.NewReader(taken[0]))
	if err != nil || got.Header.Get("Bcc") != "" {
		t.Errorf("%v, %v", got.Header, err)
	}
}
