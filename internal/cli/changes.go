package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/git"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
)

// changeFlags confine a run to what has changed.
type changeFlags struct {
	rev    string
	staged bool
}

// register adds the flags to a command.
func (f *changeFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.rev, "new-from-rev", "", "report only findings on lines changed since the merge base with this `revision`")
	flags.BoolVar(&f.staged, "staged", false, "read only the files that are staged for commit, as they are staged")
}

// openRepository returns the git repository of a folder.
func (c *Command) openRepository(ctx context.Context, dir string) (*git.Repository, error) {
	r, err := git.Open(ctx, dir, c.Env)
	return r, c.gitError(err)
}

// gitError gives an error of git its exit code: a wrong revision is one of
// usage, all else is input that cannot be read.
func (c *Command) gitError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, git.ErrMissing):
		return unread(errors.New("no git command on PATH: --staged and --new-from-rev need git"))
	case errors.Is(err, git.ErrRevision):
		return usage(fmt.Errorf("--new-from-rev: %s", redact.Printable(err.Error())))
	}
	return unread(errors.New(redact.Printable(err.Error())))
}

// changes returns the lines that a run reports on, nil for all of them.
func (c *Command) changes(ctx context.Context, f *changeFlags, s *subject) (git.Lines, error) {
	if f.rev == "" {
		return nil, nil
	}
	r := s.repository
	if r == nil {
		var err error
		if r, err = c.openRepository(ctx, s.root); err != nil {
			return nil, err
		}
	}
	lines, err := r.Changed(ctx, f.rev, f.staged)
	return lines, c.gitError(err)
}

// keepChanged leaves out the findings of a run that no changed line has a part
// in: neither the place, nor where a value comes from or goes to.
func keepChanged(run *finding.Run, lines git.Lines) {
	if lines == nil {
		return
	}
	tree := source.NewTree(run.Root)
	defer tree.Close()
	hide := func(f *finding.Finding) { // what stands beside it may be printed
		for _, l := range f.Redact {
			run.Redact = append(run.Redact, tree.Resolve(l, f.Primary.File))
		}
	}
	run.Baselined = slices.DeleteFunc(run.Baselined, func(f finding.Finding) bool {
		if touches(tree, &f, lines) {
			return false
		}
		hide(&f)
		return true
	})
	kept := make([]finding.Finding, 0, len(run.Findings))
	for i := range run.Findings {
		f := &run.Findings[i]
		if touches(tree, f, lines) {
			kept = append(kept, *f)
			continue
		}
		hide(f)
		if f.Suppressed == nil {
			run.Stats.OldLines++
		} else {
			run.Stats.Suppressed--
		}
	}
	run.Findings = kept
}

// touches reports whether a changed line has a part in a finding.
func touches(tree *source.Tree, f *finding.Finding, lines git.Lines) bool {
	has := func(l finding.Location) bool {
		l = tree.Resolve(l, f.Primary.File)
		last := max(l.Line, l.EndLine)
		if last > l.Line && l.EndColumn <= 1 {
			last-- // nothing of that line
		}
		return l.Package == "" && lines.Has(l.File, l.Line, last)
	}
	return has(f.Primary) || slices.ContainsFunc(f.Places, has) ||
		slices.ContainsFunc(f.Steps, func(s finding.Step) bool { return s.Kind != finding.Pass && has(s.Location) })
}

// stagedSubject returns what is staged, copied into a folder of its own: the
// staged files themselves, the settings, and of Go code all that it may import,
// so that edits that are not staged change nothing.
func (c *Command) stagedSubject(ctx context.Context, f *scanFlags, paths []string, root, start string) (_ *subject, err error) {
	s := &subject{}
	if s.repository, err = c.openRepository(ctx, root); err != nil {
		return nil, err
	}
	index, err := s.repository.Index(ctx)
	if err != nil {
		return nil, c.gitError(err)
	}
	for _, name := range index.Unmerged {
		s.notices = append(s.notices, finding.Notice{ID: "unmerged-file", Level: "warning", Where: finding.Location{File: name},
			Message: name + " is in conflict, so nothing of it is staged"})
	}
	s.only, s.exists = belowPaths(root, paths, index.Staged), index.Has
	dir, err := os.MkdirTemp("", "authlint-staged-*")
	if err != nil {
		return nil, unread(fmt.Errorf("copying what is staged: %w", err))
	}
	s.close = func() { _ = os.RemoveAll(dir) }
	s.root, s.paths = dir, []string{dir}
	if err := c.copyStaged(ctx, s, index, root); err != nil {
		s.close()
		return nil, c.gitError(err)
	}
	relative, err := filepath.Rel(root, absolute(start))
	if err != nil || !filepath.IsLocal(relative) {
		relative = "."
	}
	if s.config, err = f.load(nearestFolder(filepath.Join(dir, relative))); err != nil {
		s.close()
		message := strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "")
		return nil, usage(errors.New(strings.ReplaceAll(message, shorten(dir)+string(filepath.Separator), "")))
	}
	return s, nil
}

// copyStaged fills the folder of a subject.
func (c *Command) copyStaged(ctx context.Context, s *subject, index *git.Index, root string) error {
	// An empty folder of that name makes it the root of a repository for the settings.
	if err := os.Mkdir(filepath.Join(s.root, ".git"), 0o700); err != nil {
		return fmt.Errorf("copying what is staged: %w", err)
	}
	if err := index.Extract(ctx, s.root, contextOf(s.only)); err != nil {
		return err
	}
	if err := keepOutside(s.root, root); err != nil {
		return err
	}
	// Settings that git does not know at all hold for this machine.
	for _, name := range settingsFiles() {
		from := filepath.Join(root, name)
		if info, err := os.Lstat(from); err != nil || !info.Mode().IsRegular() || index.Has(name) {
			continue
		}
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(s.root, name), data, 0o600)
		}
		if err != nil {
			return fmt.Errorf("copying the settings: %w", err)
		}
	}
	return nil
}

// settingsFiles are the files at the root that a run goes by.
func settingsFiles() []string {
	return []string{config.FileName, baseline.FileName, ".gitleaks.toml", ".gitleaksignore"}
}

// contextOf returns what tells which files of the index are needed beside the
// staged ones: settings and, if Go code is staged, all that the go command and
// cgo read, for any package may import any other.
func contextOf(staged []string) func(name string) bool {
	isGo := slices.ContainsFunc(staged, func(name string) bool { return path.Ext(name) == ".go" })
	return func(name string) bool {
		base := path.Base(name)
		if base == config.FileName || slices.Contains(settingsFiles(), name) {
			return true
		}
		if strings.HasPrefix(name, "vendor/") || strings.Contains(name, "/vendor/") {
			// Which tell whether a folder of this name holds other people's code.
			switch base {
			case "autoload.php", "vendor.json":
				return true
			}
		}
		if !isGo {
			return base == "modules.txt"
		}
		switch base {
		case "go.mod", "go.sum", "go.work", "go.work.sum", "modules.txt":
			return true
		}
		switch path.Ext(name) {
		case ".go", ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".s", ".S", ".m", ".f", ".syso":
			return true
		}
		return false
	}
}

// belowPaths returns the files, named relative to root, that lie below the paths or
// are named by them.
func belowPaths(root string, paths, files []string) []string {
	kept := []string{}
	for _, file := range files {
		isIn := func(path string) bool {
			relative, err := filepath.Rel(absolute(path), filepath.Join(root, filepath.FromSlash(file)))
			return err == nil && filepath.IsLocal(relative)
		}
		if slices.ContainsFunc(paths, isIn) {
			kept = append(kept, file)
		}
	}
	return kept
}

// absolute returns a path from the root of the file system.
func absolute(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return full
}

// nearestFolder returns the path, or the nearest one above it that is a folder.
func nearestFolder(path string) string {
	for {
		if info, err := os.Stat(path); err == nil && info.IsDir() || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}
