package cli

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Newer reports whether go vet hands over a package for a newer Go than this
// program was built with, which go/types refuses to read. All of the standard
// library then fails; the message is empty but for a package that every program
// has, so that it is told once.
func Newer(args []string) (message string, newer bool) {
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return "", false
	}
	var unit struct{ ImportPath, GoVersion string }
	if json.Unmarshal(data, &unit) != nil || !isNewer(unit.GoVersion) {
		return "", false
	}
	if unit.ImportPath == "runtime" {
		message = tooNew(unit.GoVersion) + "\n"
	}
	return message, true
}

// checkGo returns an error if the go command is newer than this program.
func (c *Command) checkGo(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "env", "GOVERSION")
	cmd.Env = c.Env
	out, err := cmd.Output()
	if err != nil {
		return nil //nolint:nilerr // go vet will tell it better
	}
	if found := strings.TrimSpace(string(out)); isNewer(found) {
		return errors.New(strings.TrimPrefix(tooNew(found), "authlint: "))
	}
	return nil
}

// modulesFlag returns the analyzer flag that lets debug settings in go.mod be
// read: with the content of the files in it, go vet's cache cannot outlive them.
func (c *Command) modulesFlag(ctx context.Context) string {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.GoMod}}")
	cmd.Env = c.Env
	out, _ := cmd.Output() // no module: nothing to read
	sum := sha256.New()
	for path := range strings.Lines(string(out)) {
		data, _ := os.ReadFile(strings.TrimSpace(path)) // go vet will tell it better
		fmt.Fprintf(sum, "%d %s", len(data), data)
	}
	return fmt.Sprintf("-authconfig.modules=%x", sum.Sum(nil))
}

// isNewer reports whether a Go version is beyond that of this program.
func isNewer(goVersion string) bool {
	own := version.Lang(runtime.Version())
	return own != "" && version.Compare(version.Lang(goVersion), own) > 0
}

// tooNew tells what to do about code for a newer Go.
func tooNew(goVersion string) string {
	return fmt.Sprintf("authlint: built with %s, which cannot read code for %s: install it again with that Go", runtime.Version(), version.Lang(goVersion))
}
