package practice

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/shape"
)

// maxMessage is the length of a message in characters.
const maxMessage = 160

// The lengths to which parts of messages are cut.
const (
	maxUse    = 56
	maxShort  = 28
	maxQuoted = 34
)

// message builds a sentence of what must be said and what may be said if there
// is room: head, options, tail.
func message(head string, options []string, tail string) string {
	room := maxMessage - utf8.RuneCountInString(head) - utf8.RuneCountInString(tail)
	var b strings.Builder
	b.WriteString(head)
	for _, o := range options {
		if n := utf8.RuneCountInString(o); o != "" && n <= room {
			b.WriteString(o)
			room -= n
		}
	}
	b.WriteString(tail)
	return clip(b.String(), maxMessage)
}

// clip cuts a text to n characters.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)
	return string(runes[:n-1]) + "…"
}

// quoted returns a text of the program in quotes, escaped and cut.
func quoted(text string) string {
	q := strconv.QuoteToASCII(text)
	if len(q) <= maxQuoted {
		return q
	}
	cut := strings.TrimRight(q[:maxQuoted-4], `\`) // not within an escape
	return cut + `..."`
}

// place returns the words for where something stands, cut; what follows serves
// if a front end has none.
func place(use, otherwise string) string {
	if use == "" {
		return otherwise
	}
	return plain(use, maxUse)
}

// plain returns a name of the program on one line, escaped where it must be,
// and cut.
func plain(text string, n int) string {
	q := strconv.Quote(strings.Join(strings.Fields(text), " "))
	return clip(strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`), n)
}

// kindWord returns the word for a kind of credential.
func kindWord(kind shape.Kind, v shape.Value) string {
	switch {
	case v.Form == shape.PrivatePEM:
		return "private key"
	case v.Form == shape.BasicValue:
		return "Basic password"
	case v.Form == shape.UserInfoURL:
		return "password"
	}
	switch kind {
	case shape.Password:
		return "password"
	case shape.Key:
		return "key"
	case shape.Token:
		return "token"
	case shape.PrivateKey:
		return "private key"
	case shape.DSN:
		return "password"
	case shape.Header:
		return "credential"
	}
	return "secret"
}

// shownUser returns the user as far as it may be shown beside a credential of
// which only the value is known. A user as long as the password may be the
// password.
func shownUser(user string, v shape.Value) string {
	switch {
	case user == "":
		return ""
	case v.User == user:
		return user // shape has compared the two
	case v.LocalDefault, utf8.RuneCountInString(user) == v.Length:
		return ""
	}
	return shape.SafeUser(user, "")
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
