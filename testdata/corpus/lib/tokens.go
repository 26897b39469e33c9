package lib

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// UserClaims are the claims of a user's session.
type UserClaims struct {
	Name string `json:"name"`
	jwt.RegisteredClaims
}

// NewClaims returns claims that end after a while.
func NewClaims(name string, ttl time.Duration) *UserClaims {
	return &UserClaims{Name: name, RegisteredClaims: jwt.RegisteredClaims{ExpiresAt: jwt.NewNumericDate(time.Now().Add(ttl))}}
}

// MapClaims returns claims that say nothing about their end.
func MapClaims(name string) jwt.MapClaims { return jwt.MapClaims{"sub": name} }

// Sign signs claims.
func Sign(claims jwt.Claims, key []byte) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key)
}

// SignFor signs a token that ends after some hours.
func SignFor(name string, hours int, key []byte) (string, error) {
	end := time.Now().Add(time.Duration(hours) * time.Hour)
	return Sign(jwt.MapClaims{"sub": name, "exp": end.Unix()}, key)
}

// Days is a length of time.
func Days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
