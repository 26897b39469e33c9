package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
)

// maxText is the length in bytes beyond which a text is looked at only for
// private keys: no other credential is that long.
const maxText = 1 << 14

// Of returns what may be told of a text.
func Of(text string) Value {
	trimmed := strings.TrimSpace(text)
	if pem, ok := pemForm(trimmed); ok {
		return describe(pem, pem, trimmed)
	}
	if len(trimmed) > maxText {
		return describe(Sentence, Sentence, trimmed[:maxText])
	}
	if in, ok := splitUserInfo(trimmed); ok {
		return in.value(UserInfoURL)
	}
	if in, ok := splitScheme(trimmed); ok {
		return in.value(in.form)
	}
	form := formOf(trimmed)
	return describe(form, form, trimmed)
}

// inside is a credential found within a text.
type inside struct {
	form   Form
	scheme string
	user   string
	secret string
	host   string
	sample bool // user and secret are the words of an example
}

// Split returns the parts of a text that holds a credential among other
// things: the scheme of an Authorization value, the user, and the credential.
// It reports false for any other text.
func Split(text string) (scheme, user, secret string, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxText {
		return "", "", "", false
	}
	in, ok := splitUserInfo(text)
	if !ok {
		in, ok = splitScheme(text)
	}
	return in.scheme, in.user, in.secret, ok
}

// value returns what may be told of the credential inside.
func (in inside) value(form Form) Value {
	inner := formOf(in.secret)
	if in.sample {
		inner = Placeholder
	}
	v := describe(form, inner, in.secret)
	v.Scheme = in.scheme
	v.User = showableUser(in.user, in.secret)
	v.HoldsUser = HoldsUser(in.user, in.secret)
	v.HostClass = partial.HostClass(in.host)
	return v
}

// maxUser is the length beyond which a user is not shown.
const maxUser = 64

// showableUser returns the user if showing it gives nothing of the secret away.
func showableUser(user, secret string) string {
	if len(user) > maxUser || secret != "" && strings.Contains(user, secret) || isUnguessable(user) || !isPrintable(user) {
		return ""
	}
	if len(user) >= leakLength && strings.Contains(secret, user) {
		return "" // the secret is the user and a bit more
	}
	return user
}

// leakLength is how many characters of a secret must not be shown in a row.
const leakLength = 6

// SafeUser returns the user as far as it may be shown beside the secret that
// belongs to it: empty if it would give the secret away. Without the secret
// only the user's own look decides.
func SafeUser(user, secret string) string { return showableUser(user, secret) }

// HoldsUser reports whether a password contains the name of its user. For an
// e-mail address the part before the @ is the name.
func HoldsUser(user, password string) bool {
	const least = 3 // shorter names are in passwords by chance
	name, _, _ := strings.Cut(user, "@")
	return len(name) >= least && strings.Contains(strings.ToLower(password), strings.ToLower(name))
}

// describe measures a text.
func describe(form, inner Form, text string) Value {
	v := Value{Form: form, Inner: inner, Length: utf8.RuneCountInString(text), Masked: finding.Mask(text)}
	if inner == JWT {
		v.Claims = claimsOf(text)
	}
	for _, r := range text {
		switch {
		case unicode.IsLower(r):
			v.Lower = true
		case unicode.IsUpper(r):
			v.Upper = true
		case unicode.IsDigit(r):
			v.Digit = true
		case !unicode.IsLetter(r):
			v.Symbol = true
		}
	}
	if form == Sentence {
		v.Words = len(strings.Fields(text))
		return v // prose is never judged by its texture
	}
	t := textureOf(text)
	v.Entropy = entropyOf(text)
	v.Words = t.words
	v.LocalDefault = isLocalDefault(text)
	v.Run = isRun(text)
	v.Repeats = repeats(text)
	v.Wordy = t.wordy() && !isMixed(text) && !isMadeUp(text)
	if isSecretForm(inner) && isUnguessable(text) {
		v.Hash = finding.HashSecret(text)
		v.Live = isMarkedLive(text)
	}
	return v
}

// isSecretForm reports whether a text of this form can be a credential itself.
func isSecretForm(form Form) bool {
	switch form {
	case Opaque, JWT, PrivatePEM, UUID:
		return true
	}
	return false
}

// Bounds of what cannot be guessed.
const (
	unguessableLength   = 20
	unguessableBits     = 64
	unguessableEntropy  = 3.0
	unguessableDistinct = 9
)

// isUnguessable reports whether a text is so long and irregular that a hash of
// it does not confirm a guess.
func isUnguessable(text string) bool {
	n := utf8.RuneCountInString(text)
	if n < unguessableLength || distinct(text, unguessableDistinct) < unguessableDistinct || isRun(text) {
		return false
	}
	h := entropyOf(text)
	if h < unguessableEntropy || h*float64(n) < unguessableBits {
		return false
	}
	t := textureOf(text)
	return t.covered*2 < t.total
}

// isMixed reports whether words stand among capitals, digits and signs, as in
// the secrets that people make up.
func isMixed(text string) bool {
	return strings.ContainsAny(text, "!@#$%^&*+~?") && strings.ContainsAny(text, "0123456789") &&
		strings.IndexFunc(text, unicode.IsUpper) >= 0 && strings.IndexFunc(text, unicode.IsLower) >= 0
}

// isMarkedLive reports whether a prefix of the text says that it is for production.
func isMarkedLive(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '_' || r == '-' })
	for _, p := range parts[:max(len(parts)-1, 0)] {
		switch strings.ToLower(p) {
		case "live", "prod", "production":
			return true
		}
	}
	return false
}

// isPrintable reports whether a text is valid and has no control characters.
func isPrintable(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// isLocalDefault reports whether a text is a well-known default of a
// development stack.
func isLocalDefault(text string) bool {
	lower := strings.ToLower(text)
	switch strings.TrimRight(lower, "0123456789") {
	case "secret", "password", "pass", "passwd", "pwd", "test", "user", "admin", "changeme":
		return true // numbered, as in samples with two users
	}
	switch lower {
	case "postgres", "postgresql", "minioadmin", "minio", "minio123", "guest", "admin", "admin123", "root", "toor", "rabbitmq",
		"rabbit", "mysql", "mariadb", "mongo", "mongodb", "redis", "elastic", "changeme", "password", "passw0rd", "password1",
		"password123", "pass", "secret", "sa", "test", "testing", "test123", "dev", "develop", "development", "local", "localhost",
		"docker", "vagrant", "neo4j", "grafana", "keycloak", "nats", "user", "demo", "example", "foo", "bar", "foobar", "artemis", "activemq", "cassandra",
		"influxdb", "clickhouse", "default", "pguser", "pgpass", "postgrespw", "rootpassword", "rootpass", "pass123", "sonar",
		"kibana", "kong", "gitea", "wordpress", "drupal", "symfony", "laravel", "homestead", "sail", "devpassword", "devpass",
		"testpass", "testpassword", "localpass", "p@ssw0rd", "s3cr3t", "yourstrong!passw0rd", "yourstrong(!)password":
		return true
	}
	return false
}

// isMadeUp reports whether a text is a default that is used as a secret and
// nothing else, although it is made of words.
func isMadeUp(text string) bool {
	switch strings.ToLower(text) {
	case "minioadmin", "minio123", "passw0rd", "p@ssw0rd", "password123", "admin123":
		return true
	}
	return false
}
