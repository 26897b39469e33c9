package general

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// url reads the user info of a URL whose "://" stands at start.
func (s *search) url(start, end int) {
	const longest = 512
	t := s.text
	hi := min(len(t), end+longest)
	at, colon := -1, -1
	i := end
loop:
	for ; i < hi; i++ {
		switch c := t[i]; c {
		case '@':
			at = i
		case ':':
			if colon < 0 {
				colon = i
			}
		case '/', '?', '#':
			if at >= 0 || colon < 0 {
				break loop
			}
			if c == '/' && i+1 < hi && t[i+1] == '/' {
				break loop
			}
		case ' ', '\t', '\n', '\r', '"', '\'', '`', '<', '>', '\\', '|', ',', ')', '(':
			if c == '<' || c == '>' || c == '(' || c == ')' || c == ',' {
				if at < 0 {
					continue
				}
			}
			break loop
		}
	}
	if at < 0 || colon < 0 || colon > at || at == colon+1 {
		return
	}
	from := start
	for from > 0 && start-from < 24 && (isName(t[from-1]) || t[from-1] == '+' || t[from-1] == ':') {
		from--
	}
	user, password := string(t[end:colon]), string(t[colon+1:at])
	if strings.ContainsAny(password, " \t\n") || strings.ContainsAny(password, "/") && strings.Contains(password, "@") {
		return
	}
	secret, lo, hi := password, colon+1, at
	if isUnsaid(password) {
		secret, lo, hi = user, end, colon
	}
	look := shape.Of(unescaped(secret))
	if len(secret) < 3 || isNoURLSecret(&look) || strings.ContainsAny(user+password, "[]") || isURLStopWord(user, secret) && !s.inProgram(start) {
		return
	}
	s.address(Found{Start: lo, End: hi, User: user, Sure: from < start}, string(t[from:i]), secret)
}

// dataSource reads the password of a data source name whose @ stands at an offset.
func (s *search) dataSource(at int) {
	t := s.text
	from, colon := at, -1
	for from > 0 && at-from < maxName && strings.IndexByte(" \t\n\"'`=/\\<>", t[from-1]) < 0 {
		from--
		if t[from] == ':' {
			colon = from
		}
	}
	if colon <= from || at-colon < shortestPassword-1 {
		return
	}
	text := string(t[colon+1 : at])
	look := shape.Of(text)
	if isNoURLSecret(&look) || look.Form == shape.Sentence {
		return
	}
	end := at
	for end < len(t) && end-at < maxName && strings.IndexByte(" \t\n\"'`\\<>", t[end]) < 0 {
		end++
	}
	s.address(Found{Start: colon + 1, End: at, User: string(t[from:colon]), Sure: true}, string(t[from:end]), text)
}

// address keeps the password of an address, which tells the host as well.
func (s *search) address(f Found, whole, password string) {
	f.Kind, f.Formed, f.Text = shape.Password, true, finding.NewSecret(password)
	look := shape.Of(whole)
	if look.Form == shape.UserInfoURL {
		f.Text = finding.NewSecret(whole)
	}
	f.Sure = f.Sure && look.Form == shape.UserInfoURL && look.Inner == shape.Opaque && !look.LocalDefault
	s.add(f)
}

// unescaped undoes the percent encoding of a text, if it has one.
func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// inProgram reports whether an offset lies in a literal of a program, where even
// the words of an example are used.
func (s *search) inProgram(offset int) bool {
	if s.lang.class != code {
		return false
	}
	index, inside := s.partOf(offset)
	return inside && s.parts[index].kind == literalPart
}

// isUnsaid reports whether a password says that the user is the credential.
func isUnsaid(password string) bool {
	switch password {
	case "x-oauth-basic", "x", "X", "":
		return true
	}
	return false
}

// isNoURLSecret reports whether a password in a URL says itself that it is none.
func isNoURLSecret(v *shape.Value) bool {
	switch v.Inner {
	case shape.Empty, shape.Placeholder, shape.Reference, shape.Redacted, shape.Pattern, shape.HashLike, shape.PublicKey, shape.PathLike, shape.URLLike:
		return true
	}
	return false
}

// isURLStopWord reports whether user and password of a URL say what stands where.
func isURLStopWord(user, password string) bool {
	switch strings.ToLower(user) {
	case "user", "username", "usr", "login", "name":
		switch strings.ToLower(password) {
		case "pass", "password", "passwd", "pwd", "pw":
			return true
		}
	}
	return false
}

// scheme reads the value behind the scheme word of an Authorization header.
func (s *search) scheme(start, end int) {
	t := s.text
	if start > 0 && (isName(t[start-1]) && t[start-1] != '.' || t[start-1] == '$') {
		return
	}
	i := end
	for i < len(t) && t[i] == ' ' {
		i++
	}
	to := i
	for to < len(t) && to-i < maxToken && isTokenByte(t[to]) {
		to++
	}
	for to > i && (t[to-1] == '.' || t[to-1] == ':') {
		to--
	}
	if to-i < shortestSecret || to < len(t) && (t[to] == '(' || t[to] == '{' || t[to] == '[' || t[to] == '$' || t[to] == '%') {
		return
	}
	word, text := strings.TrimSpace(string(t[start:end])), string(t[i:to])
	f := Found{Start: i, End: to, Kind: shape.Token, Text: finding.NewSecret(text), Formed: true}
	if strings.EqualFold(word, "basic") {
		if !s.basic(&f, text) {
			return
		}
		s.add(f)
		return
	}
	look := shape.Of(text)
	if isNoValue(&look, shape.Token) || isVersion(text) || look.Form != shape.JWT && (look.Form != shape.Opaque || !isBearer(text, &look)) {
		return
	}
	f.Sure = look.Form == shape.JWT || isRandom(text, &look)
	s.add(f)
}

// isVersion reports whether a text begins as a version does.
func isVersion(text string) bool {
	return len(text) > 3 && text[0] == 'v' && '0' <= text[1] && text[1] <= '9' && text[2] == '.'
}

// basic reads a Basic value.
func (s *search) basic(f *Found, text string) bool {
	look := shape.Of("Basic " + text)
	if look.Form != shape.BasicValue {
		f.Kind, f.Name = shape.Header, "Basic"
		return isCoded(text)
	}
	if isNoURLSecret(&look) {
		return false
	}
	f.Kind, f.Text, f.User, f.Sure = shape.Header, finding.NewSecret("Basic "+text), look.User, !look.LocalDefault
	return true
}

// isCoded reports whether a text looks like Base64 of what is no text.
func isCoded(text string) bool {
	const least = 12
	look := shape.Of(text)
	return len(text) >= least && len(text)%4 == 0 && look.Lower && look.Upper && !look.Wordy && look.Words*8 < len(text) && !isNoValue(&look, shape.Token)
}

// isBearer reports whether a text behind a scheme word is a token and no word.
func isBearer(text string, look *shape.Value) bool {
	if look.Wordy || isStopWord(text) {
		return false
	}
	return look.Digit || look.Length >= shortestRandom && (look.Lower && look.Upper || look.Words == 0)
}

// isTokenByte reports whether a byte may be part of a token.
func isTokenByte(c byte) bool {
	return isName(c) && c < 0x80 || c == '+' || c == '/' || c == '=' || c == '~' || c == ':' || c == '|'
}

// webToken reads a JSON web token.
func (s *search) webToken(start int) {
	t := s.text
	if start > 0 && (isName(t[start-1]) && t[start-1] != '.' && t[start-1] != '-') || t[start] != 'e' || t[start+1] != 'y' || t[start+2] != 'J' {
		return
	}
	to := start
	for to < len(t) && to-start < maxToken && (isName(t[to]) && t[to] < 0x80 || t[to] == '=') {
		to++
	}
	text := strings.TrimRight(string(t[start:to]), ".")
	if strings.Count(text, ".") < 2 {
		return
	}
	if look := shape.Of(text); look.Form != shape.JWT {
		return
	}
	s.add(Found{Start: start, End: start + len(text), Kind: shape.Token, Text: finding.NewSecret(text), Formed: true, Sure: true})
}

// identifiedBy reads the password of a statement that makes an account.
func (s *search) identifiedBy(end int) {
	t := s.text
	i := end
	for i < len(t) && isSpace(t[i]) {
		i++
	}
	if shape.HasFold(t[i:], "password ") {
		i += len("password ")
	}
	n := i
	for n < len(t) && t[n] == '\\' {
		n++
	}
	if n >= len(t) || !isQuote(t[n]) {
		return
	}
	v, ok := quotedAt(t, i, n, min(len(t), n+maxGlue), flagged)
	if !ok {
		return
	}
	text := string(bytes.Clone(t[v.from:v.to]))
	look := shape.Of(text)
	if len(text) < 3 || isNoURLSecret(&look) || isStopWord(text) || t[n] == '"' && isCamel(text) {
		return
	}
	s.add(Found{Start: v.from, End: v.to, Name: "IDENTIFIED BY", Kind: shape.Password, Text: finding.NewSecret(text), Formed: true, Sure: look.Form == shape.Opaque})
}
