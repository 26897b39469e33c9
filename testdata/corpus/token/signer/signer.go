// Package signer signs tokens with what options and sources give.
package signer

import "github.com/golang-jwt/jwt/v5"

// Signer signs tokens.
type Signer struct {
	name, key []byte
	source    Source
}

// Option sets a part of a Signer.
type Option func(*Signer)

// WithKey sets the key.
func WithKey(k []byte) Option { return func(s *Signer) { s.key = k } }

// WithName sets the name.
func WithName(n []byte) Option { return func(s *Signer) { s.name = n } }

// New returns a Signer.
func New(options ...Option) *Signer {
	s := &Signer{}
	for _, o := range options {
		o(s)
	}
	return s
}

// Source hands out a key.
type Source func() []byte

// Fixed is the source of one key.
func Fixed(v string) Source { return func() []byte { return []byte(v) } }

// FromSource returns a Signer that asks for its key.
func FromSource(s Source) *Signer { return &Signer{source: s} }

// Sign signs with the key.
func (s *Signer) Sign(claims jwt.Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(s.key)
}

// SignAsked signs with the key of the source.
func (s *Signer) SignAsked(claims jwt.Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(s.source())
}

// Value is used as it is.
type Value struct{ k []byte }

// NewValue returns a Value.
func NewValue(k []byte) Value { return Value{k: k} }

// Sign signs with the key.
func (v Value) Sign(claims jwt.Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(v.k)
}
