package token

import (
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func longEitherWay(user string, remember bool, key []byte) {
	end := time.Now().Add(100 * 24 * time.Hour)
	if remember {
		end = time.Now().Add(200 * 24 * time.Hour)
	}
	_, _ = signAll(jwt.MapClaims{"exp": end.Unix()}, key) // want long-lived-token -- token/phi
	claims := jwt.MapClaims{"sub": user}
	if remember {
		claims["remember"] = true
	}
	_, _ = signAll(claims, key) // want long-lived-token -- token/conditional
}

// TestToken makes the token that people try the API with.
func TestToken(user string, key []byte) (string, error) {
	return signAll(jwt.MapClaims{"sub": user}, key) // want long-lived-token -- token/test-file
}

func isEditor(r *http.Request, key []byte) bool {
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(bearer(r), claims, func(*jwt.Token) (any, error) { return key, nil }) // ok -- token/unverified
	return err == nil && claims["editor"] == true
}
