package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// noValue is the value of an observation that is about no credential.
var noValue shape.Value

// connections observes the FTP connections that the settings of a mapping
// describe: by a key that names the protocol, or by the name of the mapping or
// of its keys.
func (o *observer) connections(m *Setting) {
	seen := map[*Setting]bool{}
	for _, host := range m.Items {
		if host.Kind != Scalar || host.Text == "" || host.Aliased {
			continue
		}
		before, ok := roleOf(o.table, "host", host.words())
		if !ok || strings.Contains(host.Text, "://") || seen[host] {
			continue
		}
		seen[host] = true
		if protocol := o.protocolOf(m, before); protocol == "ftp" {
			o.ftp(m, host, before)
		}
	}
}

// protocolOf returns the protocol that the settings beside each other speak, ""
// if none of ours.
func (o *observer) protocolOf(m *Setting, before []string) string {
	for _, item := range m.Items {
		words := item.words()
		if item.Kind != Scalar || !o.table.ProtocolKeys[strings.Join(after(words, before), "")] {
			continue
		}
		for _, lit := range literals(item) {
			if o.table.Sections[strings.ToLower(lit.text)] != "" {
				return strings.ToLower(lit.text)
			}
		}
		return "" // it names another one: sftp, ftps
	}
	if len(before) > 0 {
		return o.table.Sections[before[len(before)-1]]
	}
	if words := m.words(); len(words) > 0 {
		return o.table.Sections[words[len(words)-1]]
	}
	return ""
}

// after returns the words behind those of before, all of them if before does
// not stand there.
func after(words, before []string) []string {
	if len(words) <= len(before) {
		return words
	}
	for i, w := range before {
		if words[i] != w {
			return words
		}
	}
	return words[len(before):]
}

// ftp adds the observation of an FTP connection that is not protected and over
// which a login goes.
func (o *observer) ftp(m, host *Setting, before []string) {
	obs := &practice.Connection{Source: o.source(host), Protocol: "ftp", TLS: practice.TLSOff, Use: "key " + host.symbol(false)}
	obs.Address = host.Value()
	for _, item := range m.Items {
		if item.Kind != Scalar || item.Text == "" || !hasPrefix(item.words(), before) {
			continue
		}
		rest := after(item.words(), before)
		if _, ok := roleOf(o.table, "user", rest); ok && len(rest) <= 2 {
			obs.Login = true
			user := strings.ToLower(item.Text)
			obs.Anonymous = user == "anonymous" || user == "ftp"
		}
		if shape.OfName(item.Name) != shape.None {
			obs.Login = true
		}
		if _, ok := roleOf(o.table, "secure", rest); ok {
			obs.TLS = secureState(item)
		}
		if _, ok := roleOf(o.table, "port", rest); ok && item.Text == "990" {
			obs.TLS = practice.TLSOn
		}
	}
	if !obs.Login || obs.TLS == practice.TLSOn {
		return
	}
	obs.Export = hasAny(o.table.Export, host.pathWords()) || hasAny(o.table.Export, o.fileWords)
	obs.Provider = o.providerOf(host, o.hostOf(host), noValue)
	o.out = append(o.out, obs)
}

// hasPrefix reports whether words begins with prefix.
func hasPrefix(words, prefix []string) bool {
	if len(words) < len(prefix) {
		return false
	}
	for i, w := range prefix {
		if words[i] != w {
			return false
		}
	}
	return true
}

// secureState reads the value of a key that switches TLS on.
func secureState(s *Setting) practice.TLSState {
	text, ok := s.Value().Known()
	switch {
	case !ok:
		return practice.TLSUnknown
	case isBad([]string{"false", "none", "plain"}, text):
		return practice.TLSOff
	}
	return practice.TLSOn
}

// hostKey returns the observation of a host key that is not checked.
func (o *observer) hostKey(s *Setting, source practice.Source) *practice.Connection {
	obs := &practice.Connection{Source: source, Protocol: "ssh", HostKeyUnchecked: true, Use: "key " + s.symbol(false)}
	if host := o.hostOf(s); host != "" {
		obs.Address = partial.Literal(host)
	}
	if s.Parent != nil && !o.flat && !isAssignments(o, s.Parent) {
		for _, item := range s.Parent.Items {
			if item.Kind == Scalar && item.Text != "" && shape.OfName(item.Name) == shape.Password {
				obs.ByPassword, obs.Login = true, true
			}
		}
	}
	return obs
}

// sshArguments observes an option that switches the check of host keys off
// among the arguments of ssh.
func (o *observer) sshArguments(s *Setting) {
	if !strings.Contains(s.Text, "ostKeyChecking") && !strings.Contains(s.Text, "KnownHostsFile") {
		return
	}
	words := s.pathWords()
	found := false
	for n := min(maxPhrase, len(words)); n > 0; n-- {
		found = found || o.table.SSHArguments[strings.Join(words[len(words)-n:], "")]
	}
	if !found {
		return
	}
	for _, t := range tokensOf(s, literal{text: s.Text}) {
		name, value, ok := strings.Cut(strings.TrimPrefix(t.text, "-o"), "=")
		key := o.table.Switches[strings.ToLower(name)]
		if !ok || len(key) == 0 || key[0].Aspect != "host-key" || !isBad(key[0].Bad, value) {
			continue
		}
		source := o.source(s)
		source.At, source.Origin = t.at, t.at
		o.out = append(o.out, o.hostKey(s, source))
		return
	}
}
