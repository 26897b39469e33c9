// Command golangci is golangci-lint with authlint built in, as
// `golangci-lint custom` makes it, but from the module proxy alone.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/authlint/authlint/cmd/gclplugin"
)

// version stays as it is but in a test. Any other would be the whole key of
// golangci-lint's cache, which then replays the results of an older plugin.
var version = "(devel)"

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: version}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
