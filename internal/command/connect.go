package command

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// ftp observes a client of FTP. Without a sign of a login it fetches what is
// public.
func (s *script) ftp(l *line) {
	if len(l.args) == 0 {
		s.logins(l, "")
		return
	}
	target := l.args[0]
	host := hostAt(target)
	obs := &practice.Connection{
		Source: s.source(s.locate(target.reading(), target)), Protocol: "ftp", Address: addressOf(target), TLS: practice.TLSOff, Use: l.command,
	}
	obs.Key = "connection of " + l.command
	obs.Login = l.has("login", "user", "password")
	if text := target.reading(); strings.Contains(text.Prefix(), "://") {
		u := partial.ReadURL(text)
		if u.Scheme != "ftp" {
			obs.TLS = practice.TLSOn // lftp speaks sftp, ftps and http, too
		}
		obs.Login = obs.Login || len(u.User) > 0
	}
	for i := range l.options {
		if l.options[i].role == "lftp" {
			s.lftpScript(l, l.options[i].value, obs, host)
		}
	}
	if l.input != nil {
		s.ftpScript(l, *l.input, obs, host)
	}
	if user := l.first("user", "login"); user != nil {
		name, _ := userPart(',')(user.value.reading()).Known()
		setAnonymous(obs, name)
	}
	if obs.TLS != practice.TLSOn {
		s.add(obs)
	}
	s.logins(l, host)
	s.address(l, target)
}

// addressOf returns the host of a word as an address.
func addressOf(w word) partial.String {
	var out partial.String
	for _, t := range w.value.Alternatives {
		if strings.Contains(t.Prefix(), "://") {
			t = partial.ReadURL(t).Host
		} else if _, host, ok := t.Cut('@'); ok {
			t = host
		}
		out.Alternatives = append(out.Alternatives, t)
	}
	return out
}

// setAnonymous sets what the user says of a login.
func setAnonymous(obs *practice.Connection, user string) {
	if user = strings.ToLower(user); user == "anonymous" || user == "ftp" {
		obs.Anonymous, obs.Login = true, false
	}
}

// lftpScript reads the commands that lftp is given.
func (s *script) lftpScript(l *line, w word, obs *practice.Connection, host string) {
	text := strings.ToLower(w.reading().Display())
	if strings.Contains(text, "ssl-force true") || strings.Contains(text, "ssl-force yes") || strings.Contains(text, "ssl-force on") {
		obs.TLS = practice.TLSOn
	}
	for _, off := range []string{"ssl:verify-certificate no", "ssl:verify-certificate false", "ssl:verify-certificate off"} {
		if strings.Contains(text, off) {
			s.unchecked(l, &option{name: "ssl:verify-certificate", role: "insecure", at: w}, host)
			return
		}
	}
}

// ftpScript reads the commands that a client of FTP is given on its standard
// input: user NAME PASSWORD, quote USER NAME, quote PASS PASSWORD.
func (s *script) ftpScript(l *line, w word, obs *practice.Connection, host string) {
	for _, row := range rows(w.reading()) {
		words := blankWords(row)
		verb, _ := knownAt(words, 0)
		verb = strings.ToLower(verb)
		if next, _ := knownAt(words, 1); verb == "quote" {
			verb = "quote " + strings.ToLower(next)
			words = words[min(1, len(words)):]
		}
		g := login{kind: shape.Password, host: host, use: useOf(l, "command "+verb)}
		secret := 0
		switch verb {
		case "user", "quote user", "quote pass", "pass":
			obs.Login = true
			secret = len(words) - 1
		}
		if verb == "user" && len(words) == 3 {
			g.user = words[1]
		}
		if name, ok := knownAt(words, 1); ok && strings.HasSuffix(verb, "user") {
			setAnonymous(obs, name)
			if verb == "quote user" || len(words) < 3 || obs.Anonymous {
				continue
			}
		}
		if secret > 0 {
			t := words[secret]
			s.secret(word{value: one(t), start: t[0].Start, end: t[len(t)-1].End}, g, whole)
		}
	}
}

// knownAt returns the n-th text if it is known.
func knownAt(list []partial.Text, n int) (string, bool) {
	if n >= len(list) {
		return "", false
	}
	return list[n].Known()
}

// rows returns the lines of a text.
func rows(t partial.Text) []partial.Text {
	var list []partial.Text
	for {
		row, rest, more := t.Cut('\n')
		list = append(list, row)
		if !more {
			return list
		}
		t = rest
	}
}

// blankWords returns the words of a line.
func blankWords(t partial.Text) []partial.Text {
	var list []partial.Text
	for {
		t = t.TrimSpace()
		if len(t) == 0 {
			return list
		}
		word, rest, more := t.Cut(' ')
		list = append(list, word)
		if !more {
			return list
		}
		t = rest
	}
}

// ssh observes a client of SSH: options that accept any host key, and the lines
// that the other machine runs.
func (s *script) ssh(l *line) {
	var address partial.String
	for _, w := range l.args {
		if host, rest, ok := w.reading().Cut('@'); ok && len(host) > 0 {
			address = one(beforeColon(rest))
			break
		}
	}
	if len(address.Alternatives) == 0 && len(l.args) > 0 && l.row.Argument(0) == "host" {
		address = l.args[0].value
	}
	s.hostKeys(l, address)
	if l.row.Argument(1) == "script" && len(l.args) > 1 {
		if len(l.args) == 2 {
			s.scriptIn(l.args[1])
		} else {
			s.inner(l.invocation, l.args[1:], maxWrappers-1)
		}
	}
	if l.input != nil && l.command == "ssh" {
		s.scriptIn(*l.input)
	}
	for i := range l.options {
		if l.options[i].role == "script" {
			s.scriptIn(l.options[i].value)
		}
	}
}

// beforeColon returns what stands before the path of a remote file.
func beforeColon(t partial.Text) partial.Text {
	host, _, _ := t.Cut(':')
	return host
}

// hostKeys observes an option that has any host key accepted.
func (s *script) hostKeys(l *line, address partial.String) {
	for i := range l.options {
		o := &l.options[i]
		if o.role == "ssh-option" && acceptsAny(o.value.reading()) {
			s.anyHostKey(l, o.value, address)
			return
		}
	}
}

// acceptsAny reports whether a setting of SSH has any host key accepted.
func acceptsAny(t partial.Text) bool {
	name, value, ok := strings.Cut(strings.Replace(strings.TrimSpace(t.Prefix()), " ", "=", 1), "=")
	if !ok || !strings.EqualFold(name, "StrictHostKeyChecking") {
		return false
	}
	switch strings.ToLower(strings.Trim(value, `"' `)) {
	case "no", "off", "false":
		return true
	}
	return false
}

// anyHostKey adds the observation of a connection that takes any host key.
func (s *script) anyHostKey(l *line, w word, address partial.String) {
	obs := &practice.Connection{
		Source: s.source(s.locate(w.reading(), w)), Protocol: "ssh", Address: address, HostKeyUnchecked: true, Use: l.command,
		ByPassword: l.password, Login: true,
	}
	obs.Key = "host key of " + l.command
	s.add(obs)
}

// hostKeyArguments observes such an option among the words of another command,
// which hands it on to SSH.
func (s *script) hostKeyArguments(l *line) {
	for _, list := range [][]word{l.args, optionValues(l)} {
		for _, w := range list {
			if text := strings.TrimPrefix(w.reading().Prefix(), "-o"); len(text) < 80 && acceptsAny(partial.Text{{Text: text}}) {
				s.anyHostKey(l, w, partial.String{})
				return
			}
		}
	}
}

// optionValues returns the values of the options.
func optionValues(l *line) []word {
	var list []word
	for i := range l.options {
		if l.options[i].value.end > 0 {
			list = append(list, l.options[i].value)
		}
	}
	return list
}
