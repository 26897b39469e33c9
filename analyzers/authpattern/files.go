package authpattern

import (
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/suppress"
	"github.com/authlint/authlint/internal/walk"
)

// otherFiles returns the files that the package embeds, and those that are
// built into it beside Go, each once.
func otherFiles(pass *analysis.Pass) []string {
	names := slices.Clone(pass.OtherFiles)
	for _, file := range pass.Files {
		dir := filepath.Dir(pass.Fset.Position(file.Package).Filename)
		for _, pattern := range embedPatterns(file) {
			names = append(names, embedded(dir, pattern)...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// embedPatterns returns the patterns of the go:embed comments of a file.
func embedPatterns(file *ast.File) []string {
	var patterns []string
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if list, ok := strings.CutPrefix(comment.Text, "//go:embed"); ok && strings.TrimLeft(list, " \t") != list {
				patterns = append(patterns, splitPatterns(list)...)
			}
		}
	}
	return patterns
}

// splitPatterns splits the arguments of a go:embed comment, which may be quoted.
func splitPatterns(list string) []string {
	var patterns []string
	for {
		list = strings.TrimLeft(list, " \t")
		if list == "" {
			return patterns
		}
		if quoted, err := strconv.QuotedPrefix(list); err == nil {
			pattern, _ := strconv.Unquote(quoted)
			patterns, list = append(patterns, pattern), list[len(quoted):]
			continue
		}
		end := strings.IndexAny(list, " \t")
		if end < 0 {
			end = len(list)
		}
		patterns, list = append(patterns, list[:end]), list[end:]
	}
}

// embedded returns the files that a pattern embeds: those it names, and those
// below the folders it names, without hidden ones unless the pattern asks for all.
func embedded(dir, pattern string) []string {
	pattern, all := strings.CutPrefix(pattern, "all:")
	if !filepath.IsLocal(filepath.FromSlash(pattern)) {
		return nil
	}
	matches, err := filepath.Glob(filepath.Join(globEscape(dir), filepath.FromSlash(pattern)))
	if err != nil {
		return nil
	}
	var names []string
	for _, match := range matches {
		_ = filepath.WalkDir(match, func(name string, entry fs.DirEntry, err error) error {
			hidden := name != match && !all && strings.IndexAny(entry.Name(), "._") == 0
			switch {
			case err != nil:
				return nil //nolint:nilerr // what cannot be read is the compiler's matter
			case entry.IsDir() && hidden:
				return filepath.SkipDir
			case entry.Type().IsRegular() && !hidden:
				names = append(names, name)
			}
			return nil
		})
	}
	return names
}

// globEscape returns a pattern that matches the folder's name alone.
func globEscape(dir string) string {
	if filepath.Separator == '\\' {
		return dir // nothing can be escaped there
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// observeFile observes a file that is not Go. Findings that a comment in the
// file ignores are left out: the command line, which reads such files by itself
// as well, lists them.
func (r *Result) observeFile(pass *analysis.Pass, cfg *config.Config, name string) []practice.Observation {
	data, ok := readFile(pass, name)
	if !ok {
		return nil
	}
	var list []practice.Observation
	var ignores *suppress.File
	for _, o := range r.engine.Observe(secrets.File{Path: below(pass, name), Data: data}) {
		m, ok := o.(*practice.SecretMatch)
		if !ok {
			continue
		}
		m.At.File, m.Origin.File = name, name
		for i := range m.Redact {
			m.Redact[i].File = name
		}
		if ignores == nil {
			ignores = suppress.TermsOf(cfg).Parse(name, data)
		}
		probe := finding.Finding{Rule: m.RuleID, Primary: m.At, Redact: m.Redact}
		if ignores.Apply(&probe, time.Time{}); probe.Suppressed == nil {
			list = append(list, m)
		}
	}
	return list
}

// readFile reads a file of at most the size that is scanned elsewhere. Drivers
// let a pass read only what they list, and embedded files are not listed.
func readFile(pass *analysis.Pass, name string) ([]byte, bool) {
	if pass.ReadFile != nil && slices.Contains(pass.OtherFiles, name) {
		data, err := pass.ReadFile(name)
		return data, err == nil && len(data) <= walk.DefaultMaxSize
	}
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > walk.DefaultMaxSize {
		return nil, false
	}
	data, err := os.ReadFile(name)
	return data, err == nil
}
