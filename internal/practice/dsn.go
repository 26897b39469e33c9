package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// SetDSN sets what a connection string tells of a connection: the protocol, the
// address, the login and whether TLS is used. The driver is the name that the
// program gives it; "" where it is not known. A protocol that is set stays.
func (o *Connection) SetDSN(driver string, dsn partial.String) {
	var known []reading
	for _, alt := range dsn.Alternatives {
		if r, ok := readDSN(driver, alt); ok {
			known = append(known, r)
		}
	}
	if len(known) == 0 {
		return
	}
	// What is exposed most decides; that other settings are not says that
	// configuration chooses.
	worst := slices.MinFunc(known, func(a, b reading) int { return weakness(a.tls) - weakness(b.tls) })
	o.TLS, o.Implied = worst.tls, worst.implied
	if o.Protocol == "" {
		o.Protocol = worst.protocol
	}
	open := len(known) < len(dsn.Alternatives) || dsn.Truncated
	for _, r := range known {
		if r.tls != worst.tls {
			open = true
			continue
		}
		o.Login = o.Login || r.login
		o.Address.Alternatives = append(o.Address.Alternatives, r.host)
	}
	if open && o.Condition == Always {
		o.Condition = Conditional
	}
}

// weakness orders the states of TLS, the weakest first.
func weakness(s TLSState) int {
	switch s {
	case TLSOff:
		return 0
	case TLSOpportunistic:
		return 1
	case TLSUnknown:
		return 2
	}
	return 3
}

// reading is what one reading of a connection string tells.
type reading struct {
	protocol string
	host     partial.Text
	tls      TLSState
	implied  bool
	login    bool
}

// readDSN reads one reading, and reports whether it is one of a connection to a
// server.
func readDSN(driver string, t partial.Text) (reading, bool) {
	d := partial.ReadDSN(t)
	r := reading{host: d.Host, login: isLogin(d)}
	driver = strings.ToLower(driver)
	if d.Scheme != "" && r.byScheme(d, driver) {
		return r.located(d), true
	}
	switch dialect(driver, d) {
	case "postgres":
		r.postgres(d, driver)
	case "mysql":
		r.mysql(d)
	case "sqlserver":
		r.sqlServer(d)
	case "ado":
		r.adoNet(d)
	case "mqtt":
		// A broker without scheme is host and port.
		if t.Prefix() == "" || strings.Contains(t.Prefix(), "/") {
			return r, false
		}
		r.protocol, r.tls, r.host = "mqtt", TLSOff, t
		return r, true
	default:
		return r, false
	}
	return r.located(d), true
}

// isLogin reports whether a connection string holds a password, or a place for one.
func isLogin(d partial.DSN) bool {
	password := d.Password
	if password == nil {
		for _, name := range []string{"password", "pwd"} {
			if v, ok := d.Param(name); ok {
				password = v
			}
		}
	}
	if password == nil {
		return false
	}
	text, known := password.Known()
	return !known || text != ""
}

// located returns the reading with the address of this machine where the
// connection string names none: all of these drivers take it then.
func (r reading) located(d partial.DSN) reading {
	if text, ok := r.host.Known(); ok && isThisMachine(strings.ToLower(text)) {
		r.host = partial.Text{{Text: "localhost"}}
	}
	if r.host != nil || strings.Contains(d.Scheme, "srv") {
		return r
	}
	if host, ok := d.Param("host"); ok {
		r.host = host
		return r
	}
	r.host = partial.Text{{Text: "localhost"}}
	return r
}

// isThisMachine reports whether a host is one of the names that SQL Server has for
// the machine itself.
func isThisMachine(host string) bool { return host == "." || host == "(local)" || host == "(localdb)" }

// dialect returns the kind of a driver of SQL databases by its name and the
// form of the connection string.
func dialect(driver string, d partial.DSN) string {
	switch {
	case driver == "mqtt" && d.Form == partial.NoDSN:
		return "mqtt"
	case d.Form == partial.NoDSN:
		return ""
	case d.Form == partial.MySQLDSN && (driver == "" || strings.Contains(driver, "mysql") || strings.Contains(driver, "maria")):
		return "mysql"
	case d.Form == partial.MySQLDSN || d.Scheme != "":
		return ""
	case isPostgres(driver):
		return "postgres"
	case strings.Contains(driver, "sqlserver") || strings.Contains(driver, "mssql"):
		return "sqlserver"
	case driver == "":
		return dialectOfPairs(d)
	}
	return ""
}

// dialectOfPairs returns the kind of driver that pairs are meant for, by the names
// that only it has: those of .NET stand between semicolons.
func dialectOfPairs(d partial.DSN) string {
	has := func(names ...string) bool { _, ok := d.Param(names...); return ok }
	switch {
	case has("encrypt", "trustservercertificate") && has("server", "datasource", "addr", "address", "networkaddress"):
		return "ado"
	case has("sslmode", "ssl-mode") && has("server", "uid", "allowpublickeyretrieval"):
		return "mysql"
	case has("sslmode"):
		return "postgres"
	}
	return ""
}

// byScheme reads what the scheme of a URL decides, and reports whether the
// scheme is one of a protocol with logins.
func (r *reading) byScheme(d partial.DSN, driver string) bool {
	switch d.Scheme {
	case "redis", "valkey":
		r.protocol, r.tls = "redis", TLSOff
	case "rediss", "valkeys":
		r.protocol, r.tls = "redis", TLSOn
	case "amqp":
		r.protocol, r.tls = "amqp", TLSOff
	case "amqps":
		r.protocol, r.tls = "amqp", TLSOn
	case "nats":
		r.protocol, r.tls, r.implied = "nats", TLSOpportunistic, true
	case "ldap":
		r.protocol, r.tls = "ldap", TLSOff
	case "ldaps":
		r.protocol, r.tls = "ldap", TLSOn
	case "ldapi":
		r.protocol, r.tls, r.host = "ldap", TLSOff, partial.Text{{Text: "localhost"}}
	case "mqtt":
		r.protocol, r.tls = "mqtt", TLSOff
	case "mqtts":
		r.protocol, r.tls = "mqtt", TLSOn
	case "tcp", "ws", "http":
		r.protocol, r.tls = driver, TLSOff
		return isTransported(driver)
	case "ssl", "tcps", "tls", "wss", "https":
		r.protocol, r.tls = driver, TLSOn
		return isTransported(driver)
	case "bolt", "neo4j":
		r.protocol, r.tls = "neo4j", TLSOff
	case "bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc":
		r.protocol, r.tls = "neo4j", TLSOn
	default:
		return r.databaseByScheme(d, driver)
	}
	return true
}

// isTransported reports whether a driver takes URLs whose scheme is that of the
// transport.
func isTransported(driver string) bool {
	return driver == "mqtt" || driver == "nats" || driver == "clickhouse"
}

// databaseByScheme reads the URL of a database, whose parameters decide.
func (r *reading) databaseByScheme(d partial.DSN, driver string) bool {
	switch d.Scheme {
	case "postgres", "postgresql":
		r.postgres(d, driver)
	case "pgx", "pgx5":
		r.postgres(d, d.Scheme)
	case "mysql", "mariadb":
		r.mysql(d)
	case "mongodb", "mongodb+srv":
		r.mongo(d)
	case "sqlserver", "mssql":
		r.sqlServer(d)
	case "clickhouse":
		r.protocol = "clickhouse"
		r.byWord(d, "secure", TLSOff, map[string]TLSState{"true": TLSOn, "1": TLSOn, "false": TLSOff, "0": TLSOff})
	default:
		return false
	}
	return true
}

// byWord sets the state by the word of a parameter: what the words mean, what
// its absence means. Any other word, or one that is not known, leaves it open.
func (r *reading) byWord(d partial.DSN, name string, absent TLSState, words map[string]TLSState) {
	value, ok := d.Param(name)
	if !ok {
		r.tls, r.implied = absent, true
		return
	}
	text, known := value.Known()
	state, listed := words[strings.ToLower(text)]
	switch {
	case known && listed:
		r.tls = state
	case known && words["*"] != TLSUnknown:
		r.tls = words["*"]
	default:
		r.tls = TLSUnknown
	}
}

// isPostgres reports whether a driver is one of PostgreSQL.
func isPostgres(driver string) bool {
	return strings.HasPrefix(driver, "pgx") || strings.Contains(driver, "postgres") || driver == "pq"
}

// postgres reads sslmode. Without it one driver requires TLS, the other one
// takes what it can get, and the one for a cloud encrypts by itself.
func (r *reading) postgres(d partial.DSN, driver string) {
	r.protocol = "postgres"
	absent := TLSUnknown
	switch {
	case strings.HasPrefix(driver, "cloudsql"):
		r.tls = TLSOn
		return
	case strings.HasPrefix(driver, "pgx"):
		absent = TLSOpportunistic
	case isPostgres(driver):
		absent = TLSOn
	}
	r.byWord(d, "sslmode", absent, map[string]TLSState{
		"disable": TLSOff, "allow": TLSOpportunistic, "prefer": TLSOpportunistic, "require": TLSOn, "verify-ca": TLSOn, "verify-full": TLSOn,
	})
}

// mysql reads tls: a word, or the name of a configuration.
func (r *reading) mysql(d partial.DSN) {
	r.protocol = "mysql"
	if _, ok := d.Param("sslmode"); ok {
		r.byWord(d, "sslmode", TLSUnknown, map[string]TLSState{"none": TLSOff, "disabled": TLSOff, "preferred": TLSOpportunistic, "*": TLSOn})
		return
	}
	if _, ok := d.Param("usessl"); ok {
		r.byWord(d, "usessl", TLSUnknown, map[string]TLSState{"false": TLSOff, "*": TLSOn})
		return
	}
	r.byWord(d, "tls", TLSOff, map[string]TLSState{"false": TLSOff, "0": TLSOff, "preferred": TLSOpportunistic, "*": TLSOn})
	if d.Network == "unix" {
		r.host = partial.Text{{Text: "localhost"}}
	}
}

// adoNet reads the words of .NET for SQL Server. Without encryption the login goes
// under a certificate that nobody looks at, and all else in clear, unless the server
// asks for more.
func (r *reading) adoNet(d partial.DSN) {
	r.protocol = "sqlserver"
	off := TLSOpportunistic
	r.byWord(d, "encrypt", TLSUnknown, map[string]TLSState{"false": off, "no": off, "0": off, "optional": off, "*": TLSOn})
}

// mongo reads tls and its older name ssl.
func (r *reading) mongo(d partial.DSN) {
	r.protocol = "mongo"
	absent := TLSOff
	if d.Scheme == "mongodb+srv" {
		absent = TLSOn
	}
	words := map[string]TLSState{"true": TLSOn, "false": TLSOff}
	if _, ok := d.Param("ssl"); ok {
		r.byWord(d, "ssl", absent, words)
		return
	}
	r.byWord(d, "tls", absent, words)
}

// sqlServer reads encrypt. Whatever it says but "disable", the login is encrypted.
func (r *reading) sqlServer(d partial.DSN) {
	r.protocol = "sqlserver"
	if d.Form == partial.JDBCDSN {
		r.adoNet(d)
		return
	}
	r.byWord(d, "encrypt", TLSOn, map[string]TLSState{"disable": TLSOff, "*": TLSOn})
}
