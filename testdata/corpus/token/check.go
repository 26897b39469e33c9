package token

import (
	"errors"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

var errToken = errors.New("no good token")

func bearer(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func isAdmin(r *http.Request) bool {
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(bearer(r), claims) // want jwt-unverified -- token/unverified
	return err == nil && claims["admin"] == true
}

func subjectOf(r *http.Request) (string, error) {
	token, _, err := new(jwt.Parser).ParseUnverified(bearer(r), jwt.MapClaims{}) // want jwt-unverified -- token/unverified
	if err != nil {
		return "", err
	}
	return token.Claims.GetSubject()
}

func sessionOf(r *http.Request) (string, error) {
	c := &session{}
	p := jwt.NewParser()
	if _, _, err := p.ParseUnverified(bearer(r), c); err != nil { // want jwt-unverified -- token/unverified
		return "", err
	}
	return c.User, nil
}

func keyID(text string) (string, error) {
	token, _, err := jwt.NewParser().ParseUnverified(text, jwt.MapClaims{}) // ok -- token/unverified-peek
	if err != nil {
		return "", err
	}
	kid, _ := token.Header["kid"].(string)
	return kid, nil
}

func issuerOf(text string) string {
	claims := &session{}
	_, _, _ = jwt.NewParser().ParseUnverified(text, claims) // ok -- token/unverified-peek
	return claims.Issuer
}

func tenantOf(text string) string {
	claims := &nested{}
	_, _, _ = jwt.NewParser().ParseUnverified(text, claims) // want jwt-unverified -- token/unverified-peek
	return claims.Tenant
}

func thenVerified(text string, keys map[string][]byte) (string, error) {
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(text, claims); err != nil { // ok -- token/unverified-then-verified
		return "", err
	}
	tenant, _ := claims["tenant"].(string)
	token, err := jwt.Parse(text, func(*jwt.Token) (any, error) { return keys[tenant], nil })
	if err != nil {
		return "", err
	}
	return token.Claims.GetSubject()
}

func neverVerified(text string) (string, bool) {
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(text, claims) // want jwt-unverified -- token/unverified-then-verified
	tenant, ok := claims["tenant"].(string)
	return tenant, ok && err == nil
}

func errorIgnored(text string, key []byte) string {
	token, _ := jwt.Parse(text, func(*jwt.Token) (any, error) { return key, nil }) // want jwt-unverified -- token/error-ignored
	name, _ := token.Claims.GetSubject()
	return name
}

func validLookedAt(text string, key []byte) string {
	token, _ := jwt.Parse(text, func(*jwt.Token) (any, error) { return key, nil }) // ok -- token/error-ignored
	if token == nil || !token.Valid {
		return ""
	}
	name, _ := token.Claims.GetSubject()
	return name
}

func unsignedTokens(text, user string) (string, error) {
	claims := jwt.MapClaims{"sub": user, "exp": after(shortTTL)}
	made, err := jwt.NewWithClaims(jwt.SigningMethodNone, claims).SignedString(jwt.UnsafeAllowNoneSignatureType) // want jwt-unverified -- token/none
	if err != nil {
		return "", err
	}
	_, err = jwt.Parse(text, func(*jwt.Token) (any, error) { // want jwt-unverified -- token/none
		return jwt.UnsafeAllowNoneSignatureType, nil
	})
	return made, err
}

func signedTokens(text, user string, key []byte) (string, error) {
	claims := jwt.MapClaims{"sub": user, "exp": after(shortTTL)}
	made, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key) // ok -- token/none
	if err != nil {
		return "", err
	}
	_, err = jwt.Parse(text, func(t *jwt.Token) (any, error) { // ok -- token/none
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, errToken
		}
		return key, nil
	})
	return made, err
}

func lenient(text string, key []byte) error {
	keys := func(*jwt.Token) (any, error) { return key, nil }
	if _, err := jwt.Parse(text, keys, jwt.WithoutClaimsValidation()); err != nil { // want jwt-unverified -- token/claims-unchecked
		return err
	}
	p := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}))
	_, err := p.Parse(text, keys) // ok -- token/claims-unchecked
	return err
}
