package practice

// Grade qualifies a verdict. A rule's front matter maps each grade that its
// verdicts can carry to a severity and a persona; where several hold, the
// lowest severity and the stricter persona win.
type Grade string

// The closed list of grades.
const (
	Certain       Grade = "certain"        // always mapped
	IsConditional Grade = "conditional"    // only under a condition that configuration decides
	IsConfigured  Grade = "configured"     // the value is read from configuration
	InTest        Grade = "test"           // test, mock, fixture or example code
	InDocument    Grade = "document"       // prose, comment, documentation
	IsSample      Grade = "sample"         // a published example credential
	PrivateHost   Grade = "private-host"   // RFC 1918, .local, .internal, .corp, .lan
	ClusterHost   Grade = "cluster-host"   // single label, .svc, compose service
	LoopbackHost  Grade = "loopback"       // localhost, 127.0.0.0/8, ::1, test server, unix socket
	UnknownHost   Grade = "unknown-host"   // the host is a hole
	LocalDefault  Grade = "local-default"  // a well-known default of a development stack
	WeakEvidence  Grade = "weak-evidence"  // a name or a parameter list alone
	NoProvider    Grade = "no-provider"    // only the provider documents ask for it, and no provider is named
	FarBeyond     Grade = "beyond"         // only the provider documents name the limit, but nobody allows as much
	NearThreshold Grade = "near-threshold" // below the provider documents' value, not below the common one
	ToolchainOnly Grade = "toolchain"      // a default of some Go versions
	PartlyChecked Grade = "partly-checked" // only a part of what must be checked is not
	Anonymous     Grade = "anonymous"      // a login that gives away nothing
	Opportunistic Grade = "opportunistic"  // protected only if the other side offers it
	Doubtful      Grade = "doubtful"       // a name and a value of which each may be something else
	IsOver        Grade = "over"           // a token that says that it ended long ago
	ByProof       Grade = "proof"          // a login that proves its password without sending it
)
