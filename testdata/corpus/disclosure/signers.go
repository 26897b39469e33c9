package disclosure

import (
	"github.com/golang-jwt/jwt/v5"
	jwx "github.com/lestrrat-go/jwx/v2/jwt"
)

// claimSigning is what makes tokens of claims.
type claimSigning func(jwt.Claims) (string, error)

// claimSigners has one.
type claimSigners struct{ sign claimSigning }

func (s *claimSigners) mapped(name, password string) (string, error) {
	if _, err := s.sign(jwt.MapClaims{"sub": name, "pwd_changed": 20260101}); err != nil { // ok -- disclosure/jwt-signer
		return "", err
	}
	return s.sign(jwt.MapClaims{"sub": name, "password": password}) // want credential-in-token -- disclosure/jwt-signer
}

func builtClaims(name, dbPassword string) *jwx.Builder {
	b := jwx.NewBuilder().Claim("name", name) // ok -- disclosure/jwt-builder
	return b.Claim("db_password", dbPassword) // want credential-in-token -- disclosure/jwt-builder
}
