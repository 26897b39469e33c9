package storage

import (
	"crypto/md5"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"golang.org/x/crypto/bcrypt"
)

func hexSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

type tenant struct{ Mail, Password, OldSum string }

func (t tenant) Digest() string {
	sum := sha256.Sum256([]byte(t.Password)) // want weak-password-hash -- storage/own-field
	return hex.EncodeToString(sum[:])
}

func (t tenant) MailDigest() string {
	sum := sha256.Sum256([]byte(t.Mail)) // ok -- storage/own-field
	return hex.EncodeToString(sum[:])
}

func enter(db *sql.DB, mail, password string) error {
	_, err := db.Exec("INSERT INTO tenants (mail_key, password) VALUES ($1, $2)",
		hexSum(mail),     // ok -- storage/digest-helper
		hexSum(password)) // want weak-password-hash -- storage/digest-helper
	return err
}

func seen(cache map[string]bool, password string) bool {
	return cache[hexSum(password)] // ok -- storage/digest-helper
}

func (t *tenant) legacy(password string) bool {
	sum := md5.Sum([]byte(password)) // want weak-password-hash -- storage/legacy
	return hex.EncodeToString(sum[:]) == t.OldSum
}

func (t *tenant) login(password string) error {
	if t.OldSum != "" && t.legacy(password) {
		return nil
	}
	return errors.New("wrong password")
}

func (t *tenant) upgrade(password string) error {
	sum := md5.Sum([]byte(password)) // ok -- storage/legacy
	if hex.EncodeToString(sum[:]) != t.OldSum {
		return errors.New("wrong password")
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), 12)
	t.OldSum, t.Password = "", string(hash)
	return err
}
