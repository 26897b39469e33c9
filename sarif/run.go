package sarif

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
)

const (
	toolName = "authlint"
	toolPage = "https://github.com/authlint/authlint"
)

// builder fills go-sarif's model from one run.
type builder struct {
	run    *finding.Run
	opts   Options
	limits limits
	tree   *source.Tree
	redact *redact.Redactor
	index  map[string]uint // of the rules

	notices []*gosarif.Notification
	failed  bool // some input could not be read

	marker *baseline.Marker

	hashed string   // the file that hashes belong to
	hashes []string // by line
}

// printable prepares a name or text of ours that cannot hold a secret.
func printable(s string) string { return redact.Printable(s) }

// build returns the whole run.
func (b *builder) build() *gosarif.Run {
	shown := b.shown()
	kept := mostSevere(shown, b.limits.results)
	list, index := ruleList(b.opts, kept)
	b.index = index
	run := &gosarif.Run{
		Tool:            gosarif.Tool{Driver: b.driver(list)},
		ColumnKind:      "utf16CodeUnits",
		Results:         make([]*gosarif.Result, len(kept)),
		RedactionTokens: []string{redact.Token},
	}
	for i, f := range kept {
		run.Results[i] = b.result(f)
	}
	for _, a := range b.run.Absent[:min(len(b.run.Absent), max(b.limits.results-len(kept), 0))] {
		run.Results = append(run.Results, absent(a))
	}
	for _, notice := range b.run.Notices {
		b.notice(notice)
	}
	if len(kept) < len(shown) {
		b.notify("too-many-results", "warning", fmt.Sprintf(
			"this log holds the %d most severe of %d findings, as many as GitHub takes", len(kept), len(shown)))
	}
	if category := strings.TrimRight(b.opts.Category, "/"); category != "" {
		run.AutomationDetails = &gosarif.RunAutomationDetails{ID: ptr(printable(category) + "/")}
	}
	run.VersionControlProvenance = provenance(b.opts.VersionControl)
	b.finish(run)
	return run
}

// shown returns the findings of the log: those that every report lists, and
// those that the baseline holds, for SARIF has a word for them.
func (b *builder) shown() []*finding.Finding {
	list := b.run.Shown(b.opts.ShowSuppressed)
	if len(b.run.Baselined) == 0 {
		return list
	}
	for i := range b.run.Baselined {
		list = append(list, &b.run.Baselined[i])
	}
	slices.SortStableFunc(list, func(x, y *finding.Finding) int {
		return cmp.Or(cmp.Compare(x.Primary.File, y.Primary.File), cmp.Compare(x.Primary.Line, y.Primary.Line),
			cmp.Compare(x.Primary.Column, y.Primary.Column), cmp.Compare(x.Rule, y.Rule))
	})
	return list
}

// finish sets what depends on all notices.
func (b *builder) finish(run *gosarif.Run) {
	run.Invocations = []*gosarif.Invocation{{
		ExecutionSuccessful:        ptr(!b.failed),
		ToolExecutionNotifications: b.notices,
	}}
}

// driver describes authlint.
func (b *builder) driver(list []*gosarif.ReportingDescriptor) *gosarif.ToolComponent {
	driver := &gosarif.ToolComponent{Name: toolName, InformationURI: ptr(toolPage), Rules: list}
	if b.run.Version == "" {
		return driver
	}
	number := strings.TrimPrefix(b.run.Version, "v")
	driver.Version = ptr(printable(number))
	if semver.IsValid("v"+number) && strings.Count(number, ".") >= 2 {
		driver.SemanticVersion = ptr(number)
	}
	return driver
}

// notice adds what the run tells.
func (b *builder) notice(n finding.Notice) {
	b.notify(n.ID, n.Level, n.Message)
	if n.Where.IsZero() {
		return
	}
	last := b.notices[len(b.notices)-1]
	last.Locations = []*gosarif.Location{b.location(b.tree.Resolve(n.Where, n.Where.File), "")}
}

// notify adds one notification.
func (b *builder) notify(id, level, message string) {
	if level != "error" && level != "note" {
		level = "warning"
	}
	b.failed = b.failed || level == "error"
	b.notices = append(b.notices, &gosarif.Notification{
		Descriptor: &gosarif.ReportingDescriptorReference{Id: ptr(printable(id))},
		Level:      level,
		Message:    &gosarif.Message{Text: ptr(b.redact.Text(message))},
	})
}

// provenance returns the revision that was read. An address that is no URI is
// left out, and so is the user info of one that is.
func provenance(v *VersionControl) []*gosarif.VersionControlDetails {
	if v == nil {
		return nil
	}
	u, err := url.Parse(v.RepositoryURI)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return nil
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	details := &gosarif.VersionControlDetails{
		RepositoryURI: ptr(u.String()),
		MappedTo:      &gosarif.ArtifactLocation{URIBaseId: ptr(rootBase)},
	}
	if v.RevisionID != "" {
		details.RevisionID = ptr(printable(v.RevisionID))
	}
	if v.Branch != "" {
		details.Branch = ptr(printable(v.Branch))
	}
	return []*gosarif.VersionControlDetails{details}
}
