package shape

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"
)

// Claims are what a JSON web token says of itself: read, and not believed.
type Claims struct {
	Read      bool   // there is a payload, and it can be read
	Algorithm string // that signs it
	Issuer    string // host of a URL or a name; empty where it is neither
	// Issued and Expires are in seconds since 1970, 0 if the token does not say.
	Issued, Expires int64
}

// Lifetime returns how long the token is valid, 0 if it does not say.
func (c Claims) Lifetime() time.Duration {
	if c.Issued <= 0 || c.Expires <= c.Issued {
		return 0
	}
	return time.Duration(min(c.Expires-c.Issued, maxSeconds)) * time.Second
}

// The limits of what a token says of itself.
const (
	maxSeconds = 1 << 33 // 272 years
	maxIssuer  = 64
)

// claimsOf reads a text in the form of a JSON web token. Of an encrypted one
// only the header can be read.
func claimsOf(token string) Claims {
	var c Claims
	if alg, ok := TokenAlgorithm(token); ok && len(alg) <= maxIssuer && isPrintable(alg) {
		c.Algorithm = alg
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return c
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	var said struct {
		Issuer  any `json:"iss"`
		Issued  any `json:"iat"`
		Before  any `json:"nbf"`
		Expires any `json:"exp"`
	}
	if err != nil || json.Unmarshal(payload, &said) != nil {
		return c
	}
	c.Read = true
	c.Issuer = issuerOf(said.Issuer)
	c.Expires, c.Issued = seconds(said.Expires), seconds(said.Issued)
	if c.Issued == 0 {
		c.Issued = seconds(said.Before)
	}
	return c
}

// seconds returns a time of a token, 0 if it is none.
func seconds(value any) int64 {
	const most = 1 << 40 // far beyond any calendar
	n, ok := value.(float64)
	if !ok || n <= 0 || n > most {
		return 0
	}
	return int64(n)
}

// issuerOf returns the host of an issuer, or its name if it is a plain word.
func issuerOf(value any) string {
	text, _ := value.(string)
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		text = u.Hostname()
	}
	if len(text) > maxIssuer || !isPrintable(text) || isUnguessable(text) {
		return ""
	}
	return text
}
