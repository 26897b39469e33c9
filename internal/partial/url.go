package partial

// Param is one name and value of a query or of a form.
type Param struct{ Name, Value Text }

// URL is what a reading says of a URL. A part that is absent is nil; a part
// that begins inside a hole is not known to be present.
type URL struct {
	Scheme   string // lower case; empty when absent or not known
	User     Text
	Password Text // nil when the user info has no colon
	Host     Text // without port and brackets
	Port     Text
	Path     Text
	Query    []Param
	// Open is set when the text begins with a hole, so that scheme and host
	// may be inside it.
	Open bool
}
