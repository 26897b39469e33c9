package report

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
)

// A problem of GitLab's Code Quality report: those members that GitLab reads.
type (
	gitlabProblem struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

// GitLab writes a Code Quality report: one JSON array of problems. It knows no
// suppressed ones.
func GitLab(w io.Writer, run *finding.Run, opts Options) error {
	p, err := newPrinter(run, opts)
	if err != nil {
		return err
	}
	defer p.tree.Close()
	out := bufio.NewWriter(w)
	seen := map[string]int{}
	_, _ = out.WriteString("[") // flush tells
	for i, f := range unsuppressed(run.Shown(false)) {
		l := p.primary(f)
		data, err := encodeLine(gitlabProblem{
			Description: p.redact.Text(f.Message),
			CheckName:   redact.Printable(f.Rule),
			Fingerprint: gitlabFingerprint(f, seen),
			Severity:    gitlabSeverity(f.Severity),
			Location:    gitlabLocation{Path: l.File, Lines: gitlabLines{Begin: max(l.Line, 1)}},
		})
		if err != nil {
			return err
		}
		separator := ",\n"
		if i == 0 {
			separator = "\n"
		}
		_, _ = out.WriteString(separator)
		_, _ = out.Write(data[:len(data)-1])
	}
	_, _ = out.WriteString("\n]\n")
	return flush(out)
}

// gitlabFingerprint returns a fingerprint that no other problem of the report
// has, because GitLab drops those that share one.
func gitlabFingerprint(f *finding.Finding, seen map[string]int) string {
	key := f.Rule + "\x00" + f.Primary.File + "\x00" + f.Fingerprint
	if f.Fingerprint == "" {
		key += "\x00" + f.Symbol + "\x00" + f.Message
	}
	n := seen[key]
	seen[key]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, n))
	return hex.EncodeToString(sum[:16])
}

// gitlabSeverity returns GitLab's word for a severity.
func gitlabSeverity(s finding.Severity) string {
	switch s {
	case finding.Critical:
		return "blocker"
	case finding.High:
		return "critical"
	case finding.Medium:
		return "major"
	case finding.Low:
		return "minor"
	}
	return "info"
}
