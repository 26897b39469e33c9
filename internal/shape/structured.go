package shape

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minPEMBody is how many characters of Base64 a private key has at least; less
// is a stub of an example.
const minPEMBody = 60

// pemForm returns the form of PEM text, and of the other texts of keys that say
// what they are.
func pemForm(text string) (Form, bool) {
	const begin = "-----BEGIN "
	at := strings.Index(text, begin)
	if at < 0 {
		return publicKeyForm(text)
	}
	for _, end := range [...]string{"PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"} {
		if _, body, ok := strings.Cut(text, end); ok {
			return privatePEMForm(text, body), true
		}
	}
	if at > 0 {
		return Opaque, false
	}
	for _, label := range [...]string{"CERTIFICATE", "PUBLIC KEY", "SSH2 PUBLIC", "PGP PUBLIC", "PARAMETERS", "X509 CRL", "NEW CERTIFICATE"} {
		if strings.Contains(firstLine(text), label) {
			return PublicKey, true
		}
	}
	return Opaque, false
}

// privatePEMForm returns the form of text that has the line of a private key,
// which body follows.
func privatePEMForm(text, body string) Form {
	if strings.Contains(text, "ENCRYPTED") {
		return HashLike // of no use without its passphrase
	}
	body, _, _ = strings.Cut(body, "-----END")
	n := 0
	body = strings.ReplaceAll(strings.ReplaceAll(body, `\n`, "\n"), `\r`, "\n")
	for line := range strings.Lines(body) {
		if strings.Contains(line, ": ") {
			continue // a header, as PGP has them
		}
		if strings.ContainsAny(line, ".…") {
			return Placeholder // cut short for the reader
		}
		n += len(line) - len(strings.Map(dropBase64, line))
	}
	if isSealedOpenSSH(body) {
		return HashLike
	}
	if n < minPEMBody || distinct(body, unguessableDistinct) < unguessableDistinct || !strings.ContainsAny(body, "0123456789+/") {
		return Placeholder
	}
	return PrivatePEM
}

// isSealedOpenSSH reports whether the body is that of an OpenSSH key under a
// passphrase: nothing in clear says so, but the cipher's name inside.
func isSealedOpenSSH(body string) bool {
	const magic = "openssh-key-v1\x00"
	const head = 64 // characters of Base64 that hold the name
	digits := strings.Join(strings.Fields(body[:min(len(body), 2*head)]), "")
	data, err := base64.StdEncoding.DecodeString(digits[:min(len(digits), head)/4*4])
	rest, ok := strings.CutPrefix(string(data), magic)
	return err == nil && ok && len(rest) > 8 && rest[4:8] != "none"
}

// dropBase64 is a mapping that removes the digits of Base64.
func dropBase64(r rune) rune {
	if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '/' || r == '=') {
		return -1
	}
	return r
}

// publicKeyForm recognises public keys outside PEM.
func publicKeyForm(text string) (Form, bool) {
	for _, prefix := range [...]string{"ssh-rsa ", "ssh-ed25519 ", "ssh-dss ", "ecdsa-sha2-", "sk-ssh-ed25519", "sk-ecdsa-sha2", "age1"} {
		if strings.HasPrefix(text, prefix) && len(text) > 40 {
			return PublicKey, true
		}
	}
	return Opaque, false
}

// firstLine returns the text up to its first line break.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// TokenAlgorithm returns the algorithm that the header of a JSON web token
// names, "" if it names none; ok is false if the text has no such header.
func TokenAlgorithm(token string) (alg string, ok bool) {
	head, _, _ := strings.Cut(token, ".")
	header, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(head, "="))
	if err != nil {
		return "", false
	}
	var fields struct {
		Alg string `json:"alg"`
	}
	if json.Unmarshal(header, &fields) != nil {
		return "", false
	}
	return fields.Alg, true
}

// jwtForm returns the form of a text that is built like a JSON web token:
// three parts, or five if encrypted. An unsigned one is no credential.
func jwtForm(text string) (Form, bool) {
	if !strings.HasPrefix(text, "ey") {
		return Opaque, false
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 && len(parts) != 5 {
		return Opaque, false
	}
	for _, p := range parts {
		if strings.Trim(p, base64URLDigits) != "" {
			return Opaque, false
		}
	}
	alg, ok := TokenAlgorithm(text)
	if !ok {
		return Opaque, false
	}
	signature := parts[len(parts)-1]
	if alg == "" || strings.EqualFold(alg, "none") || len(signature) < 8 || len(parts[1]) == 0 && len(parts) == 3 {
		return Placeholder, true
	}
	return JWT, true
}

const (
	alphanumerics   = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	base64URLDigits = alphanumerics + "-_="
	base64Digits    = alphanumerics + "+/-_="
	hexDigits       = "0123456789abcdefABCDEF"
)

// splitScheme finds the credential in the value of an Authorization header:
// a scheme word and one more word.
func splitScheme(text string) (inside, bool) {
	word, rest, ok := strings.Cut(text, " ")
	if !ok || len(word) > 16 {
		return inside{}, false
	}
	scheme := strings.ToLower(word)
	rest = strings.TrimSpace(rest)
	strong, known := schemeWord(scheme)
	if !known || rest == "" || strings.ContainsAny(rest, " \t\n,") {
		return inside{}, false
	}
	in := inside{form: SchemeValue, scheme: scheme, secret: rest}
	if scheme == "basic" {
		if user, password, ok := decodeBasic(rest); ok {
			in.form = BasicValue
			in.user, in.secret = credentialOf(user, password)
			return in, true
		}
	}
	form := formOf(rest)
	if form == Sentence || (form == Opaque || form == Identifier) && textureOf(rest).wordy() && !strings.ContainsAny(rest, "0123456789") {
		// "Basic auth", "App started" are prose; "Bearer token" is an example.
		if !strong || isSchemeProse(rest) {
			return inside{}, false
		}
	}
	return in, true
}

// isSchemeProse reports whether a word after Basic or Bearer makes it prose.
func isSchemeProse(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".:;!?()\"'`")) {
	case "auth", "authentication", "authorization", "access", "credentials", "scheme", "usage", "token", "tokens", "realm":
		return true
	}
	return false
}

// schemeWord reports whether a lower-case word is an authorisation scheme whose
// value is a credential as it stands, and whether the word means nothing else.
func schemeWord(word string) (strong, known bool) {
	switch word {
	case "basic", "bearer", "ibsso", "accesskey", "apikey", "ssws", "geniekey", "splunk", "api-key":
		return true, true
	case "app", "token", "key", "oauth", "pat", "jwt", "secret", "private-token":
		return false, true
	}
	return false, false
}

// decodeBasic returns user and password of Base64 text as in a Basic header.
func decodeBasic(text string) (user, password string, ok bool) {
	if len(text) < 4 || strings.Trim(text, base64Digits) != "" {
		return "", "", false
	}
	unpadded := strings.TrimRight(text, "=")
	data, err := base64.RawStdEncoding.DecodeString(unpadded)
	if err != nil {
		data, err = base64.RawURLEncoding.DecodeString(unpadded)
	}
	if err != nil || !utf8.Valid(data) || bytes.ContainsFunc(data, unicode.IsControl) {
		return "", "", false
	}
	return strings.Cut(string(data), ":")
}

// credentialOf returns user and secret of a pair. Where the password says
// nothing, the user is the credential, as in key: and token:x-oauth-basic.
func credentialOf(user, password string) (name, secret string) {
	switch password {
	case "", "x", "X", "x-oauth-basic", "unused", "api_token":
		if user != "" {
			return "", user
		}
	}
	return user, password
}
