package rules

// The vocabulary of model directives. What each word means is told in
// models/README.md; a test holds the two together.

// Places that a directive may stand at, as a set.
const (
	onPackage = 1 << iota
	onFunc
	onMethod
	onType
	onField
	onVar // variables and constants
)

// modelWord is one word of the vocabulary with the arguments it takes, parted
// by spaces. An argument with "!" behind it is required; of those with "+" at
// least one is.
type modelWord struct {
	name string
	args string
}

// modelVerb is one verb: where it may stand, how many bare words follow it, and
// the arguments that it takes whatever the words.
type modelVerb struct {
	name   string
	places int
	words  int // -1: two, the second of which may be missing
	args   string
}

// modelVerbs are the verbs. These tables are constants in all but name: nothing
// writes to them.
var modelVerbs = [...]modelVerb{
	{"new", onFunc | onMethod, 1, "result into"},
	{"parent", onFunc | onMethod, 1, ""},
	{"on", onFunc | onMethod, 2, ""},
	{"object", onType | onVar, 1, ""},
	{"field", onField | onVar, -1, ""},
	{"part", onField | onMethod, 0, "as"},
	{"entry", onType, 1, ""},
	{"context", onVar, -1, ""},
	{"fluent", onMethod | onType, 0, ""},
	{"value", onFunc | onMethod | onType | onField | onVar, 1, "result into"},
	{"fallback", onFunc | onMethod, 0, "key! value! into"},
	{"transfer", onFunc | onMethod, 1, "result into to prefix"},
	{"policy", onFunc | onMethod, 1, ""},
	{"tell", onFunc | onMethod | onField, 1, ""},
	{"writer", onFunc | onMethod | onType | onVar, 1, ""},
	{"store", onFunc | onMethod, 1, ""},
	{"tag", onPackage, 2, ""},
	{"same", onPackage, 1, ""},
}

// modelKinds are the kinds of objects.
var modelKinds = [...]string{
	"http-request", "http-client", "http-transport", "http-server", "http-header", "http-cookie",
	"http-credentials", "url", "url-values", "userinfo", "form-data", "tls-config", "tls-connection",
	"tls-listener", "tls-dialer", "tcp-connection", "ssh-client-config", "ssh-server-config",
	"ssh-auth", "ssh-connection", "sftp-connection", "ftp-connection", "ftp-option", "smtp-auth",
	"smtp-connection", "smpp-connection", "ldap-connection", "sql-connection", "redis-connection",
	"mysql-connection", "clickhouse-connection", "cassandra-connection",
	"mongo-connection", "amqp-connection", "nats-connection", "mqtt-connection", "kafka-connection",
	"grpc-connection", "websocket-connection", "jwt-token", "jwt-claims", "jwt-check", "session", "oauth-config", "option", "setting",
	"login", "env", "command",
}

// modelRoles are the roles of events, with the arguments that make one.
var modelRoles = [...]modelWord{
	{"method", "value!"},
	{"url", "value!"},
	{"base-url", "value!"},
	{"url-scheme", "value!"},
	{"host", "value!"},
	{"path", "value!"},
	{"path-param", "name! value!"},
	{"path-params", "value!"},
	{"query", "name! value!"},
	{"queries", "value!"},
	{"query-string", "value!"},
	{"userinfo", "user+ password+"},
	{"param", "name! value!"},
	{"form", "name! value!"},
	{"forms", "value!"},
	{"header", "name! value!"},
	{"headers", "value!"},
	{"header-pairs", "value!"},
	{"cookie", "name+ value+"},
	{"body", "value!"},
	{"basic", "user+ password+"},
	{"basic-pair", "value!"},
	{"digest", "user+ password+"},
	{"bearer", "token!"},
	{"api-key", "key+ user+ header+ scheme+ query+"},
	{"auth-scheme", "value!"},
	{"auth-header", "value!"},
	{"login", "user+ password+ secret+ key+ token+ callback+ host method"},
	{"logins", "value!"},
	{"command-login", "name! command! value!"},
	{"secret", "password+ passphrase+ secret+ key+ private-key+ token+ callback+ user"},
	{"compare", "hash! password!"},
	{"dsn", "value! driver"},
	{"address", "value+ host+ network port+"},
	{"proxy", "value!"},
	{"redirect", "callback!"},
	{"dialer", "callback+ value+"},
	{"tls", "config role"},
	{"dial-tls", "config role value"},
	{"plain", "value"},
	{"tls-policy", "value!"},
	{"min-version", "value!"},
	{"max-version", "value!"},
	{"skip-verify", "value"},
	{"verify-callback", "callback!"},
	{"host-key", "callback"},
	{"auth-password", "password+ callback+"},
	{"auth-key", "value+ private-key+ passphrase callback+"},
	{"send", "client"},
	{"line", "value!"},
	{"edit", "callback!"},
	{"include", "value!"},
	{"variable", "name! value!"},
	{"variables", "value!"},
	{"setting", "name+ value+ env+"},
	{"argument", "value!"},
	{"arguments", "value!"},
	{"debug", "value writer shows"},
	{"claim", "name! value!"},
	{"claims", "value!"},
	{"algorithm", "value!"},
	{"sign", ""},
	{"lifetime", "value! unit"},
	{"verify", "value"},
	{"returns-anyway", ""},
	{"algorithms", "value!"},
	{"unverified", "value unless text"},
	{"claims-unchecked", "value unless"},
}

// modelValues are the roles of values.
var modelValues = [...]modelWord{
	{"env", "name!"},
	{"setting", "name"},
	{"file", "name"},
	{"input", "name"},
	{"credential", "name"},
	{"user-name", "name"},
	{"digest", "algorithm input"},
	{"password-hash", "input cost least algorithm keys"},
	{"random", ""},
	{"now", ""},
	{"hmac", ""},
	{"unsigned", ""},
	{"rsa-key", "bits!"},
	{"signed-token", ""},
	{"token-response", ""},
	{"environment", ""},
	{"settings", ""},
	{"loopback", ""},
	{"redacted", ""},
	{"dump", "request! whose"},
	{"url-error", "request+ url+"},
	{"accept-any-host-key", ""},
	{"checked-host-key", ""},
	{"plaintext", ""},
	{"opportunistic", ""},
	{"encrypted", ""},
	{"strength", ""},
	{"base64-alphabet", "name!"},
	{"nowhere", ""},
}

// modelTransfers are the operations on text.
var modelTransfers = [...]modelWord{
	{"same", "value!"},
	{"empty", ""},
	{"concat", "parts!"},
	{"either", "values!"},
	{"sprintf", "format! args!"},
	{"template", "value! text!"},
	{"sprint", "args!"},
	{"sprintln", "args!"},
	{"join", "list! sep!"},
	{"join-path", "parts! base"},
	{"repeat", "value! count!"},
	{"replace", "value! old! new! count"},
	{"lower", "value!"},
	{"upper", "value!"},
	{"trim-space", "value!"},
	{"trim", "value! cutset!"},
	{"trim-left", "value! cutset!"},
	{"trim-right", "value! cutset!"},
	{"trim-prefix", "value! affix!"},
	{"trim-suffix", "value! affix!"},
	{"part", "value!"},
	{"expand", "value!"},
	{"number", "value!"},
	{"quote", "value!"},
	{"unquote", "value!"},
	{"length", "value!"},
	{"entropy", "value!"},
	{"encode", "value! format!"},
	{"decode", "value! format!"},
	{"base64-encode", "value! encoding!"},
	{"base64-decode", "value! encoding!"},
	{"hex-encode", "value!"},
	{"hex-decode", "value!"},
	{"query-escape", "value!"},
	{"query-unescape", "value!"},
	{"path-escape", "value!"},
	{"path-unescape", "value!"},
	{"url-string", "value!"},
	{"values-encode", "value!"},
	{"host-port", "host! port!"},
	{"context-value", "key! value!"},
	{"equal", "a! b!"},
	{"time-add", "value! by!"},
	{"time-add-date", "value! years! months! days!"},
	{"time-count", "value! unit!"},
	{"from-now", "by! unit"},
	{"time-of", "value!"},
	{"duration", "value!"},
	{"duration-count", "value! unit!"},
}

// modelChannels are where a call or a writer tells what it is given.
var modelChannels = [...]modelWord{
	{"log", "value pairs format name as shows"},
	{"terminal", "value pairs format name as shows"},
	{"error", "value pairs format name as"},
	{"response", "value pairs format name as"},
	{"message", "value pairs format name as"},
	{"claims", "value pairs format name as"},
	{"command", "value pairs format name as"},
	{"file", "value"},
}

// modelPolicies are the ways in which a call states a password policy.
var modelPolicies = [...]modelWord{
	{"min-length", "value! max target"},
	{"min-entropy", "value! target"},
	{"generate", "length! digits symbols no-upper repeat"},
	{"pattern", "value! target"},
	{"rules", "target! rules!"},
	{"tag", "target! rules! grammar!"},
	{"alias", "name! rules! grammar!"},
	{"tag-name", "name! grammar!"},
	{"score", "target!"},
	{"class", "name! target"},
}

// modelStores are the ways in which a call stores something.
var modelStores = [...]modelWord{
	{"sql", "query values named set"},
	{"prepared", "query!"},
	{"record", "value column pairs columns rows key life"},
	{"columns", "value!"},
	{"token", "value!"},
	{"renewed", "value!"},
	{"file", "value! to"},
}

// modelTags are the grammars of struct tags.
var modelTags = [...]modelWord{
	{"validator", ""},
	{"govalidator", ""},
	{"minimum", ""},
	{"env", ""},
	{"setting", ""},
	{"fallback", "key"},
}
