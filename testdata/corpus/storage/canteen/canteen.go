// Package canteen moves the accounts of a canteen.
package canteen

import (
	"crypto/md5"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/pbkdf2"
)

// guest has a password that is hashed where it is used.
type guest struct{ login, pass, card string }

// cook has a hash in place of a password.
type cook struct{ login, pass string }

func read(name string) ([]guest, []cook, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	var guests []guest
	var cooks []cook
	for _, r := range rows {
		guests = append(guests, guest{login: r[0], pass: r[1], card: r[2]})
		cooks = append(cooks, cook{login: r[0], pass: slow(r[1])})
	}
	return guests, cooks, err
}

func slow(s string) string {
	b, _ := bcrypt.GenerateFromPassword([]byte(s), 12)
	return string(b)
}

func quick(password string) string {
	x := sha256.Sum256([]byte(password)) // want weak-password-hash -- storage/digest-map
	return hex.EncodeToString(x[:])
}

func quickCard(card string) string {
	x := sha256.Sum256([]byte(card)) // ok -- storage/digest-map
	return hex.EncodeToString(x[:])
}

func print(guests []guest, cooks []cook) error {
	f, err := os.Create("canteen.txt")
	if err != nil {
		return err
	}
	defer f.Close()
	for _, c := range cooks {
		fmt.Fprintf(f, "%s;%s\n", c.login, c.pass) // ok -- storage/list-printed
	}
	for _, g := range guests {
		fmt.Fprintf(f, "%s;%s;%s\n", g.login, g.pass, g.card) // want plaintext-credential-storage -- storage/list-printed
	}
	return nil
}

func check(guests []guest) error {
	hashes, cards := map[string]string{}, map[string]string{}
	for _, g := range guests {
		hashes[g.login] = quick(g.pass)
		cards[g.login] = quickCard(g.card)
	}
	f, err := os.Create("canteen.json")
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode([]any{hashes, cards})
}

// profile is what the till knows of its user.
type profile struct{ User, Password, Theme string }

// Remember keeps the profile for the next start.
func Remember(p profile) error {
	f, err := os.Create("profile.gob")
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(p) // want plaintext-credential-storage -- storage/remembered
}

// RememberTheme keeps what may be seen.
func RememberTheme(p profile) error {
	f, err := os.Create("theme.gob")
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(profile{User: p.User, Theme: p.Theme}) // ok -- storage/remembered
}

// Import writes what the old system had.
func Import(db *sql.DB, row []string) error {
	_, err := db.Exec("INSERT INTO guests (login, pass, etag) VALUES (?, ?, ?)", row[0],
		fmt.Sprintf("%x", md5.Sum([]byte("canteen"+row[1]))), // want weak-password-hash -- storage/column-digest
		fmt.Sprintf("%x", md5.Sum([]byte(row[2]))))           // ok -- storage/column-digest
	return err
}

// SignUp adds a guest.
func SignUp(db *sql.DB, login, password string) error {
	sum := md5.Sum([]byte(password)) // want weak-password-hash -- storage/sign-up
	_, err := db.Exec("INSERT INTO guests (login, pwd) VALUES (?, ?)", login, hex.EncodeToString(sum[:]))
	return err
}

// SignBill makes the mark of a bill.
func SignBill(db *sql.DB, bill, password string) error {
	sum := md5.Sum([]byte(bill + password)) // ok -- storage/sign-up
	_, err := db.Exec("INSERT INTO bills (bill, mark) VALUES (?, ?)", bill, hex.EncodeToString(sum[:]))
	return err
}

func cheap(password string) ([]byte, error) {
	return bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost) // want weak-password-hash -- storage/low-cost
}

func dear(password string) ([]byte, error) {
	return bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost) // ok -- storage/low-cost
}

func stretched(password string, salt []byte) []byte {
	return pbkdf2.Key([]byte(password), salt, 100, 32, sha256.New) // want weak-password-hash -- storage/low-cost
}

func stretchedWell(password string, salt []byte) []byte {
	return pbkdf2.Key([]byte(password), salt, 600_000, 32, sha256.New) // ok -- storage/low-cost
}

// safe is what cards are put into.
type safe struct{}

// Seal turns the card around.
func (safe) Seal(card []byte) string {
	return base64.StdEncoding.EncodeToString(reversed(card)) // want base64-as-encryption -- storage/base64
}

// Show does nothing that its name does not say.
func (guest) Show(card []byte) string {
	return base64.StdEncoding.EncodeToString(reversed(card)) // ok -- storage/base64
}

func secureCard(card string) string {
	return base64.URLEncoding.EncodeToString([]byte(card)) // want base64-as-encryption -- storage/base64
}

func reversed(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[len(b)-1-i] = c
	}
	return out
}
