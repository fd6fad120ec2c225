package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func none(string) string { return "" }

func TestCommandLineGoesBeforeEnvironmentBeforeFile(t *testing.T) {
	file, err := ReadFile(strings.NewReader("# comment\n\nGONGKAI_LISTEN=:1\nGONGKAI_DATA=\"/srv/gk\"\nGONGKAI_LOG_LEVEL = warn\n"))
	if err != nil {
		t.Fatal(err)
	}
	env := func(name string) string {
		return map[string]string{"GONGKAI_LISTEN": ":2", "GONGKAI_JOBS": "false"}[name]
	}
	c, err := Load(map[string]string{"listen": ":3"}, env, file)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != ":3" || c.Jobs || c.Data != "/srv/gk" || c.LogLevel != "warn" || c.Database != filepath.Join("/srv/gk", "gongkai.db") {
		t.Errorf("got %+v", c)
	}
	if c, err = Load(nil, env, file); err != nil || c.Listen != ":2" {
		t.Errorf("got %s, %v", c.Listen, err)
	}
}

func TestWrongOptionsAreToldOf(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"listen", "80", "监听地址"},
		{"base-url", "zwgk.gov.cn", "网址"},
		{"proxies", "10.0.0.0/40", "地址段"},
		{"jobs", "yes please", "jobs"},
		{"mail-port", "0", "端口"},
		{"mail-tls", "ssl", "starttls"},
		{"mail-host", "smtp.example.cn", "mail-from"},
		{"sms-url", "sms.example.cn", "短信网关的地址"},
		{"sms-url", "https://sms.example.cn", "sms-secret"},
		{"tls-cert", "cert.pem", "tls-key"},
		{"oidc-issuer", "https://id.example.cn", "oidc-client"},
		{"colour", "red", "colour"},
	} {
		if _, err := Load(map[string]string{c.name: c.value}, none, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s=%s: %v", c.name, c.value, err)
		}
	}
	if _, err := ReadFile(strings.NewReader("GONGKAI_LISTEN=:1\nlisten :1\n")); err == nil || !strings.Contains(err.Error(), "第2行") {
		t.Errorf("got %v", err)
	}
}

func TestExampleFileHasEveryOption(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "deploy", "gongkai.conf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range Options() {
		line := "#" + o.Env() + "=" + o.Default + "\n"
		if !strings.Contains(string(text), "# "+o.Help+"\n"+line) {
			t.Errorf("deploy/gongkai.conf lacks\n# %s\n%s", o.Help, line)
		}
	}
	if _, err := ReadFile(strings.NewReader(strings.ReplaceAll(string(text), "\n#GONGKAI", "\nGONGKAI"))); err != nil {
		t.Error(err)
	}
}
