package storage

import (
	"crypto/md5"
	"testing"
)

func TestHash(t *testing.T) {
	password := t.Name()
	login := Login{PasswordHash: string(md5.New().Sum([]byte(password)))} // ok -- storage/test-file
	if login.PasswordHash == "" {
		t.Fatal("no hash")
	}
}
