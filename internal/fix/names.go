package fix

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/finding"
)

// variable returns the name of the variable for the setting of a key, "" if none
// can be made of it: its own if it is one of the environment, in Spring the one
// that it takes anyway, and in other files its last keys.
func (s *spot) variable(key string) string {
	if s.isSpring() {
		return relaxed(append(s.parents(), key))
	}
	service := s.service()
	if !isVariable(key) {
		if service == "" {
			return named(strings.Split(key, ".")...)
		}
		return named(service, key)
	}
	if s.isElsewhere(key) {
		// The file has it with another value: the service or the job tells them apart.
		if service == "" {
			return ""
		}
		return named(service, key)
	}
	return strings.ToUpper(key)
}

// isVariable reports whether a key is the name of a variable of the environment.
func isVariable(key string) bool {
	return strings.Trim(key, nameBytes) == "" && strings.ContainsFunc(key, unicode.IsUpper) &&
		(strings.ToUpper(key) == key || strings.Contains(key, "_"))
}

// relaxed returns the name of the variable of the environment that Spring itself
// takes for a setting, "" for one of a list.
func relaxed(keys []string) string {
	name := strings.ToUpper(strings.ReplaceAll(strings.Join(keys, "_"), "-", ""))
	name = strings.ReplaceAll(name, ".", "_")
	if strings.Trim(name, nameBytes) != "" || name == "" || name[0] <= '9' {
		return ""
	}
	return name
}

// named returns the name of a variable that is made of several words, a word
// that ends one and begins the next but once. It is "" if there is none.
func named(parts ...string) string {
	var words []string
	for _, part := range parts {
		list := strings.FieldsFunc(strings.ToUpper(part), func(r rune) bool { return strings.ContainsRune(".-_/ ", r) })
		if len(words) > 0 && len(list) > 1 && words[len(words)-1] == list[0] {
			list = list[1:]
		}
		words = append(words, list...)
	}
	name := strings.Join(words, "_")
	if strings.Trim(name, nameBytes) != "" || name == "" || name[0] <= '9' {
		return ""
	}
	return name
}

// keyOf returns the key that a line of YAML or of assignments begins with, and
// what stands behind it, without quotes and comments.
func keyOf(line string) (key, value string, ok bool) {
	line = strings.Trim(strings.TrimLeft(strings.TrimSpace(line), "- "), `"'`)
	i := strings.IndexAny(line, "=:")
	if i <= 0 || strings.HasPrefix(line, "#") {
		return "", "", false
	}
	key, value = strings.TrimSpace(line[:i]), line[i+1:]
	if j := strings.Index(value, " #"); j >= 0 {
		value = value[:j]
	}
	return strings.Trim(strings.TrimPrefix(key, "export "), `"' `), strings.Trim(value, "\"' \t\r"), true
}

// indent returns how far a line of YAML is indented, -1 for one without text.
func indent(line string) int {
	rest := strings.TrimLeft(line, " ")
	if rest == "" || rest[0] == '#' || rest[0] == '\r' || rest[0] == '\n' {
		return -1
	}
	return len(line) - len(rest)
}

// listed stands for a list among keys.
const listed = "[]"

// parents returns the keys above the one of the line, from the outermost one on:
// none in a file that is no YAML.
func (s *spot) parents() []string {
	if !isYAML(s.file) {
		return nil
	}
	own := indent(string(s.line()))
	if isItem(string(s.line())) {
		own++ // a list may stand as far left as its key
	}
	var keys []string
	for i := s.at.Line - 2; i >= 0 && own > 0; i-- {
		line := string(s.data[s.lines[i]:s.lines[i+1]])
		at := indent(line)
		if at < 0 || at >= own {
			continue
		}
		if strings.HasPrefix(line, "---") {
			break
		}
		inner := at
		if isItem(line) {
			inner = len(line) - len(strings.TrimLeft(line, "- "))
		}
		if key, _, ok := keyOf(line); ok && inner < own {
			keys = append(keys, key)
		}
		if own = at; inner > at {
			keys = append(keys, listed)
			own++
		}
	}
	slices.Reverse(keys)
	return keys
}

// isItem reports whether a line of YAML begins an item of a list.
func isItem(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), "- ") }

// isElsewhere reports whether another line of the file gives the same setting
// another value.
func (s *spot) isElsewhere(key string) bool {
	own := strings.Trim(s.inside(), `"'`)
	for line := range bytes.Lines(s.data) {
		other, value, ok := keyOf(string(line))
		if ok && other == key && value != own && value != "" && !strings.Contains(value, "$") {
			return true
		}
	}
	return false
}

// twin returns the name of the variable that another line of the file is given
// which has the text of the place for its whole value, "" if there is none: who
// logs in and who checks it must know the same. Many things have the same first
// password, so that the other line has to be one of the same service, or of what
// the URL around the place speaks to.
func (s *spot) twin(before string) string {
	own, service, server := s.inside(), s.service(), s.serverBehind()
	for i := range s.lines {
		start, end := s.lines[i], len(s.data)
		if i+1 < len(s.lines) {
			end = s.lines[i+1] - 1
		}
		line := string(s.data[start:end])
		key, value, ok := keyOf(line)
		if !ok || value != own || !isVariable(key) || !isSecretName(key) {
			continue
		}
		at := strings.LastIndex(line, own)
		other := spot{text: s.text, file: s.file, start: start + at, end: start + at + len(own), at: finding.Location{
			File: s.file, Line: i + 1, Column: at + 1, EndLine: i + 1, EndColumn: at + 1 + len(own),
		}}
		of := other.service()
		if isOfScheme(key, schemeOf(before)) || of != "" && (of == service || of == server) {
			return other.variable(key)
		}
	}
	return ""
}

// serverBehind returns the name of the server that the URL around the place
// speaks to, "" if the place is no password in a URL: in a compose file the name
// of a service.
func (s *spot) serverBehind() string {
	host, ok := strings.CutPrefix(string(s.line()[s.at.EndColumn-1:]), "@")
	if !ok {
		return ""
	}
	if end := strings.IndexFunc(host, func(r rune) bool { return !strings.ContainsRune(nameBytes+"-.", r) }); end >= 0 {
		host = host[:end]
	}
	return host
}

// schemeOf returns the scheme of the URL that a text ends in, "" if it ends in none.
func schemeOf(before string) string {
	before = before[strings.LastIndexAny(before, " \t,\"'")+1:]
	before, _, ok := strings.Cut(before, "://")
	if !ok {
		return ""
	}
	return strings.ToLower(before[strings.LastIndexAny(before, "=+:")+1:])
}

// isOfScheme reports whether a variable is by its name one of the server that a
// scheme leads to.
func isOfScheme(key, scheme string) bool {
	var servers []string
	switch scheme {
	case "":
		return false
	case "postgres", "postgresql":
		servers = []string{"POSTGRES", "POSTGRESQL", "PG", "PGSQL", "DB", "DATABASE"}
	case "mysql", "mariadb":
		servers = []string{"MYSQL", "MARIADB", "DB", "DATABASE"}
	case "mongodb":
		servers = []string{"MONGO", "MONGODB", "DB", "DATABASE"}
	case "amqp", "amqps":
		servers = []string{"RABBITMQ", "AMQP", "RMQ", "MQ"}
	case "sqlserver", "mssql":
		servers = []string{"MSSQL", "SQLSERVER", "SA", "DB", "DATABASE"}
	case "redis", "rediss":
		servers = []string{"REDIS", "VALKEY"}
	default:
		servers = []string{strings.ToUpper(scheme)}
	}
	return slices.ContainsFunc(strings.Split(strings.ToUpper(key), "_"), func(word string) bool { return slices.Contains(servers, word) })
}

// isSecretName reports whether a key is one of a credential by its last word.
func isSecretName(key string) bool {
	key = strings.ToUpper(key)
	for _, word := range [...]string{"PASSWORD", "PASS", "PASSWD", "PW", "PWD", "SECRET", "TOKEN", "KEY"} {
		if key == word || strings.HasSuffix(key, "_"+word) {
			return true
		}
	}
	return false
}

// partName returns the name of the variable for a part of a value: of what the
// setting is called, or else of the service, and what the part is.
func (s *spot) partName(before string, f *finding.Finding) string {
	kind := strings.TrimPrefix(f.Evidence["kind"], "Basic ")
	if kind == "" {
		kind = "password"
	}
	key, value, ok := keyOf(before[strings.LastIndexAny(before, "{,")+1:])
	if ok && isVariable(key) && strings.Trim(value, `"' `) == "" {
		return s.variable(key)
	}
	if key, _, ok = keyOf(before); ok && isVariable(key) {
		words := strings.Split(strings.ToUpper(key), "_")
		for len(words) > 1 && isAddressWord(words[len(words)-1]) {
			words = words[:len(words)-1]
		}
		return named(strings.Join(words, "_"), kind)
	}
	if service := s.service(); service != "" {
		return named(service, kind)
	}
	return ""
}

// service returns the name of the service of a compose file, or of the job of a
// workflow, that the place belongs to, "" if it belongs to none.
func (s *spot) service() string {
	if keys := s.parents(); len(keys) > 1 && (keys[0] == "services" || keys[0] == "jobs") {
		return keys[1]
	}
	return ""
}

// isAddressWord reports whether a word says that a setting is an address.
func isAddressWord(word string) bool {
	switch word {
	case "URL", "URI", "DSN", "CONNECTION", "STRING", "ADDRESS", "ADDR", "LINK", "ENDPOINT":
		return true
	}
	return false
}
