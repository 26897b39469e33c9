package lib

import (
	"crypto/rand"
	"encoding/base64"
	"io"
)

// GeneratePassword makes a key and its text.
func GeneratePassword() (key *[32]byte, password string, err error) {
	var k [32]byte
	if _, err = io.ReadFull(rand.Reader, k[:]); err != nil {
		return nil, "", err
	}
	password = base64.StdEncoding.EncodeToString(k[:])
	return &k, password, nil
}
