package shape

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"
)

// splitUserInfo finds the credential in a URL with user info, in a MySQL data
// source name and in a connection string of key=value pairs.
func splitUserInfo(text string) (inside, bool) {
	if strings.ContainsAny(text, "\n\r") || len(text) < 8 {
		return inside{}, false
	}
	if in, ok := splitURL(text); ok {
		return in, true
	}
	if in, ok := splitMySQL(text); ok {
		return in, true
	}
	return splitPairs(text)
}

// splitURL finds the credential in scheme://user:password@host.
func splitURL(text string) (inside, bool) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || !isScheme(scheme) {
		return inside{}, false
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	at := strings.LastIndexByte(authority, '@')
	if at < 0 && !isWeb(scheme) {
		return splitURLQuery(authority, rest[len(authority):])
	}
	if at < 0 || strings.ContainsFunc(authority, unicode.IsSpace) {
		return inside{}, false
	}
	host := authority[at+1:]
	user, password, both := strings.Cut(authority[:at], ":")
	user, password = unescape(user), unescape(password)
	name, secret := credentialOf(user, password)
	if !both || password == "" {
		// A user alone is a credential only if no person is called so.
		if !isUnguessable(secret) || isPublicHost(host) {
			return inside{}, false
		}
	}
	return inside{user: name, secret: secret, host: bareHost(host), sample: isSamplePair(user, password)}, true
}

// isWeb reports whether a scheme is one of the web, whose queries are judged
// with the request that they belong to.
func isWeb(scheme string) bool {
	switch strings.ToLower(scheme) {
	case "http", "https", "ws", "wss", "file":
		return true
	}
	return false
}

// splitURLQuery finds the credential in the query of a data source, as in
// jdbc:postgresql://host/database?user=app&password=...
func splitURLQuery(host, rest string) (inside, bool) {
	_, query, _ := strings.Cut(rest, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return inside{}, false
	}
	for _, name := range [...]string{"password", "passwd", "pwd"} {
		if password := values.Get(name); password != "" {
			user := values.Get("user")
			return inside{user: user, secret: password, host: bareHost(host), sample: isSamplePair(user, password)}, true
		}
	}
	return inside{}, false
}

// bareHost returns a host without its port, the first of several.
func bareHost(host string) string {
	host, _, _ = strings.Cut(host, ",")
	if i := strings.LastIndexByte(host, ':'); i >= 0 && i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	return host
}

// isPublicHost reports whether user names at a host are public by design.
func isPublicHost(host string) bool {
	return strings.HasSuffix(host, "sentry.io") || strings.Contains(host, ".ingest.") || strings.Contains(host, "sentry")
}

// isScheme reports whether text is the scheme of a URL, compound ones such as
// jdbc:postgresql and postgres+ssl included.
func isScheme(text string) bool {
	if text == "" || len(text) > 40 || !isASCIILetter(text[0]) {
		return false
	}
	return strings.Trim(text, alphanumerics+"+-.:") == ""
}

// isASCIILetter reports whether c is a letter.
func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// unescape undoes percent encoding where it is well-formed. The verbs and
// references of templates are left alone.
func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// isSamplePair reports whether user and password only say what stands where, as
// in user:password@host.
func isSamplePair(user, password string) bool {
	if len(user) == 1 && len(password) <= 2 {
		return true
	}
	switch strings.ToLower(user) {
	case "user", "username", "usr", "login", "name", "foo", "uid", "id":
	default:
		return false
	}
	switch strings.ToLower(password) {
	case "pass", "password", "passwd", "pwd", "pw", "bar", "secret", "key":
		return true
	}
	return false
}

// mysqlMarks stand between the login and the address of a MySQL data source.
var mysqlMarks = [...]string{"@tcp(", "@unix(", "@tcp6(", "@udp(", "@/", "@cloudsql("}

// splitMySQL finds the credential in user:password@tcp(host)/database.
func splitMySQL(text string) (inside, bool) {
	at := -1
	for _, mark := range mysqlMarks {
		if i := strings.LastIndex(text, mark); i > at {
			at = i
		}
	}
	if at < 0 {
		return inside{}, false
	}
	user, password, ok := strings.Cut(text[:at], ":")
	if !ok || password == "" || strings.ContainsAny(user, " /\\\"'") || strings.Contains(text[:at], "://") {
		return inside{}, false
	}
	_, address, _ := strings.Cut(text[at:], "(")
	address, _, _ = strings.Cut(address, ")")
	if strings.HasPrefix(text[at:], "@unix") || strings.HasPrefix(text[at:], "@/") {
		address = "localhost"
	}
	return inside{user: user, secret: password, host: bareHost(address), sample: isSamplePair(user, password)}, true
}

// field is what a pair of a connection string holds.
type field int

const (
	unknownField field = iota
	secretField
	userField
	hostField
	otherField // that only connection strings have
)

// fieldOf returns what the pair of a name holds.
func fieldOf(name string) field {
	switch strings.ToLower(strings.ReplaceAll(name, " ", "")) {
	case "password", "pwd", "pass", "passwd", "accountkey", "sharedaccesskey", "accesskey":
		return secretField
	case "user", "uid", "userid", "username", "sharedaccesskeyname", "accountname":
		return userField
	case "host", "hostaddr", "server", "datasource", "addr", "address", "networkaddress":
		return hostField
	case "endpoint", "port", "dbname", "database", "initialcatalog", "sslmode", "defaultendpointsprotocol", "endpointsuffix":
		return otherField
	}
	return unknownField
}

// MayHoldLogin reports whether a line may hold a data source of MySQL or a
// connection string of pairs, somewhere in it.
func MayHoldLogin(line []byte) bool {
	if bytes.IndexByte(line, '@') >= 0 && bytes.IndexByte(line, ':') >= 0 {
		for _, mark := range mysqlMarks {
			if bytes.Contains(line, []byte(mark)) {
				return true
			}
		}
	}
	if bytes.Count(line, []byte("=")) < 2 {
		return false
	}
	const longest = 30
	secret, other := false, false
	for i, c := range line {
		if c != '=' {
			continue
		}
		before := strings.TrimRight(string(line[max(0, i-longest):i]), " ")
		// What stands before the sign is one word, or with semicolons several.
		for _, breaks := range [...]string{" \t;\"'", ";\"'"} {
			switch fieldOf(before[strings.LastIndexAny(before, breaks)+1:]) {
			case unknownField:
			case secretField:
				secret = true
			default:
				other = true
			}
		}
	}
	return secret && other
}

// splitPairs finds the credential in "host=db user=app password=..." and in
// "Server=db;User Id=app;Password=...".
func splitPairs(text string) (inside, bool) {
	lower := strings.ToLower(text)
	if !strings.Contains(lower, "pass") && !strings.Contains(lower, "pwd") && !strings.Contains(lower, "key=") {
		return inside{}, false // the cheap test first: most texts end here
	}
	fields := pairFields(text)
	var in inside
	known := 0
	for _, field := range fields {
		key, value, ok := strings.Cut(field, "=")
		if !ok {
			continue
		}
		value = strings.Trim(strings.TrimSpace(value), `'"`)
		switch fieldOf(strings.TrimSpace(key)) {
		case secretField:
			in.secret = value
		case userField:
			in.user = value
			known++
		case hostField:
			in.host = bareHost(value)
			known++
		case otherField:
			known++
		}
	}
	if known == 0 || in.secret == "" {
		return inside{}, false
	}
	in.sample = isSamplePair(in.user, in.secret)
	return in, true
}

// pairFields parts a connection string at semicolons, or else at spaces outside
// quotes.
func pairFields(text string) []string {
	if strings.Contains(text, ";") {
		return strings.Split(text, ";")
	}
	var quote rune
	return strings.FieldsFunc(text, func(r rune) bool {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
			return false
		case r == '\'' || r == '"':
			quote = r
			return false
		}
		return unicode.IsSpace(r)
	})
}
