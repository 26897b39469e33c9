package general

import (
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// isChosenSecret reports whether a secret that a machine should have made is one
// that people put in for it, and leave: the word secret, alone, boasted of
// (supersecret) or with a number. A name that says no more than secret may as
// well be given the name of an object.
func isChosenSecret(k key, n naming, v value, text string) bool {
	if n.kind != shape.Secret || n.generic || v.rest || !isPlain(v) || !v.quoted && k.where != inConfig {
		return false
	}
	if v.joint != called && len(shape.Words(lastName(n.text))) < 2 {
		return false
	}
	head, ok := strings.CutSuffix(strings.TrimRight(plainText(text), "0123456789"), "secret")
	if !ok {
		return false
	}
	switch head {
	case "", "super", "top", "very", "so", "big", "mega", "ultra":
		return true
	}
	return false
}
