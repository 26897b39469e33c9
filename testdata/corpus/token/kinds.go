package token

import "github.com/coreos/go-oidc/v3/oidc"

// guessKind is for asking whether a text is a token at all.
func guessKind() *oidc.Config {
	return &oidc.Config{InsecureSkipSignatureCheck: true} // ok -- token/unverified-peek
}

func settingsForUsers() *oidc.Config {
	return &oidc.Config{InsecureSkipSignatureCheck: true} // want jwt-unverified -- token/unverified-peek
}
