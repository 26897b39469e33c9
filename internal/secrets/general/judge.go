package general

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// The bounds of what can be a credential.
const (
	//authlint:ignore weak-password-policy -- what is taken for a password in a text, no policy
	shortestPassword = 4
	shortestSecret   = 6
	shortestRandom   = 16
	shortestDigits   = 6
	mostWords        = 3  // of a password
	maxBare          = 64 // bytes of a bare text in which other names are looked for
)

// judge keeps the value of a name if it can be a credential.
func (s *search) judge(k key, v value) {
	text := string(s.text[v.from:v.to])
	if cut := strings.TrimRight(text, " \t\r"); len(cut) < len(text) {
		text, v.to = cut, v.from+len(cut)
	}
	if len(text) < shortestPassword || !utf8.ValidString(text) {
		return
	}
	if isComposed(text) || s.isRefusal(k, text) || strings.Contains(text, "@sha256:") { // an image by its digest
		return
	}
	if lower := strings.ToLower(text); v.joint == encoded || strings.Contains(lower, "%2f") || strings.Contains(lower, "%3a") {
		text, v.to = decoded(text, v)
	}
	n := s.naming(k)
	passed := n.kind == shape.None && v.joint == called && takesPassword(n.text)
	if passed {
		n.kind = shape.Password
	}
	if n.kind == shape.None {
		return
	}
	look := shape.Of(text)
	if passed && (look.Wordy || strings.Contains(text, " ")) {
		return
	}
	if v.joint == called && !passed && !isSetter(n.text) && (n.kind == shape.Password || !isRandom(text, &look)) {
		return
	}
	if !v.quoted && v.to-v.from > maxBare {
		s.read = max(s.read, v.to) // looked at once: the cost is linear
	}
	chosen := isChosenSecret(k, n, v, text)
	if isNoValue(&look, n.kind) || isEcho(k, n, v, text) && !chosen {
		return
	}
	switch look.Form {
	case shape.BasicValue, shape.UserInfoURL:
		return // they speak for themselves
	case shape.SchemeValue:
		s.schemed(n, v, text)
		return
	}
	if user, password, ok := strings.Cut(text, ":"); ok && isLogin(n.text) && s.pair(k, n, v, user, password) {
		return
	}
	if look.Form != shape.JWT && (strings.HasPrefix(text, "eyJ") || strings.Contains(text, ".eyJ") || !chosen && !s.credible(k, n, v, text, &look)) {
		return
	}
	s.add(Found{
		Start: v.from, End: v.to, Name: n.text, Kind: n.kind, Text: finding.NewSecret(text),
		generic: n.generic,
		Sure:    n.certain && !v.rest && isPlain(v) && (v.quoted || !isShortWord(text)) && !isTrial(n.text) && (shape.Credible(look, n.kind, false) || isPhrase(n, text, &look)),
	})
}

// isRefusal reports whether what stands behind a name is what a shell says, or
// puts there, for a variable: ${NAME:?text}, ${NAME:+text}.
func (s *search) isRefusal(k key, text string) bool {
	return (text[0] == '?' || text[0] == '+') && k.from >= 2 && string(s.text[k.from-2:k.from]) == "${"
}

// isPhrase reports whether a password in the form of a name is one that people
// make of words.
func isPhrase(n naming, text string, look *shape.Value) bool {
	return n.kind == shape.Password && look.Form == shape.Identifier && look.Inner == shape.Identifier && shape.Phrase(text, false)
}

// schemed keeps the value behind a scheme word that is a word of many uses:
// token, app, key.
func (s *search) schemed(n naming, v value, text string) {
	word, rest, _ := strings.Cut(text, " ")
	switch strings.ToLower(word) {
	case "basic", "bearer", "oauth", "ntlm":
		return // they trigger by themselves
	}
	secret := strings.TrimSpace(rest)
	look := shape.Of(secret)
	if isNoValue(&look, shape.Token) || !isBearer(secret, &look) {
		return
	}
	s.add(Found{Start: v.to - len(secret), End: v.to, Name: n.text, Kind: shape.Token, Text: finding.NewSecret(secret), Sure: isRandom(secret, &look)})
}

// pair keeps the password of a value that is user and password.
func (s *search) pair(k key, n naming, v value, user, password string) bool {
	look := shape.Of(password)
	plain := user != "" && strings.Trim(user, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@+") == ""
	if !plain || len(password) < shortestPassword || strings.ContainsAny(password, " :/") || isNoValue(&look, shape.Password) || look.Form != shape.Opaque {
		return false
	}
	s.add(Found{Start: v.to - len(password), End: v.to, Name: n.text, Kind: shape.Password, Text: finding.NewSecret(password), User: user})
	return true
}

// decoded returns a value of a query that is percent-encoded as a whole, and its end.
func decoded(text string, v value) (plain string, end int) {
	lower := strings.ToLower(text)
	if i := strings.Index(lower, "%26"); i >= 0 {
		text = text[:i]
	}
	end = v.from + len(text)
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain, end
	}
	return text, end
}

// isComposed reports whether a text is made by a command or of variables.
func isComposed(text string) bool {
	if strings.Contains(text, "$(") || strings.HasPrefix(text, "`") {
		return true
	}
	name, ok := strings.CutPrefix(text, "$")
	return ok && isLetter(name[0]) && shape.Of(name).Words > 0
}

// isTrial reports whether a name says that its value is for tests or examples.
func isTrial(name string) bool {
	return shape.HasWord(name, "test", "tests", "testing", "example", "sample", "dummy", "mock", "fake", "invalid", "wrong", "bad")
}

// isPlain reports whether a value is joined to its name as values are.
func isPlain(v value) bool {
	return v.joint == assigned || v.joint == keyed || v.joint == called || v.joint == wrapped
}

// isShortWord reports whether a text is a few small letters: without quotes that
// is as often a word of some language of its own (password=elem).
func isShortWord(text string) bool {
	const most = 5
	return len(text) <= most && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == ""
}

// isNoValue reports whether a text says itself that it is no credential.
func isNoValue(v *shape.Value, kind shape.Kind) bool {
	switch v.Inner {
	case shape.Empty, shape.Placeholder, shape.Reference, shape.Redacted, shape.Pattern, shape.HashLike, shape.PublicKey, shape.EnvName, shape.PrivatePEM:
		return true
	}
	return v.Run && !(kind == shape.Password && v.Upper && v.Lower && v.Digit)
}

// credible reports whether a value can be a credential of the kind that its
// name speaks of.
func (s *search) credible(k key, n naming, v value, text string, look *shape.Value) bool {
	switch {
	case n.generic:
		return v.joint != compared && isRandom(text, look)
	case n.kind == shape.Password:
		return isPassword(k, v, text, look)
	case isEncodedPEM(text):
		return isPrivatePEM(text)
	case n.kind == shape.PrivateKey:
		return look.Form == shape.Opaque && look.Length >= 2*shortestRandom && isRandom(text, look)
	}
	if n.kind == shape.Secret && look.Form == shape.UUID {
		return v.quoted || k.where == inConfig
	}
	return !isObject(n.text, text) && isSecret(k, v, text, look)
}

// isEncodedPEM reports whether a text is PEM in Base64.
func isEncodedPEM(text string) bool { return strings.HasPrefix(text, "LS0tLS1CRUdJTi") }

// isPrivatePEM reports whether Base64 stands for a private key.
func isPrivatePEM(text string) bool {
	plain, err := base64.StdEncoding.DecodeString(text)
	return err == nil && shape.Of(string(plain)).Form == shape.PrivatePEM
}

// isObject reports whether the value of a name that says no more than secret is
// the name of an object: words and short numbers joined by hyphens.
func isObject(name, text string) bool {
	const longest = 12
	if !strings.EqualFold(name, "secret") || !strings.Contains(text, "-") {
		return false
	}
	for part := range strings.SplitSeq(text, "-") {
		if strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789.") != "" || len(part) > longest && strings.ContainsAny(part, "0123456789") {
			return false
		}
	}
	return true
}

// isPassword reports whether people can have chosen the text as a password.
func isPassword(k key, v value, text string, look *shape.Value) bool {
	if isStopWord(text) || strings.Contains(text, "{") && strings.Contains(text, "}") {
		return false
	}
	switch look.Form {
	case shape.Opaque:
	case shape.Number:
		return look.Digit && !look.Symbol && look.Length >= shortestDigits
	case shape.Identifier:
		if strings.ContainsAny(text, ".:+") || !look.Digit && isCamel(text) {
			return false
		}
	case shape.PathLike:
		if !look.Digit || text[0] == '/' || strings.Contains(text, ".") {
			return false
		}
	default:
		return false
	}
	if strings.Contains(text, " ") {
		return v.quoted && (k.where == inCode || look.Digit) && v.joint != listed && len(strings.Fields(text)) <= mostWords
	}
	if v.joint == said && !look.Digit {
		return false
	}
	if v.quoted && (v.joint != listed || v.alone) {
		return true
	}
	if look.Digit || look.Symbol && look.Form == shape.Opaque || look.Upper && look.Lower && !look.Wordy {
		return !v.rest
	}
	// A word: a password where only a value can stand.
	switch {
	case v.rest, v.joint == listed, v.joint == flagged, v.joint == said:
		return false
	case k.where == inConfig:
		return true
	}
	if k.where == inLiteral && v.tight && v.joint == keyed {
		return false // the parts of a name
	}
	return v.tight && v.joint == assigned || v.last && v.joint != compared
}

// isCamel reports whether a text is a name that begins in lower case and has
// capitals inside.
func isCamel(text string) bool {
	return 'a' <= text[0] && text[0] <= 'z' && strings.ToLower(text) != text
}

// isSecret reports whether a machine can have made the text.
func isSecret(k key, v value, text string, look *shape.Value) bool {
	if v.quoted && isKeyboardNoise(text, look) {
		return true
	}
	if v.joint == said && !isRandom(text, look) {
		return false
	}
	if isHex(text) && isCounting(text) {
		return false
	}
	if look.Form != shape.Opaque || look.Length < shortestSecret || look.Wordy || strings.ContainsAny(text, " ") {
		return false
	}
	if v.quoted && v.joint != listed && k.where == inCode {
		return look.Digit || look.Symbol || look.Lower && look.Upper || look.Words == 0
	}
	return look.Digit || look.Lower && look.Upper && look.Words*8 < look.Length || look.Words == 0 && v.joint != flagged && v.joint != said && !v.rest
}

// isKeyboardNoise reports whether a text is long and made of all sorts of
// characters, blanks among them, as generators of keys make it.
func isKeyboardNoise(text string, look *shape.Value) bool {
	const least, entropy = 48, 4.6
	if len(text) < least || !look.Lower || !look.Upper || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	signs := 0
	for _, c := range []byte(text) {
		if strings.IndexByte("!@#$%^&*()-_+={}[]|;:<>,.?/~`", c) >= 0 {
			signs++
		}
	}
	return signs*6 > len(text) && look.Words*8 < len(text) && entropyOf(text) >= entropy
}

// entropyOf returns the Shannon entropy in bits a byte.
func entropyOf(text string) float64 {
	var count [256]int
	for _, c := range []byte(text) {
		count[c]++
	}
	var h float64
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(text))
			h -= p * math.Log2(p)
		}
	}
	return h
}

// isRandom reports whether a text is as irregular as only machines make it.
func isRandom(text string, look *shape.Value) bool {
	const hexEntropy, mixedEntropy, letterEntropy = 2.8, 3.0, 3.2
	if strings.Contains(text, "&#") || strings.Contains(text, "->") || strings.Contains(text, ",") || strings.Contains(text, "/") && strings.Contains(text, ".") {
		return false // markup, a list, a path
	}
	if look.Form != shape.Opaque || look.Length < shortestRandom || strings.ContainsAny(text, " ") || look.Wordy {
		return false
	}
	letters := look.Lower || look.Upper
	switch {
	case isHex(text):
		return letters && look.Digit && look.Entropy >= hexEntropy && !isCounting(text)
	case look.Digit:
		return letters && look.Entropy >= mixedEntropy && look.Words*6 < look.Length
	}
	return look.Entropy >= letterEntropy && look.Words*10 < look.Length
}

// isCounting reports whether hex digits are bytes that count up or down, as in
// the keys of test vectors.
func isCounting(text string) bool {
	data, err := hex.DecodeString(text)
	if err != nil || len(data) < 4 {
		return false
	}
	steps := map[byte]int{}
	for i := 1; i < len(data); i++ {
		steps[data[i]-data[i-1]]++
	}
	for _, n := range steps {
		if n*4 >= (len(data)-1)*3 {
			return true
		}
	}
	return false
}

// isHex reports whether a text is hex digits.
func isHex(text string) bool { return strings.Trim(text, "0123456789abcdefABCDEF") == "" }

// isStopWord reports whether a text is a word that stands for any password.
func isStopWord(text string) bool {
	switch strings.ToLower(text) {
	case "passwd", "null", "none", "true", "false", "string", "required", "optional", "undefined", "value", "text", "hidden", "nullptr",
		"username", "default", "empty", "disabled", "enabled", "input", "label", "prompt", "self", "this":
		return true
	}
	return false
}

// isEcho reports whether a value only repeats the last words of its name. The
// one word that people really set is password.
func isEcho(k key, n naming, v value, text string) bool {
	plain := plainText(text)
	words := shape.Words(lastName(n.text))
	if plain == "password" && n.kind == shape.Password && text != strings.ToUpper(text) {
		constant := n.text == strings.ToUpper(n.text) || len(words) == 1 && v.joint != keyed && v.joint != compared
		return k.where != inConfig && constant
	}
	for i := range words {
		if strings.Join(words[i:], "") == plain {
			return true
		}
	}
	return plain == "password" || strings.HasSuffix(plain, plainText(n.text)) && len(plain) < len(plainText(n.text))+4
}

// plainText returns the letters and digits of a text in lower case.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == '.' || r == ' ':
			return -1
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		}
		return r
	}, text)
}

// takesPassword reports whether a function of this name, which does something
// about a password, may be given one: checkPassword, hash_password.
func takesPassword(name string) bool {
	words := shape.Words(lastName(name))
	if len(words) < 2 || shape.OfName(words[len(words)-1]) != shape.Password {
		return false
	}
	switch words[0] {
	case "check", "verify", "compare", "validate", "match", "hash", "encrypt", "generate", "authenticate", "test", "update", "change", "is", "crypt":
		return true
	}
	return false
}

// isSetter reports whether a function of this name takes the credential that it
// is called after.
func isSetter(name string) bool {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	words := shape.Words(name)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "set", "with", "password", "passwd", "pwd", "pass", "token", "secret", "api", "access", "auth", "client", "bearer", "secure":
		return true
	}
	return false
}
