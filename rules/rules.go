// Package rules is the catalogue: what authlint reports, what it knows of
// providers and of Go APIs, and the thresholds, as data and prose that this
// package embeds and strictly loads. Nothing is parsed before it is asked for.
package rules

import "github.com/authlint/authlint/internal/finding"

// Outcome is what a grade makes of a verdict.
type Outcome struct {
	Severity finding.Severity
	Persona  finding.Persona
}

// Rule is one rule of the catalogue, loaded from rules/<id>.md.
type Rule struct {
	ID    string
	Title string
	// Summary is the first paragraph of the page.
	Summary string
	// SecuritySeverity is GitHub's number from 0.0 to 10.0, as text.
	SecuritySeverity string
	Precision        string // very-high, high, medium, low
	CWE              []int
	Since            string
	Observation      string   // the observation it is judged on
	Absorbs          []string // rules that are not reported beside it for one fault
	Also             []string // rules that its Bad examples yield as well
	// Grades holds the outcomes of the grades that change one; every rule has
	// "certain". A grade that is not in it changes nothing.
	Grades map[string]Outcome
	// Markdown is the page without its front matter: the help of every report.
	Markdown string
	// Reported, NotReported and Fix are the sections of these names, in Markdown.
	Reported, NotReported, Fix string
	Bad                        []Example
	Good                       []Example
	Sources                    []Citation
	// Secret is set for a pattern rule of gitleaks or of a provider; it shares a template page.
	Secret bool
	// Generic is set for a pattern rule that knows no issuer.
	Generic bool
}

// Citation names the place where a practice is asked for.
type Citation struct{ Publisher, Title, Heading string }

// String returns the citation as one line of text.
func (c Citation) String() string { return c.Publisher + ", " + c.Title + ": " + c.Heading }

// Example is one fenced example of a page.
type Example struct {
	Lang string // the fence's language tag
	Name string // the file name after the tag, if any
	Text string
	Line int // in the page, of the fence's first text line
}

// SendEndpoint is a place where a provider takes messages.
type SendEndpoint struct {
	Path   string // path pattern: * is one segment, ** any rest
	Method string // the right method
	// QueryCredentials is set where the endpoint takes credentials in the query.
	QueryCredentials bool
	// Instead is the path of the endpoint to use, where this one should not be.
	Instead string
}

// AccountWide is a credential that gives a whole account away, where a narrower
// one would do.
type AccountWide struct {
	What, Instead string
	Users         []string // users that it goes with; a last * is any rest
	Names         []string // words in the names of what holds it, as parameters are spelled
	Headers       []string // headers that carry it
	UserNames     []string // words in the names of what holds the user that it goes with
	// AccountPath is a path with the account in the place of {account}: with a
	// credential whose user is what stands there it is the account's.
	AccountPath string
}

// KeyFields are the fields of a request that makes an API key: for its end, the
// addresses it is used from, what it may do, and the words that stand for all.
type KeyFields struct {
	Expiry, Addresses, Scope, Wide []string
}

// Provider is what is known of one messaging provider.
type Provider struct {
	ID      string
	Name    string
	Hosts   []string // registrable names and host patterns: "*.api.infobip.com"
	Brands  []string // lookalike seeds
	Schemes []string // authorisation schemes in order of preference, lower case
	// KeyScheme is the word before an API key, where Bearer is for tokens only or
	// not taken at all.
	KeyScheme string
	// AccountClient is set where the documents have the account's user name and
	// password sent as client id and secret.
	AccountClient bool
	// BasicAdvice says what to use instead of Basic; empty where Basic is right.
	BasicAdvice string
	// BasicPaths are path patterns to which Basic is right (key and token endpoints).
	BasicPaths []string
	// SecretPaths are path patterns with {key} for the segment that is a credential.
	SecretPaths []string
	// AccountWide are credentials that give the whole account away.
	AccountWide []AccountWide
	// OwnTokens are the hosts that take only tokens of the provider's own token
	// endpoint.
	OwnTokens []string
	// KeyPaths are the path patterns where API keys are made.
	KeyPaths []string
	// KeyFields are what a request to such a path says of the key.
	KeyFields KeyFields
	Send      []SendEndpoint
	// Secret, User, Message and Recipient are parameter names beyond the common dictionary.
	SecretParams, UserParams, MessageParams, RecipientParams []string
	Rotation                                                 string // advice
	// SampleHosts are hosts of the provider, OtherHosts look like it and are not.
	SampleHosts, OtherHosts []string
	// SecretRules are the pattern rules of the provider's credentials.
	SecretRules []SecretRule
}

// SecretRule is a pattern rule in gitleaks' format, with authlint's own keys
// beside it: samples for the tests, and advice for the report.
type SecretRule struct {
	ID          string            `toml:"id"`
	Description string            `toml:"description"`
	Regex       string            `toml:"regex"`
	Path        string            `toml:"path"`
	SecretGroup int               `toml:"secretGroup"`
	Entropy     float64           `toml:"entropy"`
	Keywords    []string          `toml:"keywords"`
	Tags        []string          `toml:"tags"`
	SkipReport  bool              `toml:"skipReport"`
	Required    []RequiredRule    `toml:"required"`
	Allowlists  []SecretAllowlist `toml:"allowlists"`
	// Match and NoMatch are samples; {{...}} in them is filled by the tests.
	Match   []string `toml:"match"`
	NoMatch []string `toml:"no-match"`
	// Advice says how the credential is revoked and what replaces it.
	Advice string `toml:"advice"`
	// Generic is set for a rule that knows no issuer.
	Generic bool `toml:"generic"`

	Provider string `toml:"-"` // id of the provider whose file it is in
	File     string `toml:"-"`
}

// RequiredRule is a part that must stand near a composite rule's match.
type RequiredRule struct {
	ID            string `toml:"id"`
	WithinLines   *int   `toml:"withinLines"`
	WithinColumns *int   `toml:"withinColumns"`
}

// SecretAllowlist says which matches of a pattern rule do not count.
type SecretAllowlist struct {
	Description string   `toml:"description"`
	Condition   string   `toml:"condition"`
	Commits     []string `toml:"commits"`
	Paths       []string `toml:"paths"`
	RegexTarget string   `toml:"regexTarget"`
	Regexes     []string `toml:"regexes"`
	Stopwords   []string `toml:"stopwords"`
}

// Threshold is one number with the one who says so.
type Threshold struct {
	Value  int
	Source string
	// Provider is set where only the provider documents ask for it.
	Provider bool
	// AtMost is set where more is worse: attempts, days, hours.
	AtMost bool
}
