package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
)

// The ids of the rules on connections.
const (
	plaintextFTP        = "plaintext-ftp"
	sshHostKeyUnchecked = "ssh-host-key-unchecked"
)

// connection judges a connection of a protocol other than HTTP.
func (c *court) connection(o *Connection) {
	host, class := addressOf(o.Address)
	v := verdict{src: &o.Source, grades: withGrade(sourceGrades(&o.Source), hostGrade(class)), evidence: connectionEvidence(o, host)}
	switch strings.ToLower(o.Protocol) {
	case "ftp":
		c.ftp(o, host, v)
	case "ssh", "sftp", "scp":
		c.hostKey(o, host, v)
	default:
		c.plaintext(o, host, class, v)
	}
}

// ftp judges an FTP connection. Without a login nothing is lost on the way but
// public files; an export holds what is not public.
func (c *court) ftp(o *Connection, host string, v verdict) {
	if o.TLS == TLSOn || !o.Login && !o.Anonymous && !o.Export {
		return
	}
	if host != "" && isDeclared(c.VPNHosts, host) {
		c.protected++
		return
	}
	if o.TLS == TLSUnknown {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	what, remedy := "login goes", "use SFTP or FTPS and rotate the password"
	switch {
	case o.Export:
		what, remedy = "export goes", "use SFTP or FTPS"
	case !o.Login:
		v.grades = withGrade(v.grades, Anonymous)
		what, remedy = "anonymous transfer goes", "use SFTP or HTTPS"
	}
	v.message = what + " to " + toHost(host, "its server") + " over FTP without TLS, readable on the way: " + remedy
	c.pass(plaintextFTP, v)
}

// hostKey judges a connection that accepts any host key. A private key is not
// given away by it, a password is.
func (c *court) hostKey(o *Connection, host string, v verdict) {
	if !o.HostKeyUnchecked {
		return
	}
	if !o.ByPassword {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	v.message = message(
		place(o.Use, "connection")+" accepts any SSH host key",
		[]string{atHost(host)},
		", so anyone can answer in the server's place: compare it with a known one",
	)
	c.pass(sshHostKeyUnchecked, v)
}

// atHost returns the words for a host, if it is known.
func atHost(host string) string {
	if host == "" {
		return ""
	}
	return " of " + quoted(host)
}

// addressOf returns the host of an address as far as it is known, and the class
// of the host that is furthest away.
func addressOf(s partial.String) (host string, class partial.Class) {
	best := -1
	for _, reading := range s.Alternatives {
		u := dialed(reading)
		if isEncrypted(u) || u.Scheme == "http" {
			continue // where something else is
		}
		own := u.HostClass()
		if isSocket(reading.Prefix()) {
			own = partial.LoopbackHost
		}
		if known, ok := u.HostText(); ok && host == "" {
			host = known
		}
		if exposure(own) > best {
			best, class = exposure(own), own
		}
	}
	return host, class
}

// dialed reads an address as dialers take it: a URL, a target with the resolver
// before it, or a host with or without port.
func dialed(reading partial.Text) partial.URL {
	if !strings.Contains(reading.Prefix(), "://") {
		return partial.ReadURL(append(partial.Text{{Text: "//"}}, reading...))
	}
	u := partial.ReadURL(reading)
	if (u.Scheme == "dns" || u.Scheme == "passthrough") && len(u.Host) == 0 && strings.HasPrefix(u.Path.Prefix(), "/") {
		target := slices.Clone(u.Path)
		target[0].Text = "/" + target[0].Text
		return partial.ReadURL(target)
	}
	return u
}

// isSocket reports whether an address is that of a socket in the file system or
// within the process.
func isSocket(prefix string) bool {
	for _, start := range [...]string{"/", "@", "unix:", "unix-abstract:", "bufconn", "bufnet", "passthrough:///buf", "passthrough:buf", "ldapi:"} {
		if strings.HasPrefix(prefix, start) {
			return true
		}
	}
	return false
}

// connectionEvidence returns what is known of a connection.
func connectionEvidence(o *Connection, host string) map[string]string {
	e := map[string]string{}
	put(e, "protocol", o.Protocol)
	put(e, "host", host)
	put(e, "provider", o.Provider)
	put(e, "use", o.Use)
	return e
}
