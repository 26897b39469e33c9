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
// describe: by a URL, by a key that names the protocol, or by the name of the
// mapping or of its keys.
func (o *observer) connections(m *Setting) {
	for _, host := range m.Items {
		if host.Kind != Scalar || host.Text == "" || host.Aliased {
			continue
		}
		if user, ok := ftpUser(host); ok {
			before, _ := roleOf(o.table, "url", host.words())
			o.ftp(m, host, before, user)
			continue
		}
		before, ok := roleOf(o.table, "host", host.words())
		if ok && !strings.Contains(host.Text, "://") && o.protocolOf(m, before) == "ftp" {
			o.ftp(m, host, before, nil)
		}
	}
}

// ftpUser returns the user in an FTP URL, nil if it has none, and reports
// whether the value is such a URL.
func ftpUser(s *Setting) (partial.Text, bool) {
	if !strings.Contains(s.Text, "://") {
		return nil, false
	}
	for _, reading := range s.Value().Alternatives {
		if u := partial.ReadURL(reading); u.Scheme == "ftp" {
			return u.User, true
		}
	}
	return nil, false
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
// which a login goes: by user, which a URL gives, or by the keys beside the host.
func (o *observer) ftp(m, host *Setting, before []string, user partial.Text) {
	obs := &practice.Connection{Source: o.source(host), Protocol: "ftp", TLS: practice.TLSOff, Use: host.use()}
	obs.Address = host.Value()
	if user != nil {
		setUser(obs, user)
	}
	for _, item := range m.Items {
		if item.Kind != Scalar || item.Text == "" || !hasPrefix(item.words(), before) {
			continue
		}
		rest := after(item.words(), before)
		if _, ok := roleOf(o.table, "user", rest); ok && len(rest) <= 2 && item != host {
			setUser(obs, partial.Literal(item.Text).Alternatives[0])
		} else if shape.OfName(item.Name) != shape.None && item != host {
			obs.Login = true
		}
		if _, ok := roleOf(o.table, "secure", rest); ok {
			obs.TLS = secureState(item)
		}
		if _, ok := roleOf(o.table, "port", rest); ok && item.Text == "990" {
			obs.TLS = practice.TLSOn
		}
	}
	if obs.Anonymous {
		obs.Login = false // the password is somebody's address
	}
	if !obs.Login && !obs.Anonymous || obs.TLS == practice.TLSOn {
		return
	}
	obs.Export = hasAny(o.table.Export, host.pathWords()) || hasAny(o.table.Export, o.fileWords)
	obs.Provider = o.providerOf(host, o.hostOf(host), noValue)
	o.out = append(o.out, obs)
}

// setUser sets what the user says of a login.
func setUser(obs *practice.Connection, user partial.Text) {
	text, ok := user.Known()
	text = strings.ToLower(text)
	if ok && (text == "anonymous" || text == "ftp") {
		obs.Anonymous = true
		return
	}
	obs.Login = true
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
	obs := &practice.Connection{Source: source, Protocol: "ssh", HostKeyUnchecked: true, Use: s.use()}
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
