package shape

import "strings"

// OfName returns the kind of credential that a name speaks of. It reads the
// name word by word and judges the head noun: passwordFile is a file, apiKey a
// key, forgotPassword an action. Names of key paths, environment variables,
// headers and fields are read alike.
func OfName(name string) Kind {
	if len(name) > maxName || !MayName(name) {
		return None
	}
	segs := nameSegments(name)
	if len(segs) == 0 || isAboutText(segs) || isHandingOn(segs[len(segs)-1]) {
		return None
	}
	last := segs[len(segs)-1]
	if len(last) > 1 && isRejectingVerb(last[0]) {
		return None
	}
	var words []string
	for _, seg := range segs {
		words = append(words, seg...)
	}
	if isConnectionName(words) {
		return DSN
	}
	if kind := foreignKey(words); kind != None {
		return kind
	}
	words, ok := cutAtPreposition(words)
	if !ok {
		return None
	}
	words = dropSoftTails(words)
	if len(words) == 0 {
		return None
	}
	return kindOfHead(words[:len(words)-1], words[len(words)-1])
}

// maxName is the length beyond which a text is no name.
const maxName = 160

// nameSegments returns the words of each segment of a key path, compounds
// written together taken apart. A name without dots is one segment.
func nameSegments(name string) [][]string {
	var segs [][]string
	for seg := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune("./[]\\", r) }) {
		var words []string
		for _, w := range Words(seg) {
			words = append(words, splitCompound(w)...)
		}
		if len(words) > 0 {
			segs = append(segs, mergeWords(words))
		}
	}
	return segs
}

// isHandingOn reports whether the name is of where a web server passes requests
// on to by a protocol: fastcgi_pass. With proxy or grpc before it, only the
// server's own format tells that from a password.
func isHandingOn(words []string) bool {
	if len(words) < 2 || words[len(words)-1] != "pass" {
		return false
	}
	switch words[len(words)-2] {
	case "fastcgi", "uwsgi", "scgi", "memcached":
		return true
	case "cgi":
		return len(words) > 2 && words[len(words)-3] == "fast"
	}
	return false
}

// isAboutText reports whether the name is of a text for people, an error or a
// number, not of a value: errPassword, labels.password, max_tokens.
func isAboutText(segs [][]string) bool {
	for i, seg := range segs {
		near := i >= len(segs)-2
		for _, w := range seg {
			switch w {
			case "i18n", "l10n", "locale", "locales", "translation", "translations", "errcode", "invalid", "wrong", "incorrect", "missing", "verbose":
				return true
			case "err", "error", "errors", "message", "messages", "msg", "label", "labels", "lbl", "hint", "hints",
				"tooltip", "placeholder", "placeholders", "caption", "title", "titles", "help", "description", "descriptions",
				"regex", "regexp", "pattern", "patterns":
				if near {
					return true
				}
			}
		}
	}
	return false
}

// isRejectingVerb reports whether a name that begins with w is of an action, a
// switch, a count or a value that is no credential, whatever its head is.
func isRejectingVerb(w string) bool {
	switch w {
	case "is", "are", "has", "had", "have", "should", "needs", "need", "require", "requires", "required", "validate",
		"verify", "check", "compare", "match", "matches", "show", "hide", "toggle", "enable", "enabled", "disable", "disabled",
		"allow", "allows", "deny", "skip", "without", "no", "use", "uses", "using", "supports", "hash", "encrypt", "reset", "forgot",
		"forgotten", "lost", "change", "changed", "update", "updated", "revoke", "revoked", "rotate", "delete", "deleted",
		"remove", "removed", "invalidate", "expire", "expired", "missing", "invalid", "wrong", "incorrect", "bad", "empty",
		"max", "min", "num", "count", "total", "mask", "masked", "redact", "redacted", "strip", "scrub", "remember", "prompt",
		"enter", "send", "recover", "unknown", "unsupported", "unexpected", "duplicate", "weak", "short", "long", "blank",
		"created", "added", "saved", "assert", "when", "after", "before":
		return true
	}
	return false
}

// cutAtPreposition returns the words before a preposition, which hold the
// head: password for user, token of bot. It reports false if the words before
// it speak of no credential, so that the name is of something else.
func cutAtPreposition(words []string) ([]string, bool) {
	for i := 1; i+1 < len(words); i++ {
		switch words[i] {
		case "for", "of", "from", "with", "by", "via", "to", "at", "per":
		case "in", "on":
			if w := words[i-1]; w == "sign" || w == "log" || w == "opt" || w == "plug" || w == "built" {
				continue
			}
		default:
			continue
		}
		front := dropSoftTails(words[:i])
		if len(front) == 0 || !isHead(front[len(front)-1]) {
			return nil, false
		}
		return words[:i], true
	}
	return words, true
}

// dropSoftTails removes the last words that do not change what the name is of:
// passwordValue, token2, secretOld, passwordConfirmation, TOKEN_GITHUB.
func dropSoftTails(words []string) []string {
	n := len(words)
	for n > 0 && !isHead(words[n-1]) && isSoftTail(words[n-1]) {
		n--
	}
	return words[:n]
}

// isSoftTail reports whether w may follow the head noun.
func isSoftTail(w string) bool {
	switch w {
	case "value", "val", "str", "string", "pem", "plaintext", "cleartext", "plain", "clear", "raw", "bytes", "byte", "literal", "const",
		"default", "def", "dflt", "fallback", "base", "base64", "b64", "hex", "encoded", "decoded", "confirmation", "confirm",
		"again", "repeat", "repeated", "retype", "new", "old", "current", "cur", "prev", "previous", "primary", "secondary",
		"test", "testing", "tests", "prod", "production", "stage", "staging", "dev", "development", "devel", "live", "sandbox",
		"local", "localhost", "qa", "uat", "ci", "real", "actual", "expected", "want", "got", "given", "ptr", "pointer",
		"one", "two", "three", "first", "second", "admin", "root", "db", "database", "override", "correct", "good", "alice", "bob":
		return true
	}
	return isNumber(w) || len(w) == 1 || isStackWord(w) || isForeignTail(w)
}

// isNumber reports whether w is digits only.
func isNumber(w string) bool { return hasOnly(w, "0123456789") }

// isHead reports whether w can be the head noun of a credential's name.
func isHead(w string) bool {
	switch w {
	case "key", "keys", "auth", "authorization", "dsn":
		return true
	}
	return isPasswordWord(w) || isSecretWord(w) || isTokenWord(w)
}

// isPasswordWord reports whether w means a secret that people choose.
func isPasswordWord(w string) bool {
	switch w {
	case "password", "passwords", "passwd", "passwds", "passphrase", "passphrases", "passcode", "pwd", "pwds", "pw", "pass",
		"psw", "pswd", "passw", "pword", "requirepass", "masterauth": // the last two are Redis'
		return true
	}
	return isForeignPassword(w)
}

// isSecretWord reports whether w means a secret of a program.
func isSecretWord(w string) bool {
	switch w {
	case "secret", "secrets", "credential", "credentials", "cred", "creds":
		return true
	}
	return isForeignSecret(w)
}

// isTokenWord reports whether w means a bearer credential.
func isTokenWord(w string) bool {
	switch w {
	case "token", "tokens", "jwt", "jwts", "bearer", "tok":
		return true
	}
	return isForeignToken(w)
}

// kindOfHead returns the kind of a name with this head noun and the words
// before it.
func kindOfHead(mods []string, head string) Kind {
	if anyWord(mods, isConcealed) {
		return None
	}
	switch {
	case head == "dsn":
		return DSN
	case head == "authorization":
		return Header
	case head == "auth":
		if len(mods) == 0 || anyWord(mods[len(mods)-1:], takesAuth) {
			return Header
		}
		return None
	case isPasswordWord(head):
		if (head == "pass" || head == "pw" || head == "passcode") && anyWord(mods, isPassModifier) || anyWord(mods, isOneTimePassword) {
			return None
		}
		return Password
	case isSecretWord(head):
		if anyWord(mods, isReferenceModifier) {
			return None
		}
		return Secret
	case isTokenWord(head):
		if anyWord(mods, isTokenModifier) || anyWord(mods, isOneTime) || namesCluster(mods) {
			return None
		}
		return Token
	case head == "key" || head == "keys":
		return kindOfKey(mods)
	}
	return None
}

// namesCluster reports whether the words before token make it the name of a new
// cluster, which etcd calls its initial cluster token.
func namesCluster(mods []string) bool {
	n := len(mods)
	return n >= 2 && mods[n-2] == "initial" && mods[n-1] == "cluster"
}

// kindOfKey returns the kind of a key by the words before it. A key without any
// is a key of a map.
func kindOfKey(mods []string) Kind {
	if len(mods) == 0 {
		return None
	}
	for _, w := range mods {
		if w == "public" || w == "pub" || w == "publishable" || w == "write" {
			return None // what only writes stands in pages and programs
		}
	}
	mod := mods[len(mods)-1]
	switch mod {
	case "private", "priv", "rsa", "dsa", "ecdsa", "ed25519", "ssh", "tls", "ssl", "pem", "pkcs8", "ec":
		return PrivateKey
	}
	if isKeyModifier(mod) {
		return Key
	}
	return None
}

// isConnectionName reports whether the name is of a connection string or of the
// URL of a service that takes credentials in it.
func isConnectionName(words []string) bool {
	n := len(words)
	for n > 0 && isNumber(words[n-1]) {
		n--
	}
	if n < 2 {
		return false
	}
	switch words[n-1] {
	case "string", "str":
		return words[n-2] == "connection" || words[n-2] == "conn" || words[n-2] == "connect"
	case "url", "uri", "dsn":
		switch words[n-2] {
		case "connection", "conn", "database", "db", "postgres", "postgresql", "pg", "mysql", "mariadb", "redis", "mongo", "mongodb",
			"amqp", "rabbitmq", "rabbit", "broker", "nats", "mssql", "sqlserver", "clickhouse", "cockroach", "jdbc", "sql", "smtp",
			"ldap", "ftp", "sftp", "datasource", "influxdb", "elasticsearch", "elastic":
			return true
		}
	}
	return false
}

// anyWord reports whether a word fulfils is.
func anyWord(words []string, is func(string) bool) bool {
	for _, w := range words {
		if is(w) {
			return true
		}
	}
	return false
}
