// Package memberstore keeps the members, and hashes what it is given.
package memberstore

import (
	"context"
	"database/sql"
	"encoding/base64"
	"os"

	"github.com/jmoiron/sqlx"
	"github.com/redis/go-redis/v9"
	"golang.org/x/crypto/bcrypt"
)

// Store writes members.
type Store struct {
	db    *sql.DB
	x     *sqlx.DB
	cache *redis.Client
}

func slow(s string) (string, error) {
	b, err := bcrypt.GenerateFromPassword([]byte(s), 12)
	return string(b), err
}

// Add hashes before it writes.
func (s *Store) Add(ctx context.Context, name, password string) error {
	password, err := slow(password)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, "INSERT INTO members (name, password) VALUES (?, ?)", name, password) // ok -- storage/layer-method
	return err
}

// AddQuickly forgets to.
func (s *Store) AddQuickly(ctx context.Context, name, password string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO members (name, password) VALUES (?, ?)", name, password) // want plaintext-credential-storage -- storage/layer-method
	return err
}

// AddSet writes all columns by name.
func (s *Store) AddSet(ctx context.Context, name, password, passwordHash string) error {
	st, err := s.db.PrepareContext(ctx, "INSERT INTO members SET name = ?, password = ?")
	if err != nil {
		return err
	}
	defer st.Close()
	if _, err := st.ExecContext(ctx, name, passwordHash); err != nil { // ok -- storage/insert-set
		return err
	}
	_, err = st.ExecContext(ctx, name, password) // want plaintext-credential-storage -- storage/insert-set
	return err
}

// Change takes the values by other names than those of the columns.
func (s *Store) Change(name, password string) error {
	h, err := slow(password)
	if err != nil {
		return err
	}
	const query = "UPDATE members SET password = :pw WHERE name = :name"
	if _, err := s.x.NamedExec(query, map[string]any{"name": name, "pw": h}); err != nil { // ok -- storage/named-map
		return err
	}
	_, err = s.x.NamedExec(query, map[string]any{"name": name, "pw": password}) // want plaintext-credential-storage -- storage/named-map
	return err
}

// Lend keeps a first password for the help desk.
func (s *Store) Lend(ctx context.Context, name, secret, title string) {
	s.cache.Set(ctx, "member-title:"+name, secret, 0)   // ok -- storage/key-name
	s.cache.Set(ctx, "first-password:"+name, secret, 0) // want plaintext-credential-storage -- storage/key-name
	s.cache.Set(ctx, "password-reset:"+name, title, 0)  // ok -- storage/key-name
}

// Seed writes the first member.
func (s *Store) Seed() error {
	if _, err := s.db.Exec("INSERT INTO members (name, password) VALUES ('first', ?)", os.Getenv("FIRST_MEMBER_HASH")); err != nil { // ok -- storage/environment
		return err
	}
	_, err := s.db.Exec("INSERT INTO members (name, password) VALUES ('first', ?)", os.Getenv("FIRST_MEMBER")) // want plaintext-credential-storage -- storage/environment
	return err
}

// Hide writes passwords in another alphabet.
func (s *Store) Hide(name, password string) error {
	h, err := slow(password)
	if err != nil {
		return err
	}
	if _, err := s.db.Exec("UPDATE members SET password = ? WHERE name = ?", base64.StdEncoding.EncodeToString([]byte(h)), name); err != nil { // ok -- storage/base64-stored
		return err
	}
	hidden := base64.StdEncoding.EncodeToString([]byte(password))
	_, err = s.db.Exec("UPDATE members SET password = ? WHERE name = ?", hidden, name) // want base64-as-encryption -- storage/base64-stored
	return err
}
