package embed

import (
	"sync"

	"github.com/authlint/authlint/internal/shape"
)

// Looks are texts of which one must stand in another text to make it worth
// reading. One pass over the bytes looks for all of them.
type Looks struct{ by [256][]string }

// NewLooks returns the looks for texts in lower case that are not empty.
func NewLooks(texts ...string) *Looks {
	l := &Looks{}
	for _, text := range texts {
		l.by[text[0]] = append(l.by[text[0]], text)
	}
	return l
}

// In reports whether one of the texts stands in data, in any case.
func (l *Looks) In(data []byte) bool {
	for i, c := range data {
		for _, text := range l.by[shape.Lower(c)] {
			if shape.HasFold(data[i:], text) {
				return true
			}
		}
	}
	return false
}

// Commands are texts of which one must stand in a script to make it worth reading:
// a part of every command and name that is observed in one. They stand here because
// who finds a script in another text may want to know before he hands it on.
var Commands = sync.OnceValue(func() *Looks {
	return NewLooks("://", "pass", "pwd", "secret", "token", "key", "cred", "auth", "curl", "wget", "http", "ftp", "ssh", "scp", "login",
		"mysql", "psql", "redis", "mongo", "ldap", "openssl", "insecure", "securestring", "verif", "tls", "ssl", "twilio", ".com", "useradd", "usermod", "net user",
		"net.exe user", "sudo -s", "rabbitmqctl")
})
