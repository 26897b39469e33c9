// Command authlint audits how programs handle credentials.
package main

import (
	"context"
	"os"
	"os/signal"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/internal/cli"
)

func main() {
	if cli.SpeaksVet(os.Args[1:]) {
		unitchecker.Main(analyzers.All()...) // does not return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	command := cli.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Environ(), Args: os.Args[1:]}
	code := command.Run(ctx)
	stop()
	os.Exit(code)
}
