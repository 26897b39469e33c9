package flow

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// isHostTail reports whether a text is what stands behind the user and the
// password of a URL: a host, a path, and words that say whether TLS is used.
func isHostTail(s string) bool {
	rest, ok := strings.CutPrefix(s, "@")
	if !ok {
		return false
	}
	rest, query, _ := strings.Cut(rest, "?")
	if !isPlainHost(rest) {
		return false
	}
	for pair := range strings.SplitSeq(query, "&") {
		if _, word, _ := strings.Cut(pair, "="); !isTLSWord(word) {
			return false
		}
	}
	return true
}

// isPlainHost reports whether a text is a host, with or without a port and a
// path that tells nothing.
func isPlainHost(s string) bool {
	return shape.Of("x://"+s).Form == shape.URLLike && !strings.ContainsAny(s, "=@") && tellingAt(s) < 0
}

// isTLSWord reports whether a value of a connection string is one of the words
// that say whether TLS is used.
func isTLSWord(s string) bool {
	switch s {
	case "", "disable", "allow", "prefer", "preferred", "require", "required", "verify-ca", "verify-full", "true", "false", "skip-verify", "strict":
		return true
	}
	return false
}

// maxSettings is how many settings of a connection string a fact tells one by one.
const maxSettings = 16

// exportSettings returns a run of settings, as connection strings and queries
// are made of, with the values withheld that may be anything: names, hosts, ports
// and what is said of TLS are told. Where a credential stands in it, or the text
// is something else, it reports false.
func exportSettings(p Part) (Value, bool) {
	pairs := settingsOf(p.Text)
	if len(pairs) == 0 {
		return Value{}, false
	}
	out := Value{Alts: []Alt{{}}}
	told := ""
	for _, pair := range pairs {
		told += pair.before + pair.name + "="
		if pair.isPlain() {
			told += pair.value
			continue
		}
		out = concat(concat(out, single(Part{Kind: Text, Text: told, At: p.At})), withheld(pair.value, p.At))
		told = ""
	}
	if told != "" {
		out = concat(out, single(Part{Kind: Text, Text: told, At: p.At}))
	}
	return out, true
}

// settingText is one setting of a run, with the signs before it.
type settingText struct{ before, name, value string }

// isPlain reports whether the value of a setting is a port, a host by its name,
// or a word that says whether TLS is used.
func (t settingText) isPlain() bool {
	switch {
	case isTLSWord(t.value), len(t.value) <= maxNumber && strings.Trim(t.value, "0123456789") == "":
		return true
	case t.isHost():
		return isPlainHost(t.value)
	}
	return false
}

// settingsOf takes a text of settings of a connection apart, "host=db port=5432
// password=" or "?sslmode=disable", nil if it is anything else or holds a
// credential. Parameters of other requests are told by whoever makes them.
func settingsOf(s string) []settingText {
	list := pairsOf(s)
	if !slices.ContainsFunc(list, settingText.isOfConnection) {
		return nil
	}
	return list
}

// isOfConnection reports whether a setting is one of those that database drivers
// have in common: the peer, the login, or whether TLS is used.
func (t settingText) isOfConnection() bool {
	switch t.name {
	case "port", "user", "username", "password", "pwd", "dbname", "database":
		return true
	}
	return t.isHost() || t.value != "" && isTLSWord(t.value)
}

func (t settingText) isHost() bool {
	return t.name == "host" || t.name == "server" || t.name == "hostaddr"
}

// pairsOf takes a text of names and values apart, nil if it is anything else.
func pairsOf(s string) []settingText {
	var list []settingText
	for rest := s; rest != ""; {
		trimmed := strings.TrimLeft(rest, "?& ;")
		before := rest[:len(rest)-len(trimmed)]
		if len(before) > 1 || before == "" && len(list) > 0 || len(list) == maxSettings {
			return nil
		}
		name, after, ok := strings.Cut(trimmed, "=")
		if !ok || name == "" || len(name) > 24 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return nil
		}
		value := after
		if i := strings.IndexAny(after, "?& ;"); i >= 0 {
			value = after[:i]
		}
		if strings.ContainsAny(value, "=@'\"\\") || value != "" && shape.OfName(name) != shape.None {
			return nil
		}
		list = append(list, settingText{before, name, value})
		rest = after[len(value):]
	}
	return list
}
