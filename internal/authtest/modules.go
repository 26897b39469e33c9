package authtest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/scan"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/tomlfile"
	"github.com/authlint/authlint/rules"
)

// Module is a real module with a verdict on every finding of the default
// persona: one file of testdata/modules.
type Module struct {
	// Name is the file's name without its extension.
	Name   string    `toml:"-"`
	Source Source    `toml:"source"`
	Rows   []Verdict `toml:"row"`
}

// Source says which tree was read: a version of a module, or a commit of a
// public repository.
type Source struct {
	Module     string `toml:"module,omitempty"`
	Version    string `toml:"version,omitempty"`
	Repository string `toml:"repository,omitempty"`
	Commit     string `toml:"commit,omitempty"`
	// Folder is the one of the repository that is read, the whole if empty.
	Folder string `toml:"folder,omitempty"`
}

// String names the source as its users do.
func (s Source) String() string {
	if s.Module != "" {
		return s.Module + "@" + s.Version
	}
	return s.Repository + "@" + s.Commit[:min(12, len(s.Commit))]
}

// Verdict is what a reader of the source says of a finding.
type Verdict struct {
	Rule string `toml:"rule"`
	File string `toml:"file"`
	Line int    `toml:"line"`
	// True is set if the source does what the message says and its owner
	// would want to know; a row must say it in words, so nil is an error.
	True *bool  `toml:"verdict"`
	Why  string `toml:"why"`
}

// Key returns what the row is about.
func (v *Verdict) Key() Key { return Key{v.Rule, v.File, v.Line} }

// ReadModules reads the files of a folder, sorted by name.
func ReadModules(dir string) ([]*Module, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("listing modules: %w", err)
	}
	catalogue, err := rules.Default()
	if err != nil {
		return nil, fmt.Errorf("loading the rules: %w", err)
	}
	patterns, err := secrets.New(secrets.Options{Catalogue: catalogue})
	if err != nil {
		return nil, fmt.Errorf("loading the pattern rules: %w", err)
	}
	known := func(id string) bool {
		_, ok := catalogue.Rule(id)
		return ok || slices.Contains(patterns.RuleIDs(), id)
	}
	var list []*Module
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading a module: %w", err)
		}
		m, err := parseModule(filepath.Base(name), data, known)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// parseModule decodes and checks one file; known reports whether a rule exists.
func parseModule(name string, data []byte, known func(rule string) bool) (*Module, error) {
	m := &Module{Name: strings.TrimSuffix(name, ".toml")}
	if err := tomlfile.Decode(name, data, m); err != nil {
		return nil, err
	}
	if err := m.Source.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	seen := map[Key]bool{}
	for i := range m.Rows {
		row := &m.Rows[i]
		err := row.check(known)
		if err == nil && seen[row.Key()] {
			err = fmt.Errorf("a second row for %s", row.Key())
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, tomlfile.LineIn(data, "row", i, "file"), err)
		}
		seen[row.Key()] = true
	}
	return m, nil
}

var (
	commitForm     = lazily(`^[0-9a-f]{40}$`)
	repositoryForm = lazily(`^[\w-][\w.-]*/[\w-][\w.-]*$`)
)

func (s Source) check() error {
	inModule, inRepository := s.Module != "" || s.Version != "", s.Repository != "" || s.Commit != ""
	switch {
	case inModule == inRepository:
		return fmt.Errorf("source names a module and its version, or a repository and its commit")
	case inModule && (s.Module == "" || s.Version == ""):
		return fmt.Errorf("source needs both module and version")
	case inRepository && !(repositoryForm().MatchString(s.Repository) && commitForm().MatchString(s.Commit)):
		return fmt.Errorf("source needs repository = \"owner/name\" and a commit of 40 digits")
	case s.Folder != "" && (inModule || !filepath.IsLocal(filepath.FromSlash(s.Folder))):
		return fmt.Errorf("source.folder is no folder of a repository")
	}
	return nil
}

func (v *Verdict) check(known func(string) bool) error {
	switch {
	case !known(v.Rule):
		return fmt.Errorf("no rule %q", v.Rule)
	case v.File != path.Clean(v.File) || !filepath.IsLocal(filepath.FromSlash(v.File)) || v.Line < 1:
		return fmt.Errorf("%q:%d is no place in the module", v.File, v.Line)
	case v.True == nil:
		return fmt.Errorf("%s: no verdict", v.Key())
	case strings.TrimSpace(v.Why) == "":
		return fmt.Errorf("%s: no reason for the verdict", v.Key())
	}
	return nil
}

// Scan scans a folder as a user does who has set nothing.
func Scan(ctx context.Context, dir string) (*finding.Run, error) {
	return scanAs(ctx, dir, finding.Regular)
}

// ScanAll scans a folder as an auditor does; a finding says which persona it is for.
func ScanAll(ctx context.Context, dir string) (*finding.Run, error) {
	return scanAs(ctx, dir, finding.Auditor)
}

func scanAs(ctx context.Context, dir string, persona finding.Persona) (*finding.Run, error) {
	conf := config.Default()
	conf.Persona = persona
	// Its own root: what lies above the copy is none of its business.
	run, err := scan.Run(ctx, scan.Options{Root: dir, Dir: dir, Config: conf})
	if err != nil {
		return nil, fmt.Errorf("scanning %s: %w", filepath.Base(dir), err)
	}
	return run, nil
}

// Comparison is what is told of a run beside the verdicts.
type Comparison struct {
	// Unread are findings without a row, in the order of the run.
	Unread []*finding.Finding
	// LostTrue are rows that were true and are not found any more; LostFalse
	// are false ones, which can be deleted.
	LostTrue, LostFalse []*Verdict
	// True and All count the places found that have a row.
	True, All int
}

// Compare compares the findings of a run with the rows. Findings of one rule on
// one line are one place: a row cannot tell them apart.
func (m *Module) Compare(run *finding.Run) *Comparison {
	c := &Comparison{}
	rows := map[Key]*Verdict{}
	for i := range m.Rows {
		rows[m.Rows[i].Key()] = &m.Rows[i]
	}
	found := map[Key]bool{}
	for _, f := range run.Shown(false) {
		key := keyOf(f)
		if found[key] {
			continue
		}
		found[key] = true
		row := rows[key]
		if row == nil {
			c.Unread = append(c.Unread, f)
			continue
		}
		c.All++
		if *row.True {
			c.True++
		}
	}
	for i := range m.Rows {
		row := &m.Rows[i]
		switch {
		case found[row.Key()]:
		case *row.True:
			c.LostTrue = append(c.LostTrue, row)
		default:
			c.LostFalse = append(c.LostFalse, row)
		}
	}
	return c
}

func keyOf(f *finding.Finding) Key { return Key{f.Rule, f.Primary.File, f.Primary.Line} }

// WriteRows writes a row to be filled in for each finding: it cannot be read
// back before somebody has said what is true and why.
func WriteRows(w io.Writer, list []*finding.Finding) error {
	for _, f := range list {
		if _, err := fmt.Fprintf(w, "\n# %s (%s)\n[[row]]\nrule = %q\nfile = %q\nline = %d\nverdict =\nwhy = \"\"\n",
			f.Message, f.Severity, f.Rule, f.Primary.File, f.Primary.Line); err != nil {
			return err
		}
	}
	return nil
}
