package report

import "github.com/authlint/authlint/internal/finding"

// maxTogether is how many findings one frame shows.
const maxTogether = 10

// alike is what findings have in common that one frame shows: what they say in
// one file, or the secret that they are about in any.
type alike struct {
	rule, file, message string
	secret              int
	severity            finding.Severity
	baseline            finding.BaselineState
}

// together groups findings that say the same of several places in one file, or
// of one secret wherever it stands.
func (p *printer) together(list []*finding.Finding) [][]*finding.Finding {
	var groups [][]*finding.Finding
	known := map[alike]int{}
	for _, f := range list {
		if f.Suppressed != nil {
			groups = append(groups, []*finding.Finding{f})
			continue
		}
		of := alike{rule: f.Rule, severity: f.Severity, baseline: f.Baseline}
		saying, about := of, of
		saying.file, saying.message = f.Primary.File, f.Message
		about.secret = p.redact.Identity(f)
		at, told := known[saying]
		if !told && about.secret != 0 {
			at, told = known[about]
		}
		if !told || len(groups[at]) >= maxTogether {
			at = len(groups)
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], f)
		known[saying] = at
		if about.secret != 0 {
			known[about] = at
		}
	}
	return groups
}

// placesOf says how many places a group has, or nothing of a single one.
func placesOf(group []*finding.Finding) string {
	if len(group) == 1 {
		return ""
	}
	files := map[string]bool{}
	for _, f := range group {
		files[f.Primary.File] = true
	}
	words := count(len(group), "place", "places")
	if len(files) > 1 {
		words += " in " + count(len(files), "file", "files")
	}
	return words
}
