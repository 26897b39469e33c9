package scan

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/authlint/authlint/internal/finding"
)

// tellUnusedEntries tells which entries of .gitleaksignore name nothing: of
// files that the run has read, and of files that are gone.
func (s *scan) tellUnusedEntries() {
	entries := s.ignores.Entries()
	if len(entries) == 0 {
		return
	}
	at := map[string][]*finding.Finding{} // by file
	for i := range s.run.Findings {
		f := &s.run.Findings[i]
		at[f.Primary.File] = append(at[f.Primary.File], f)
	}
	for _, e := range entries {
		used := !s.isActive(e.File, e.Rule)
		for _, f := range at[e.File] {
			used = used || f.Primary.Line == e.FindingLine && f.Named(e.Rule)
		}
		if used || !s.looked[e.File] && !s.isGone(e.File) {
			continue
		}
		s.run.Notices = append(s.run.Notices, finding.Notice{
			ID: "unused-ignore", Level: "note",
			Where:   finding.Location{File: e.In, Line: e.Line, EndLine: e.Line},
			Message: fmt.Sprintf("%s:%d: %s:%s:%d silences nothing", e.In, e.Line, e.File, e.Rule, e.FindingLine),
		})
	}
}

// isGone reports whether a file that a whole tree was searched for is not there.
func (s *scan) isGone(file string) bool {
	local := filepath.FromSlash(file)
	if s.opts.Only != nil || !filepath.IsLocal(local) {
		return false
	}
	_, err := os.Lstat(filepath.Join(s.root, local))
	return os.IsNotExist(err)
}
