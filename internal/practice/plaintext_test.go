package practice

import "testing"

func TestPlaintext(t *testing.T) {
	login := func(o Connection) Connection { o.Login = true; return o }
	for _, test := range []struct {
		name, address string
		o             Connection
		want          string
	}{
		{"bind", "smpp.host.tld:2775", login(Connection{Protocol: "smpp", TLS: TLSOff}), "plaintext-smpp high regular [certain]"},
		{"bind to a host not known", "{addr}", login(Connection{Protocol: "smpp", TLS: TLSOff, Implied: true}), "plaintext-smpp high regular [unknown-host]"},
		{"bind with TLS", "smpp.host.tld:8887", login(Connection{Protocol: "smpp", TLS: TLSOn}), ""},
		{"bind to a simulator", "localhost:2775", login(Connection{Protocol: "smpp", TLS: TLSOff}), ""},
		{"bind within a network", "10.0.0.7:2775", login(Connection{Protocol: "smpp", TLS: TLSOff}), "plaintext-smpp low regular [private-host]"},
		{"no login", "ldap.host.tld:389", Connection{Protocol: "ldap", TLS: TLSOff}, ""},
		{"LDAP", "ldap.host.tld:389", login(Connection{Protocol: "ldap", TLS: TLSOff}), "credential-over-plaintext high regular [certain]"},
		{"LDAP by URL", "ldap://ldap.host.tld", login(Connection{Protocol: "ldap", TLS: TLSOff}), "credential-over-plaintext high regular [certain]"},
		{"TLS not known", "ldap.host.tld:389", login(Connection{Protocol: "ldap"}), ""},
		{"host not known", "{addr}", login(Connection{Protocol: "ldap", TLS: TLSOff}), "credential-over-plaintext medium regular [unknown-host]"},
		{"no address at all", "", login(Connection{Protocol: "ldap", TLS: TLSOff}), "credential-over-plaintext medium regular [unknown-host]"},
		{"default to a host not known", "{addr}", login(Connection{Protocol: "redis", TLS: TLSOff, Implied: true}),
			"credential-over-plaintext low auditor [unknown-host weak-evidence]"},
		{"default to a public host", "redis.host.tld:6379", login(Connection{Protocol: "redis", TLS: TLSOff, Implied: true}),
			"credential-over-plaintext high regular [certain]"},
		{"cluster", "redis:6379", login(Connection{Protocol: "redis", TLS: TLSOff}), "credential-over-plaintext low auditor [cluster-host]"},
		{"socket", "/var/run/redis.sock", login(Connection{Protocol: "redis", TLS: TLSOff}), ""},
		{"socket by URL", "unix:///run/app.sock", login(Connection{Protocol: "grpc", TLS: TLSOff}), ""},
		{"in the process", "passthrough:///bufnet", login(Connection{Protocol: "grpc", TLS: TLSOff}), ""},
		{"target", "dns:///api.host.tld:443", login(Connection{Protocol: "grpc", TLS: TLSOff}), "credential-over-plaintext high regular [certain]"},
		{"STARTTLS if offered", "mail.host.tld:25", login(Connection{Protocol: "smtp", TLS: TLSOpportunistic}), "credential-over-plaintext low regular [opportunistic]"},
		{"proof", "db.host.tld", login(Connection{Protocol: "postgres", TLS: TLSOff}), "credential-over-plaintext medium regular [proof]"},
		{"test", "ldap.host.tld:389", login(Connection{Protocol: "ldap", TLS: TLSOff, Source: Source{Test: true}}), "credential-over-plaintext low auditor [test]"},
	} {
		o := test.o
		o.At = at(1)
		if test.address != "" {
			o.Address = str(test.address)
		}
		if got := show(judged(t, &Judge{}, &o)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestPlaintextBesideVPN(t *testing.T) {
	o := &Connection{Source: source(1), Protocol: "smpp", TLS: TLSOff, Login: true, Address: str("smpp.host.tld:2775")}
	j := &Judge{Catalogue: catalogue(t), VPNHosts: []string{"*.host.tld"}}
	if r := j.Run([]Observation{o}); len(r.Findings) != 0 || r.Protected != 1 {
		t.Errorf("got %d findings, %d protected", len(r.Findings), r.Protected)
	}
}

func TestSetDSN(t *testing.T) {
	const (
		off         = "credential-over-plaintext medium regular [proof]"
		prefer      = "credential-over-plaintext low regular [opportunistic proof]"
		impliedPref = "credential-over-plaintext low auditor [opportunistic proof weak-evidence]"
		clear       = "credential-over-plaintext high regular [certain]"
	)
	for _, test := range []struct{ driver, dsn, want string }{
		{"postgres", "postgres://app:{!pw}@db.host.tld/app?sslmode=disable", off},
		{"postgres", "postgres://app:{!pw}@db.host.tld/app?sslmode=prefer", prefer},
		{"postgres", "postgres://app:{!pw}@db.host.tld/app?sslmode=require", ""},
		{"postgres", "postgres://app:{!pw}@db.host.tld/app", ""},
		{"pgx", "postgres://app:{!pw}@db.host.tld/app", impliedPref},
		{"", "postgres://app:{!pw}@db.host.tld/app", ""},
		{"postgres", "postgres://app:{!pw}@db.host.tld/app?sslmode={mode}", ""},
		{"postgres", "postgres://app@db.host.tld/app?sslmode=disable", ""},
		{"postgres", "postgres://app:{!pw}@localhost/app?sslmode=disable", ""},
		{"postgres", "postgres://app:{!pw}@/app?host=/var/run/postgresql&sslmode=disable", ""},
		{"cloudsqlpostgres", "host=p:r:i user=app password={!pw} sslmode=disable", ""},
		{"postgres", "host=db.host.tld user=app password={!pw} sslmode=disable", off},
		{"postgres", "user=app password={!pw} sslmode=disable", ""},
		{"postgres", "host={host} user=app password={!pw} sslmode=disable", "credential-over-plaintext medium regular [proof unknown-host]"},
		{"postgres", "host={host} user=app password={!pw} sslmode={mode}", ""},
		{"otel-postgres", "host=db.host.tld password={!pw} sslmode=allow", prefer},
		{"mysql", "app:{!pw}@tcp(db.host.tld:3306)/app", off},
		{"mysql", "{user}:{!pw}@tcp({host}:{port})/{db}", "credential-over-plaintext low auditor [proof unknown-host weak-evidence]"},
		{"mysql", "{user}:{!pw}@tcp({host}:{port})/{db}?tls=false", "credential-over-plaintext medium regular [proof unknown-host]"},
		{"mysql", "app:{!pw}@tcp(db.host.tld:3306)/app?tls=true", ""},
		{"mysql", "app:{!pw}@tcp(db.host.tld:3306)/app?tls=custom", ""},
		{"mysql", "app:{!pw}@tcp(db.host.tld:3306)/app?tls=preferred", prefer},
		{"mysql", "app:{!pw}@unix(/tmp/mysql.sock)/app", ""},
		{"mysql", "app:{!pw}@/app", ""},
		{"mysql", "{dsn}", ""},
		{"sqlite3", "file:app.db?_auth_pass=x", ""},
		{"sqlserver", "sqlserver://app:{!pw}@db.host.tld?encrypt=disable", clear},
		{"sqlserver", "sqlserver://app:{!pw}@db.host.tld", ""},
		{"sqlserver", "server=db.host.tld;user id=app;password={!pw};encrypt=disable", clear},
		{"", "Server=db.host.tld;User Id=app;Password={!pw};Encrypt=False", "credential-over-plaintext low regular [opportunistic]"},
		{"", "Server=db.host.tld;User Id=app;Password={!pw};Encrypt=True", ""},
		{"", "Server=db.host.tld;Integrated Security=true;Encrypt=False", ""},
		{"", "Server=.;User Id=app;Password={!pw};Encrypt=False", ""},
		{"", "Server=db.host.tld;Uid=app;Pwd={!pw};SslMode=None", "credential-over-plaintext medium regular [proof]"},
		{"", "Server=db.host.tld;Uid=app;Pwd={!pw};SslMode=VerifyFull", ""},
		{"", "Host=db.host.tld;Username=app;Password={!pw};SSL Mode=Disable", "credential-over-plaintext medium regular [proof]"},
		{"", "sqlserver://db.host.tld:1433;databaseName=x;user=app;password={!pw};encrypt=false", "credential-over-plaintext low regular [opportunistic]"},
		{"mongodb", "mongodb://app:{!pw}@db.host.tld/app", off},
		{"mongodb", "mongodb://app:{!pw}@db.host.tld/app?tls=true", ""},
		{"mongodb", "mongodb+srv://app:{!pw}@db.host.tld/app", ""},
		{"amqp", "amqp://app:{!pw}@mq.host.tld/", clear},
		{"amqp", "amqps://app:{!pw}@mq.host.tld/", ""},
		{"amqp", "amqp://guest:guest@localhost:5672/", ""},
		{"redis", "redis://:{!pw}@cache.host.tld:6379", clear},
		{"redis", "rediss://:{!pw}@cache.host.tld:6379", ""},
		{"nats", "nats://app:{!pw}@mq.host.tld", "credential-over-plaintext low auditor [opportunistic weak-evidence]"},
		{"clickhouse", "clickhouse://app:{!pw}@db.host.tld:9000/app?secure=true", ""},
		{"clickhouse", "clickhouse://app:{!pw}@db.host.tld:9000/app", clear},
		{"neo4j", "bolt://app:{!pw}@db.host.tld", clear},
	} {
		o := &Connection{Source: source(1)}
		o.SetDSN(test.driver, str(test.dsn))
		if got := show(judged(t, &Judge{}, o)); got != test.want {
			t.Errorf("%s: %s: got %s, want %s", test.driver, test.dsn, got, test.want)
		}
	}
	either := &Connection{Source: source(1)}
	either.SetDSN("postgres", str("{env}", "postgres://app:{!pw}@db.host.tld/app?sslmode=disable"))
	if either.Condition != Conditional {
		t.Error("a default is no condition")
	}
	broker := &Connection{Source: source(1), Protocol: "mqtt", Login: true}
	broker.SetDSN("mqtt", str("tcp://mq.host.tld:1883"))
	if got := show(judged(t, &Judge{}, broker)); got != clear {
		t.Errorf("broker: got %s", got)
	}
}
