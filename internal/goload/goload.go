// Package goload is the streaming Go driver: it finds the modules below a root,
// type-checks their packages and all they import from source, and runs
// analyzers over them.
//
// go/packages is asked for names, files and imports only. Packages are checked
// in topological order by a few workers; a dependency is there for its types
// and facts alone, and the syntax of a package is dropped as soon as its
// analyzers are done, so that memory holds types and facts and little else.
//
// Missing code is normal. A package that cannot be found is made up from its
// model and from its uses (package synth); function bodies that do not
// type-check all the same are dropped and counted. What was not seen is told in
// notices and never ends the run.
package goload

import (
	"context"
	"fmt"
	"go/build"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Options say what to analyse and with what.
type Options struct {
	// Root is the directory that notices name files relative to.
	Root string
	// Paths are the files and directories to analyse, absolute or relative to
	// Root; without any, Root is analysed.
	Paths []string
	// Files are the absolute paths of the files that may be looked at, as
	// package walk finds them; nil stands for every file below Paths.
	Files []string
	// Analyzers are run on every package; their Results give the findings.
	Analyzers []*analysis.Analyzer
	// Config is what analyzers take their settings from; nil leaves them as they are.
	Config *config.Config
	// Tests adds the test files of the packages.
	Tests bool
	// Download lets the go command fetch missing modules.
	Download bool
	// Workers is how many packages are analysed at the same time; 0 is GOMAXPROCS.
	Workers int
	// Tags are build tags to set.
	Tags []string
	// Overlay replaces the content of files, by absolute path.
	Overlay map[string][]byte
	// Env is the environment of the go command; nil is that of the process.
	Env []string
	// NeedsFacts reports whether the bodies of a dependency are worth a look:
	// imports are the packages it imports, hasFacts tells which of them have
	// facts. Nil stands for always.
	NeedsFacts func(imports []string, hasFacts func(path string) bool) bool
	// Progress is told how many of the packages known so far are done; calls
	// do not overlap.
	Progress func(done, total int)
}

// Result is what a run found.
type Result struct {
	// Findings have absolute file names; those of one place are there once.
	Findings []finding.Finding
	Notices  []finding.Notice
	Stats    finding.Stats
	// Files are the absolute paths of the Go files that were analysed whole;
	// nobody else has to look at them.
	Files map[string]bool
	// Bodies is how many function bodies the analysed packages have.
	Bodies int
}

// runner is the state of one run.
type runner struct {
	// irregular are the folders with files named like source that are pipes and
	// the like.
	irregular map[string]bool
	opts      Options
	plan      *plan
	catalogue *rules.Catalogue
	fset      *token.FileSet
	sizes     types.Sizes
	chosen    *selection
	links     *links
	notices   noticeList
	facts     *factStore
	files     map[string]bool
	// kept are finished packages that the next universe may use, by key.
	kept map[string]*node
	// onDiagnostic, if set, is told each diagnostic; for tests.
	onDiagnostic func(n *node, a *analysis.Analyzer, d analysis.Diagnostic)
	// onTypeError, if set, is told each error of packages under analysis as the
	// compiler would, before anything is dropped.
	onTypeError func(n *node, err error)
	// checkFacts sends each fact through gob and back; for tests.
	checkFacts bool
	universes  int
	excluded   map[string]bool // files that build constraints exclude

	mu          sync.Mutex // guards what Progress is told
	done, total int
}

// Run analyses the Go code below the paths. The error is about the call
// itself, such as invalid analyzers or a cancelled context; all else becomes
// notices.
func Run(ctx context.Context, opts Options) (*Result, error) {
	r, err := newRunner(opts)
	if err != nil {
		return nil, err
	}
	return r.run(ctx)
}

// newRunner checks and completes the options.
func newRunner(opts Options) (*runner, error) {
	root, err := filepath.Abs(opts.Root)
	if err != nil {
		return nil, fmt.Errorf("finding the root: %w", err)
	}
	opts.Root = root
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	analyzers, settings := opts.Analyzers, config.Default()
	if opts.Config != nil {
		settings = opts.Config
		analyzers = authconfig.With(settings, analyzers)
	}
	catalogue, err := settings.Catalogue()
	if err != nil {
		return nil, fmt.Errorf("loading the rules: %w", err)
	}
	p, err := newPlan(analyzers)
	if err != nil {
		return nil, err
	}
	return &runner{
		opts:      opts,
		plan:      p,
		catalogue: catalogue,
		fset:      token.NewFileSet(),
		sizes:     types.SizesFor("gc", build.Default.GOARCH),
		facts:     newFactStore(),
		kept:      map[string]*node{},
		files:     map[string]bool{},
		excluded:  map[string]bool{},
		irregular: map[string]bool{},
		chosen:    newSelection(root, opts.Paths, opts.Files),
		links:     &links{root: root, folders: map[string]bool{}},
	}, nil
}

// run analyses universe after universe; while one is analysed, the go command
// lists the next.
func (r *runner) run(ctx context.Context) (*Result, error) {
	result := &Result{Files: r.files}
	tree, err := r.discover(ctx)
	if err != nil {
		return nil, err
	}
	if len(tree.universes) > 0 && !r.hasToolchain() {
		return r.finish(result), nil
	}
	result.Stats.Modules = tree.modules
	listed := make(chan *universe, 1)
	go func() {
		defer close(listed)
		for _, u := range tree.universes {
			r.list(ctx, u)
			select {
			case listed <- u:
			case <-ctx.Done():
				return
			}
		}
	}()
	for u := range listed {
		r.analyse(ctx, u, result)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("analysing Go packages: %w", err)
	}
	return r.finish(result), nil
}

// finish removes duplicates and sorts.
func (r *runner) finish(result *Result) *Result {
	type place struct {
		rule, file   string
		line, column int
	}
	seen := map[place]bool{}
	finding.Sort(result.Findings)
	result.Findings = slices.DeleteFunc(result.Findings, func(f finding.Finding) bool {
		at := place{f.Rule, f.Primary.File, f.Primary.Line, f.Primary.Column}
		again := seen[at]
		seen[at] = true
		return again
	})
	r.tellExcluded(result)
	result.Notices = r.notices.sorted()
	result.Stats.Files = len(result.Files)
	return result
}
