package flow

import (
	"fmt"
	"strings"
	"testing"
)

func TestAssignments(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"INSERT INTO users (name, password) VALUES (?, ?)", "name=0 password=1"},
		{"insert into `users` (`name`, `password`) values ($2, $1) returning id", "name=1 password=0"},
		{"INSERT INTO users(name,password,at) VALUES (:name, :password, NOW())", "name=:name password=:password at=now()"},
		{"INSERT INTO users (name, password) VALUES (@p1, @p2)", "name=0 password=1"},
		{"UPDATE users SET password = ?, at = ? WHERE id = ?", "password=0 at=1"},
		{"UPDATE users AS u SET u.password = MD5($1) WHERE u.id = $2", "password=0 md5()"},
		{"UPDATE users SET password = crypt($1, gen_salt('bf'))", "password=0 crypt()"},
		{"WITH x AS (SELECT 1) INSERT INTO users (password) VALUES (?)", "password=0"},
		{"INSERT INTO users (name, password) VALUES ('\x000', '\x001')", "name=#0 password=#1"},
		{"INSERT INTO users VALUES (?, ?)", ""},
		{"SELECT password FROM users WHERE id = ?", ""},
		{"-- UPDATE users SET password = ?\nSELECT 1", ""},
		{"UPDATE [users] SET [password] = ?", "password=0"},
		{"UPDATE users SET password", ""},
		{"", ""},
	} {
		var got []string
		for _, a := range assignments(test.text) {
			s := a.column + "="
			switch {
			case a.arg >= 0:
				s += fmt.Sprint(a.arg)
			case a.name != "":
				s += ":" + a.name
			case a.hole >= 0:
				s += fmt.Sprint("#", a.hole)
			}
			if a.function != "" {
				s += strings.TrimPrefix(" "+a.function+"()", map[bool]string{true: " "}[a.arg < 0])
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q: got %q, want %q", test.text, s, test.want)
		}
	}
}

func FuzzAssignments(f *testing.F) {
	f.Add("INSERT INTO users (name, password) VALUES (?, '\x001')")
	f.Add("UPDATE users SET password = md5($1), a = :b WHERE id = @p2")
	f.Fuzz(func(t *testing.T, text string) { assignments(text) })
}
