// Package practice judges what front ends observe. It knows the domain and no
// syntax: no I/O, no AST, no file formats. A front end builds Observations and
// calls Judge.Findings; everything from precedence to grades happens there.
package practice

import (
	"time"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// Condition says whether what was observed always happens.
type Condition uint8

// The conditions. A front end that cannot tell says Always.
const (
	Always      Condition = iota
	Conditional           // only under a condition that configuration decides
	Configured            // the value itself is read from configuration
)

// Source is where an observation comes from; every observation embeds one.
type Source struct {
	// At is the offending call, field or line.
	At finding.Location
	// Origin is the literal at fault if it lies in the unit under analysis; the
	// primary location then, if the rule is about the value.
	Origin finding.Location
	Steps  []finding.Step
	// Symbol is the enclosing function, or the key path.
	Symbol string
	// Key is the normalised expression for the fingerprint; it holds no secret.
	Key string
	// Redact are the ranges that hold secrets.
	Redact    []finding.Location
	Condition Condition
	// Test is set for test, mock, fixture and example code.
	Test bool
	// Document is set for prose, comments and documentation.
	Document bool
	// Fixes are the edits that the front end can offer, by remedy name.
	Fixes map[Remedy]finding.Fix
}

// Remedy names what removes a fault; the front end that knows the syntax
// renders the edits.
type Remedy string

// The closed list of remedies. A front end may render them by itself, into
// Source.Fixes; what it leaves to others is named in the finding.
const (
	RaiseTLSFloor Remedy = "raise-tls-floor" // to the version To, a hexadecimal number
	RedactURL     Remedy = "redact-url"      // a URL is told with its password
	CorrectScheme Remedy = "correct-scheme"  // the text From at the beginning of a header becomes To
	UseHTTPS      Remedy = "use-https"       // the host is one that speaks it
	ReadFromEnv   Remedy = "read-from-env"   // instead of the literal
	DropFallback  Remedy = "drop-fallback"   // the literal for when the variable To is not set
	RaiseMinimum  Remedy = "raise-minimum"   // the number From becomes To
)

// IsSafe reports whether a remedy changes nothing that anyone can want as it is.
func (r Remedy) IsSafe() bool {
	return r == RaiseTLSFloor || r == RedactURL || r == CorrectScheme
}

// Observation is one thing that a front end saw, in the domain's words.
type Observation interface{ source() *Source }

// source makes an Observation of every struct that embeds a Source.
func (s *Source) source() *Source { return s }

// Credential is a literal, or a fallback value, used as a secret.
type Credential struct {
	Source
	Kind  shape.Kind
	Value shape.Value
	// Use says in words where the value goes: "password of SetBasicAuth",
	// "field Password of smpp.Transmitter", "key spring.mail.password".
	Use string
	// Sink is set when the place is proven to take a credential; otherwise a
	// name alone says so.
	Sink bool
	// Doubtful is set where name and value may each be something else, so that
	// only auditors want to know. The front end has judged the value.
	Doubtful bool
	// Fallback is set when the value is used only if the environment or the
	// configuration has none; FallbackFor is the variable or key.
	Fallback    bool
	FallbackFor string
	User        string // the user beside it, if known
	// Users are further ones that the same literal is the credential of.
	Users []string
	// Same is equal for credentials of one run that are equal, as Identity has
	// it; 0 where the text is not known.
	Same uint64
	// Link is the service if the text is a link to a secret that can be read once.
	Link string
	// HoldsUser is set when the value contains the name of that user.
	HoldsUser bool
	// UserIsHole is set when a user belongs to it but is not known.
	UserIsHole bool
	Host       string // the host it goes to, if known
	Provider   string // by host, SDK, path or format
	// Patterns are ids of secret rules that matched the same text.
	Patterns []string
}

// Auth is one credential set on a request.
type Auth struct {
	// Scheme is lower case: basic, bearer, app, ibsso, accesskey, api-key (a
	// credential header without scheme), form (a credential in the body),
	// userinfo, or "" when the header's value is not known.
	Scheme string
	Header string // canonical header name, if a header carries it
	At     finding.Location
	// Apart is where the credential is set by a call or a field of its own, which
	// is then the place of what is wrong with it.
	Apart Spot
	Text  string // "SetBasicAuth", "header Authorization", "form field password"
	Value shape.Value
	Known bool // the value is a literal
	// User and Secret are what is known of the two, Raw of the whole value of the
	// header, or of what stands behind the scheme if Prefixed is set. They are
	// read for their names and their form and are never shown.
	User, Secret, Raw partial.Text
	// Base64 is the alphabet if the program writes the value in Base64 (std, url,
	// raw-std, raw-url, mime for that with line feeds, unknown); Raw is then what is
	// written.
	Base64 string
	// Prefixed is set where the API puts the scheme in front by itself.
	Prefixed bool
	// Told is set where another function tells what is wrong with the value.
	Told bool
}

// Spot is a place and the function that it lies in.
type Spot struct {
	At     finding.Location
	Symbol string
}

// Param is one name and value of a query or a form.
type Param struct {
	Name, Value partial.Text
	At          finding.Location
}

// Request is an HTTP request or a client made for requests.
type Request struct {
	Source
	Method string         // upper case, "" when not known
	URL    partial.String // as far as known; base and path joined
	// Written tells for each reading of URL where its host stands, if it stands
	// in the unit under analysis, and the way from there.
	Written []Written
	// Entered is where the parameters of the query of URL stand, by their names.
	Entered  map[string]Spot
	Auth     []Auth
	Query    []Param // set apart from the URL text
	Form     []Param // of a body
	Sends    bool    // set when the request is made for sending, not only built
	Provider string  // by SDK; hosts are looked up by the judge
	// Client is set for a base URL and credentials without a request of their own.
	Client bool
	// Joins is set where the function itself gives the URL, whoever sets the
	// credentials.
	Joins bool
	// AcrossRedirect is set for a function that follows redirects and sets
	// credentials on the new request, whatever host that goes to.
	AcrossRedirect bool
}

// Written is where a text stands, and the way from there to its use.
type Written struct {
	At    finding.Location
	Steps []finding.Step
}

// TLSRole is the side of a TLS configuration.
type TLSRole uint8

// The sides.
const (
	EitherSide TLSRole = iota
	ClientSide
	ServerSide
)

// TLSAspect is the setting at fault.
type TLSAspect uint8

// The aspects.
const (
	MinVersion TLSAspect = iota
	MaxVersion
	ServerDefault // no minimum given, and the toolchain's default for the main module is below TLS 1.2
	PeerUnchecked // verification switched off
	CallbackAcceptsAll
)

// TLS is one setting of a TLS configuration.
type TLS struct {
	Source
	Role    TLSRole
	Aspect  TLSAspect
	Version uint16 // 0x0301 is TLS 1.0; 0x0300 SSL 3.0; 0x0200 SSL 2.0
	// GoLine is the go line of the main module, for ServerDefault.
	GoLine string
	// Debug is the debug setting that brings the old default back, if one does.
	Debug string
	// Config is the literal that a minimum is missing in, for ServerDefault, if
	// it is the only configuration that the server can have.
	Config finding.Location
	Host   string // the peer, if known
	// Use says in words what carries the setting: "tls.Config", "key ssl_protocols".
	Use string
}

// TLSState says whether a connection is protected.
type TLSState uint8

// The states.
const (
	TLSUnknown TLSState = iota
	TLSOff
	TLSOn
	TLSOpportunistic // used if the other side offers it
)

// Connection is a connection of a protocol other than HTTP.
type Connection struct {
	Source
	Protocol string // ftp, ssh, sftp, smpp, ldap, smtp, amqp, redis, postgres ...
	Address  partial.String
	TLS      TLSState
	// Implied is set when TLS is the default of the protocol or the library, and
	// nothing says so or otherwise.
	Implied bool
	// Login is set when a user or a password goes over it; Anonymous when the
	// user is known to be anonymous or ftp.
	Login     bool
	Anonymous bool
	// HostKeyUnchecked is set when any host key is accepted; ByPassword when a
	// password is offered to that host.
	HostKeyUnchecked bool
	ByPassword       bool
	Provider         string
	Export           bool // an export target in configuration
	Use              string
}

// PolicyKind is the rule of a password policy.
type PolicyKind uint8

// The kinds of policy rules.
const (
	MinLength    PolicyKind = iota
	MinClasses              // how many of lower, upper, digit, symbol are demanded
	MaxAttempts             // failed logins before a lockout; 0 is unlimited
	MinEntropy              // bits that an estimate of the strength must reach
	MinScore                // of the scale from 0 to 4 of strength meters
	MaxAge                  // days after which a credential is changed; 0 is never
	SecondFactor            // 0 is a second factor that is switched off
	NoPassword              // accounts without a password may log in
)

// Policy is one number of a password or login policy.
type Policy struct {
	Source
	Kind  PolicyKind
	Value int
	// Use says in words where it stands: "comparison with len(password)",
	// "validate tag of SignUp.Password", "key security.password.min_length".
	Use string
	// Transfer is set for SFTP and SSH accounts, which ask for more.
	Transfer bool
	Provider string
	// Identity is set where an identity provider is configured, whose setting
	// holds for the users of many programs, or where a setting says in so many words
	// whether users must have a second factor.
	Identity bool
	// Machine is set where a number is about a secret that a service changes by
	// itself, so that nothing speaks against the limit.
	Machine bool
}

// TokenAspect is what is at fault with a token.
type TokenAspect uint8

// The aspects.
const (
	TokenLifetime      TokenAspect = iota // how long it is valid
	ExpiryIgnored                         // kept without regard to when it expires
	SignatureUnchecked                    // what it says is believed without a look at the signature
	ExpiryUnchecked                       // the signature is checked, the time of expiry is not
	Unsigned                              // signed, or accepted, with the algorithm none
	WeakSigningKey                        // signed with a key that can be guessed
	SignedHere                            // made here for a host that takes only tokens of its own
	KeyMade                               // an API key is made
	KeyKept                               // an API key of the program's own is described
)

// Token is a token or an API key that is made, checked or kept.
type Token struct {
	Source
	Aspect TokenAspect
	// Endless is set for a token without time of expiry, Lifetime is how long it
	// is valid otherwise.
	Endless  bool
	Lifetime time.Duration
	// Shortest is the least of several lifetimes that it may have, 0 if that is
	// not known: Lifetime is the longest.
	Shortest time.Duration
	// Names are what the source calls it: variables, functions, types, claims.
	Names []string
	// Session is set for a cookie or a session, which is renewed by its use.
	Session bool
	// Reads are the claims that are asked of a token whose signature is not
	// checked; Kept is set when others may ask it for more, Checked when the
	// signature is checked elsewhere in the program.
	Reads   []string
	Kept    bool
	Checked bool
	// Likely is set when it is likely and not certain that the token is used again.
	Likely bool
	// Issued is set when its issuer has just answered with it.
	Issued bool
	// Handed are the functions that the token is handed to.
	Handed []string
	// Value is the key of WeakSigningKey, if it is a literal; Bits the length of
	// an asymmetric one.
	Value shape.Value
	Bits  int
	// Members are what the request that makes an API key says of it, values as in
	// JSON; Path is where it goes.
	Members  []Param
	Path     string
	Host     string
	Provider string
	// Use says in words what carries it: "NewWithClaims", "field Timeout".
	Use string
}

// SecretMatch is a match of a pattern rule.
type SecretMatch struct {
	Source
	RuleID      string
	Description string
	Value       shape.Value
	Provider    string
	// Generic is set for rules that know no issuer.
	Generic bool
	// Also are ids of rules that matched the same text and say less of it.
	Also []string
}
