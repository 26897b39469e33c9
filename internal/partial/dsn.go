package partial

import "strings"

// DSN is what a reading says of a connection string. A part that is absent is
// nil.
type DSN struct {
	Form   DSNForm
	Scheme string // of a URL, lower case
	User   Text
	// Password is nil where there is none, not where it is empty.
	Password Text
	// Host is the first of several hosts, Port its port.
	Host, Port Text
	// Network is the word before the address of a MySQL data source.
	Network string
	// Params are the query of a URL and of a MySQL data source, or all pairs;
	// names of pairs are lower case and without blanks.
	Params []Param
}

// DSNForm is how a connection string is written.
type DSNForm uint8

// The forms of connection strings.
const (
	NoDSN    DSNForm = iota
	URLDSN           // postgres://user:password@host/database?sslmode=require
	MySQLDSN         // user:password@tcp(host:3306)/database?tls=true
	PairsDSN         // host=... user=... password=..., Server=...;Password=...
	JDBCDSN          // sqlserver://host:1433;databaseName=...;encrypt=true
)

// maxDSN is the length in bytes of the longest text that is read as a
// connection string.
const maxDSN = 1 << 13

// ReadDSN reads a connection string in whichever form it has.
func ReadDSN(t Text) DSN {
	n := 0
	for _, p := range t {
		n += len(p.Text)
	}
	if n > maxDSN {
		return DSN{}
	}
	t = t.TrimSpace()
	if scheme, _, ok := t.cutScheme(); ok && scheme != "" {
		if scheme == "sqlserver" {
			if d, ok := readJDBC(t); ok {
				return d
			}
		}
		return readURLDSN(t)
	}
	if d, ok := readMySQL(t); ok {
		return d
	}
	return readPairs(t)
}

// Param returns the value of the first parameter with one of the names, and
// reports whether there is one.
func (d DSN) Param(names ...string) (Text, bool) {
	for _, p := range d.Params {
		name, _ := p.Name.Known()
		for _, want := range names {
			if strings.EqualFold(name, want) {
				return p.Value, true
			}
		}
	}
	return nil, false
}

// readURLDSN reads a connection string that is a URL; several hosts may stand
// in it, parted by commas.
func readURLDSN(t Text) DSN {
	u := ReadURL(t)
	d := DSN{Form: URLDSN, Scheme: u.Scheme, User: u.User, Password: u.Password, Host: u.Host, Port: u.Port, Params: u.Query}
	if first, _, several := u.Host.Cut(','); several {
		host, port, _ := first.cutLast(':')
		d.Host, d.Port = host.orNil(), port.orNil()
	}
	return d
}

// readJDBC reads a URL whose parameters stand behind semicolons, as drivers of Java
// for SQL Server have them.
func readJDBC(t Text) (DSN, bool) {
	front, rest, ok := t.Cut(';')
	if _, query, asks := front.Cut('?'); !ok || asks && query != nil {
		return DSN{}, false
	}
	d, pairs := readURLDSN(front), readPairs(append(Text{{Text: ";"}}, rest...))
	d.Form, d.Params = JDBCDSN, pairs.Params
	if d.Host == nil {
		d.Host = pairs.Host
	}
	if pairs.Password != nil {
		d.User, d.Password = pairs.User, pairs.Password
	}
	return d, true
}

// readMySQL reads user:password@network(address)/database?parameters, as the
// driver does: from its last slash and its last at sign.
func readMySQL(t Text) (DSN, bool) {
	rest, query, _ := t.Cut('?')
	left, _, _ := rest.cutLast('/')
	info, address, ok := left.cutLast('@')
	if !ok {
		return DSN{}, false
	}
	network, inner, brackets := address.Cut('(')
	word, known := network.Known()
	if !known || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789+-") != "" || !brackets && word != "" {
		return DSN{}, false
	}
	d := DSN{Form: MySQLDSN, Network: word, Params: ReadQuery(query)}
	var password Text
	d.User, password, ok = info.Cut(':')
	if ok {
		d.Password = append(Text{}, password...)
	}
	if brackets {
		inner, _, _ = inner.cutLast(')')
		d.setAddress(inner)
	}
	return d, true
}

// setAddress sets host and port. What begins with a slash is a socket's path.
func (d *DSN) setAddress(t Text) {
	if strings.HasPrefix(t.Prefix(), "/") {
		d.Host = t.orNil()
		return
	}
	var u URL
	u.readHost(t)
	d.Host, d.Port = u.Host, u.Port
}

// readPairs reads pairs of names and values, parted by semicolons if there is
// one, else by blanks.
func readPairs(t Text) DSN {
	_, _, semicolons := t.Cut(';')
	d := DSN{Params: pairsOf(t, semicolons)}
	for _, p := range d.Params {
		name, _ := p.Name.Known()
		switch name {
		case "user", "uid", "userid", "username":
			d.User = p.Value
		case "password", "pwd":
			d.Password = append(Text{}, p.Value...)
		case "host", "hostaddr", "server", "datasource", "addr", "address":
			d.setPairHost(p.Value)
		case "port":
			d.Port = p.Value.orNil()
		default:
			continue
		}
		d.Form = PairsDSN
	}
	return d
}

// setPairHost sets the first of several hosts. An SQL Server address may have
// the protocol before it and the instance or the port behind it.
func (d *DSN) setPairHost(t Text) {
	if first, _, several := t.Cut(','); several {
		t = first
	}
	if rest, ok := t.CutPrefix("tcp:"); ok {
		t = rest
	}
	if host, _, instance := t.Cut('\\'); instance {
		t = host
	}
	port := d.Port
	d.setAddress(t)
	if d.Port == nil {
		d.Port = port
	}
}

// pairsOf splits a text into pairs. Quotes hold a value together and are not
// part of it.
func pairsOf(t Text, semicolons bool) []Param {
	s := pairScanner{semicolons: semicolons}
	for _, p := range t {
		if p.Hole != nil {
			s.put(p)
			continue
		}
		for i := range len(p.Text) {
			s.byte(p.Text[i])
		}
	}
	s.end()
	return s.list
}

// pairScanner reads pairs byte by byte.
type pairScanner struct {
	semicolons bool
	list       []Param
	name       Text
	value      Text
	inValue    bool
	started    bool // the value has begun
	quote      byte
}

// put appends a part to the name or the value that is being read.
func (s *pairScanner) put(p Part) {
	to := &s.name
	if s.inValue {
		to, s.started = &s.value, true
	}
	if n := len(*to); n > 0 && p.Hole == nil && (*to)[n-1].Hole == nil {
		(*to)[n-1].Text += p.Text
		return
	}
	*to = append(*to, p)
}

// byte takes in one byte.
func (s *pairScanner) byte(c byte) {
	blank := c == ' ' || c == '\t' || c == '\n' || c == '\r'
	switch {
	case s.quote != 0 && c == s.quote:
		s.quote = 0
	case s.quote != 0:
		s.put(Part{Text: string(c)})
	case !s.inValue && c == '=':
		s.inValue = true
	case !s.inValue && blank:
		// Blanks around a name count for nothing: "User Id" is one name.
	case s.inValue && !s.started && blank:
	case s.inValue && !s.started && (c == '\'' || c == '"'):
		s.quote, s.started = c, true
	case s.semicolons && c == ';', !s.semicolons && blank:
		s.end()
	default:
		s.put(Part{Text: string(c)})
	}
}

// end ends a pair.
func (s *pairScanner) end() {
	if name, ok := s.name.Known(); ok && s.inValue && name != "" {
		s.list = append(s.list, Param{Name: Text{{Text: strings.ToLower(name)}}, Value: s.value.TrimSpace()})
	}
	s.name, s.value, s.inValue, s.started, s.quote = nil, nil, false, false, 0
}
