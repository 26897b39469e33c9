package authconn

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// session is what a program says itself over a connection.
type session struct {
	verbs map[string]bool
	login *flow.Event // the line with the password
	word  string      // its verb
}

// spoken returns the observation of a login that a program spells out itself
// over a connection without TLS: USER and PASS, AUTH, LOGIN.
func spoken(p *observe.Pass, o *flow.Object, told map[finding.Location]bool) practice.Observation {
	s := listen(o)
	if s == nil || s.verbs["AUTH TLS"] || s.verbs["AUTH SSL"] || s.verbs["STARTTLS"] || s.verbs["STLS"] {
		return nil
	}
	if e := protectionOf(o); e.on || e.open || e.configured || overTLS(o, 0) {
		return nil
	}
	address := lastArg(o, "address", "value", "host")
	if address.IsZero() || toldByCallers(o, told) || s.login.Inherited && !s.login.Filled() && !bound(o) {
		return nil
	}
	protocol := s.protocol(address, s.login.Symbol+" "+p.Pkg.Name())
	if protocol == "" {
		return nil
	}
	at := s.login
	return &practice.Connection{
		Source:   p.Source(at.At, at.Symbol, "spoken "+protocol, at.Steps, at.Conditional),
		Protocol: protocol,
		Address:  address.Partial(),
		TLS:      practice.TLSOff,
		Login:    true,
		Use:      at.Text,
	}
}

// overTLS reports whether a connection is made on top of a TLS one.
func overTLS(o *flow.Object, depth int) bool {
	for _, below := range o.Parents() {
		if below.Kind == "tls-connection" || depth < maxBelow && overTLS(below, depth+1) {
			return true
		}
	}
	return false
}

// maxBelow is how many connections below each other are looked at.
const maxBelow = 4

// listen reads the lines of a session, nil if nobody logs in.
func listen(o *flow.Object) *session {
	s := &session{verbs: map[string]bool{}}
	for _, ev := range o.AllEvents() {
		if ev.Role != "line" {
			continue
		}
		v, _ := ev.Arg("value")
		for _, alt := range v.Alts {
			s.hear(ev, alt.Partial().Prefix(), alt)
		}
	}
	if s.login == nil {
		return nil
	}
	return s
}

// hear takes in one line as far as its beginning is known.
func (s *session) hear(ev *flow.Event, line string, alt flow.Alt) {
	words := strings.Fields(strings.ToUpper(line))
	if len(words) == 0 {
		return
	}
	verb := words[0]
	s.verbs[verb] = true
	if len(words) > 1 {
		s.verbs[verb+" "+words[1]] = true
	}
	more := len(words) > 1 || len(alt.Parts) > 1
	switch {
	case verb == "PASS" && more:
		s.login, s.word = ev, verb
	case verb == "AUTH" && len(words) > 1 && (words[1] == "PLAIN" || words[1] == "LOGIN"):
		s.login, s.word = ev, verb
	case len(words) > 1 && words[1] == "LOGIN" && verb != "AUTH" && (len(words) > 2 || more && strings.HasSuffix(line, " ")):
		s.login, s.word = ev, words[1]
	}
}

// ftpVerbs and popVerbs tell the two protocols with USER and PASS apart.
var (
	ftpVerbs = [...]string{"PASV", "EPSV", "PORT", "TYPE", "STOR", "APPE", "CWD", "MKD", "PWD", "SYST", "FEAT", "NLST", "MLSD", "RNFR", "RNTO", "SITE"}
	popVerbs = [...]string{"STAT", "UIDL", "TOP", "APOP", "CAPA"}
)

// protocol tells what is spoken, by the lines, the port, and what the program
// calls it; "" if nothing says so.
func (s *session) protocol(address flow.Value, names string) string {
	switch s.word {
	case "AUTH":
		return "smtp"
	case "LOGIN":
		return "imap"
	}
	if !s.verbs["USER"] {
		return ""
	}
	for _, verb := range ftpVerbs {
		if s.verbs[verb] {
			return "ftp"
		}
	}
	for _, verb := range popVerbs {
		if s.verbs[verb] {
			return "pop3"
		}
	}
	for _, alt := range address.Alts {
		text, _ := alt.Known()
		switch {
		case strings.HasSuffix(text, ":21") || strings.HasPrefix(text, "ftp."):
			return "ftp"
		case strings.HasSuffix(text, ":110") || strings.HasPrefix(text, "pop."):
			return "pop3"
		}
	}
	switch {
	case shape.HasWord(names, "ftp"):
		return "ftp"
	case shape.HasWord(names, "pop", "pop3"):
		return "pop3"
	}
	return ""
}
