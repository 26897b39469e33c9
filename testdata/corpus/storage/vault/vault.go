// Package vault keeps what it is given.
package vault

import (
	"context"
	"database/sql"

	"golang.org/x/crypto/bcrypt"
)

// Account is a row.
type Account struct {
	Name     string
	Password string
}

// Store writes accounts.
type Store struct{ db *sql.DB }

// Put writes an account.
func (s *Store) Put(ctx context.Context, a *Account) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO accounts (name, password) VALUES ($1, $2)", a.Name, a.Password)
	return err
}

// SetPassword changes the password of an account.
func (s *Store) SetPassword(ctx context.Context, name, password string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE accounts SET password = $1 WHERE name = $2", password, name)
	return err
}

// Sealed returns what is stored of a password.
func Sealed(password string) (string, error) {
	sealed, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	return string(sealed), err
}

// PasswordStore is what the programs know of a Store.
type PasswordStore interface {
	SetPassword(ctx context.Context, name, password string) error
	SetHash(ctx context.Context, name, value string) error
}

// SetHash changes the hash of the password of an account.
func (s *Store) SetHash(ctx context.Context, name, value string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE members SET password_hash = $1 WHERE name = $2", value, name)
	return err
}
