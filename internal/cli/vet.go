package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
)

// maxFlag is the length of settings beyond which they are handed over as a
// file: Linux takes 128 KiB in one argument.
const maxFlag = 96 << 10

// vetCommand runs go vet with authlint as its tool.
func (c *Command) vetCommand(code *int) *cobra.Command {
	var s settings
	cmd := &cobra.Command{
		Use:   "vet [packages] [-- flags of go vet]",
		Short: "Run the Go analyzers through go vet and its cache",
		Long: "Run the Go analyzers through 'go vet -vettool=authlint', which keeps results in the build\n" +
			"cache. The settings are handed over as a flag, so that no result of other settings is shown.\n" +
			"Only Go packages whose imports all resolve are read, and every finding fails, whatever its\n" +
			"severity.",
		Example: "  authlint vet ./...\n  authlint vet --persona auditor ./... -- -tags=integration",
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := s.load(".")
			if err != nil {
				return err
			}
			cfg = cfg.In(repositoryOf("."))
			for _, a := range cfg.Attempts() {
				fmt.Fprintf(c.Stderr, "authlint: warning: %s\n", a.Notice().Message)
			}
			packages, flags := args, []string(nil)
			if dash := cmd.ArgsLenAtDash(); dash >= 0 {
				packages, flags = args[:dash], args[dash:]
			}
			if slices.ContainsFunc(flags, quotesSource) {
				return usage(errors.New("no -c for go vet: it would quote the source lines, with the secrets in them"))
			}
			if len(packages) == 0 {
				packages = []string{"./..."}
			}
			*code, err = c.vet(cmd.Context(), cfg, slices.Concat(flags, packages))
			return err
		},
	}
	s.register(cmd)
	return cmd
}

// quotesSource reports whether a flag of go vet makes it print source lines.
func quotesSource(flag string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
	return name == "c" && strings.HasPrefix(flag, "-")
}

// vet runs go vet and returns the exit code. go vet ends with 1 whether it has
// found something or could not load a package, so its output decides.
func (c *Command) vet(ctx context.Context, cfg *config.Config, args []string) (int, error) {
	tool, err := os.Executable()
	if err != nil {
		return 0, unread(fmt.Errorf("finding authlint itself: %w", err))
	}
	settings, err := vetFlag(cfg)
	if err != nil {
		return 0, unread(err)
	}
	if _, err := exec.LookPath("go"); err != nil {
		return 0, unread(errors.New("no go command on PATH: 'authlint vet' needs the Go toolchain"))
	}
	if err := c.checkGo(ctx); err != nil {
		return 0, unread(err)
	}
	// With -trimpath the cache would show results of another checkout.
	fixed := []string{"vet", "-vettool=" + tool, "-trimpath=false", settings, c.modulesFlag(ctx)}
	cmd := exec.CommandContext(ctx, "go", append(fixed, args...)...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdin = c.Env, c.Stdin
	shownOut, shownErrs := &printableLines{to: c.Stdout}, &printableLines{to: c.Stderr}
	cmd.Stdout, cmd.Stderr = io.MultiWriter(shownOut, &out), io.MultiWriter(shownErrs, &errs)
	err = cmd.Run()
	_, _ = shownOut.flush(), shownErrs.flush()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return ExitClean, nil
	case !errors.As(err, &exit):
		return 0, unread(fmt.Errorf("running go vet: %w", err))
	case exit.ExitCode() == 2:
		return ExitUsage, nil // go vet has told what is wrong
	}
	names, err := known.Names(cfg, repositoryOf("."))
	if err != nil {
		return 0, err
	}
	if hasFinding(out.String()+"\n"+errs.String(), names.Rules) {
		return ExitFindings, nil
	}
	return ExitUnread, nil
}

// hasFinding reports whether a line of go vet's output ends with a rule id in
// parentheses, as every diagnostic of authlint does.
func hasFinding(output string, ids []string) bool {
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		open := strings.LastIndex(line, " (")
		if open < 0 || !strings.HasSuffix(line, ")") {
			continue
		}
		if slices.Contains(ids, line[open+2:len(line)-1]) {
			return true
		}
	}
	return false
}

// vetFlag returns the analyzer flag that carries the settings.
func vetFlag(cfg *config.Config) (string, error) {
	word, err := cfg.Encode()
	if err != nil {
		return "", err
	}
	if len(word) <= maxFlag {
		return "-authconfig.data=" + word, nil
	}
	text, err := cfg.Text()
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding a place for the settings: %w", err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(text))
	path := filepath.Join(cache, "authlint", sum+".toml") // a stable name: go vet's cache keys on it
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("keeping the settings for go vet: %w", err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return "", fmt.Errorf("keeping the settings for go vet: %w", err)
	}
	return "-authconfig.file=" + path + "@" + sum, nil
}
