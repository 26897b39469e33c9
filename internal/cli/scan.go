package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/git"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/scan"
)

// scanFlags are the flags of the main command.
type scanFlags struct {
	settings
	look           look
	known          baselineFlags
	changed        changeFlags
	formats, tags  []string
	download       bool
	showSuppressed bool
	sarifCategory  string
	fixes          fixFlags
}

// scanCommand audits files and packages; it is the command without a name.
func (c *Command) scanCommand(code *int) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "authlint [paths]",
		Short: "Audit how a program handles credentials",
		Long: "authlint audits how a program handles credentials: Go code with types and data flow, and\n" +
			"every other file with parsers and secret patterns. Without a path it reads the working\n" +
			"directory and all below it that git does not ignore.\n\n" +
			"Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong flags or configuration,\n" +
			"3 some input could not be read, or nothing was there to scan.",
		Example: "  authlint ./...\n  authlint --format sarif:authlint.sarif --format text .\n  authlint explain hardcoded-credential",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			*code, err = c.scan(cmd.Context(), &f, args)
			return err
		},
	}
	f.register(cmd)
	f.registerGo(cmd)
	f.fixes.register(cmd)
	return cmd
}

// registerGo adds the flags about Go code.
func (f *scanFlags) registerGo(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.download, "download", false, "let the go command fetch missing modules; nothing else ever uses the network")
	flags.StringSliceVar(&f.tags, "tags", nil, "set these build `tags` for Go code, separated by commas")
}

// register adds the flags that every command with reports has.
func (f *scanFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.formats, "format", nil, "report in this `format[:file]`: "+strings.Join(formatNames(), ", ")+"; repeatable (default text)")
	f.look.register(cmd)
	f.settings.register(cmd)
	f.known.register(cmd)
	f.changed.register(cmd)
	flags.StringVar(&f.failOn, "fail-on", "", "exit with 1 from this `severity` on: low, medium, high or critical (default low)")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "also report what ignore comments silence")
	flags.StringVar(&f.sarifCategory, "sarif-category", "", "write this `category` into SARIF, for several analyses of one commit")
}

// scan carries out the main command and returns its exit code.
func (c *Command) scan(ctx context.Context, f *scanFlags, args []string) (int, error) {
	return c.audit(ctx, f, args, c.goScan(ctx, f))
}

// goScan returns what looks at a tree with all front ends.
func (c *Command) goScan(ctx context.Context, f *scanFlags) func(scan.Options) (*finding.Run, error) {
	return func(opts scan.Options) (*finding.Run, error) {
		opts.Download, opts.Tags, opts.Env = f.download, f.tags, c.Env
		run, err := scan.Run(ctx, opts)
		if err == nil {
			run.Notices = append(run.Notices, protectedHosts(opts.Config)...)
		}
		return run, err
	}
}

// subject is what a command looks at, and by which settings.
type subject struct {
	root   string // that files are told relative to
	paths  []string
	config *config.Config

	only       []string // the files to look at, if not nil
	repository *git.Repository
	notices    []finding.Notice
	exists     func(file string) bool
	close      func()
}

// subject returns what the paths in args mean. The caller closes it.
func (c *Command) subject(ctx context.Context, f *scanFlags, args []string) (*subject, error) {
	paths, err := namedPaths(args)
	if err != nil {
		return nil, err
	}
	root, start, err := rootOf(paths)
	if err != nil {
		return nil, unread(err)
	}
	if f.changed.staged {
		return c.stagedSubject(ctx, f, paths, root, start)
	}
	cfg, err := f.load(start)
	if err != nil {
		return nil, err
	}
	return &subject{root: root, paths: paths, config: cfg, exists: exists(root), close: func() {}}, nil
}

// look has a subject looked at.
func (c *Command) look(ctx context.Context, s *subject, with func(scan.Options) (*finding.Run, error)) (*finding.Run, error) {
	line := c.progress()
	run, err := with(scan.Options{
		Root: s.root, Paths: s.paths, Only: s.only, Config: s.config, Version: Version(), Now: time.Now(), Progress: line.report(),
	})
	line.close()
	switch {
	case ctx.Err() != nil:
		return nil, unread(errors.New("interrupted"))
	case err != nil:
		return nil, usage(err) // settings of secret patterns; what cannot be read is a notice
	}
	return run, nil
}

// audit has the paths that args name looked at, reports what was found, and
// returns the exit code.
func (c *Command) audit(ctx context.Context, f *scanFlags, args []string, with func(scan.Options) (*finding.Run, error)) (int, error) {
	outputs, err := f.outputs()
	if err != nil {
		return 0, err
	}
	if err := errors.Join(f.look.check(), f.known.check(), f.fixes.check(f.changed.staged)); err != nil {
		return 0, err
	}
	subject, err := c.subject(ctx, f, args)
	if err != nil {
		return 0, err
	}
	defer subject.close()
	f.known.partial = f.known.partial || f.changed.rev != "" || subject.only != nil
	refused := f.known.under(subject)
	entries, name, err := f.known.load(subject.root)
	if err != nil {
		return 0, err
	}
	look := func() (*finding.Run, error) {
		lines, err := c.changes(ctx, &f.changed, subject)
		if err != nil {
			return nil, err
		}
		run, err := c.look(ctx, subject, with)
		if err != nil {
			return nil, err
		}
		run.Notices = slices.Concat(subject.notices, refused, run.Notices)
		f.known.hold(run, entries, name, subject.exists, subject.scope())
		keepChanged(run, lines)
		return run, nil
	}
	run, err := look()
	switch {
	case err != nil:
		return 0, err
	case f.fixes.diff:
		return c.showFixes(ctx, f, subject.config, run)
	case f.fixes.fix != "":
		if run, err = c.repair(ctx, f, run, look); err != nil {
			return 0, err
		}
	}
	return c.report(f, subject, outputs, run)
}

// outputs returns where reports go.
func (f *scanFlags) outputs() ([]output, error) {
	outputs, err := parseOutputs(f.formats)
	if err != nil {
		return nil, usage(err)
	}
	if len(outputs) == 0 {
		outputs = []output{{format: "text"}}
	}
	return outputs, nil
}

// report writes the reports of a run and returns its exit code.
func (c *Command) report(f *scanFlags, s *subject, outputs []output, run *finding.Run) (int, error) {
	r := renderer{command: c, flags: f, config: s.config, run: run}
	for _, o := range outputs {
		o.shared = o.path != "" && o.path == c.getenv("GITHUB_STEP_SUMMARY")
		if err := o.writeTo(c.Stdout, func(w io.Writer) error { return r.write(w, o) }); err != nil {
			return 0, unread(err)
		}
	}
	r.tell(outputs)
	code := exitCode(run, s.config)
	if code == ExitUnread && s.only != nil && run.Stats.Files == 0 && !hasErrors(run) {
		return ExitClean, nil // nothing is staged
	}
	return code, nil
}

// protectedHosts tells which hosts are exempt from encryption by the settings,
// so that no one takes their silence for safety.
func protectedHosts(cfg *config.Config) []finding.Notice {
	var list []finding.Notice
	for _, host := range slices.Sorted(maps.Keys(cfg.Hosts)) {
		list = append(list, finding.Notice{ID: "protected-host", Level: "note",
			Message: fmt.Sprintf("traffic to %s counts as protected: the settings declare a VPN", host)})
	}
	return list
}

// exitCode returns the exit code that the outcome of a run means.
func exitCode(run *finding.Run, cfg *config.Config) int {
	for i := range run.Findings {
		if run.Findings[i].Baseline != finding.BaselineUnchanged && cfg.Fails(&run.Findings[i]) {
			return ExitFindings
		}
	}
	if hasErrors(run) || run.Stats.Files == 0 {
		return ExitUnread
	}
	return ExitClean
}

// hasErrors reports whether some input could not be read.
func hasErrors(run *finding.Run) bool {
	return slices.ContainsFunc(run.Notices, func(n finding.Notice) bool { return n.Level == "error" })
}

// namedPaths returns the paths to scan. A pattern such as ./... means the
// directory: everything below is read in any case.
func namedPaths(args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{"."}, nil
	}
	var paths []string
	for _, arg := range args {
		path := filepath.FromSlash(arg)
		if folder, all := strings.CutSuffix(path, "..."); all && (folder == "" || os.IsPathSeparator(folder[len(folder)-1])) {
			path = folder
		}
		path = filepath.Clean(path)
		if _, err := os.Lstat(path); err != nil {
			return nil, unread(fmt.Errorf("%s: no such file or directory%s", arg, commandHint(arg)))
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// commandHint returns which command a path that is not there was meant to be.
func commandHint(arg string) string {
	if strings.ContainsAny(arg, `/\.`) {
		return ""
	}
	if name := nearest.Word(arg, commandNames()); name != "" {
		return fmt.Sprintf(", did you mean 'authlint %s'?", name)
	}
	return ""
}

// rootOf returns the directory that files are told relative to: that of the
// scan, or the working directory if no repository says otherwise and the scan
// stays below it. The configuration is looked for from start upwards.
func rootOf(paths []string) (root, start string, err error) {
	root, err = scan.Root(".", paths)
	if err != nil {
		return "", "", err
	}
	start = paths[0]
	if info, err := os.Stat(start); err != nil || !info.IsDir() {
		start = filepath.Dir(start)
	}
	if config.Repository(root) != "" {
		return root, start, nil
	}
	if dir, err := os.Getwd(); err == nil {
		if _, ok := below(dir, root); ok {
			return dir, start, nil
		}
	}
	return root, start, nil
}

// below returns path relative to dir, and reports whether it lies below it.
func below(dir, path string) (string, bool) {
	short, err := filepath.Rel(dir, path)
	if err != nil || short == ".." || strings.HasPrefix(short, ".."+string(filepath.Separator)) {
		return "", false
	}
	return short, true
}
