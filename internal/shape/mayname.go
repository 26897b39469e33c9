package shape

import "sync"

// nameParts are parts of all words that make a name one of a credential: of every
// head noun, of what connection strings are called, and of what other languages
// put first.
var nameParts = sync.OnceValue(func() *Looks {
	return NewLooks(
		"pass", "pwd", "psw", "pw", "secret", "cred", "tok", "jwt", "bearer", "key", "auth", "dsn", "conn", "url", "uri",
		"wort", "senha", "contras", "mdp", "parol", "wacht", "losen", "adgang", "kode", "salas", "heslo", "haslo", "lozinka", "jelsz",
		"sifre", "khau", "sandi", "mima", "geheim", "zugang", "segr", "jeton", "zugriff", "chave", "clave", "cle", "chiave", "llave",
	)
})

// MayName reports whether OfName may know the kind of a name. It costs a pass over
// the bytes, where OfName has to take the name apart.
func MayName[T string | []byte](name T) bool {
	for i := range len(name) {
		if name[i] >= 0x80 {
			return true
		}
	}
	return nameParts().In([]byte(name))
}
