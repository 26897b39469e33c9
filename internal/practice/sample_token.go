package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"hash"
	"strings"

	"github.com/authlint/authlint/internal/shape"
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
	dot := strings.LastIndexByte(token, '.')
	if dot < 0 {
		return false
	}
	signed := token[:dot]
	sum, err := base64.RawURLEncoding.DecodeString(token[dot+1:])
	alg, ok := shape.TokenAlgorithm(token)
	made := macOf(alg)
	if err != nil || !ok || made == nil {
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
