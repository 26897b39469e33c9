package token

import (
	"crypto/rand"
	"os"

	ginjwt "github.com/appleboy/gin-jwt/v2"
	cristal "github.com/cristalhq/jwt/v5"
	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
	echojwt "github.com/labstack/echo-jwt/v4"
)

func secretOr(fallback string) string {
	if v := os.Getenv("SESSION_SECRET"); v != "" {
		return v
	}
	return fallback
}

func weakKeys(claims jwt.Claims) {
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	_, _ = t.SignedString([]byte("Winter-Lake-22"))          // want hardcoded-credential -- token/weak-key
	_, _ = t.SignedString([]byte("your-256-bit-secret"))     // want jwt-weak-key -- token/weak-key-placeholder
	_, _ = t.SignedString([]byte(os.Getenv("SESSION_KEY")))  // ok -- token/weak-key
	_, _ = t.SignedString([]byte(secretOr("Autumn-Lake-7"))) // want fallback-credential -- token/weak-key-fallback
	_, _ = t.SignedString([]byte(secretOr("")))              // ok -- token/weak-key-fallback
	key := make([]byte, 48)
	if _, err := rand.Read(key); err != nil {
		return
	}
	_, _ = t.SignedString(key) // ok -- token/weak-key-placeholder
}

func keyLiteral(*jwt.Token) (any, error) {
	return []byte("Spring-Lake-41"), nil // want hardcoded-credential -- token/weak-key-callback
}

func keyFromEnv(*jwt.Token) (any, error) {
	return []byte(os.Getenv("SESSION_KEY")), nil // ok -- token/weak-key-callback
}

func keyFunctions(text string) {
	_, _ = jwt.Parse(text, func(*jwt.Token) (any, error) {
		return []byte("Autumn-Hill-19"), nil // want hardcoded-credential -- token/weak-key-callback
	})
	_, _ = jwt.Parse(text, keyLiteral)
	_, _ = jwt.Parse(text, keyFromEnv)
	_, _ = jwt.Parse(text, func(t *jwt.Token) (any, error) {
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, errToken
		}
		return []byte("changeme"), nil // want jwt-weak-key -- token/weak-key-callback
	})
}

func weakKeysElsewhere() {
	_, _ = cristal.NewSignerHS(cristal.HS256, []byte("changeme"))                                             // want jwt-weak-key -- token/weak-key-other-library
	_, _ = jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: []byte("my_secret_key")}, nil)          // want jwt-weak-key -- token/weak-key-other-library
	_ = &ginjwt.GinJWTMiddleware{Key: []byte("Summer-Hill-3")}                                                // want hardcoded-credential -- token/weak-key-other-library
	_ = echojwt.Config{SigningKey: []byte(os.Getenv("SESSION_KEY"))}                                          // ok -- token/weak-key-other-library
	_ = echojwt.JWT([]byte("changeme"))                                                                       // want jwt-weak-key -- token/weak-key-other-library
	_, _ = jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: os.Getenv("SESSION_PRIVATE_KEY")}, nil) // ok -- token/weak-key-other-library
}
