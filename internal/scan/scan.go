// Package scan runs one scan: it decides what is scanned, has every file looked
// at by the front end that understands it, and makes one sorted list of what
// they find.
//
// Go packages are for package goload and the analyzers, every other file for the
// front ends that package dispatch knows, and every text, Go that nobody analysed
// whole included, for package secrets. What the front ends observe in one file is judged together,
// so that a setting and a pattern that are about the same literal are one finding.
package scan

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/goload"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/suppress"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// Options say what to scan and how.
type Options struct {
	// Root is the directory that files are told relative to; Root(Dir, Paths) if empty.
	Root string
	// Dir is the directory that Paths are relative to; the process's own if empty.
	Dir string
	// Paths are the files and directories to scan; Dir if there are none.
	Paths []string
	// Only are the files to scan, relative to Root, if not nil: nothing else is
	// looked at but as the context of Go code, whatever Paths say.
	Only []string
	// Config are the settings in force, the persona among them; nil stands for
	// the default ones.
	Config *config.Config
	// Version is authlint's own.
	Version string
	// Download lets the go command fetch missing modules.
	Download bool
	// Tags are build tags for Go code.
	Tags []string
	// Env is the environment of the go command; that of the process if nil.
	Env []string
	// ArchiveDepth is how deep Secrets looks into archives in archives; 0 is not at all.
	ArchiveDepth int
	// Workers is how many files or packages are looked at at the same time; 0 is GOMAXPROCS.
	Workers int
	// Now decides which ignores have expired; the zero time leaves dates out of account.
	Now time.Time
	// Progress is told how much of a stage is done; calls do not overlap.
	Progress func(stage Stage, done, total int)
}

// Stage is a part of a scan.
type Stage string

// The stages of a scan, in their order.
const (
	Packages Stage = "packages" // of Go
	Files    Stage = "files"
)

// Root returns the directory that a scan of paths, which are relative to dir,
// tells files relative to: the root of the git repository that the paths lie
// in, or else the deepest directory that holds them all.
func Root(dir string, paths []string) (string, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the working directory: %w", err)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	common := ""
	for i, path := range paths {
		if !filepath.IsAbs(path) {
			path = filepath.Join(absolute, path)
		}
		path = filepath.Clean(path)
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			path = filepath.Dir(path)
		}
		if i == 0 {
			common = path
		}
		for !isBelow(common, path) {
			common = filepath.Dir(common)
		}
	}
	if repository := config.Repository(common); repository != "" {
		return repository, nil
	}
	return common, nil
}

// isBelow reports whether path is root or lies below it.
func isBelow(root, path string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// scan is one scan at work.
type scan struct {
	opts      Options
	root      string
	paths     []string // absolute
	config    *config.Config
	catalogue *rules.Catalogue
	judge     *practice.Judge
	engine    *secrets.Engine
	ignores   secrets.Ignores
	terms     suppress.Terms
	analyzers []*analysis.Analyzer
	run       *finding.Run
	looked    map[string]bool // files that the run has read, by path
}

// Run scans. The error is about the call: broken settings of secret patterns, a
// cancelled context. What cannot be read becomes a notice.
func Run(ctx context.Context, opts Options) (*finding.Run, error) {
	s, err := newScan(opts)
	if err != nil {
		return nil, err
	}
	return s.scan(ctx)
}

// newScan completes the options and loads what the front ends need.
func newScan(opts Options) (*scan, error) {
	s := &scan{opts: opts, config: opts.Config, analyzers: analyzers.All()}
	if s.config == nil {
		s.config = config.Default()
	}
	if s.opts.Workers <= 0 {
		s.opts.Workers = runtime.GOMAXPROCS(0)
	}
	if err := s.locate(); err != nil {
		return nil, err
	}
	var err error
	s.config = s.config.In(s.root)
	s.terms = suppress.TermsOf(s.config)
	if s.catalogue, err = s.config.Catalogue(); err != nil {
		return nil, fmt.Errorf("loading the rules: %w", err)
	}
	s.judge = s.config.Judge(s.catalogue)
	if err := s.loadPatterns(); err != nil {
		return nil, err
	}
	s.run = &finding.Run{Root: s.root, Version: opts.Version, Findings: []finding.Finding{}, Notices: []finding.Notice{}}
	for _, a := range s.config.Attempts() {
		s.run.Notices = append(s.run.Notices, a.Notice())
	}
	if s.terms.Locked != nil {
		s.run.Notices = append(s.run.Notices, s.engine.Refused()...)
	}
	return s, nil
}

// locate makes root and paths absolute.
func (s *scan) locate() error {
	dir, err := filepath.Abs(s.opts.Dir)
	if err != nil {
		return fmt.Errorf("finding the working directory: %w", err)
	}
	paths := s.opts.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, path := range paths {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		s.paths = append(s.paths, filepath.Clean(path))
	}
	root := s.opts.Root
	switch {
	case root == "":
		s.root, err = Root(dir, s.paths)
	case filepath.IsAbs(root):
		s.root = filepath.Clean(root)
	default:
		s.root = filepath.Join(dir, root)
	}
	return err
}

// loadPatterns makes the engine for secret patterns, with the user's own rules
// if the root has any.
func (s *scan) loadPatterns() error {
	opts := secrets.Options{Catalogue: s.catalogue, Extra: s.config.SecretFiles(), Locked: s.terms.Locked}
	err := opts.ReadFolder(s.root)
	if err != nil {
		return err
	}
	if s.engine, err = secrets.New(opts); err != nil {
		return fmt.Errorf("reading %s: %w", secrets.ConfigName, err)
	}
	s.ignores, err = secrets.ReadIgnores(s.root)
	return err
}

// scan carries out the scan.
func (s *scan) scan(ctx context.Context) (*finding.Run, error) {
	entries, notices := s.entries(ctx, 0)
	s.run.Notices = append(s.run.Notices, notices...)
	for _, n := range notices {
		if n.ID == "skipped-file" {
			s.run.Stats.SkippedFiles++
		}
	}
	if len(entries) == 0 {
		s.run.Notices = append(s.run.Notices, s.nothing())
		return s.run, ctx.Err()
	}
	s.run.Stats.Files = len(entries)
	packages, err := s.scanGo(ctx, entries)
	if err != nil {
		return nil, err
	}
	if err := s.scanFiles(ctx, entries, packages); err != nil {
		return nil, err
	}
	s.finish()
	return s.run, nil
}

// entries returns the files to scan, and what is to be told of others. Those of
// more than maxSize bytes are left out; 0 is the usual limit.
func (s *scan) entries(ctx context.Context, maxSize int64) ([]walk.Entry, []finding.Notice) {
	opts := walk.Options{Exclude: s.config.Exclude, Base: s.config.ExcludeBase(), MaxSize: maxSize}
	var entries []walk.Entry
	var notices []finding.Notice
	if s.opts.Only != nil {
		entries, notices = walk.Listed(ctx, s.root, s.opts.Only, opts)
	} else {
		entries, notices = walk.Files(ctx, s.root, s.paths, opts)
	}
	s.looked = make(map[string]bool, len(entries))
	for _, e := range entries {
		s.looked[e.Path] = true
	}
	return entries, notices
}

// nothing returns the notice for a scan without files.
func (s *scan) nothing() finding.Notice {
	if s.opts.Only != nil {
		return finding.Notice{ID: "nothing-to-scan", Level: "note", Message: "there is no file to scan among those that are staged"}
	}
	return finding.Notice{ID: "nothing-to-scan", Level: "error", Message: "there is no file to scan below " + s.named()}
}

// named returns the paths as they were named.
func (s *scan) named() string {
	if len(s.opts.Paths) == 0 {
		return "the working directory"
	}
	return strings.Join(s.opts.Paths, ", ")
}

// scanGo has the Go packages analysed, if there are any.
func (s *scan) scanGo(ctx context.Context, entries []walk.Entry) (*goload.Result, error) {
	var files []string
	for _, e := range entries {
		if isGo(e.Path) && !e.ThirdParty {
			files = append(files, e.Abs)
		}
	}
	if len(files) == 0 {
		return &goload.Result{}, nil
	}
	result, err := goload.Run(ctx, goload.Options{
		Root: s.root, Paths: s.paths, Files: files, Analyzers: s.analyzers, Config: s.config.WithoutExclude(),
		Tests: true, Download: s.opts.Download, Tags: s.opts.Tags, Env: s.opts.Env, Workers: s.opts.Workers,
		NeedsFacts: flow.NeedsFacts(s.catalogue),
		Progress:   func(done, total int) { s.progress(Packages, done, total) },
	})
	if err != nil {
		return nil, err
	}
	s.run.Notices = append(s.run.Notices, result.Notices...)
	stats := &s.run.Stats
	stats.Modules, stats.Packages, stats.PartPackages = result.Stats.Modules, result.Stats.Packages, result.Stats.PartPackages
	stats.DroppedBodies, stats.Synthesised = result.Stats.DroppedBodies, result.Stats.Synthesised
	for i := range result.Findings {
		s.relate(&result.Findings[i])
	}
	return result, nil
}

// progress tells how much of a stage is done.
func (s *scan) progress(stage Stage, done, total int) {
	if s.opts.Progress != nil {
		s.opts.Progress(stage, done, total)
	}
}

// isGo reports whether the file is Go source by its name.
func isGo(name string) bool { return filepath.Ext(name) == ".go" }
