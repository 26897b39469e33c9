package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	"corpus.test/audit/storage/vault"
	"github.com/Masterminds/squirrel"
	"github.com/redis/go-redis/v9"
	"go.etcd.io/bbolt"
)

func encoded(f *os.File, w io.Writer, name, password string) error {
	if err := json.NewEncoder(w).Encode(User{name, password}); err != nil { // ok -- storage/file-encoder
		return err
	}
	return json.NewEncoder(f).Encode(User{name, password}) // want plaintext-credential-storage -- storage/file-encoder
}

func printed(f *os.File, user, password string) error {
	if _, err := fmt.Fprintf(os.Stdout, "%s joined, with a password of %d\n", user, len(password)); err != nil { // ok -- storage/file-printed
		return err
	}
	_, err := fmt.Fprintf(f, "%s:%s\n", user, password) // want plaintext-credential-storage -- storage/file-printed
	return err
}

func listed(f *os.File, users []User) error {
	w := csv.NewWriter(f)
	for _, u := range users {
		if err := w.Write([]string{u.Name, "user"}); err != nil { // ok -- storage/file-rows
			return err
		}
	}
	return nil
}

func listedAll(f *os.File, user, password string) error {
	return csv.NewWriter(f).Write([]string{user, password}) // want plaintext-credential-storage -- storage/file-rows
}

func buffered(name, password string, seal bool) error {
	var b bytes.Buffer
	if seal {
		sealed, err := vault.Sealed(password)
		if err != nil {
			return err
		}
		if err := gob.NewEncoder(&b).Encode(User{name, sealed}); err != nil {
			return err
		}
		return os.WriteFile("users.gob", b.Bytes(), 0o600) // ok -- storage/buffer
	}
	var open bytes.Buffer
	if err := gob.NewEncoder(&open).Encode(User{name, password}); err != nil {
		return err
	}
	return os.WriteFile("users.gob", open.Bytes(), 0o600) // want plaintext-credential-storage -- storage/buffer
}

// members are kept in memory and written as a whole.
type members struct {
	byName map[string]User
	sealed map[string]User
}

func (m *members) add(r *http.Request) error {
	name := r.FormValue("name")
	m.byName[name] = User{Name: name, Password: r.FormValue("password")}
	sealed, err := vault.Sealed(r.FormValue("password"))
	m.sealed[name] = User{Name: name, Password: sealed}
	return err
}

func (m *members) flush(f, s *os.File) error {
	if err := json.NewEncoder(s).Encode(m.sealed); err != nil { // ok -- storage/file-collection
		return err
	}
	return json.NewEncoder(f).Encode(m.byName) // want plaintext-credential-storage -- storage/file-collection
}

func keyValue(ctx context.Context, c *redis.Client, name, password string) error {
	c.HSet(ctx, "user:"+name, "name", name, "password", password) // want plaintext-credential-storage -- storage/pairs
	sealed, err := vault.Sealed(password)
	if err != nil {
		return err
	}
	c.HSet(ctx, "user:"+name, "name", name, "password", sealed) // ok -- storage/pairs
	return nil
}

func within(do func() error) error { return do() }

func bucket(b *bbolt.Bucket, name, password string) error {
	return within(func() error {
		if err := b.Put([]byte(name), []byte("1")); err != nil { // ok -- storage/closure
			return err
		}
		return b.Put([]byte(name), []byte(password)) // want plaintext-credential-storage -- storage/closure
	})
}

func built(name, password string) []squirrel.InsertBuilder {
	return []squirrel.InsertBuilder{
		squirrel.InsertBuilder{}.Columns("password", "name").Values("", password),   // ok -- storage/builder
		squirrel.InsertBuilder{}.Columns("name", "password").Values(name, password), // want plaintext-credential-storage -- storage/builder
	}
}

// handle is a database, or a transaction.
type handle interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

type queries struct{ db handle }

func (q *queries) insert(ctx context.Context, name, password string) error {
	if _, err := q.db.ExecContext(ctx, "INSERT INTO logins (name, tried) VALUES (?, ?)", name, password); err != nil { // ok -- storage/handle
		return err
	}
	_, err := q.db.ExecContext(ctx, "INSERT INTO users (name, password) VALUES (?, ?)", name, password) // want plaintext-credential-storage -- storage/handle
	return err
}

// memberRepository is implemented elsewhere.
type memberRepository interface {
	Save(ctx context.Context, u *member) error
}

type member struct {
	Name     string
	Password []byte
}

type joinRequest struct{ Name, Password string }

func join(ctx context.Context, users memberRepository, in joinRequest) error {
	sealed, err := vault.Sealed(in.Password)
	if err != nil {
		return err
	}
	return users.Save(ctx, &member{Name: in.Name, Password: []byte(sealed)}) // ok -- storage/interface
}

func joinOpenly(ctx context.Context, users memberRepository, in joinRequest) error {
	return users.Save(ctx, &member{Name: in.Name, Password: []byte(in.Password)}) // want plaintext-credential-storage -- storage/interface
}

// desk is where passwords are reset.
type desk struct{ users vault.PasswordStore }

func (d *desk) reset(ctx context.Context, name, newPassword string) error {
	return d.users.SetPassword(ctx, name, newPassword) // want plaintext-credential-storage -- storage/interface-method
}

func (d *desk) resetSealed(ctx context.Context, name, newPassword string) error {
	sealed, err := vault.Sealed(newPassword)
	if err != nil {
		return err
	}
	return d.users.SetPassword(ctx, name, sealed) // ok -- storage/interface-method
}

func (d *desk) resetHash(ctx context.Context, name, newPassword string) error {
	return d.users.SetHash(ctx, name, newPassword) // want plaintext-credential-storage -- storage/hash-column
}

func (d *desk) resetSealedHash(ctx context.Context, name, newPassword string) error {
	sealed, err := vault.Sealed(newPassword)
	if err != nil {
		return err
	}
	return d.users.SetHash(ctx, name, sealed) // ok -- storage/hash-column
}
