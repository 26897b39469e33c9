// Package cli is authlint's command line: commands, flags, exit codes. It
// touches neither the process's streams nor its exit.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/report/redact"
)

// The exit codes. ExitFindings wins over ExitUnread.
const (
	ExitClean    = 0 // nothing at or above --fail-on
	ExitFindings = 1 // findings at or above --fail-on
	ExitUsage    = 2 // a wrong flag, argument or configuration
	ExitUnread   = 3 // some input could not be read, or nothing was there to scan
)

// Command is one call of authlint.
type Command struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Env            []string // "NAME=value"; a later one wins
	Args           []string // without the program's name
}

// failure is an error with the exit code that it means.
type failure struct {
	code int
	err  error
}

// Error returns the message.
func (f *failure) Error() string { return f.err.Error() }

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.err }

// usage returns the error for a wrong flag, argument or configuration.
func usage(err error) error { return &failure{ExitUsage, err} }

// unread returns the error for input that cannot be read.
func unread(err error) error { return &failure{ExitUnread, err} }

// Run carries out the call and returns its exit code.
func (c *Command) Run(ctx context.Context) int {
	code := ExitClean
	root := c.root(&code)
	root.SetArgs(append([]string{}, c.Args...)) // nil would mean the process's own
	root.SetIn(c.Stdin)
	root.SetOut(c.Stdout)
	root.SetErr(c.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return code
	}
	for line := range strings.Lines(err.Error()) {
		c.complain(strings.TrimRight(line, "\n"))
	}
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	return ExitUsage // what cobra complains of are flags and arguments
}

// notice writes a notice to standard error, with its level if it asks for
// attention.
func (c *Command) notice(n finding.Notice) {
	if n.Level == "note" {
		c.complain(n.Message)
		return
	}
	c.complain(n.Level + ": " + n.Message)
}

// complain writes a line to standard error. It may hold names that a stranger
// chose, or arguments.
func (c *Command) complain(line string) {
	fmt.Fprintf(c.Stderr, "authlint: %s\n", redact.Printable(line))
}

// getenv returns the value of an environment variable.
func (c *Command) getenv(name string) string {
	for i := len(c.Env) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(c.Env[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// root returns the command tree; code receives the exit code of a call that
// ends without error.
func (c *Command) root(code *int) *cobra.Command {
	root := c.scanCommand(code)
	root.AddCommand(c.secretsCommand(code), c.vetCommand(code), c.baselineCommand(code), c.rulesCommand(), c.explainCommand(), c.initCommand(), c.configCommand(), c.versionCommand())
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableNoDescFlag = true
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args, cmd.RunE = subcommandsOnly, func(cmd *cobra.Command, _ []string) error { return cmd.Usage() }
		}
	}
	root.SetHelpCommand(helpCommand(root))
	setHelp(root)
	setCompletions(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w%s\nrun '%s --help' for the flags", err, flagHint(cmd, err), cmd.CommandPath()))
	})
	return root
}

// flagHint returns what a mistyped flag was meant to be.
func flagHint(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if name := nearest.Word(strings.TrimLeft(unknown.GetSpecifiedName(), "-"), names); name != "" {
		return fmt.Sprintf(", did you mean --%s?", name)
	}
	return ""
}
