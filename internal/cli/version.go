package cli

import (
	"fmt"
	"runtime"
)

// Version is the version of gongkai, the same as the newest heading of
// CHANGELOG.md.
const Version = "0.1.0"

// versionCmd is gongkai version.
type versionCmd struct{}

// Run prints the version and what the program was built for.
func (versionCmd) Run(a *app) error {
	_, err := fmt.Fprintf(a.stdout, "gongkai %s %s/%s %s\n", Version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}
