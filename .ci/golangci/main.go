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

func main() {
	// Any other version would be the whole key of golangci-lint's cache, which
	// then replays the results of an older plugin.
	if err := commands.Execute(commands.BuildInfo{Version: "(devel)"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
