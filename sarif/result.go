package sarif

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/finding"
)

// result returns one finding as a result.
func (b *builder) result(f *finding.Finding) *gosarif.Result {
	primary := b.tree.Resolve(f.Primary, f.Primary.File)
	related, message := b.related(f, primary)
	var state *string
	if f.Baseline != "" {
		state = ptr(string(f.Baseline))
	}
	return &gosarif.Result{
		BaselineState:       state,
		RuleID:              ptr(f.Rule),
		RuleIndex:           ptr(b.index[f.Rule]),
		Kind:                ptr("fail"),
		Level:               ptr(levelOf(f.Severity)),
		Message:             gosarif.Message{Text: ptr(message)},
		Locations:           []*gosarif.Location{b.primary(f, primary)},
		RelatedLocations:    related,
		CodeFlows:           b.codeFlows(f),
		PartialFingerprints: b.fingerprints(f, primary),
		Fixes:               b.fixes(f),
		Suppressions:        b.suppressions(f, primary),
		PropertyBag:         gosarif.PropertyBag{Properties: b.properties(f)},
	}
}

// primary returns the result's only location.
func (b *builder) primary(f *finding.Finding, l finding.Location) *gosarif.Location {
	file := b.tree.File(l.File)
	first, cut := firstLine(file, l)
	location := b.location(first, "")
	if snippet, ok := b.redact.Snippet(first); ok && snippet != "" {
		location.PhysicalLocation.Region.Snippet = &gosarif.ArtifactContent{Text: ptr(snippet)}
	}
	if cut {
		location.PhysicalLocation.ContextRegion = regionOf(file, l)
	}
	if f.Symbol != "" {
		logical := &gosarif.LogicalLocation{FullyQualifiedName: ptr(b.redact.Text(f.Symbol))}
		if path.Ext(l.File) == ".go" {
			logical.Kind = ptr("function")
		}
		location.LogicalLocations = []*gosarif.LogicalLocation{logical}
	}
	return location
}

// location returns a resolved location with a text of its own, if any.
func (b *builder) location(l finding.Location, message string) *gosarif.Location {
	file := b.tree.File(l.File)
	out := &gosarif.Location{}
	if l.Package != "" {
		file = nil // only its base name is known
		out.LogicalLocations = []*gosarif.LogicalLocation{{FullyQualifiedName: ptr(b.redact.Text(l.Package)), Kind: ptr("namespace")}}
	}
	out.PhysicalLocation = &gosarif.PhysicalLocation{ArtifactLocation: addressOf(l), Region: regionOf(file, l)}
	if message != "" {
		out.Message = &gosarif.Message{Text: ptr(b.redact.Text(message))}
	}
	return out
}

// codeFlows returns the steps of a finding as one flow.
func (b *builder) codeFlows(f *finding.Finding) []*gosarif.CodeFlow {
	if len(f.Steps) == 0 {
		return nil
	}
	steps := endsOf(f.Steps, b.limits.steps)
	flow := &gosarif.ThreadFlow{Locations: make([]*gosarif.ThreadFlowLocation, len(steps))}
	for i, step := range steps {
		place := b.location(b.tree.Resolve(step.Location, f.Primary.File), cmp.Or(step.Text, string(step.Kind)))
		flow.Locations[i] = &gosarif.ThreadFlowLocation{Location: place}
		if step.Kind != finding.Pass {
			flow.Locations[i].Importance = "essential"
		}
	}
	if cut := len(f.Steps) - len(steps); cut > 0 {
		flow.Message = &gosarif.Message{Text: ptr(fmt.Sprintf("%d steps in the middle are left out.", cut))}
	}
	return []*gosarif.CodeFlow{{ThreadFlows: []*gosarif.ThreadFlow{flow}}}
}

// related returns the places that the message links to, and the message with
// the links: GitHub shows a related place only where the text names it.
func (b *builder) related(f *finding.Finding, primary finding.Location) ([]*gosarif.Location, string) {
	var list []*gosarif.Location
	link := func(l finding.Location, message string) string {
		place := b.location(l, message)
		place.Id = ptr(uint(len(list) + 1))
		list = append(list, place)
		return fmt.Sprintf("[%s](%d)", escapeLink(placeText(l)), *place.Id)
	}
	message := strings.ReplaceAll(b.redact.Text(f.Message), "](", "] (") + "."
	if origin, ok := b.step(f, finding.Origin, primary); ok {
		message += " The value comes from " + link(origin.Location, origin.Text) + "."
	}
	if sink, ok := b.step(f, finding.Sink, primary); ok {
		message += " It is used at " + link(sink.Location, sink.Text) + "."
	}
	var also []string
	for _, place := range f.Places {
		if len(list) >= b.limits.locations-1 { // the primary location counts too
			break
		}
		also = append(also, link(b.tree.Resolve(place, f.Primary.File), "the same fault"))
	}
	if len(also) > 0 {
		message += " The same holds for " + strings.Join(also, ", ")
		if rest := len(f.Places) - len(also); rest > 0 {
			message += fmt.Sprintf(" and %d more places", rest)
		}
		message += "."
	}
	return list, message
}

// step returns the first step of a kind that lies in the run's files, away from
// the primary location.
func (b *builder) step(f *finding.Finding, kind finding.StepKind, primary finding.Location) (finding.Step, bool) {
	for _, step := range f.Steps {
		if step.Kind != kind {
			continue
		}
		step.Location = b.tree.Resolve(step.Location, f.Primary.File)
		if step.Location.Package != "" || step.Location.File == primary.File && step.Location.Line == primary.Line {
			continue
		}
		return step, true
	}
	return finding.Step{}, false
}

// placeText names a place for the reader.
func placeText(l finding.Location) string {
	return fmt.Sprintf("%s:%d", printable(l.File), max(l.Line, 1))
}

// escapeLink returns the text of a link with its brackets escaped.
func escapeLink(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
}

// fingerprints returns what recognises the finding in a later log.
func (b *builder) fingerprints(f *finding.Finding, primary finding.Location) map[string]any {
	prints := map[string]any{}
	if hash, ok := b.lineHash(primary); ok {
		prints["primaryLocationLineHash"] = hash
	}
	for name, value := range b.marker.Marks(f).Fingerprints() {
		prints[name] = value
	}
	return prints
}

// lineHash returns GitHub's hash of the line that a location starts in.
func (b *builder) lineHash(l finding.Location) (string, bool) {
	file := b.tree.File(l.File)
	if file == nil {
		return "", false
	}
	if b.hashed != file.Name {
		b.hashed, b.hashes = file.Name, lineHashes(file.Data())
	}
	line := max(l.Line, 1)
	if line > len(b.hashes) {
		return "", false
	}
	return b.hashes[line-1], true
}

// fixes returns the fixes that are safe to apply unseen.
func (b *builder) fixes(f *finding.Finding) []*gosarif.Fix {
	var list []*gosarif.Fix
	for _, fix := range f.Fixes {
		if changes := b.changes(fix, f.Primary.File); changes != nil {
			list = append(list, &gosarif.Fix{
				Description:     &gosarif.Message{Text: ptr(b.redact.Text(fix.Title) + ".")},
				ArtifactChanges: changes,
			})
		}
	}
	return list
}

// changes returns the edits of a fix by file, or nil if the fix is not safe,
// touches what is not in the run's files, or would print a secret.
func (b *builder) changes(fix finding.Fix, near string) []*gosarif.ArtifactChange {
	if !fix.Safe {
		return nil
	}
	var list []*gosarif.ArtifactChange
	byFile := map[string]*gosarif.ArtifactChange{}
	for _, edit := range fix.Edits {
		l := b.tree.Resolve(edit.Location, near)
		file := b.tree.File(l.File)
		if file == nil || l.Package != "" || b.redact.Holds(edit.NewText) {
			return nil
		}
		change := byFile[l.File]
		if change == nil {
			change = &gosarif.ArtifactChange{ArtifactLocation: *addressOf(l)}
			byFile[l.File] = change
			list = append(list, change)
		}
		change.Replacements = append(change.Replacements, &gosarif.Replacement{
			DeletedRegion:   *regionOf(file, l),
			InsertedContent: &gosarif.ArtifactContent{Text: ptr(edit.NewText)},
		})
	}
	return list
}

// suppressions returns who silenced the finding, if anyone did.
func (b *builder) suppressions(f *finding.Finding, primary finding.Location) []*gosarif.Suppression {
	s := f.Suppressed
	if s == nil {
		return nil
	}
	out := &gosarif.Suppression{Kind: "inSource"}
	out.Properties = gosarif.Properties{"by": b.redact.Text(s.Kind)}
	if s.Reason != "" {
		out.Justification = ptr(b.redact.Text(s.Reason))
	}
	switch {
	case s.Kind == ".gitleaksignore" || s.Kind == "baseline":
		out.Kind = "external"
	case s.Line > 0:
		out.Location = b.location(finding.Location{File: primary.File, Line: s.Line}, "")
	}
	return []*gosarif.Suppression{out}
}

// properties returns what SARIF has no place for.
func (b *builder) properties(f *finding.Finding) gosarif.Properties {
	p := gosarif.Properties{"severity": f.Severity.String(), "persona": f.Persona.String()}
	if len(f.Grades) > 0 {
		p["grades"] = f.Grades
	}
	if len(f.Absorbed) > 0 {
		p["absorbed"] = f.Absorbed
	}
	if len(f.Evidence) > 0 {
		evidence := make(map[string]string, len(f.Evidence))
		for key, value := range f.Evidence {
			evidence[key] = b.redact.Text(value)
		}
		p["evidence"] = evidence
	}
	return p
}
