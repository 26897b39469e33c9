package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func roleByHand(r *http.Request) (string, error) {
	parts := strings.Split(bearer(r), ".")
	if len(parts) != 3 {
		return "", errToken
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1]) // want jwt-unverified -- token/by-hand
	if err != nil {
		return "", err
	}
	var c struct {
		Sub  string `json:"sub"`
		Role string `json:"role"`
	}
	err = json.Unmarshal(data, &c)
	return c.Role, err
}

func issuerByHand(r *http.Request) (string, error) {
	parts := strings.Split(bearer(r), ".")
	if len(parts) != 3 {
		return "", errToken
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1]) // ok -- token/by-hand
	if err != nil {
		return "", err
	}
	var c struct {
		Issuer string `json:"iss"`
	}
	err = json.Unmarshal(data, &c)
	return c.Issuer, err
}

func checkedByHand(r *http.Request, key []byte) (map[string]any, error) {
	parts := strings.Split(bearer(r), ".")
	if len(parts) != 3 {
		return nil, errToken
	}
	sum := hmac.New(sha256.New, key)
	_, _ = sum.Write([]byte(parts[0] + "." + parts[1]))
	want, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(sum.Sum(nil), want) {
		return nil, errToken
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1]) // ok -- token/by-hand-checked
	if err != nil {
		return nil, err
	}
	var m map[string]any
	err = json.Unmarshal(data, &m)
	return m, err
}

func padded(r *http.Request) (map[string]any, error) {
	payload := strings.Split(bearer(r), ".")[1]
	if n := len(payload) % 4; n > 0 {
		payload += strings.Repeat("=", 4-n)
	}
	data, err := base64.URLEncoding.DecodeString(payload) // want jwt-unverified -- token/by-hand-checked
	if err != nil {
		return nil, err
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	if m["admin"] != true {
		return nil, errToken
	}
	return m, nil
}

func fileName(path string) string {
	parts := strings.Split(path, ".")
	data, err := base64.StdEncoding.DecodeString(parts[0]) // ok -- token/by-hand
	if err != nil {
		return ""
	}
	return string(data)
}

func shortRSA(user string) (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 1024) // want jwt-weak-key -- token/rsa-key
	if err != nil {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"sub": user, "exp": after(time.Hour)}).SignedString(key)
}

func longRSA(user string) (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, 3072) // ok -- token/rsa-key
	if err != nil {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"sub": user, "exp": after(time.Hour)}).SignedString(key)
}
