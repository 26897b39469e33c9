package scan

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/fix"
	"github.com/authlint/authlint/internal/goload"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/secrets/general"
	"github.com/authlint/authlint/internal/suppress"
	"github.com/authlint/authlint/internal/walk"
)

// outcome is what a file gives.
type outcome struct {
	findings []finding.Finding
	notices  []finding.Notice
}

// scanFiles looks at every file and adds what it finds, together with what the
// analyzers found in it, to the run.
func (s *scan) scanFiles(ctx context.Context, entries []walk.Entry, packages *goload.Result) error {
	fromGo := map[string][]finding.Finding{}
	for _, f := range packages.Findings {
		if f.Rule == gopass.InternalError {
			s.run.Notices = append(s.run.Notices, finding.Notice{ID: gopass.InternalError, Level: "error", Where: f.Primary, Message: f.Message})
			continue
		}
		fromGo[f.Primary.File] = append(fromGo[f.Primary.File], f)
	}
	names := append(s.catalogue.IDs(), s.engine.RuleIDs()...)
	outcomes := make([]outcome, len(entries))
	var group sync.WaitGroup
	var mu sync.Mutex
	next, done := 0, 0
	for range s.opts.Workers {
		group.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(entries) || ctx.Err() != nil {
					return
				}
				e := entries[i]
				outcomes[i] = s.scanFile(e, fromGo[e.Path], packages.Files[e.Abs], names)
				mu.Lock()
				done++
				s.progress(Files, done, len(entries))
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("scanning files: %w", err)
	}
	for i := range outcomes {
		s.run.Findings = append(s.run.Findings, outcomes[i].findings...)
		s.run.Notices = append(s.run.Notices, outcomes[i].notices...)
	}
	return nil
}

// scanFile looks at one file. A Go file that was analysed whole is only read
// for its ignore comments.
func (s *scan) scanFile(e walk.Entry, fromGo []finding.Finding, analysed bool, names []string) (out outcome) {
	defer func() {
		if value := recover(); value != nil {
			// The value may hold text of the file.
			out = outcome{findings: fromGo, notices: []finding.Notice{{
				ID: gopass.InternalError, Level: "error", Where: finding.Location{File: e.Path},
				Message: fmt.Sprintf("looking at %s failed: panic with a %T", e.Path, value),
			}}}
		}
	}()
	data, err := e.Read()
	if err != nil {
		return outcome{fromGo, []finding.Notice{e.Unreadable(err)}}
	}
	out.findings = fromGo
	if !analysed {
		found, notices := s.observe(e, data, fromGo)
		switch {
		case secrets.IsUTF16(data):
			for i := range found {
				found[i].Fixes = nil
			}
		case !isGo(e.Path) && !e.ThirdParty:
			fix.Text(e.Path, data, found)
		}
		out.findings = append(slices.Clip(fromGo), found...)
		out.notices = notices
	}
	out.findings = s.absorb(out.findings)
	if secrets.IsBinary(data) {
		return out
	}
	out.notices = append(out.notices, s.silence(e, data, out.findings, analysed || !isGo(e.Path), names)...)
	return out
}

// observe has the front ends look at a file and judges what they see together.
func (s *scan) observe(e walk.Entry, data []byte, fromGo []finding.Finding) ([]finding.Finding, []finding.Notice) {
	list := s.engine.Observe(secrets.File{Path: e.Path, Data: data, ThirdParty: e.ThirdParty})
	if e.ThirdParty {
		return s.judge.Findings(list), nil
	}
	claimed := claims(list)
	data = secrets.Text(data)
	if isGo(e.Path) {
		for _, f := range fromGo {
			claimed = append(claimed, f.Redact...)
		}
		return s.judge.Findings(append(list, s.unclaimed(e, data, claimed)...)), nil
	}
	text := embed.File(e.Path, data)
	text.State = e.State
	seen := dispatch.Observe(text, s.catalogue)
	claimed = append(claimed, claims(seen.Observations)...)
	list = slices.Concat(seen.Observations, list, s.unclaimed(e, data, claimed))
	return s.judge.Findings(list), seen.Notices
}

// claims returns the places of the credentials that are observed.
func claims(list []practice.Observation) []finding.Location {
	var claimed []finding.Location
	for _, o := range list {
		switch o := o.(type) {
		case *practice.Credential:
			claimed = append(claimed, o.Redact...)
		case *practice.SecretMatch:
			claimed = append(claimed, o.Redact...)
		}
	}
	return claimed
}

// maxClaims is how many places that are known are compared with a new one: more
// than that begin on its line or before it only in files of one line.
const maxClaims = 64

// unclaimed returns the credentials of a file that only a name, an operator or
// a syntax tells, without those that another front end knows more of. Where one
// has read the file by its grammar, what it did not take is doubtful.
func (s *scan) unclaimed(e walk.Entry, data []byte, claimed []finding.Location) []practice.Observation {
	slices.SortFunc(claimed, func(a, b finding.Location) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	read, at := dispatch.Settles(embed.File(e.Path, data)), lineCursor{data: data, line: 1}
	var list []practice.Observation
	for _, c := range general.Observe(e.Path, data, s.catalogue) {
		for len(claimed) > 0 && claimed[0].EndLine < c.At.Line {
			claimed = claimed[1:]
		}
		if slices.ContainsFunc(claimed[:min(len(claimed), maxClaims)], func(l finding.Location) bool { return overlap(l, c.At) }) {
			continue
		}
		c.Doubtful = c.Doubtful || read && (at.isComment(c.At.Line) || !c.Sink && !at.isInside(c))
		list = append(list, c)
	}
	return list
}

// silence applies the ignore comments of a file to the findings in it and tells
// which of them silence nothing; whole is set if every rule had its say.
func (s *scan) silence(e walk.Entry, data []byte, found []finding.Finding, whole bool, names []string) []finding.Notice {
	comments := s.terms.Parse(e.Path, data)
	var notices []finding.Notice
	for i := range found {
		// The analyzers look at no clock: an ignore that has expired counts there.
		found[i].Suppressed = nil
		comments.Apply(&found[i], s.opts.Now)
		notices = append(notices, s.ignores.Apply(&found[i], s.terms.Locked)...)
	}
	if comments.Empty() {
		return notices
	}
	notices = append(notices, comments.Notices(func(rule string) bool {
		if rule == suppress.AnyRule {
			return whole && len(s.config.Rules)+len(s.config.Skip) == 0
		}
		return whole && slices.Contains(names, rule) && s.isActive(e.Path, rule)
	})...)
	named := comments.Rules()
	for _, rule := range slices.Sorted(maps.Keys(named)) {
		if !slices.Contains(names, rule) {
			notices = append(notices, finding.Notice{
				ID: "unknown-rule", Level: "warning", Where: finding.Location{File: e.Path, Line: named[rule], EndLine: named[rule]},
				Message: fmt.Sprintf("%s:%d: %s names a rule that does not exist: %q%s", e.Path, named[rule], suppress.Ignore, rule, nearest.Hint(rule, names)),
			})
		}
	}
	return notices
}

// isActive reports whether the settings let a rule report in a file.
func (s *scan) isActive(file, rule string) bool {
	return (len(s.config.Rules) == 0 || slices.Contains(s.config.Rules, rule)) && !s.config.For(file).Disabled[rule]
}
