// Package shape tells what a value or a name looks like without saying the
// value: whether a name speaks of a credential, and whether a text can be one.
// All front ends judge names and values with it and with nothing else.
package shape

import "github.com/authlint/authlint/internal/partial"

// Kind is the kind of credential that a name or a sink speaks of.
type Kind uint8

// The kinds of credentials. None means that the name speaks of no credential.
const (
	None       Kind = iota
	Password        // chosen by people: password, passwd, pwd, passphrase, PIN of an account
	Secret          // client secret, shared secret, signing secret
	Key             // API key, access key, encryption key
	Token           // bearer, access, refresh, session token
	PrivateKey      // PEM or other private key material
	DSN             // a connection string that may carry user info
	Header          // a whole Authorization-like header value, scheme included
)

// Form is the class of a text by its look.
type Form uint8

// The forms of texts. Everything but Opaque explains the text as something
// other than a credential, or as one of a known structure.
const (
	Empty       Form = iota
	Opaque           // none of the others: may be a credential
	Placeholder      // <..>, YOUR_.., changeme, xxx, runs, echo of the name
	Reference        // $NAME, ${..}, {{..}}, %s, vault:..., env:..., arn:...
	Redacted         // ***, [redacted]
	EnvName          // UPPER_SNAKE name of a variable
	Identifier       // camel, snake or dotted name, message key, header name, scope
	PathLike         // file path, route
	URLLike          // URL without user info
	Sentence         // words with spaces, a message
	Pattern          // regexp, glob, template, format string
	Number           // digits, size, duration, version, date, boolean
	UUID             // RFC 4122 text form
	HashLike         // password hash ($2a$.., {SSHA}..), checksum with its algorithm
	PublicKey        // certificate, public key, ssh-rsa ...
	JWT              // dotted Base64-URL parts whose header names an algorithm
	PrivatePEM       // PEM private key with a body, not encrypted
	UserInfoURL      // URL or DSN whose user info holds a password
	BasicValue       // "Basic " and Base64 that decodes to user:password
	SchemeValue      // another scheme word and a value: "Bearer x", "App x"
)

// Value is what may be told of a text. It holds no more of it than the masked
// form and the user, so it may be printed, logged and stored in a fact.
//
// Of a text that holds a credential among other things (UserInfoURL,
// BasicValue, SchemeValue) everything but Form, Scheme and User describes the
// credential inside.
type Value struct {
	Form Form
	// Inner is the form of the credential inside a UserInfoURL, a BasicValue or
	// a SchemeValue; for any other form it equals Form.
	Inner   Form
	Length  int // in characters
	Lower   bool
	Upper   bool
	Digit   bool
	Symbol  bool
	Entropy float64 // Shannon, bits per character
	Words   int     // how many natural words it holds
	// Wordy is set when most of it is words, so that no machine made it.
	Wordy bool
	// Repeats is set when a character stands three times in a row.
	Repeats bool
	// HoldsUser is set when the password of a BasicValue or a UserInfoURL
	// contains the name of its user.
	HoldsUser bool
	// HostClass is the class of the host in a UserInfoURL.
	HostClass partial.Class
	// Run is set for runs and repetitions: 123456, abcdef, qwerty, aaaa.
	Run bool
	// Live is set when a mark inside says that it is for production: sk_live_...
	Live   bool
	Masked string
	// Hash is a truncated hash, set only where the text cannot be guessed.
	Hash string
	// Scheme is the authorisation scheme of BasicValue and SchemeValue, lower case.
	Scheme string
	// User is the decoded user of BasicValue and UserInfoURL, empty where it
	// would give the credential away.
	User string
	// Claims are what a JWT says of itself.
	Claims Claims
	// Sample names the publisher if the text is a published example.
	Sample string
	// Provider is set if the text has the format of a provider's credential.
	Provider string
	// LocalDefault is set for well-known defaults of development stacks
	// (postgres, minioadmin, guest, admin).
	LocalDefault bool
}
