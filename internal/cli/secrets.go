package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/scan"
)

// secretsCommand looks for secret patterns alone.
func (c *Command) secretsCommand(code *int) *cobra.Command {
	var f scanFlags
	archives := 0
	cmd := &cobra.Command{
		Use:   "secrets [paths | -]",
		Short: "Look for secrets by pattern alone, in files or standard input",
		Long: "Look for secrets by the pattern rules alone: gitleaks' default rules, those of the providers,\n" +
			"and those of .gitleaks.toml at the root. Nothing is parsed, so it is fast, and files of every\n" +
			"size and standard input (-) are read. The exit codes are those of authlint.",
		Example: "  authlint secrets\n  git diff --cached | authlint secrets -\n  authlint secrets --archive-depth 2 dist",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			*code, err = c.secrets(cmd.Context(), &f, archives, args)
			return err
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&archives, "archive-depth", 0, "also look into zip, tar, gzip and bzip2 archives, so many `levels` deep")
	return cmd
}

// secrets carries out the command and returns its exit code.
func (c *Command) secrets(ctx context.Context, f *scanFlags, archives int, args []string) (int, error) {
	if archives < 0 {
		return 0, usage(fmt.Errorf("--archive-depth %d: want 0 or more", archives))
	}
	var input io.Reader
	if len(args) == 1 && args[0] == scan.StandardInput {
		if f.changed.staged || f.changed.rev != "" {
			return 0, usage(errors.New("standard input is no file of git: leave --staged and --new-from-rev out"))
		}
		input, args = c.Stdin, nil
		f.known.none = f.known.file == "" // the baseline of this folder is about its files
	}
	f.known.partial = true
	return c.audit(ctx, f, args, func(opts scan.Options) (*finding.Run, error) {
		opts.ArchiveDepth = archives
		return scan.Secrets(ctx, opts, input)
	})
}
