package token

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestSign(t *testing.T) {
	_, _ = signAll(jwt.MapClaims{"sub": t.Name()}, nil)            // ok -- token/test-file
	_, _, _ = jwt.NewParser().ParseUnverified("", jwt.MapClaims{}) // ok -- token/test-file
}
