package flow

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"
)

const policyFactSource = `package a

import (
	"database/sql"
	"errors"
	"unicode/utf8"
)

func MinRunes(value string, n int) bool { return utf8.RuneCountInString(value) >= n }

func MaxRunes(value string, n int) bool { return utf8.RuneCountInString(value) <= n }

func IsLong(text string) error {
	if len(text) < 5 {
		return errors.New("too short")
	}
	return nil
}

func Decode(text string) (string, error) {
	if len(text) < 5 {
		return "", errors.New("too short")
	}
	return text[4:], nil
}

func ValidatePassword(password string) error {
	if len(password) < 5 {
		return errors.New("too short")
	}
	return nil
}

type User struct{ Name, Password string }

type Store struct{ db *sql.DB }

func (s *Store) Insert(u *User) error {
	_, err := s.db.Exec("INSERT INTO users (name, password) VALUES (?, ?)", u.Name, u.Password)
	return err
}

func (s *Store) Rename(u *User) error {
	_, err := s.db.Exec("UPDATE users SET name = ? WHERE password = ?", u.Name, u.Password)
	return err
}
`

// TestPolicyFacts checks which functions tell of tests and of stores, that
// their facts survive gob, and that they name no path of the machine.
func TestPolicyFacts(t *testing.T) {
	facts := map[string]string{}
	for _, of := range objectFactsOf(t, policyFactSource) {
		name, fact := of.Object.Name(), of.Fact
		var at []string
		switch f := fact.(type) {
		case *Checks:
			for _, c := range f.List {
				facts[name] += fmt.Sprintf("param %d%s least %d by %d+%d;", c.Param, c.Path, c.Least, c.Limit, c.Offset)
				at = append(at, c.At.File)
			}
		case *Stores:
			for _, s := range f.List {
				facts[name] += fmt.Sprintf("param %d.%s in %s;", s.Param, s.Path, s.Column)
				at = append(at, s.At.File)
			}
		default:
			continue
		}
		for _, file := range at {
			if file != filepath.Base(file) {
				t.Errorf("%s: a fact names the file %s", name, file)
			}
		}
		first := encode(t, fact)
		back := reflect.New(reflect.TypeOf(fact).Elem()).Interface().(analysis.Fact)
		if err := gob.NewDecoder(bytes.NewReader(first)).Decode(back); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, encode(t, back)) {
			t.Errorf("%s: the encoding changes in a round trip", name)
		}
	}
	want := map[string]string{
		"MinRunes": "param 0 least 0 by 1+0;",
		"IsLong":   "param 0 least 5 by -1+0;",
		"Insert":   "param 1.Password in password;",
	}
	if !reflect.DeepEqual(facts, want) {
		t.Errorf("got %v, want %v", facts, want)
	}
}
