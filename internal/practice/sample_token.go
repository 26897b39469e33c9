package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"hash"
	"strings"
)

// tutorialSecrets are the keys that tutorials, playgrounds and sample
// configurations sign tokens with. A token that one of them has signed opens
// only what is still run with that key.
var tutorialSecrets = [...]string{
	"secret", "your-256-bit-secret", "your-384-bit-secret", "your-512-bit-secret", "a-string-secret-at-least-256-bits-long",
	"12345", "123456", "test", "key", "password", "changeme", "mysecret", "my-secret", "supersecret", "secretkey", "secret-key", "secret_key", "",
}

// isSampleToken reports whether a signed token verifies under a key that
// everybody knows.
func isSampleToken(token string) bool {
	signed, signature, ok := cutLast(token, ".")
	head, _, more := strings.Cut(signed, ".")
	if !ok || !more {
		return false
	}
	sum, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil {
		return false
	}
	header, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return false
	}
	var h struct {
		Alg string `json:"alg"`
	}
	if json.Unmarshal(header, &h) != nil {
		return false
	}
	made := macOf(h.Alg)
	if made == nil {
		return false
	}
	for _, key := range tutorialSecrets {
		mac := hmac.New(made, []byte(key))
		mac.Write([]byte(signed))
		if hmac.Equal(mac.Sum(nil), sum) {
			return true
		}
	}
	return false
}

// cutLast cuts a text at the last separator.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// macOf returns the hash of a JWS algorithm with a shared key, nil for others.
func macOf(alg string) func() hash.Hash {
	switch alg {
	case "HS256":
		return sha256.New
	case "HS384":
		return sha512.New384
	case "HS512":
		return sha512.New
	}
	return nil
}
