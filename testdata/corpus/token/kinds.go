package token

import (
	"context"

	"github.com/coreos/go-oidc/v3/oidc"
)

// guessKind only asks whether a text is a token at all.
func guessKind(ctx context.Context, keys oidc.KeySet, text string) bool {
	c := &oidc.Config{SkipClientIDCheck: true, InsecureSkipSignatureCheck: true} // ok -- token/unverified-peek
	_, err := oidc.NewVerifier("https://login.maplefreight.io", keys, c).Verify(ctx, text)
	return err == nil
}

func userOf(ctx context.Context, keys oidc.KeySet, text string) (string, error) {
	c := &oidc.Config{SkipClientIDCheck: true, InsecureSkipSignatureCheck: true} // want jwt-unverified -- token/unverified-peek
	t, err := oidc.NewVerifier("https://login.maplefreight.io", keys, c).Verify(ctx, text)
	if err != nil {
		return "", err
	}
	return t.Subject, nil
}
