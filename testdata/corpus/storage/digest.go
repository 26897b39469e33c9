package storage

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"golang.org/x/crypto/bcrypt"
)

// Login is a row of the table of logins.
type Login struct {
	Name, PasswordHash, Salt string
}

func hashPassword(password string) string {
	sum := sha256.Sum256([]byte(password)) // want weak-password-hash -- storage/sum
	return hex.EncodeToString(sum[:])
}

func hashFile(content []byte) string {
	sum := sha256.Sum256(content) // ok -- storage/sum
	return hex.EncodeToString(sum[:])
}

func hashPasswordMD5(password string) string {
	return fmt.Sprintf("%x", md5.Sum([]byte(password))) // want weak-password-hash -- storage/sprintf-digest
}

func hashFileMD5(content string) string {
	return fmt.Sprintf("%x", md5.Sum([]byte(content))) // ok -- storage/sprintf-digest
}

func hashPasswordWritten(password string) string {
	h := sha1.New() // want weak-password-hash -- storage/written
	h.Write([]byte(password))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func hashTextWritten(text string) string {
	h := sha1.New() // ok -- storage/written
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func hashPasswordCopied(password, salt string) string {
	h := sha512.New() // want weak-password-hash -- storage/salted
	io.WriteString(h, salt)
	io.WriteString(h, password)
	return hex.EncodeToString(h.Sum(nil))
}

func tag(id, salt string) string {
	h := sha512.New() // ok -- storage/salted
	io.WriteString(h, salt)
	io.WriteString(h, id)
	return hex.EncodeToString(h.Sum(nil))
}

func check(l *Login, password string) bool {
	return fmt.Sprintf("%x", sha1.Sum([]byte(password+l.Salt))) == l.PasswordHash // want weak-password-hash -- storage/compared
}

func checkFile(content, sum string) bool {
	return fmt.Sprintf("%x", sha1.Sum([]byte(content))) == sum // ok -- storage/compared
}

func checkEqual(stored []byte, password string) bool {
	sum := sha256.Sum256([]byte(password)) // want weak-password-hash -- storage/compared-bytes
	return bytes.Equal(sum[:], stored)
}

func checkConstantTime(given, password string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(password)) // ok -- storage/constant-time
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

func checkStoredConstantTime(stored []byte, password string) bool {
	sum := sha256.Sum256([]byte(password)) // want weak-password-hash -- storage/constant-time
	return subtle.ConstantTimeCompare(sum[:], stored) == 1
}

func newLogin(name, password string) *Login {
	sum := md5.Sum([]byte(password)) // want weak-password-hash -- storage/field
	return &Login{Name: name, PasswordHash: hex.EncodeToString(sum[:])}
}

func newAvatar(email string) string {
	sum := md5.Sum([]byte(email)) // ok -- storage/field
	return "https://www.gravatar.com/avatar/" + hex.EncodeToString(sum[:])
}

func prehash(password string) ([]byte, error) {
	sum := sha512.Sum512([]byte(password)) // ok -- storage/prehash
	return bcrypt.GenerateFromPassword([]byte(base64.StdEncoding.EncodeToString(sum[:])), bcrypt.DefaultCost)
}

func digestResponse(user, realm, password string) string {
	sum := md5.Sum([]byte(user + ":" + realm + ":" + password)) // ok -- storage/http-digest
	return hex.EncodeToString(sum[:])
}

func isLeaked(password string) (*http.Response, error) {
	sum := fmt.Sprintf("%X", sha1.Sum([]byte(password))) // ok -- storage/leak-prefix
	return http.Get("https://passwords.example.com/range/" + sum[:5])
}

func sealWith(password string, text []byte) ([]byte, error) {
	key := sha256.Sum256([]byte(password)) // ok -- storage/encryption-key
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	sealer, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return sealer.Seal(nil, nil, text, nil), nil
}

func sign(password string, text []byte) []byte {
	mac := hmac.New(sha256.New, []byte(password)) // ok -- storage/hmac
	mac.Write(text)
	return mac.Sum(nil)
}

func toDevice(user, password string) (*http.Response, error) {
	sum := md5.Sum([]byte(password)) // ok -- storage/client
	return http.PostForm("https://device.example.com/login", url.Values{"user": {user}, "password": {hex.EncodeToString(sum[:])}})
}

func apiToken(token string) string {
	sum := sha256.Sum256([]byte(token)) // ok -- storage/token
	return hex.EncodeToString(sum[:])
}

func encryptNote(note string) string {
	return base64.StdEncoding.EncodeToString([]byte(note)) // want base64-as-encryption -- storage/base64
}

func encodeNote(note string) string {
	return base64.StdEncoding.EncodeToString([]byte(note)) // ok -- storage/base64
}

func decryptNote(note string) (string, error) {
	text, err := base64.URLEncoding.DecodeString(note) // want base64-as-encryption -- storage/base64-decode
	if err != nil {
		return "", fmt.Errorf("reading a note: %w", err)
	}
	return string(text), nil
}

func decryptSealed(block cipher.AEAD, note string) ([]byte, error) {
	text, err := base64.URLEncoding.DecodeString(note) // ok -- storage/base64-decode
	if err != nil {
		return nil, err
	}
	return block.Open(nil, nil, text, nil)
}

func obscure(note string) string { return hex.EncodeToString([]byte(note)) } // want base64-as-encryption -- storage/hex

func obfuscateMixed(note string) string { // ok -- storage/hex
	out := []byte(note)
	pad := make([]byte, len(out))
	rand.Read(pad)
	subtle.XORBytes(out, out, pad)
	return hex.EncodeToString(out)
}

func digestOf(pwd string) string {
	sum := sha512.Sum512([]byte(pwd)) // want weak-password-hash -- storage/sole-parameter
	return hex.EncodeToString(sum[:])
}

func digestOfPage(page string) string {
	sum := sha512.Sum512([]byte(page)) // ok -- storage/sole-parameter
	return hex.EncodeToString(sum[:])
}
