package practice

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// The ids of the rules on logins without TLS.
const (
	plaintextSMPP           = "plaintext-smpp"
	credentialOverPlaintext = "credential-over-plaintext"
)

// plaintext judges a connection over which a login goes without TLS.
func (c *court) plaintext(o *Connection, host string, class partial.Class, v verdict) {
	if !o.Login || o.Anonymous || o.TLS != TLSOff && o.TLS != TLSOpportunistic {
		return
	}
	if host != "" && isDeclared(c.VPNHosts, host) {
		c.protected++
		return
	}
	p := protocolOf(o.Protocol)
	v.grades = append(v.grades, plaintextGrades(o, p, class)...)
	v.message = plaintextMessage(o, p, host)
	v.evidence["protocol"] = p.name
	c.pass(p.rule, v)
}

// plaintextGrades returns the grades that TLS, login and host of a connection give.
func plaintextGrades(o *Connection, p protocol, class partial.Class) []Grade {
	var grades []Grade
	if p.proof {
		grades = append(grades, ByProof)
	}
	if o.TLS == TLSOpportunistic {
		grades = append(grades, Opportunistic)
	}
	if class == partial.UnknownHost {
		grades = append(grades, UnknownHost)
	}
	// A default that nobody has chosen shows in regular only where the host is
	// known; a bind leaves the house anyway.
	if o.Implied && p.rule != plaintextSMPP && (class == partial.UnknownHost || o.TLS == TLSOpportunistic) {
		grades = append(grades, WeakEvidence)
	}
	return grades
}

// plaintextMessage says what goes where, and what to do.
func plaintextMessage(o *Connection, p protocol, host string) string {
	what, remedy := "password goes", ": "+p.remedy+" and rotate it"
	if p.proof {
		what, remedy = "login and data go", ": "+p.remedy
	}
	how := " without TLS, open to anyone on the way"
	if o.TLS == TLSOpportunistic {
		how = ", with TLS only if nobody on the way takes it out"
	}
	return message(what+" to "+toHost(host, "the server")+" over "+p.name+how, nil, remedy)
}

// protocol is what the practices know of a protocol with logins.
type protocol struct {
	name   string
	rule   string
	remedy string
	// proof is set where the usual ways of logging in do not send the password
	// itself.
	proof bool
}

// protocolOf returns what is known of a protocol.
func protocolOf(word string) protocol {
	p := protocol{rule: credentialOverPlaintext, remedy: "use TLS"}
	switch word = strings.ToLower(word); word {
	case "smpp":
		p.name, p.rule = "SMPP", plaintextSMPP
	case "ldap":
		p.name, p.remedy = "LDAP", "use ldaps or StartTLS"
	case "smtp", "amqp", "mqtt", "nats", "imap", "pop3":
		p.name = strings.ToUpper(word)
	case "redis":
		p.name = "Redis"
	case "kafka":
		p.name = "Kafka"
	case "grpc":
		p.name = "gRPC"
	case "neo4j":
		p.name = "Bolt"
	case "clickhouse":
		p.name = "ClickHouse"
	case "cassandra":
		p.name = "Cassandra"
	case "sqlserver":
		p.name, p.remedy = "SQL Server", "set encrypt=true"
	case "postgres":
		p.name, p.remedy, p.proof = "PostgreSQL", "set sslmode=verify-full", true
	case "mysql":
		p.name, p.remedy, p.proof = "MySQL", "set tls=true", true
	case "mongo":
		p.name, p.remedy, p.proof = "MongoDB", "set tls=true", true
	default:
		p.name = "a protocol"
	}
	return p
}
