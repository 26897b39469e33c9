package cli

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/report"
)

// look are the flags that say how a text report looks.
type look struct {
	color   string
	verbose bool
}

// colors are the values of --color.
func colors() []string { return []string{"auto", "always", "never"} }

// register adds the flags to a command.
func (l *look) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&l.color, "color", "auto", "color text reports auto, always or never (`when`); auto heeds NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE")
	flags.BoolVar(&l.verbose, "verbose", false, "tell every notice, also many of one kind")
}

// check returns an error for a wrong value.
func (l *look) check() error {
	if slices.Contains(colors(), l.color) {
		return nil
	}
	return usage(fmt.Errorf("--color: %q is none of %s%s", l.color, strings.Join(colors(), ", "), nearest.Hint(l.color, colors())))
}

// options returns how a report looks that goes to an output.
func (l *look) options(c *Command, o output) report.Options {
	opts := report.Options{Verbose: l.verbose, Color: l.color == "always"}
	if o.path != "" {
		return opts
	}
	terminal := c.isTerminal(c.Stdout)
	if l.color == "auto" {
		opts.Color = c.wantsColor(terminal)
	}
	opts.Links = opts.Color && terminal
	opts.Width = c.width(terminal)
	return opts
}

// wantsColor reports whether the environment wants colours on standard output.
// What forbids them wins over what forces them, as no-color.org asks.
func (c *Command) wantsColor(terminal bool) bool {
	if c.getenv("NO_COLOR") != "" {
		return false
	}
	for _, name := range []string{"FORCE_COLOR", "CLICOLOR_FORCE"} {
		if v := c.getenv(name); v != "" && v != "0" && v != "false" {
			return true
		}
	}
	return terminal && c.getenv("CLICOLOR") != "0"
}

// width returns the columns of standard output: those that COLUMNS gives, or
// the terminal has, or 0 if none are known.
func (c *Command) width(terminal bool) int {
	if n, err := strconv.Atoi(c.getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if file, ok := c.Stdout.(*os.File); ok && terminal {
		if n, _, err := term.GetSize(int(file.Fd())); err == nil {
			return n
		}
	}
	return 0
}
