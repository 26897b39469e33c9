package shape

// Bounds of what a name alone makes a credential.
const (
	shortestPassword = 4  // characters of a password
	shortestAtSink   = 3  // characters of a password that is seen to be used as one
	shortestDigits   = 6  // digits of a password that is a number
	minToken         = 7  // characters of a secret, a key or a token
	minHeader        = 16 // characters of a header value without scheme
	mostPassphrase   = 5  // words of a password; what is longer says something
	minPrivateKey    = 32 // characters of a private key that is not PEM
)

// Credible reports whether the value can be a real credential of that kind. At
// a proven sink everything is but what says itself that it is none: empty text,
// placeholders, references, redaction marks, templates. Where a name alone says
// that the place takes a credential, the value must look like one: people
// choose passwords, machines make the rest.
func Credible(v Value, kind Kind, sink bool) bool {
	switch v.Inner {
	case Empty, Placeholder, Reference, Redacted, Pattern, HashLike, PublicKey, EnvName:
		return false
	case PrivatePEM, JWT:
		return true
	}
	switch v.Form {
	case UserInfoURL, BasicValue:
		return true // a place for credentials by its own syntax
	case SchemeValue:
		return v.Inner != Identifier && credibleMade(v, sink)
	}
	if sink {
		return credibleAtSink(v, kind)
	}
	return credibleByName(v, kind)
}

// credibleAtSink judges a value at a place that is proven to take a credential.
func credibleAtSink(v Value, kind Kind) bool {
	switch v.Form {
	case URLLike, PathLike:
		return false
	case Sentence:
		return kind == Password && v.Words <= mostPassphrase || kind == Secret || kind == Key
	case Number:
		return v.Digit && kind != DSN && kind != PrivateKey && (kind == Password || !v.Run)
	}
	switch kind {
	case DSN:
		return false // have: no user info with a password
	case PrivateKey:
		return v.Length >= minPrivateKey && !v.Wordy && !v.Run
	case Password:
		return v.Length >= shortestAtSink
	}
	return !v.Run
}

// credibleByName judges a value of which only the name says that it is a
// credential.
func credibleByName(v Value, kind Kind) bool {
	if kind == Password {
		switch v.Form {
		case Opaque:
			return v.Length >= shortestPassword && !v.Run
		case Number:
			return v.Length >= shortestDigits && v.Digit && !v.Lower && !v.Upper && !v.Symbol && !v.Run
		}
		return false
	}
	if v.Form != Opaque {
		return false
	}
	switch kind {
	case Secret, Key, Token:
		return credibleMade(v, false)
	case PrivateKey:
		return v.Length >= minPrivateKey && credibleMade(v, false)
	case Header:
		return v.Length >= minHeader && credibleMade(v, false)
	}
	return false
}

// credibleMade reports whether a value can have been made by a machine, or by a
// person who imitates one.
func credibleMade(v Value, sink bool) bool {
	if v.Run {
		return false
	}
	return sink || v.Length >= minToken && !v.Wordy && isVaried(v)
}

// isVaried reports whether a value has more than one sort of characters, or
// letters that no word has.
func isVaried(v Value) bool {
	return v.Digit || v.Symbol || v.Lower && v.Upper || v.Words == 0 && v.Length >= 16 || v.LocalDefault
}
