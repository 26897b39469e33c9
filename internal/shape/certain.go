package shape

// Certain reports whether a name alone says that a text under it is a
// credential, wherever it stands. Most names do: clientSecret, DB_PASSWORD,
// apiKey. Those of one common word (token, secret, pass) and those that often
// name what only belongs to a credential (accessKey for its id, databaseURL for
// the place) need something beside them that says so too.
func Certain(name string) bool {
	kind := OfName(name)
	if kind == None {
		return false
	}
	var words []string
	for _, seg := range nameSegments(name) {
		words = append(words, seg...)
	}
	if cut, ok := cutAtPreposition(words); ok {
		words = cut
	}
	words = dropSoftTails(words)
	if len(words) == 0 {
		return false
	}
	mods, head := words[:len(words)-1], words[len(words)-1]
	if len(mods) > 0 && isGetter(mods[0]) {
		mods = mods[1:]
	}
	switch kind {
	case Password:
		return !isShortPassword(head) || anyWord(mods, isPasswordOwner) || head == "pw" && len(mods) > 0
	case Secret:
		return anyWord(mods, isSecretOwner)
	case Key:
		return anyWord(mods, isSureKeyModifier)
	case Token:
		return head == "jwt" || anyWord(mods, isSureTokenModifier)
	case PrivateKey:
		return anyWord(mods, func(w string) bool { return w == "private" || w == "priv" })
	case Header:
		return head == "authorization"
	}
	return false
}

// isGetter reports whether w begins the name of a function that yields what the
// rest of its name says.
func isGetter(w string) bool {
	switch w {
	case "get", "read", "load", "fetch", "with", "set", "the", "my", "a", "raw", "make", "new", "create", "generate", "gen":
		return true
	}
	return false
}

// isShortPassword reports whether a word for a password has other meanings: a
// passage, a working directory, a stage.
func isShortPassword(w string) bool {
	switch w {
	case "pass", "pwd", "pwds", "pw", "psw", "parola", "passcode":
		return true
	}
	return false
}

// isPasswordOwner reports whether w before a short word for a password says
// whose it is.
func isPasswordOwner(w string) bool {
	switch w {
	case "db", "user", "admin", "root", "smtp", "mail", "ftp", "sftp", "ssh", "http", "proxy", "basic", "auth", "login", "account",
		"database", "bind", "client", "server", "email", "imap", "host", "my", "new", "old", "api", "wifi", "portal", "web", "wlan", "vpn", "ldap",
		"router", "gateway", "customer", "member", "guest", "temp", "initial", "master", "broker", "queue":
		return true
	}
	return isStackWord(w)
}

// isSecretOwner reports whether w before secret says that it is the text of one.
func isSecretOwner(w string) bool {
	switch w {
	case "client", "api", "shared", "signing", "webhook", "jwt", "consumer", "app", "application", "hmac", "key", "token", "cookie",
		"session", "oauth", "oauth2", "auth", "plain", "raw", "bot", "totp", "mfa", "turn", "channel":
		return true
	}
	return isVendorWord(w)
}

// isSureKeyModifier reports whether a key with w before it opens something.
func isSureKeyModifier(w string) bool {
	switch w {
	case "api", "xapi", "secret", "auth", "encryption", "hmac", "jwt", "signing", "aes", "master", "symmetric", "unseal", "preshared":
		return true
	}
	return isVendorWord(w)
}

// isSureTokenModifier reports whether a token with w before it lets in.
func isSureTokenModifier(w string) bool {
	switch w {
	case "access", "auth", "authentication", "authorization", "bearer", "refresh", "api", "session", "bot", "jwt", "personal",
		"private", "admin", "oauth", "oauth2", "security", "login", "id", "secret", "vault", "impersonation", "account":
		return true
	}
	return isStackWord(w)
}
