package shape

// Programmers name things in their own language as well. This file holds the
// words of other languages than English that names of credentials are made of.
// A word that means something else in English code (passe, sandi, token) stands
// here only with the word that makes it plain.

// isForeignPassword reports whether w means a password in another language.
func isForeignPassword(w string) bool {
	switch w {
	case "passwort", "passwörter", "kennwort", // German
		"senha", "senhas", "palavrapasse", // Portuguese
		"contrasena", "contraseña", "contrasenia", "contrasenas", "contraseñas", // Spanish
		"motdepasse", "mdp", // French
		"parola", "parolă", // Italian, Romanian, Turkish
		"wachtwoord", "lösenord", "losenord", "passord", "adgangskode", "kodeord", "salasana", // Dutch, Nordic
		"heslo", "hasło", "haslo", "lozinka", "šifra", "jelszo", "jelszó", // Central Europe
		"пароль", "парол", "parol", // Russian, Ukrainian
		"sifre", "şifre", "matkhau", "katasandi", // Turkish, Vietnamese, Indonesian
		"mima", "密码", "密碼", "口令", "パスワード", "비밀번호": // Chinese, Japanese, Korean
		return true
	}
	return false
}

// isForeignSecret reports whether w means a secret or credentials in another language.
func isForeignSecret(w string) bool {
	switch w {
	case "geheimnis", "zugangsdaten", "segredo", "secreto", "segreto", "credenciais", "credenciales", "credenziali", "секрет", "密钥", "密鑰", "秘密鍵":
		return true
	}
	return false
}

// isForeignToken reports whether w means a bearer credential in another language.
func isForeignToken(w string) bool {
	switch w {
	case "jeton", "zugriffstoken", "令牌", "トークン", "токен":
		return true
	}
	return false
}

// foreignPair returns the word that two or more words are one of in their
// language: mot de passe, kata sandi; the number of words it takes, 0 if none.
func foreignPair(words []string) (word string, count int) {
	switch {
	case len(words) > 2 && words[0] == "mot" && words[1] == "de" && words[2] == "passe":
		return "motdepasse", 3
	case len(words) < 2:
		return "", 0
	}
	switch words[0] + " " + words[1] {
	case "mot passe":
		return "motdepasse", 2
	case "kata sandi":
		return "katasandi", 2
	case "mat khau":
		return "matkhau", 2
	case "palavra passe":
		return "palavrapasse", 2
	}
	return "", 0
}

// isForeignTail reports whether w may follow a head noun as an adjective or as
// whose it is: Romance languages put both behind.
func isForeignTail(w string) bool {
	switch w {
	case "nova", "novo", "antiga", "atual", "nueva", "nuevo", "antigua", "actual", "nuova", "nuovo", "vecchia", "nouveau", "nouvelle",
		"ancien", "actuel", "neu", "neues", "alt", "altes", "klartext", "usuario", "usuário", "utilisateur", "utente", "cliente",
		"banco", "servidor", "serveur", "correo", "maestra", "mestre", "padrao", "padrão", "predeterminada", "provvisoria", "админа":
		return true
	}
	return false
}

// foreignKey returns the kind of a name that speaks of a key in a language that
// puts what it opens behind it: chaveAPI, clave_secreta, clé privée.
func foreignKey(words []string) Kind {
	if len(words) < 2 {
		return None
	}
	switch words[0] {
	case "chave", "clave", "cle", "clé", "chiave", "llave":
	default:
		return None
	}
	switch words[len(words)-1] {
	case "api", "secreta", "secrete", "secrète", "segreta", "acesso", "acceso", "acces", "accès", "accesso", "assinatura", "firma", "jwt":
		return Key
	case "privada", "privee", "privée", "privata":
		return PrivateKey
	}
	return None
}
