package settings

import (
	"encoding/hex"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// This file knows what programs for file transfers keep: clients the logins of
// their sites, servers whether a login is protected.

// markTransfer marks the logins of clients and observes connections without TLS.
func (o *observer) markTransfer(doc *Setting) {
	if sites := doc.Child("FileZilla3"); sites != nil {
		sites.All(o.fileZilla)
	}
	for _, section := range doc.Items {
		if strings.HasPrefix(section.Name, `Sessions\`) {
			o.winSCP(section)
		}
	}
	o.ftpServer(doc)
}

// fileZilla marks the login of a site of FileZilla.
func (o *observer) fileZilla(s *Setting) {
	if s.Name != "Server" || s.Kind != Mapping {
		return
	}
	if pass := s.Child("Pass"); pass != nil {
		value := pass
		if pass.Kind == Mapping {
			value = pass.Child(xmlText)
			if value == nil {
				return
			}
			encoding := pass.Child("encoding")
			value.coded = encoding != nil && encoding.Text == "base64"
			value.clear = encoding != nil && encoding.Text == "crypt"
		}
		if !value.clear {
			value.holds = shape.Password
		}
	}
	if protocol := s.Child("Protocol"); protocol != nil && protocol.Text == "0" {
		o.plainFTP(s, "Host", "User")
	}
}

// plainFTP observes a login by FTP without TLS.
func (o *observer) plainFTP(s *Setting, hostKey, userKey string) {
	host, user := s.Child(hostKey), s.Child(userKey)
	if host == nil || host.Kind != Scalar || user == nil {
		return
	}
	obs := &practice.Connection{Source: o.source(host), Protocol: "ftp", TLS: practice.TLSOff, Address: host.Value(), Use: host.use()}
	setUser(obs, partial.Literal(user.Text).Alternatives[0])
	if obs.Login {
		o.out = append(o.out, obs)
	}
}

// winSCP marks the login of a session of WinSCP, whose password is written in a
// way that everybody can read back.
func (o *observer) winSCP(s *Setting) {
	text := func(name string) string {
		if item := s.Child(name); item != nil {
			return item.Text
		}
		return ""
	}
	if pass := s.Child("Password"); pass != nil {
		if clear, ok := winSCPText(pass.Text, text("UserName")+text("HostName")); ok {
			pass.val = opaque(pass.val.start, pass.val.end, len(clear))
			pass.Text, pass.holds, pass.Verbatim = clear, shape.Password, true
		}
	}
	if text("FSProtocol") == "5" && (text("Ftps") == "" || text("Ftps") == "0") {
		o.plainFTP(s, "HostName", "UserName")
	}
}

// winSCPText reads a password of WinSCP back: the hexadecimal digits of bytes,
// each inverted and mixed with a fixed one, with user and host before it.
func winSCPText(code, prefix string) (string, bool) {
	const (
		mix  = 0xA3
		flag = 0xFF
	)
	data, err := hex.DecodeString(code)
	if err != nil || len(data) < 3 {
		return "", false
	}
	for i := range data {
		data[i] = ^(data[i] ^ mix)
	}
	length, keyed := int(data[0]), data[0] == flag
	data = data[1:]
	if keyed {
		if len(data) < 2 {
			return "", false
		}
		length, data = int(data[1]), data[2:]
	}
	skip := int(data[0])
	if len(data) < 1+skip+length || skip+length == 0 {
		return "", false
	}
	text := string(data[1+skip : 1+skip+length])
	if keyed {
		var ok bool
		if text, ok = strings.CutPrefix(text, prefix); !ok {
			return "", false
		}
	}
	return text, text != ""
}

// ftpKey is what a key of a server for FTP says.
type ftpKey int

const (
	ftpEngine   ftpKey = iota + 1 // whether logins are protected
	ftpLocal                      // whether users of the system log in
	ftpDatabase                   // where users are kept, the password last
	ftpVersion                    // whether an old version of TLS is spoken
)

// ftpKeys are the keys of servers for FTP, in lower case.
var ftpKeys = map[string]ftpKey{
	"ssl_enable": ftpEngine, "tlsengine": ftpEngine, "local_enable": ftpLocal, "sqlconnectinfo": ftpDatabase, "ldapbinddn": ftpDatabase,
	"radiusserver": ftpDatabase, "ssl_sslv2": ftpVersion, "ssl_sslv3": ftpVersion, "ssl_tlsv1": ftpVersion, "ssl_tlsv1_1": ftpVersion,
}

// ftpServer observes a server for FTP that takes logins without TLS, by the keys
// of vsftpd and of ProFTPD, and what these keep of databases.
func (o *observer) ftpServer(doc *Setting) {
	vsftpd := doc.Child("local_enable") != nil || doc.Child("anonymous_enable") != nil || strings.Contains(strings.ToLower(o.path), "vsftpd")
	var engine, local *Setting
	doc.All(func(s *Setting) {
		if s.Kind != Scalar {
			return
		}
		name := strings.ToLower(s.Name)
		if strings.HasPrefix(name, "ssl_") && !vsftpd {
			return
		}
		switch ftpKeys[name] {
		case ftpEngine:
			engine = s
		case ftpLocal:
			local = s
		case ftpDatabase:
			o.lastWord(s)
		case ftpVersion:
			o.oldVersion(s)
		}
	})
	at := engine
	if at == nil {
		at = local
	}
	if at == nil || engine != nil && !isBad([]string{"false"}, engine.Text) {
		return
	}
	if local != nil && isBad([]string{"false"}, local.Text) {
		return // only anonymous users
	}
	obs := &practice.Connection{Source: o.source(at), Protocol: "ftp", TLS: practice.TLSOff, Login: true, Implied: engine == nil, Use: at.use()}
	o.out = append(o.out, obs)
}

// lastWord observes the password that is the last word of a directive.
func (o *observer) lastWord(s *Setting) {
	const least = 2
	fields := strings.Fields(s.Text)
	if len(fields) < least || strings.ContainsAny(s.Text, "\"'") {
		return
	}
	at := strings.LastIndex(s.Text, fields[len(fields)-1])
	s.Parent.add(&Setting{Name: "password", key: s.key, Text: s.Text[at:], val: s.val.slice(at, len(s.Text)), holds: shape.Password})
}

// oldVersion observes a version of TLS that is switched on by a key of its own.
func (o *observer) oldVersion(s *Setting) {
	if isBad([]string{"false"}, s.Text) {
		return
	}
	version, named := tlsVersion(strings.TrimPrefix(strings.ToLower(s.Name), "ssl_"))
	if version == 0 || !named {
		return
	}
	o.out = append(o.out, &practice.TLS{Source: o.source(s), Role: practice.ServerSide, Version: version, Use: s.use()})
}
