package app

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/errs"
)

// opened gives a new deployment that listens at a free port.
func opened(t *testing.T, change func(*Options)) (*App, net.Listener) {
	t.Helper()
	o := Options{Config: configuration(t), Version: "test", Log: quiet(t)}
	o.Config.Listen = "127.0.0.1:0"
	if change != nil {
		change(&o)
	}
	a, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	listener, err := a.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return a, listener
}

// serving serves until the function that it gives is called, which gives how
// Serve ended.
func serving(t *testing.T, a *App, listener net.Listener) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener) }()
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(30 * time.Second):
			t.Fatal("the server does not stop")
			return nil
		}
	}
}

func TestAStopLetsRequestsFinish(t *testing.T) {
	a, listener := opened(t, nil)
	begun, goOn := make(chan struct{}), make(chan struct{})
	a.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-goOn
		if err := r.Context().Err(); err != nil {
			t.Errorf("the request was told to end: %v", err)
		}
		io.WriteString(w, "done")
	})
	stop := serving(t, a, listener)
	address := listener.Addr().String()
	answered := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + address)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answered <- string(body)
	}()
	<-begun
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	for { // it takes nobody new
		conn, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		conn.Close()
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Fatalf("stopped before the request was answered: %v", err)
	default:
	}
	close(goOn)
	if got := <-answered; got != "done" {
		t.Errorf("the request got %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestAPortThatIsTakenIsNamed(t *testing.T) {
	a, listener := opened(t, nil)
	defer listener.Close()
	a.Config.Listen = listener.Addr().String()
	if _, err := a.Listen(t.Context()); errs.KindOf(err) != errs.Unavailable {
		t.Errorf("got %v", err)
	}
}

// selfMade writes a certificate of a number for 127.0.0.1 with its key.
func selfMade(t *testing.T, cert, key string, number int64) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(number), Subject: pkix.Name{CommonName: "gongkai.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: pkcs8}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestItServesTLSByItsOwnCertificate(t *testing.T) {
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	selfMade(t, cert, key, 1)
	a, listener := opened(t, func(o *Options) { o.Config.TLSCert, o.Config.TLSKey = cert, key })
	stop := serving(t, a, listener)
	raw, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(raw)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	resp, err := client.Get("https://" + listener.Addr().String() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.ProtoMajor != 2 || resp.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s %s, HSTS %q", resp.Status, resp.Proto, resp.Header.Get("Strict-Transport-Security"))
	}
	old := &tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS11}
	if conn, err := tls.Dial("tcp", listener.Addr().String(), old); err == nil {
		conn.Close()
		t.Error("TLS 1.1 was accepted")
	}
	client.CloseIdleConnections()
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// A renewed certificate is taken within a minute, without a restart or a signal;
// one that is broken is not.
func TestARenewedCertificateIsTaken(t *testing.T) {
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	c := &certificate{cert: cert, key: key, log: quiet(t)}
	number := func() int64 {
		t.Helper()
		c.checked = time.Time{} // as if the minute were over
		got, err := c.get(nil)
		if err != nil {
			t.Fatal(err)
		}
		return got.Leaf.SerialNumber.Int64()
	}
	written := time.Now().Add(-time.Hour)
	renew := func(n int64) {
		selfMade(t, cert, key, n)
		written = written.Add(time.Minute)
		if err := os.Chtimes(cert, written, written); err != nil {
			t.Fatal(err)
		}
	}
	renew(1)
	if got := number(); got != 1 {
		t.Errorf("certificate %d", got)
	}
	renew(2)
	if got := number(); got != 2 {
		t.Errorf("after the renewal: certificate %d", got)
	}
	renew(3)
	if err := os.WriteFile(key, []byte("half a k"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := number(); got != 2 {
		t.Errorf("with half a key: certificate %d", got)
	}
	renew(4)
	if got := number(); got != 4 {
		t.Errorf("when it is whole: certificate %d", got)
	}
}
