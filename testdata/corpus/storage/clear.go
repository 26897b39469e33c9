// Package storage keeps accounts.
package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"corpus.test/audit/storage/vault"
	"github.com/alexedwards/argon2id"
	"github.com/jmoiron/sqlx"
	"go.mongodb.org/mongo-driver/mongo"
	"golang.org/x/crypto/bcrypt"
	"gorm.io/gorm"
)

// User is a row of the table of users.
type User struct {
	Name     string `json:"name"`
	Password string `json:"password"`
}

// Session is what a browser has of a user.
type Session struct {
	Name     string
	Password string `gorm:"-"`
}

func insert(db *sql.DB, name, password string) error {
	_, err := db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", name, password) // want plaintext-credential-storage -- storage/sql-insert
	return err
}

func insertHash(db *sql.DB, name, password string) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", name, string(hash)) // ok -- storage/sql-insert
	return err
}

func update(ctx context.Context, tx *sql.Tx, id int, newPassword string) error {
	const query = `
		UPDATE users
		SET password = $1, changed = NOW()
		WHERE id = $2`
	_, err := tx.ExecContext(ctx, query, newPassword, id) // want plaintext-credential-storage -- storage/sql-update
	return err
}

func updateHash(ctx context.Context, tx *sql.Tx, id int, passwordHash string) error {
	_, err := tx.ExecContext(ctx, "UPDATE users SET password = $1 WHERE id = $2", passwordHash, id) // ok -- storage/sql-update
	return err
}

func prepared(db *sql.DB, r *http.Request) error {
	stmt, err := db.Prepare("INSERT INTO users (name, password) VALUES (?, ?)")
	if err != nil {
		return err
	}
	if _, err := stmt.Exec(r.FormValue("password"), r.FormValue("name")); err != nil { // ok -- storage/prepared
		return err
	}
	_, err = stmt.Exec(r.FormValue("name"), r.FormValue("password")) // want plaintext-credential-storage -- storage/prepared
	return err
}

func concatenated(db *sql.DB, name, password string) error {
	_, err := db.Exec("INSERT INTO users (name, password) VALUES ('" + name + "', '" + password + "')") // want plaintext-credential-storage -- storage/concatenation
	return err
}

func find(db *sql.DB, name, password string) *sql.Row {
	return db.QueryRow("SELECT id FROM users WHERE name = '" + name + "' AND password = '" + password + "'") // ok -- storage/concatenation
}

func formatted(db *sql.DB, name, password string) error {
	_, err := db.Exec(fmt.Sprintf("INSERT INTO users (name, password) VALUES ('%s', '%s')", name, password)) // want plaintext-credential-storage -- storage/sprintf
	return err
}

func formattedNote(db *sql.DB, name, note string) error {
	_, err := db.Exec(fmt.Sprintf("INSERT INTO users (name, note) VALUES ('%s', '%s')", name, note)) // ok -- storage/sprintf
	return err
}

func inDatabase(db *sql.DB, name, password string) error {
	if _, err := db.Exec("INSERT INTO users (name, password) VALUES (?, MD5(?))", name, password); err != nil { // want weak-password-hash -- storage/sql-function
		return err
	}
	_, err := db.Exec("INSERT INTO users (name, password) VALUES ($1, crypt($2, gen_salt('bf')))", name, password) // ok -- storage/sql-function
	return err
}

func create(db *gorm.DB, r *http.Request) error {
	var user User
	if err := json.NewDecoder(r.Body).Decode(&user); err != nil {
		return err
	}
	return db.Create(&user).Error // want plaintext-credential-storage -- storage/record
}

func createHashed(db *gorm.DB, r *http.Request) error {
	var user User
	if err := json.NewDecoder(r.Body).Decode(&user); err != nil {
		return err
	}
	hash, err := argon2id.CreateHash(user.Password, nil)
	if err != nil {
		return err
	}
	user.Password = hash
	return db.Create(&user).Error // ok -- storage/record
}

func createFrom(db *gorm.DB, name, password string) error {
	return db.Create(&User{Name: name, Password: password}).Error // want plaintext-credential-storage -- storage/record-literal
}

func createSession(db *gorm.DB, name, password string) error {
	return db.Create(&Session{Name: name, Password: password}).Error // ok -- storage/record-literal
}

func change(db *gorm.DB, id int, newPassword string) error {
	if err := db.Model(&User{}).Where("id = ?", id).Update("name", newPassword).Error; err != nil { // ok -- storage/column
		return err
	}
	return db.Model(&User{}).Where("id = ?", id).Update("password", newPassword).Error // want plaintext-credential-storage -- storage/column
}

func changeSome(db *gorm.DB, newPassword, name string) error {
	if err := db.Model(&User{}).Updates(map[string]any{"password": newPassword}).Error; err != nil { // want plaintext-credential-storage -- storage/map
		return err
	}
	return db.Model(&User{}).Updates(map[string]any{"name": name}).Error // ok -- storage/map
}

func document(ctx context.Context, users *mongo.Collection, name, password string) error {
	if _, err := users.InsertOne(ctx, map[string]any{"name": name, "password": password}); err != nil { // want plaintext-credential-storage -- storage/document
		return err
	}
	change := map[string]any{"$set": map[string]any{"password": password}}
	if _, err := users.UpdateOne(ctx, map[string]any{"name": name}, change); err != nil { // want plaintext-credential-storage -- storage/document
		return err
	}
	hash, err := vault.Sealed(password)
	if err != nil {
		return err
	}
	_, err = users.InsertOne(ctx, map[string]any{"name": name, "password": hash}) // ok -- storage/document
	return err
}

func named(db *sqlx.DB, name, password string) error {
	if _, err := db.NamedExec("INSERT INTO users (name, password) VALUES (:name, :password)", User{name, password}); err != nil { // want plaintext-credential-storage -- storage/named-values
		return err
	}
	sealed, err := vault.Sealed(password)
	if err != nil {
		return err
	}
	_, err = db.NamedExec("INSERT INTO users (name, password) VALUES (:name, :password)", User{name, sealed}) // ok -- storage/named-values
	return err
}

func signUp(ctx context.Context, s *vault.Store, r *http.Request) error {
	account := &vault.Account{Name: r.FormValue("name"), Password: r.FormValue("password")}
	return s.Put(ctx, account) // want plaintext-credential-storage -- storage/wrapper-other-package
}

func signUpSealed(ctx context.Context, s *vault.Store, r *http.Request) error {
	sealed, err := vault.Sealed(r.FormValue("password"))
	if err != nil {
		return err
	}
	if err := s.SetPassword(ctx, r.FormValue("name"), sealed); err != nil { // ok -- storage/wrapper-other-package
		return err
	}
	return s.Put(ctx, &vault.Account{Name: r.FormValue("name"), Password: sealed}) // ok -- storage/wrapper-other-package
}

func save(db *sql.DB, name, secret string) error {
	_, err := db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", name, secret)
	return err
}

func viaHelper(db *sql.DB, r *http.Request) error {
	if err := save(db, r.FormValue("name"), r.FormValue("password")); err != nil { // want plaintext-credential-storage -- storage/wrapper
		return err
	}
	sealed, err := vault.Sealed(r.FormValue("password"))
	if err != nil {
		return err
	}
	return save(db, r.FormValue("name"), sealed) // ok -- storage/wrapper
}

// Hooked hashes its password when it is saved.
type Hooked struct{ Name, Password string }

// BeforeCreate is called by the library.
func (h *Hooked) BeforeCreate(*gorm.DB) error {
	hash, err := vault.Sealed(h.Password)
	h.Password = hash
	return err
}

func createHooked(db *gorm.DB, name, password string) error {
	return db.Create(&Hooked{Name: name, Password: password}).Error // ok -- storage/hook
}

// Plain is saved as it is.
type Plain struct{ Name, Password string }

func createPlain(db *gorm.DB, name, password string) error {
	return db.Create(&Plain{Name: name, Password: password}).Error // want plaintext-credential-storage -- storage/hook
}

func toFile(users []User, name, password string) error {
	if err := os.WriteFile("users.txt", []byte(name+":"+password), 0o600); err != nil { // want plaintext-credential-storage -- storage/file-text
		return err
	}
	if err := os.WriteFile("names.txt", []byte(name+":"+users[0].Name), 0o600); err != nil { // ok -- storage/file-text
		return err
	}
	user := User{Name: name, Password: password}
	data, err := json.Marshal(user)
	if err != nil {
		return err
	}
	if err := os.WriteFile("users.json", data, 0o600); err != nil { // want plaintext-credential-storage -- storage/file
		return err
	}
	data, err = json.Marshal(Session{Name: name})
	if err != nil {
		return err
	}
	return os.WriteFile("sessions.json", data, 0o600) // ok -- storage/file
}

func cookies(w http.ResponseWriter, r *http.Request, session string) {
	http.SetCookie(w, &http.Cookie{Name: "remember", Value: r.FormValue("password")}) // want plaintext-credential-storage -- storage/cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: session})                  // ok -- storage/cookie
}

// Copied comes from elsewhere, ready made.
func (s *repository) Copied(u *User) error {
	_, err := s.db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", u.Name, u.Password) // ok -- storage/ready-made
	return err
}

type repository struct{ db *sql.DB }

func stay(db *sql.DB, r *http.Request) error {
	var u User
	if err := json.NewDecoder(r.Body).Decode(&u); err != nil {
		return err
	}
	_, err := db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", u.Name, u.Password) // want plaintext-credential-storage -- storage/ready-made
	return err
}

func silenced(db *sql.DB, name, password string) error {
	//authlint:ignore plaintext-credential-storage -- passwords of a demonstration
	_, err := db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", name, password) // ok -- storage/ignore
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", password, password) // want plaintext-credential-storage -- storage/ignore
	return err
}
