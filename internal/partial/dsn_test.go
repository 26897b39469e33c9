package partial

import "testing"

// showDSN returns a connection string in a notation for comparison.
func showDSN(d DSN) string {
	out := [...]string{"none", "url", "mysql", "pairs"}[d.Form]
	add := func(name string, t Text) {
		if t != nil {
			out += " " + name + "=" + t.Display()
		}
	}
	if d.Scheme != "" {
		out += " scheme=" + d.Scheme
	}
	add("user", d.User)
	add("password", d.Password)
	if d.Network != "" {
		out += " net=" + d.Network
	}
	add("host", d.Host)
	add("port", d.Port)
	for _, name := range []string{"sslmode", "tls", "encrypt"} {
		if v, ok := d.Param(name); ok {
			out += " ?" + name + "=" + v.Display()
		}
	}
	return out
}

func TestReadDSN(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"postgres://app:{pw}@db.host.tld:5432/app?sslmode=disable", "url scheme=postgres user=app password={pw} host=db.host.tld port=5432 ?sslmode=disable"},
		{"mongodb://u:p@a.tld:27017,b.tld:27017/x?tls=true", "url scheme=mongodb user=u password=p host=a.tld port=27017 ?tls=true"},
		{"redis://:{pw}@{host}:6379/0", "url scheme=redis password={pw} host={host} port=6379"},
		{"{user}:{pw}@tcp({host}:{port})/{db}?tls={mode}", "mysql user={user} password={pw} net=tcp host={host} port={port} ?tls={mode}"},
		{"app:a@b/c@tcp(db:3306)/app", "mysql user=app password=a@b/c net=tcp host=db port=3306"},
		{"app:pw@unix(/run/mysqld.sock)/app", "mysql user=app password=pw net=unix host=/run/mysqld.sock"},
		{"app:pw@/app", "mysql user=app password=pw"},
		{"app@tcp([::1]:3306)/", "mysql user=app net=tcp host=::1 port=3306"},
		{"host={host} user=app password={pw} dbname=app sslmode=disable", "pairs user=app password={pw} host={host} ?sslmode=disable"},
		{"host = 'db.tld' password='two words' sslmode = prefer", "pairs password=two words host=db.tld ?sslmode=prefer"},
		{"password='{pw}' host=/var/run/postgresql", "pairs password={pw} host=/var/run/postgresql"},
		{"Server=tcp:db.tld,1433;User Id=app;Password={pw};Encrypt=disable", "pairs user=app password={pw} host=db.tld ?encrypt=disable"},
		{"server=db\\inst;pwd=x", "pairs password=x host=db"},
		{"host=a.tld,b.tld port=5432", "pairs host=a.tld port=5432"},
		{"{dsn}", "none"},
		{"file:app.db?cache=shared", "none"},
		{"", "none"},
		{"a=b", "none"},
		{"mail@host.tld", "none"},
	} {
		if got := showDSN(ReadDSN(text(test.in))); got != test.want {
			t.Errorf("ReadDSN(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

// FuzzReadDSN looks for panics.
func FuzzReadDSN(f *testing.F) {
	for _, seed := range []string{"a://b:c@d,e/f?g=h", "a:b@tcp(c)/d?e", "a='b;c' d=\"e", "@(", ")/@=;"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, source string) { ReadDSN(Text{{Text: source}}).Param("tls") })
}
