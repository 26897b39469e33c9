package shape

// IsUserName reports whether a name speaks of a user: userName, login, e-mail,
// DB_USER.
func IsUserName(name string) bool {
	words := Words(name)
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "user", "username", "login", "email", "mail", "account", "benutzer", "benutzername", "usuario", "usuário", "utilisateur", "utente", "пользователь":
		return true
	case "name", "id":
		return len(words) > 1 && (words[len(words)-2] == "user" || words[len(words)-2] == "login")
	}
	return false
}
