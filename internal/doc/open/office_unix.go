//go:build unix

package open

import (
	"os/exec"
	"syscall"
)

// endWholeGroup makes the end of the command the end of all processes that it
// started: soffice is a script that starts the real program.
func endWholeGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
