package general

import (
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/shape"
)

// trigger is what a piece of text may begin.
type trigger uint8

// The triggers.
const (
	noTrigger     trigger = iota
	nameTrigger           // a part of the name of a credential
	urlTrigger            // "://"
	basicTrigger          // "Basic "
	bearerTrigger         // "Bearer " and its kin
	tokenTrigger          // the first letters of a JSON web token
	sqlTrigger            // IDENTIFIED BY
	dsnTrigger            // the @ of user:password@tcp(host)
	idTrigger             // the first letters of an id that is issued with a secret
)

// word is a text that triggers, in lower case.
type word struct {
	text string
	is   trigger
}

// words are all triggers; of those that begin alike the longer one comes first.
func words() []word {
	list := []word{
		{"://", urlTrigger}, {"basic ", basicTrigger}, {"bearer ", bearerTrigger}, {"oauth ", bearerTrigger}, {"ntlm ", bearerTrigger},
		{"eyj", tokenTrigger}, {"identified by", sqlTrigger},
		{"@tcp(", dsnTrigger}, {"@unix(", dsnTrigger}, {"@(", dsnTrigger},
	}
	for prefix := range issued() {
		list = append(list, word{strings.ToLower(prefix), idTrigger})
	}
	slices.SortFunc(list, func(a, b word) int { return strings.Compare(a.text, b.text) })
	for _, name := range [...]string{
		"pass", "pwd", "psw", "pword", "pw", "secret", "token", "key", "cred", "auth", "bearer", "jwt", "dsn", "login",
		"kennwort", "senha", "palavra", "contras", "clave", "chave", "mdp", "parol", "wachtwoord", "senord", "adgangskode", "salasana",
		"heslo", "haslo", "hasło", "lozinka", "jelsz", "пароль", "sifre", "matkhau", "sandi", "mima", "密码", "密碼", "口令", "パスワード", "비밀번호",
		"geheim", "segredo", "segreto", "секрет", "密钥", "jeton", "令牌", "токен",
	} {
		list = append(list, word{name, nameTrigger})
	}
	return list
}

// table holds the triggers by their first two bytes, in either case.
type table struct {
	index  [1 << 16]uint8 // of a pair of bytes in lists; 0 if none begins so
	lists  [][]word
	issued map[string]issue
}

var triggers = sync.OnceValue(func() *table {
	t := &table{lists: make([][]word, 1), issued: issued()}
	for _, w := range words() {
		first := pair(w.text[0], w.text[1])
		at := t.index[first]
		if at == 0 {
			at = uint8(len(t.lists))
			t.lists = append(t.lists, nil)
			for _, a := range cases(w.text[0]) {
				for _, b := range cases(w.text[1]) {
					t.index[pair(a, b)] = at
				}
			}
		}
		t.lists[at] = append(t.lists[at], w)
	}
	return t
})

// pair is the key of two bytes.
func pair(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// cases returns a lower-case byte in both cases.
func cases(c byte) []byte {
	if 'a' <= c && c <= 'z' {
		return []byte{c, c &^ 0x20}
	}
	return []byte{c}
}

// each calls hit for the triggers in a text, in order.
func (s *search) each(text []byte, hit func(t trigger, start, end int)) {
	table := triggers()
	if len(text) < 2 {
		return
	}
	last := text[0]
	for i, c := range text[1:] {
		at := table.index[pair(last, c)]
		last = c
		if at == 0 {
			continue
		}
		for _, w := range table.lists[at] {
			if shape.HasFold(text[i:], w.text) {
				hit(w.is, i, i+len(w.text))
			}
		}
	}
}
