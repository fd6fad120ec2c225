// Package config is how the program is told where it runs: folders, addresses,
// certificates, the services beside it. What the office decides (time-outs,
// retention, texts) is a setting instead, kept in the database.
//
// Each option has one name. It is given as an environment variable
// (GONGKAI_LISTEN), as a line of a file in the same spelling, which systemd and
// container engines read too, or on the command line (--set listen=:80). The
// command line goes before the environment, the environment before the file.
//
// Start at Options.
package config

import (
	"bufio"
	"io"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/errs"
)

// Config is where and how a process of gongkai runs.
type Config struct {
	Data     string // folder of everything that is kept
	Database string // postgres://… or the path of a SQLite file
	Keys     string // path of the key file
	Seal     string // algorithm of new keys: aes-256-gcm, sm4-gcm
	Theme    string // folder of the look; "" for none
	Backups  string // folder of backups

	Listen  string // address and port
	BaseURL string // how people reach the site, without a slash at the end; "" when it is told by requests
	TLSCert string
	TLSKey  string
	Proxies []netip.Prefix // whose word about the client's address is taken
	Metrics []netip.Prefix // who may read /metrics

	Jobs      bool // whether this process does the jobs
	LogFormat string
	LogLevel  string

	WeChat string // where the interface of official accounts is, without a slash at the end

	Mail Mail
	SMS  SMS
	OIDC OIDC
}

// Mail is the SMTP server that messages go out by.
type Mail struct {
	Host     string // "" for no mail
	Port     int
	TLS      string // starttls, tls, none
	User     string
	Password string
	From     string
}

// SMS is the gateway that short messages go out by.
type SMS struct {
	URL    string // "" for none
	Secret string // signs the calls
}

// OIDC is the unified identity provider of the government.
type OIDC struct {
	Issuer     string // "" for none
	Client     string
	Secret     string
	Title      string // of the button on the sign-in page
	LoginClaim string // links a person once by login; "" never
	FactorAMR  string // the amr value that stands for a second factor; "" none does
}

// Option is one thing that can be told.
type Option struct {
	Name    string // listen; in the environment GONGKAI_LISTEN
	Default string
	Help    string // Chinese
	Secret  bool   // never shown
	set     func(c *Config, value string) error
}

// Env gives the option's name in the environment and in files.
func (o Option) Env() string {
	return "GONGKAI_" + strings.ToUpper(strings.ReplaceAll(o.Name, "-", "_"))
}

// Options gives everything that can be told, in the order of the example file.
func Options() []Option {
	text := func(field func(*Config) *string) func(*Config, string) error {
		return func(c *Config, value string) error { *field(c) = value; return nil }
	}
	return []Option{
		{"data", "gongkai-data", "数据目录：数据库、文件、密钥和备份都在其中", false, text(func(c *Config) *string { return &c.Data })},
		{"database", "", "数据库：postgres://… 或 SQLite 文件；空为数据目录中的 gongkai.db", true, text(func(c *Config) *string { return &c.Database })},
		{"keys", "", "密钥文件；空为数据目录中的 keys.json", false, text(func(c *Config) *string { return &c.Keys })},
		{"seal", "aes-256-gcm", "加密保存个人信息的算法（aes-256-gcm、sm4-gcm），建立和更换密钥时使用；要求国密时选后者", false, choice(func(c *Config) *string { return &c.Seal }, "aes-256-gcm", "sm4-gcm")},
		{"theme", "", "界面主题目录（名称、徽标、颜色）；空为数据目录中的 theme", false, text(func(c *Config) *string { return &c.Theme })},
		{"backups", "", "备份目录；空为数据目录中的 backups", false, text(func(c *Config) *string { return &c.Backups })},
		{"listen", "127.0.0.1:8080", "监听地址和端口", false, setListen},
		{"base-url", "", "公众访问的网址，如 https://zwgk.example.gov.cn；用于信件、二维码和统一身份认证", false, setBaseURL},
		{"tls-cert", "", "TLS 证书文件（PEM），更换后一分钟内生效，不必重启；空则由前面的代理负责 TLS", false, text(func(c *Config) *string { return &c.TLSCert })},
		{"tls-key", "", "TLS 私钥文件（PEM）", false, text(func(c *Config) *string { return &c.TLSKey })},
		{"proxies", "", "可信代理的地址段，用逗号分开，如 127.0.0.1/32,10.0.0.0/8", false, prefixes(func(c *Config) *[]netip.Prefix { return &c.Proxies })},
		{"metrics", "127.0.0.1/32,::1/128", "可以读取 /metrics 的地址段", false, prefixes(func(c *Config) *[]netip.Prefix { return &c.Metrics })},
		{"jobs", "true", "本进程是否执行后台任务（true、false）", false, setJobs},
		{"log-format", "text", "日志格式（text、json）", false, choice(func(c *Config) *string { return &c.LogFormat }, "text", "json")},
		{"log-level", "info", "日志级别（debug、info、warn、error）", false, choice(func(c *Config) *string { return &c.LogLevel }, "debug", "info", "warn", "error")},
		{"wechat-api", "https://api.weixin.qq.com", "微信公众平台接口的地址；服务器不能直接访问互联网的，填写前置机的地址", false, setWeChat},
		{"mail-host", "", "邮件服务器；空为不发邮件", false, text(func(c *Config) *string { return &c.Mail.Host })},
		{"mail-port", "587", "邮件服务器端口", false, setMailPort},
		{"mail-tls", "starttls", "邮件加密方式（starttls、tls、none）", false, choice(func(c *Config) *string { return &c.Mail.TLS }, "starttls", "tls", "none")},
		{"mail-user", "", "邮件账号", false, text(func(c *Config) *string { return &c.Mail.User })},
		{"mail-password", "", "邮件密码", true, text(func(c *Config) *string { return &c.Mail.Password })},
		{"mail-from", "", "发件地址", false, text(func(c *Config) *string { return &c.Mail.From })},
		{"sms-url", "", "短信网关的回调地址；空为不发短信", false, setSMS},
		{"sms-secret", "", "短信网关的签名密钥", true, text(func(c *Config) *string { return &c.SMS.Secret })},
		{"oidc-issuer", "", "统一身份认证（OIDC）的签发者地址；空为不使用", false, text(func(c *Config) *string { return &c.OIDC.Issuer })},
		{"oidc-client", "", "统一身份认证的客户端编号", false, text(func(c *Config) *string { return &c.OIDC.Client })},
		{"oidc-secret", "", "统一身份认证的客户端密钥", true, text(func(c *Config) *string { return &c.OIDC.Secret })},
		{"oidc-title", "统一身份认证登录", "登录页上按钮的文字", false, text(func(c *Config) *string { return &c.OIDC.Title })},
		{"oidc-login-claim", "", "首次登录时按哪个声明对应登录名；空为只按已绑定的身份", false, text(func(c *Config) *string { return &c.OIDC.LoginClaim })},
		{"oidc-factor-amr", "", "amr 声明中代表已做双因素认证的值；空为一律使用本系统的第二因素", false, text(func(c *Config) *string { return &c.OIDC.FactorAMR })},
	}
}

// MaxFile is how many bytes a configuration file may have.
const MaxFile = 1 << 20

// ReadFile reads a file of lines NAME=value; empty lines and lines that begin
// with # are passed over. Quotes around a value are taken off. It gives the
// values by environment name.
func ReadFile(r io.Reader) (map[string]string, error) {
	values := map[string]string{}
	lines := bufio.NewScanner(io.LimitReader(r, MaxFile))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if !ok || !slices.ContainsFunc(Options(), func(o Option) bool { return o.Env() == name }) {
			return nil, errs.New(errs.Invalid, "配置文件第%d行不认识：每行写“名称=值”，名称如 GONGKAI_LISTEN。", n)
		}
		values[name] = unquote(strings.TrimSpace(value))
	}
	return values, lines.Err()
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// Load puts a configuration together: told holds what the command line says, by
// option name; env and file give the values by environment name.
func Load(told map[string]string, env func(string) string, file map[string]string) (Config, error) {
	var c Config
	for name := range told {
		if !slices.ContainsFunc(Options(), func(o Option) bool { return o.Name == name }) {
			return c, errs.New(errs.Invalid, "没有“%s”这个配置项；全部配置项见 gongkai help serve。", name)
		}
	}
	for _, o := range Options() {
		value, ok := told[o.Name]
		if !ok {
			value = env(o.Env())
		}
		if !ok && value == "" {
			value, ok = file[o.Env()]
		}
		if !ok && value == "" {
			value = o.Default
		}
		if err := o.set(&c, value); err != nil {
			return c, err
		}
	}
	return c, c.complete()
}

// complete fills in what follows from other options, and checks what must go
// together.
func (c *Config) complete() error {
	inData := func(field *string, name string) {
		if *field == "" {
			*field = filepath.Join(c.Data, name)
		}
	}
	inData(&c.Database, "gongkai.db")
	inData(&c.Keys, "keys.json")
	inData(&c.Theme, "theme")
	inData(&c.Backups, "backups")
	switch {
	case c.Data == "":
		return errs.New(errs.Invalid, "没有指定数据目录（data）。")
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return errs.New(errs.Invalid, "TLS 证书（tls-cert）和私钥（tls-key）要同时指定。")
	case c.Mail.Host != "" && c.Mail.From == "":
		return errs.New(errs.Invalid, "使用邮件服务器时要指定发件地址（mail-from）。")
	case c.SMS.URL != "" && c.SMS.Secret == "":
		return errs.New(errs.Invalid, "使用短信网关时要指定签名密钥（sms-secret），网关凭它确认消息来自本系统。")
	case c.OIDC.Issuer != "" && (c.OIDC.Client == "" || c.BaseURL == ""):
		return errs.New(errs.Invalid, "使用统一身份认证时要指定客户端编号（oidc-client）和公众访问的网址（base-url）。")
	}
	return nil
}

// Blobs gives the folder of files.
func (c Config) Blobs() string { return filepath.Join(c.Data, "files") }

// TLS tells whether the process serves TLS by itself.
func (c Config) TLS() bool { return c.TLSCert != "" }

func setListen(c *Config, value string) error {
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		return errs.New(errs.Invalid, "监听地址“%s”不正确：请写成“地址:端口”，如 127.0.0.1:8080 或 :80。", value)
	}
	c.Listen = value
	return nil
}

func setBaseURL(c *Config, value string) error {
	if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return errs.New(errs.Invalid, "网址“%s”不正确：请以 http:// 或 https:// 开头。", value)
	}
	c.BaseURL = strings.TrimRight(value, "/")
	return nil
}

func setJobs(c *Config, value string) (err error) {
	if c.Jobs, err = strconv.ParseBool(value); err != nil {
		return errs.New(errs.Invalid, "配置项 jobs 的值“%s”不正确：请写 true 或 false。", value)
	}
	return nil
}

func setSMS(c *Config, value string) error {
	if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return errs.New(errs.Invalid, "短信网关的地址“%s”不正确：请以 http:// 或 https:// 开头。", value)
	}
	c.SMS.URL = value
	return nil
}

func setWeChat(c *Config, value string) error {
	if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errs.New(errs.Invalid, "微信公众平台接口的地址“%s”不正确：请以 http:// 或 https:// 开头。", value)
	}
	c.WeChat = strings.TrimRight(value, "/")
	return nil
}

func setMailPort(c *Config, value string) (err error) {
	if c.Mail.Port, err = strconv.Atoi(value); err != nil || c.Mail.Port < 1 || c.Mail.Port > 65535 {
		return errs.New(errs.Invalid, "邮件服务器端口“%s”不正确：请写 1 到 65535 之间的整数。", value)
	}
	return nil
}

func choice(field func(*Config) *string, allowed ...string) func(*Config, string) error {
	return func(c *Config, value string) error {
		if !slices.Contains(allowed, value) {
			return errs.New(errs.Invalid, "配置的值“%s”不正确：请写%s之一。", value, strings.Join(allowed, "、"))
		}
		*field(c) = value
		return nil
	}
}

func prefixes(field func(*Config) *[]netip.Prefix) func(*Config, string) error {
	return func(c *Config, value string) error {
		var all []netip.Prefix
		for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ' ' }) {
			if !strings.Contains(part, "/") {
				if a, err := netip.ParseAddr(part); err == nil {
					part = netip.PrefixFrom(a, a.BitLen()).String()
				}
			}
			p, err := netip.ParsePrefix(part)
			if err != nil {
				return errs.New(errs.Invalid, "地址段“%s”不正确：请写成 10.0.0.0/8 这样的形式。", part)
			}
			all = append(all, p)
		}
		*field(c) = all
		return nil
	}
}
