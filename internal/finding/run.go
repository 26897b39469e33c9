package finding

// Notice tells something about the run that is no finding: what could not be
// read or analysed, and what was assumed.
type Notice struct {
	// ID is a kebab-case word for machines: unreadable-file, broken-package,
	// missing-module, malformed-file, skipped-file, internal-error, no-toolchain ...
	ID string `json:"id"`
	// Level is error for input that could not be read (exit code 3), warning
	// for what was read in part, note for what was left out on purpose.
	Level   string   `json:"level"`
	Message string   `json:"message"` // names the file and the place
	Where   Location `json:"where,omitzero"`
}

// Stats counts what a run saw.
type Stats struct {
	Files         int `json:"files"`
	Modules       int `json:"modules"`
	Packages      int `json:"packages"`      // Go packages analysed whole
	PartPackages  int `json:"partPackages"`  // Go packages analysed in part
	DroppedBodies int `json:"droppedBodies"` // function bodies that do not type-check
	Synthesised   int `json:"synthesised"`   // packages made up because their module is missing
	SkippedFiles  int `json:"skippedFiles"`
	Suppressed    int `json:"suppressed"`
	AuditorOnly   int `json:"auditorOnly"` // findings that only --persona auditor shows
	Baselined     int `json:"baselined"`   // findings that the baseline holds
	Absent        int `json:"absent"`      // entries of the baseline that no finding is left of
	OldLines      int `json:"oldLines"`    // findings left out because none of their lines has changed
}

// Run is the whole outcome of one run of authlint: what every report prints.
type Run struct {
	// Root is the absolute directory that the findings' files are relative to;
	// for reading source lines, never for printing.
	Root     string    `json:"-"`
	Version  string    `json:"version"`
	Findings []Finding `json:"findings"` // files relative to Root with slashes, sorted
	Notices  []Notice  `json:"notices"`
	Stats    Stats     `json:"stats"`
	// Baselined are findings that the baseline holds, and that reports leave
	// out; a log of SARIF has them.
	Baselined []Finding `json:"-"`
	// Absent are findings that only the baseline holds, if they are asked for.
	Absent []Absent `json:"-"`
	// Redact are the ranges with secrets of findings that are not in Findings,
	// for another persona, say: what stands beside them is printed, they are not.
	Redact []Location `json:"-"`
}

// Shown returns the findings that a report lists, in the order of the run:
// all but those that a grade silences and, unless they are asked for, the
// suppressed ones.
func (r *Run) Shown(suppressed bool) []*Finding {
	var list []*Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Severity != Off && (f.Suppressed == nil || suppressed) {
			list = append(list, f)
		}
	}
	return list
}
