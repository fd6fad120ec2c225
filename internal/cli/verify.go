package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/mod/sumdb/note"

	server "gongkai/internal/app"
	"gongkai/internal/config"
	"gongkai/internal/errs"
	"gongkai/internal/event"
	"gongkai/internal/locale"
	"gongkai/internal/seal"
	"gongkai/internal/store"
)

// verifyCmd is gongkai verify: whether anything was changed past the program.
// With a receipt it needs no deployment: anybody can run it.
type verifyCmd struct {
	place
	Receipt string `placeholder:"FILE" help:"flag.verify.receipt"`
	Key     string `placeholder:"KEY" help:"flag.verify.key"`
	JSON    bool   `name:"json" help:"flag.json"`
}

// Run tells every finding; the exit code is 1 when there are any.
func (c *verifyCmd) Run(a *app) error {
	switch {
	case c.Receipt != "":
		return c.receipt(a)
	case c.Key != "":
		return errs.New(errs.Invalid, "--key 只用于核验回执，请同时用 --receipt 指定回执文件。").InEnglish("--key is for receipts: name one with --receipt")
	}
	return c.beside(a, func(_ config.Config, s *server.App) error {
		var findings []store.Finding
		err := s.Verify(a.ctx, func(f store.Finding) { findings = append(findings, f) })
		if err != nil {
			return err
		}
		return c.tell(a, findings)
	})
}

func (c *verifyCmd) tell(a *app, findings []store.Finding) error {
	type line struct {
		Room    string `json:"room"`
		ID      string `json:"id"`
		Message string `json:"message"`
	}
	lines := []line{}
	for _, f := range findings {
		message := f.Chinese
		if a.say.Lang == locale.English {
			message = f.English
		}
		lines = append(lines, line{f.Room, f.ID, message})
	}
	if c.JSON {
		if err := json.NewEncoder(a.stdout).Encode(lines); err != nil {
			return err
		}
	} else {
		for _, l := range lines {
			fmt.Fprintln(a.stdout, "✗ "+l.Message)
		}
		if len(lines) == 0 {
			fmt.Fprintln(a.stdout, a.say.T("verify.whole"))
		}
	}
	if len(lines) > 0 {
		return exit(exitViolations)
	}
	return nil
}

// receipt checks a receipt with the key that was told, else with the one of the
// deployment.
func (c *verifyCmd) receipt(a *app) error {
	f, err := os.Open(c.Receipt)
	if err != nil {
		return errs.Wrap(err, errs.NotFound, "回执文件 %s 打不开。", c.Receipt).InEnglish("the receipt %s cannot be opened", c.Receipt)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, event.MaxReceipt+1))
	if err != nil {
		return err
	}
	keys, err := c.keys(a)
	if err != nil {
		return err
	}
	proven, err := event.VerifyReceipt(raw, keys)
	switch {
	case errs.KindOf(err) == errs.Invalid || errs.KindOf(err) == errs.Corrupt:
		fmt.Fprintln(a.stdout, "✗ "+errs.Public(err))
		return exit(exitViolations)
	case err != nil:
		return err
	}
	fmt.Fprintln(a.stdout, a.say.T("verify.receipt", proven.Event.ID, proven.Event.At.Format("2006-01-02 15:04:05"), string(proven.Event.Kind), proven.Index+1, proven.Head.Size))
	return nil
}

func (c *verifyCmd) keys(a *app) (note.Verifiers, error) {
	if c.Key != "" {
		v, err := note.NewVerifier(c.Key)
		if err != nil {
			return nil, errs.Wrap(err, errs.Invalid, "公钥“%s”不正确；请从公开网站的“操作日志”页抄录。", c.Key)
		}
		return note.VerifierList(v), nil
	}
	cfg, err := c.load(a, nil)
	if err != nil {
		return nil, err
	}
	keys, err := seal.Load(cfg.Keys)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "请用 --key 指定公钥（见公开网站的“操作日志”页）。")
	}
	return keys.LogVerifiers()
}
