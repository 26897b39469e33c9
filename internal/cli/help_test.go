package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// TestHelpFits holds the help of every command to the width of a terminal.
func TestHelpFits(t *testing.T) {
	var visit func(cmd *cobra.Command, path []string)
	visit = func(cmd *cobra.Command, path []string) {
		var out bytes.Buffer
		call := Command{Stdout: &out, Stderr: &out, Args: append(path, "--help")}
		if code := call.Run(context.Background()); code != ExitClean {
			t.Errorf("%s --help ends with %d", cmd.CommandPath(), code)
		}
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > helpWidth {
				t.Errorf("%s --help: %d columns: %s", cmd.CommandPath(), n, line)
			}
		}
		for _, sub := range cmd.Commands() {
			visit(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	visit(new(Command).root(new(int)), nil)
}

// TestFlagGroups checks that every flag that a group names is one.
func TestFlagGroups(t *testing.T) {
	known := map[string]bool{"diff": true, "fix": true}
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		for _, group := range flagGroups() {
			for name := range strings.FieldsSeq(group.names) {
				known[name] = known[name] || cmd.Flags().Lookup(name) != nil
			}
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(new(Command).root(new(int)))
	for name, ok := range known {
		if !ok {
			t.Errorf("no command has a flag --%s", name)
		}
	}
	for name := range completions() {
		if _, ok := known[name]; !ok {
			t.Errorf("values of --%s are completed, which is in no group", name)
		}
	}
}

// TestMistakesAreUnderstood checks that what was meant is told for every kind of
// word.
func TestMistakesAreUnderstood(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"--formt text", "did you mean --format?"},
		{"--format texd", `did you mean "text"?`},
		{"--persona auditer", `did you mean "auditor"?`},
		{"--fail-on hihg", `did you mean "high"?`},
		{"--rules weak-pasword", `did you mean "weak-password"?`},
		{"--skip weak-pasword", `did you mean "weak-password"?`},
		{"explian", "did you mean 'authlint explain'?"},
		{"initt", "did you mean 'authlint init'?"},
		{"help explan", `did you mean "explain"?`},
		{"help config shwo", `did you mean "show"?`},
		{"completion bsh", `did you mean "bash"?`},
		{"--color nevr", `did you mean "never"?`},
		{"explain weak-pasword", `did you mean "weak-password"?`},
		{"config shwo", `did you mean "show"?`},
		{"config show --jsn", "did you mean --json?"},
		{"vet --persna auditor", "did you mean --persona?"},
		{"secrets --archive-deph 2", "did you mean --archive-depth?"},
		{"init --forse", "did you mean --force?"},
		{"rules --jason", "did you mean --json?"},
	} {
		var out, errs bytes.Buffer
		call := Command{Stdout: &out, Stderr: &errs, Args: strings.Fields(tt.args)}
		if code := call.Run(context.Background()); code != ExitUsage && code != ExitUnread || !strings.Contains(errs.String(), tt.want) {
			t.Errorf("authlint %s: code %d, %s\nwant %s", tt.args, code, errs.String(), tt.want)
		}
	}
}
