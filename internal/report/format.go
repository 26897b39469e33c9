package report

import (
	"io"

	"github.com/authlint/authlint/internal/finding"
)

// Format is one form in which the outcome of a run is reported.
type Format struct {
	Name  string // as --format names it
	Help  string // a few words on whom it is for
	Write func(io.Writer, *finding.Run, Options) error
}

// Formats returns the formats of this package, those for people first.
func Formats() []Format {
	return []Format{
		{"text", "frames with source lines, for people", Text},
		{"oneline", "file:line:column: severity: message (rule), for editors", OneLine},
		{"jsonl", "one JSON object a line, complete", JSONL},
		{"github", "workflow commands, for annotations in GitHub Actions", GitHub},
		{"gitlab", "GitLab Code Quality", GitLab},
		{"markdown", "a summary page, for $GITHUB_STEP_SUMMARY", Markdown},
		{"junit", "JUnit XML, for test reports", JUnit},
	}
}
