package token

import (
	"os"

	"github.com/golang-jwt/jwt/v5"

	"corpus.test/audit/token/signer"
)

// stamp signs with what it keeps, whatever the field is called.
type stamp struct{ k []byte }

func newStamp(k []byte) *stamp { return &stamp{k} }

func (s *stamp) sign(claims jwt.Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(s.k)
}

// page keeps a text under the same name.
type page struct{ k []byte }

func newPage(k []byte) *page { return &page{k} }

type service struct {
	stamp *stamp
	page  *page
}

func keyFields() []any {
	return []any{
		service{stamp: newStamp([]byte("Winter-Lake-61"))},                        // want hardcoded-credential -- token/weak-key-field
		service{stamp: newStamp([]byte(os.Getenv("STAMP_KEY")))},                  // ok -- token/weak-key-field
		service{page: newPage([]byte("Winter-Lake-62"))},                          // ok -- token/weak-key-field
		signer.New(signer.WithKey([]byte("Winter-Lake-63"))),                      // want hardcoded-credential -- token/weak-key-option
		signer.New(signer.WithKey([]byte(os.Getenv("SIGNER_KEY")))),               // ok -- token/weak-key-option
		signer.New(signer.WithName([]byte("Winter-Lake-64"))),                     // ok -- token/weak-key-option
		signer.FromSource(signer.Fixed("Winter-Lake-65")),                         // want hardcoded-credential -- token/weak-key-source
		signer.NewValue([]byte("Winter-Lake-66")),                                 // want hardcoded-credential -- token/weak-key-field
		signer.FromSource(func() []byte { return []byte(os.Getenv("SIGN_KEY")) }), // ok -- token/weak-key-source
	}
}
