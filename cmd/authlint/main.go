// Command authlint audits how programs handle credentials.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/internal/cli"
)

func main() {
	if cli.SpeaksVet(os.Args[1:]) {
		if message, newer := cli.Newer(os.Args[1:]); newer {
			os.Stderr.WriteString(message)
			os.Exit(cli.ExitFindings)
		}
		args, alone := cli.Unit(os.Args[1:])
		if !alone {
			os.Exit(cli.Supervise(args, os.Stdout, os.Stderr))
		}
		os.Args = append(os.Args[:1:1], args...)
		unitchecker.Main(analyzers.All()...) // does not return
	}
	pace()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	command := cli.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Environ(), Args: os.Args[1:]}
	code := command.Run(ctx)
	stop()
	os.Exit(code)
}
