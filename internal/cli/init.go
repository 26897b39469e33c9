package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/survey"
	"github.com/authlint/authlint/rules"
)

// initCommand writes a configuration file.
func (c *Command) initCommand() *cobra.Command {
	force, toOutput := false, false
	cmd := &cobra.Command{
		Use:   "init [folder]",
		Short: "Write a " + config.FileName + " that fits the repository",
		Long: "Look at the repository and write a commented " + config.FileName + " that fits it:\n" +
			"providers, third-party folders, and the tools that check it already. What to\n" +
			"do next is printed.",
		Example: "  authlint init\n  authlint init --stdout",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return c.init(cmd.Context(), dir, force, toOutput)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	cmd.Flags().BoolVar(&toOutput, "stdout", false, "print the file instead of writing it")
	return cmd
}

// init carries out the command.
func (c *Command) init(ctx context.Context, dir string, force, toOutput bool) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return usage(fmt.Errorf("%s is no folder", dir))
	}
	if len(dir) == 0 || dir == "." {
		dir = shorten(repositoryOf("."))
	}
	catalogue, err := rules.Default()
	if err != nil {
		return fmt.Errorf("loading the rules: %w", err)
	}
	seen := survey.Look(ctx, dir, catalogue)
	text := initialText(seen)
	if toOutput {
		_, err := c.Stdout.Write(text)
		return err
	}
	path := filepath.Join(dir, config.FileName)
	if err := writeNew(path, text, force); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Stdout, "wrote %s\n\nNext:\n%s", path, nextSteps(seen))
	return err
}

// writeNew writes a file, which must not be there unless force is set.
func writeNew(path string, text []byte, force bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(path, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Errorf("%s is there already: --force replaces it, --stdout shows what would be written", path))
	}
	if err != nil {
		return unread(fmt.Errorf("writing the configuration: %w", err))
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

// initialText returns the file for what was seen.
func initialText(s *survey.Survey) []byte {
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("#:schema %s", config.SchemaURL)
	line("# Settings of authlint. 'authlint config show' tells what is in force and why,")
	line("# 'authlint config verify' checks this file.")
	line("")
	line("# regular shows what a stranger would act on, auditor everything.")
	line(`# persona = "auditor"`)
	line("")
	line("# From which severity on a run fails: low, medium, high or critical.")
	line(`# fail-on = "low"`)
	line("")
	profile(line, s)
	line("")
	line("# Files that are left out, as in .gitignore.")
	if len(s.ThirdParty) > 0 {
		line("exclude = [")
		for _, pattern := range s.ThirdParty {
			line("\t%q,", pattern)
		}
		line("]")
	} else {
		line(`# exclude = ["/third_party/"]`)
	}
	line("")
	line("# 'authlint rules' lists the rules, 'authlint explain <rule>' explains one.")
	line("[rules]")
	line(`# skip = ["slow-rotation"]`)
	line("")
	line("# [rules.severity]")
	line(`# shared-credential = "low"`)
	line("")
	line("# [thresholds]")
	line("# password-min-length = 12")
	line("")
	line("# A host behind a VPN: plain text to it is no finding, and the summary says so.")
	line(`# [hosts."gateway.internal"]`)
	line(`# transport = "vpn"`)
	line("")
	honoured(line, s)
	line("# Other settings for some files.")
	line("# [[overrides]]")
	line(`# paths = ["/examples/"]`)
	line(`# rules.skip = ["weak-password"]`)
	line(`# fail-on = "high"`)
	gitleaks(line, s)
	return b.Bytes()
}

// profile writes the profile as a comment, with the providers that were seen:
// whether sending messages is what the code is for, only its owner can tell.
func profile(line func(string, ...any), s *survey.Survey) {
	line("# What only messaging providers ask for (no Basic, passwords of 10 characters, short")
	line("# tokens) holds for all code with this profile, else only beside a provider.")
	for _, t := range s.Providers {
		line("# Seen: %s (%s in %s).", t.Provider, t.Where, quotable(t.File))
	}
	if len(s.Providers) > 0 {
		line("# If sending messages is what this code is for, set it.")
	}
	line("# profile = %q", config.Messaging)
}

// quotable returns a file name that can stand in a comment.
func quotable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, name)
}

// honoured writes the tools whose comments could hold.
func honoured(line func(string, ...any), s *survey.Survey) {
	tools := slices.Sorted(maps.Keys(s.Comments))
	if len(tools) == 0 {
		return
	}
	var quoted []string
	for _, tool := range tools {
		quoted = append(quoted, fmt.Sprintf("%q", tool))
		files := "files have"
		if s.Comments[tool] == 1 {
			files = "file has"
		}
		line("# %d %s comments of %s that silence its findings; with this they silence ours.", s.Comments[tool], files, tool)
	}
	line("# [ignores]")
	line("# honour = [%s]", strings.Join(quoted, ", "))
	line("")
}

// gitleaks writes what holds beside the file.
func gitleaks(line func(string, ...any), s *survey.Survey) {
	if s.Gitleaks != "" {
		line("")
		line("# The rules and allowlists of %s hold as well.", s.Gitleaks)
	}
}

// nextSteps returns what to do with the new file, one step a line.
func nextSteps(s *survey.Survey) string {
	steps := []string{
		"authlint                      look at what it finds",
		"authlint explain <rule>       what a rule reports, and how to fix it",
		"authlint baseline             write down what is old, so that only new findings fail",
		"authlint config show          what is in force, and why",
	}
	if s.Golangci != "" {
		steps = append(steps, "add authlint to "+s.Golangci+" as a module plugin: .golangci.example.yml shows how")
	}
	if s.PreCommit != "" {
		steps = append(steps, "add the hook authlint to "+s.PreCommit)
	}
	for _, ci := range s.CI {
		switch ci {
		case "github":
			steps = append(steps, "in a workflow: authlint --format sarif:authlint.sarif --format text, then upload-sarif")
		case "gitlab":
			steps = append(steps, "in .gitlab-ci.yml: authlint --format gitlab:gl-code-quality-report.json")
		default:
			steps = append(steps, "in "+ci+": authlint --format junit:authlint.xml")
		}
	}
	if len(s.CI) == 0 {
		steps = append(steps, "in CI: authlint --fail-on medium; it ends with 1 if there are findings")
	}
	return "  " + strings.Join(steps, "\n  ") + "\n"
}
