package snippet

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// digestName returns the name of a fast hash function, "" for other words.
func digestName(word string) string {
	word = strings.ToLower(word[strings.LastIndexAny(word, ".:/")+1:])
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(word) {
	case "md4":
		return "MD4"
	case "md5":
		return "MD5"
	case "sha", "sha1":
		return "SHA-1"
	case "crc32", "crc32b":
		return "CRC-32"
	case "sha224":
		return "SHA-224"
	case "sha256":
		return "SHA-256"
	case "sha384":
		return "SHA-384"
	case "sha512":
		return "SHA-512"
	case "sha3256", "sha3512", "sha3224", "sha3384":
		return "SHA-3"
	}
	return ""
}

// setDigest sets the hash function of an object by its name.
func setDigest(obj *object, v *value) {
	text, ok := v.known()
	if !ok {
		text = v.word
	}
	obj.digest = digestName(text)
}

// hashed observes a password that goes into a fast hash function.
func (o *observer) hashed(obj *object, v *value, at *node) {
	name, salted := hashedName(v)
	if obj.digest == "" || name == "" || !o.keepsDigests(v) {
		return
	}
	if old := obj.stored; old != nil { // more that goes into the same digest
		old.Salted = true
		return
	}
	if obj.n != nil && obj.n.start < at.start && obj.n.end >= at.end {
		at = obj.n
	}
	obj.stored = &practice.Storage{
		Source: o.source(at, "digest of "+name), Form: practice.StoredDigest, Algorithm: obj.digest, Salted: salted || obj.salted, Name: name,
	}
	obj.stored.Condition = o.condition()
	o.add(obj.stored)
}

// hashedName returns the name of the password in a value, and whether there is
// more in it than that; "" where a protocol says what is hashed.
func hashedName(v *value) (name string, salted bool) {
	if v == nil {
		return "", false
	}
	if v.obj == nil {
		for _, p := range v.text() {
			switch {
			case p.Hole == nil:
				salted = salted || strings.Trim(p.Text, " :|") != ""
			case name == "" && isPassword(p.Hole.Name):
				name = p.Hole.Name
			case isNonce(p.Hole.Name):
				return "", false
			default:
				salted = true
			}
		}
	}
	switch {
	case name != "":
		return name, salted
	case isPassword(v.member):
		return v.member, false
	case len(v.text()) == 1 && v.text()[0].Hole != nil && isPassword(v.variable) && !isReworked(v.text()[0].Hole.Name):
		return v.variable, false
	}
	return "", false
}

// isPassword reports whether a name is that of a password.
func isPassword(name string) bool {
	return name != "" && shape.OfName(name) == shape.Password && !shape.HasWord(name, "hash", "hashed", "digest", "encrypted", "wifi", "psk")
}

// isNonce reports whether a name is of what protocols hash beside a password.
func isNonce(name string) bool {
	return shape.HasWord(name, "nonce", "cnonce", "realm", "created", "timestamp", "challenge", "ts", "scramble", "server", "session", "time", "now", "date", "auth")
}

// keepsDigests reports whether a digest that is made here may be one that is kept
// of a password: it is no key of a cipher, no look-up of leaked ones, and nothing
// that a protocol asks for.
func (o *observer) keepsDigests(v *value) bool {
	symbol := o.scope.symbol
	if shape.HasWord(symbol, "ha1", "a1", "nonce", "challenge", "gravatar", "pwned", "hibp", "breach", "breached", "leaked", "compromised", "cache", "fingerprint", "etag", "sign", "signature", "signed", "mask", "redact",
		"wsse", "scramble", "checksum", "apop", "cram", "derive", "cipher", "encrypt", "decrypt", "aes", "kdf") || v.variable != "" && shape.HasWord(v.variable, "key", "cache") {
		return false
	}
	if o.hasText("pwnedpasswords", "haveibeenpwned", "WSSE", "cnonce") {
		return false
	}
	isCipher := o.hasText("SecretKeySpec", "createCipher", "createDecipher", "openssl_encrypt", "openssl_decrypt", "Fernet", "Rijndael", "AES.new", "Aes.Create", "OpenSSL::Cipher", "Aes256", "AesManaged", "TripleDES")
	return !isCipher || shape.HasWord(symbol, "hash", "password", "passwords", "login", "auth", "authenticate", "register", "signup")
}

// hasText reports whether one of some texts stands anywhere in what is read.
func (o *observer) hasText(list ...string) bool {
	for _, text := range list {
		found, ok := o.texts[text]
		if !ok {
			found = bytes.Contains(o.text.Data, []byte(text))
			if o.texts == nil {
				o.texts = map[string]bool{}
			}
			o.texts[text] = found
		}
		if found {
			return true
		}
	}
	return false
}

// prescribed drops what is observed of a digest that a request sends: the other
// side says what it wants.
func (o *observer) prescribed(v *value) {
	if v == nil || v.obj == nil || v.obj.stored == nil {
		return
	}
	for i, obs := range o.out.Observations {
		if obs == practice.Observation(v.obj.stored) {
			o.out.Observations = append(o.out.Observations[:i], o.out.Observations[i+1:]...)
			return
		}
	}
}

// The least that slow hashes should cost.
const (
	leastBcrypt = 10
	leastPBKDF2 = 10_000
)

// cost observes a slow hash that is made fast.
func (o *observer) cost(role string, v *value, at *node) {
	n, ok := numberOf(v)
	algorithm, least := "bcrypt", leastBcrypt
	if role == "cost-pbkdf2" {
		algorithm, least = "PBKDF2", leastPBKDF2
	}
	if !ok || n <= 0 || n >= least || algorithm == "PBKDF2" && n < 2 || algorithm == "bcrypt" && n < 1 {
		return
	}
	s := &practice.Storage{Source: o.source(at, "cost of "+algorithm), Form: practice.StoredDigest, Algorithm: algorithm, Cost: n, Least: least}
	s.Condition = o.condition()
	o.add(s)
}

// numberOf returns the whole number that a value is.
func numberOf(v *value) (int, bool) {
	if v == nil {
		return 0, false
	}
	word := v.word
	if text, ok := v.known(); ok {
		word = text
	}
	return wholeNumber(word)
}

// wholeNumber reads a whole number as programs write it: 1_000, 10L.
func wholeNumber(word string) (int, bool) {
	word = strings.TrimRight(strings.ReplaceAll(word, "_", ""), "lLuU")
	if len(word) == 0 || len(word) > 12 {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil
}

// encoder observes what hashes passwords by a fast hash function.
func (o *observer) encoder(obj *object, at *node, use string) {
	if obj.digest == "" {
		return
	}
	s := &practice.Storage{Source: o.source(at, "encoder "+use), Form: practice.StoredDigest, Algorithm: obj.digest, Name: "password"}
	s.Condition = o.condition()
	o.add(s)
}

// digestsCompared drops what is observed of digests that a comparison in constant
// time is given two of: they are made to be of one length and are not kept.
func (o *observer) digestsCompared(c *invocation) {
	switch c.name {
	case "secure_compare", "fixed_length_secure_compare", "compare_digest", "hash_equals", "timingSafeEqual", "FixedTimeEquals", "isEqual", "constantTimeEquals", "constant_time_eq":
	default:
		return
	}
	n := 0
	for _, v := range c.args {
		if v.obj != nil && v.obj.digest != "" {
			n++
		}
	}
	if n < 2 {
		return
	}
	for _, v := range c.args {
		o.prescribed(v)
	}
}
