package sarif

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
)

// Around the results of a baseline stands as little as SARIF wants, and nothing
// that changes from one day or version to the next.
const (
	baselineHead = `{
"$schema": "` + schemaURI + `",
"version": "2.1.0",
"runs": [{
"tool": {"driver": {"name": "` + toolName + `", "informationUri": "` + toolPage + `"}},
"columnKind": "utf16CodeUnits",
"results": [`
	baselineTail = "\n]}]}\n"
)

// WriteBaseline writes the findings of a run as a log that package baseline
// reads, and returns how many. One stands on a line, in an order that depends on the findings
// alone: equal findings make equal files, and a difference shows what came and
// went. It holds no line numbers, which change with every edit above, and no
// hash of lines, by which a password that is gone could be guessed.
func WriteBaseline(w io.Writer, run *finding.Run) (int, error) {
	tree := source.NewTree(run.Root)
	defer tree.Close()
	b := &builder{run: run, limits: githubLimits, tree: tree, redact: redact.New(tree, run)}
	b.marker = baseline.NewMarker(tree, b.redact)
	shown := run.Shown(false)
	slices.SortStableFunc(shown, func(x, y *finding.Finding) int {
		return cmp.Or(cmp.Compare(x.Primary.File, y.Primary.File), cmp.Compare(x.Rule, y.Rule),
			cmp.Compare(x.Symbol, y.Symbol), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	var out bytes.Buffer
	out.WriteString(baselineHead)
	for i, f := range shown {
		line, err := marshal(b.baselineResult(f))
		if err != nil {
			return 0, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(bytes.TrimRight(line, "\n"))
	}
	out.WriteString(baselineTail)
	if _, err := w.Write(out.Bytes()); err != nil {
		return 0, fmt.Errorf("writing the baseline: %w", err)
	}
	return len(shown), nil
}

// baselineResult returns what a baseline keeps of a finding.
func (b *builder) baselineResult(f *finding.Finding) *gosarif.Result {
	primary := b.tree.Resolve(f.Primary, f.Primary.File)
	place := &gosarif.Location{PhysicalLocation: &gosarif.PhysicalLocation{ArtifactLocation: addressOf(primary)}}
	if f.Symbol != "" {
		place.LogicalLocations = []*gosarif.LogicalLocation{{FullyQualifiedName: ptr(b.redact.Text(f.Symbol))}}
	}
	properties := gosarif.Properties{"persona": f.Persona.String()}
	if len(f.Absorbed) > 0 {
		properties["absorbed"] = f.Absorbed
	}
	prints := map[string]any{}
	for name, value := range b.marker.Marks(f).Fingerprints() {
		prints[name] = value
	}
	return &gosarif.Result{
		RuleID: ptr(f.Rule), Level: ptr(levelOf(f.Severity)), Message: gosarif.Message{Text: ptr(b.redact.Text(f.Message) + ".")},
		Locations: []*gosarif.Location{place}, PartialFingerprints: prints,
		PropertyBag: gosarif.PropertyBag{Properties: properties},
	}
}

// absent returns a finding of the baseline that is there no more, as a result.
func absent(a finding.Absent) *gosarif.Result {
	prints := map[string]any{}
	for name, value := range a.Fingerprints {
		prints[name] = value
	}
	return &gosarif.Result{
		BaselineState: ptr(string(finding.BaselineAbsent)),
		RuleID:        ptr(printable(a.Rule)), Level: ptr(a.Level), Message: gosarif.Message{Text: ptr(printable(a.Message))},
		Locations:           []*gosarif.Location{{PhysicalLocation: &gosarif.PhysicalLocation{ArtifactLocation: addressOf(finding.Location{File: a.File})}}},
		PartialFingerprints: prints,
	}
}
