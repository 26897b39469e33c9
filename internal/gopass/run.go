package gopass

import (
	"fmt"
	"go/token"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/gopass/remedy"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/suppress"
)

// InternalError is the rule of a finding that tells of a fault of authlint
// itself; the command line makes a notice of it.
const InternalError = "internal-error"

// Run judges what observe returns and reports it. Its result is a
// []finding.Finding with everything that the rules in force find: also what is
// suppressed or meant for another persona. Diagnostics are made of the rest.
//
// Run never panics and never returns an error: every driver makes a different
// disaster of one.
func Run(pass *analysis.Pass, cfg *config.Config, observe func() []practice.Observation) (any, error) {
	found := findings(pass, cfg, observe)
	report(pass, based(pass, cfg), found)
	return found, nil
}

// findings returns what holds in the package, never nil.
func findings(pass *analysis.Pass, cfg *config.Config, observe func() []practice.Observation) (found []finding.Finding) {
	defer func() {
		if v := recover(); v != nil {
			found = []finding.Finding{internalError(pass, fmt.Sprintf("%s at %s", panicText(v), panicPlace()))}
		}
	}()
	if pass.Module != nil && pass.Module.Version != "" {
		return []finding.Finding{} // a dependency: only its facts are wanted
	}
	observed := observe()
	if len(observed) == 0 {
		return []finding.Finding{}
	}
	catalogue, err := cfg.Catalogue()
	if err != nil {
		return []finding.Finding{internalError(pass, err.Error())}
	}
	cfg = based(pass, cfg)
	found = append([]finding.Finding{}, cfg.Judge(catalogue).Findings(observed)...)
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return cfg.Excludes(f.Primary.File) })
	renderFixes(pass, found)
	silence(pass, cfg, found)
	finding.Sort(found)
	return found
}

// renderFixes makes fixes of what the practice says would help.
func renderFixes(pass *analysis.Pass, found []finding.Finding) {
	r := remedy.Renderer{
		Pass: pass, Find: placesOf(pass).find,
		Locate: func(pos, end token.Pos) finding.Location { return Location(pass, pos, end) },
	}
	r.Render(found)
}

// report makes diagnostics of the findings that the persona acts on.
func report(pass *analysis.Pass, cfg *config.Config, found []finding.Finding) {
	at := placesOf(pass)
	for i := range found {
		silent := found[i].Suppressed
		if cfg.Golangci && silent != nil && silent.Kind == suppress.NoLint {
			silent = nil
		}
		if silent == nil && cfg.Shows(&found[i]) {
			pass.Report(diagnostic(at, cfg, &found[i]))
		}
	}
}

// based returns the settings with a folder that their patterns are relative to:
// where no driver gave one, that of the module.
func based(pass *analysis.Pass, cfg *config.Config) *config.Config {
	if cfg.Base != "" || !cfg.HasPatterns() || len(pass.Files) == 0 {
		return cfg
	}
	dir := filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename)
	if !filepath.IsAbs(dir) || pass.Module == nil || pass.Module.Path == "" {
		return cfg // as in a sandbox, where names are relative to its root
	}
	below := strings.TrimPrefix(strings.TrimSuffix(pass.Pkg.Path(), "_test"), pass.Module.Path)
	root, ok := strings.CutSuffix(filepath.ToSlash(dir), below)
	if !ok {
		return cfg
	}
	return cfg.In(filepath.FromSlash(root))
}

// silence applies the ignore comments of the files that have findings. It looks
// at no clock: whether an ignore has expired would make a cached result lie.
func silence(pass *analysis.Pass, cfg *config.Config, found []finding.Finding) {
	terms := suppress.TermsOf(cfg)
	files := map[string]*suppress.File{}
	for _, file := range pass.Files {
		name := pass.Fset.Position(file.Package).Filename
		for i := range found {
			if found[i].Primary.File != name {
				continue
			}
			if files[name] == nil {
				files[name] = terms.ParseGo(pass.Fset, file)
			}
			files[name].Apply(&found[i], time.Time{})
		}
	}
}

// internalError tells that the analysis of the package broke off.
func internalError(pass *analysis.Pass, what string) finding.Finding {
	f := finding.Finding{
		Rule:     InternalError,
		Severity: finding.Note,
		Message:  fmt.Sprintf("%s broke off in package %s: %s", pass.Analyzer.Name, pass.Pkg.Path(), what),
	}
	if len(pass.Files) > 0 {
		f.Primary = Location(pass, pass.Files[0].Package, pass.Files[0].Name.End())
	}
	return f
}

// panicText returns what may be told of a panic: the runtime's own errors, and
// of other values the type only, because they may hold text of the program.
func panicText(v any) string {
	if err, ok := v.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("panic with a %T", v)
}

// panicPlace returns the function that panicked and its line.
func panicPlace() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	panicking := false
	for {
		frame, more := frames.Next()
		if panicking && !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}

// diagnostic returns the view of a finding that drivers show.
func diagnostic(at *places, cfg *config.Config, f *finding.Finding) analysis.Diagnostic {
	pos, end, ok := at.find(f.Primary)
	if !ok {
		pos, end = at.add(f.Primary) // a finding is never lost for its place
	}
	d := analysis.Diagnostic{
		Pos: pos, End: end,
		Category: f.Rule,
		Message:  fmt.Sprintf("%s (%s)", f.Message, f.Rule),
	}
	if f.Rule != InternalError {
		d.URL = pageURL(cfg, f.Rule)
	}
	if !cfg.Golangci {
		for _, step := range f.Steps {
			if pos, end, ok := at.find(step.Location); ok {
				d.Related = append(d.Related, analysis.RelatedInformation{Pos: pos, End: end, Message: step.Text})
			}
		}
	}
	for i := range f.Fixes {
		if fix, ok := suggested(at, &f.Fixes[i]); ok {
			d.SuggestedFixes = append(d.SuggestedFixes, fix)
		}
	}
	return d
}

// suggested returns a fix as drivers apply it, without asking: only a safe one.
func suggested(at *places, fix *finding.Fix) (analysis.SuggestedFix, bool) {
	out := analysis.SuggestedFix{Message: fix.Title}
	for _, edit := range fix.Edits {
		pos, end, ok := at.find(edit.Location)
		if !ok {
			return out, false
		}
		out.TextEdits = append(out.TextEdits, analysis.TextEdit{Pos: pos, End: end, NewText: []byte(edit.NewText)})
	}
	return out, fix.Safe && len(out.TextEdits) > 0
}

// pageURL returns the address of a rule's page.
func pageURL(cfg *config.Config, rule string) string {
	catalogue, err := cfg.Catalogue()
	if err != nil {
		return "" // findings has told it
	}
	return catalogue.PageURL(rule)
}
