package open

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gongkai/internal/errs"
)

const (
	convertTime  = 60 * time.Second
	maxConverted = 128 << 20
)

// LibreOffice finds LibreOffice on the machine and gives a converter for
// Options; ok is false where there is none. The converter runs one conversion
// at a time in a profile and folder of its own, stops it after 60 seconds with
// all its processes, and removes what it left.
func LibreOffice() (convert func(ctx context.Context, name string, data []byte) ([]byte, error), ok bool) {
	program := ""
	for _, name := range []string{"soffice", "libreoffice"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		return nil, false
	}
	turn := make(chan struct{}, 1)
	return func(ctx context.Context, name string, data []byte) ([]byte, error) {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return officeConvert(ctx, program, filepath.Ext(name), data)
	}, true
}

func officeConvert(ctx context.Context, program, extension string, data []byte) ([]byte, error) {
	dir, err := os.MkdirTemp("", "gongkai-office-")
	if err != nil {
		return nil, fmt.Errorf("make folder for conversion: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	in := filepath.Join(dir, "in"+extension)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, fmt.Errorf("write file for conversion: %w", err)
	}
	target := "docx"
	if extension == ".xls" || extension == ".ods" {
		target = "xlsx"
	}
	if err := runOffice(ctx, program, dir, in, target); err != nil {
		return nil, err
	}
	return readConverted(filepath.Join(dir, "out", "in."+target))
}

func runOffice(ctx context.Context, program, dir, in, target string) error {
	limited, cancel := context.WithTimeout(ctx, convertTime)
	defer cancel()
	profile := filepath.ToSlash(filepath.Join(dir, "profile"))
	if !strings.HasPrefix(profile, "/") {
		profile = "/" + profile
	}
	cmd := exec.CommandContext(limited, program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
		"-env:UserInstallation=file://"+profile, "--convert-to", target, "--outdir", filepath.Join(dir, "out"), in)
	cmd.Dir = dir
	cmd.WaitDelay = 5 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	endWholeGroup(cmd)

	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return errs.Wrap(err, errs.TooLarge, "用 LibreOffice 转换旧版文件超过 %d 秒，已停止；请用 Word 或 WPS 打开后另存为 docx 再试。", int(convertTime.Seconds()))
	}
	return errs.Wrap(fmt.Errorf("%w: %s", err, bytes.TrimSpace(said.Bytes())), errs.Corrupt,
		"用 LibreOffice 转换旧版文件失败，文件可能已损坏；请用 Word 或 WPS 打开后另存为 docx 再试。")
}

func readConverted(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, errs.Wrap(err, errs.Corrupt, "LibreOffice 打不开这个旧版文件，可能已损坏或设有密码；请用 Word 或 WPS 打开后另存为 docx 再试。")
	}
	if info.Size() > maxConverted {
		return nil, errs.New(errs.TooLarge, "旧版文件转换后有 %d MB，超过 %d MB 的上限；请压缩其中的图片后再试。", info.Size()>>20, maxConverted>>20)
	}
	out, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read converted file: %w", err)
	}
	return out, nil
}
