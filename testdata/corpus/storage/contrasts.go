package storage

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"

	"golang.org/x/crypto/bcrypt"
)

var errLogin = errors.New("wrong name or password")

func checkFileSum(want, content []byte) bool {
	sum := sha256.Sum256(content) // ok -- storage/compared-bytes
	return bytes.Equal(sum[:], want)
}

func prehashKept(l *Login, password string) error {
	sum := sha512.Sum512([]byte(password)) // want weak-password-hash -- storage/prehash
	l.PasswordHash = hex.EncodeToString(sum[:])
	hash, err := bcrypt.GenerateFromPassword([]byte(base64.StdEncoding.EncodeToString(sum[:])), bcrypt.DefaultCost)
	l.Salt = string(hash[:29])
	return err
}

func joined(l *Login, password string) {
	sum := md5.Sum([]byte(l.Name + ":" + password)) // want weak-password-hash -- storage/http-digest
	l.PasswordHash = hex.EncodeToString(sum[:])
}

func shortened(l *Login, password string) {
	sum := fmt.Sprintf("%X", sha1.Sum([]byte(password))) // want weak-password-hash -- storage/leak-prefix
	l.PasswordHash = sum[:32]
}

func sealAndKeep(l *Login, password string, text []byte) ([]byte, error) {
	key := sha256.Sum256([]byte(password)) // want weak-password-hash -- storage/encryption-key
	l.PasswordHash = hex.EncodeToString(key[:])
	return sealWith(password, text)
}

func hashPeppered(password string, pepper []byte) string {
	h := sha256.New() // want weak-password-hash -- storage/hmac
	h.Write(pepper)
	h.Write([]byte(password))
	return hex.EncodeToString(h.Sum(nil))
}

func fromDevice(l *Login, r *http.Request) error {
	password := r.PostFormValue("password")
	sum := md5.Sum([]byte(password)) // want weak-password-hash -- storage/client
	if hex.EncodeToString(sum[:]) != l.PasswordHash {
		return errLogin
	}
	return nil
}

func withToken(l *Login, password, token string) {
	sum := sha256.Sum256([]byte(password + token)) // want weak-password-hash -- storage/token
	l.PasswordHash = hex.EncodeToString(sum[:])
}

// TestHash makes the account that people try the portal with.
func TestAccount(password string) *Login {
	return &Login{Name: "try", PasswordHash: fmt.Sprintf("%x", md5.Sum([]byte(password)))} // want weak-password-hash -- storage/test-file
}
