package finding

// BaselineState says how a finding stands to the baseline of a run. It is empty
// for a run without one.
type BaselineState string

// The states, by SARIF's words for them.
const (
	BaselineNew       BaselineState = "new"
	BaselineUnchanged BaselineState = "unchanged"
	BaselineAbsent    BaselineState = "absent"
)

// Absent is a finding that the baseline holds and the run has no longer.
type Absent struct {
	Rule, File, Message string
	Level               string            // of SARIF
	Fingerprints        map[string]string // as the baseline holds them
}
