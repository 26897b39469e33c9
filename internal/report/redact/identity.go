package redact

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// Identity returns a number that is the same for findings about equal secrets,
// and 0 for a finding that names no secret that can be read. It tells nothing of
// the secret.
func (r *Redactor) Identity(f *finding.Finding) int {
	if len(f.Redact) == 0 {
		return 0
	}
	at := r.tree.Resolve(f.Redact[0], f.Primary.File)
	file := r.tree.File(at.File)
	if file == nil || at.Package != "" || at.EndLine == 0 {
		return 0
	}
	from, to, ok := file.Range(at)
	if !ok {
		return 0
	}
	text := strings.Trim(string(file.Data()[from:to]), " \t\r\n\"'`")
	if text == "" {
		return 0
	}
	if r.identities == nil {
		r.identities = map[string]int{}
	}
	if r.identities[text] == 0 {
		r.identities[text] = len(r.identities) + 1
	}
	return r.identities[text]
}
