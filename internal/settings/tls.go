package settings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// maxVersionText is the length of a value up to which it can be TLS versions.
const maxVersionText = 200

// version observes a key whose value is one TLS version, or several in one text.
func (o *observer) version(s *Setting) {
	if s.Parent != nil && s.Parent.Kind == List {
		return // observed with its list
	}
	if len(s.Text) > maxVersionText || !strings.ContainsAny(s.Text, "123") {
		return
	}
	key, words := o.versionKey(s)
	if key == nil {
		return
	}
	for _, lit := range literals(s) {
		tokens := tokensOf(s, lit)
		o.tls(s, key, tokens, lowestOf(tokens, key, fits(&key.Context, words)), lit.fallback)
	}
}

// versionList observes a list of TLS versions.
func (o *observer) versionList(s *Setting) {
	if s.Aliased || o.description {
		return
	}
	key, words := o.versionKey(s)
	if key == nil {
		return
	}
	var tokens []token
	for _, item := range s.Items {
		if item.Kind == Scalar {
			for _, lit := range literals(item) {
				tokens = append(tokens, tokensOf(item, lit)...)
			}
		}
	}
	o.tls(s, key, tokens, lowestOf(tokens, key, fits(&key.Context, words)), false)
}

// versionKey returns what is known of the key if it is one of TLS versions, and
// the words that are its context.
func (o *observer) versionKey(s *Setting) (*rules.VersionKey, []string) {
	words := o.pathOf(s)
	key := lookup(o.table.Versions, words, func(*rules.VersionKey, []string) bool { return true })
	if key == nil || slices.ContainsFunc(s.words(), func(w string) bool { return key.Without[w] }) {
		return nil, nil
	}
	return key, slices.Concat(o.fileWords, words)
}

// token is a word of a value and its place.
type token struct {
	text string
	at   finding.Location
}

// tokensOf returns the words of a literal at their places.
func tokensOf(s *Setting, lit literal) []token { return splitAt(s, lit, " \t\n,;:|[]\"'") }

// splitAt returns what stands between the given characters of a literal.
func splitAt(s *Setting, lit literal, breaks string) []token {
	isBreak := func(r rune) bool { return strings.ContainsRune(breaks, r) }
	var out []token
	offset := 0
	for _, word := range strings.FieldsFunc(lit.text, isBreak) {
		i := offset + strings.Index(lit.text[offset:], word)
		offset = i + len(word)
		at := lit.at
		if !lit.fallback && lit.text == s.Text {
			at = s.Slice(i, offset)
		}
		out = append(out, token{word, at})
	}
	return out
}

// lowest is the lowest version that a value allows.
type lowest struct {
	token
	version uint16
}

// lowestOf returns the lowest version among the words of a value, nil if there
// is none, or a word that is none: then the value is about something else.
func lowestOf(tokens []token, key *rules.VersionKey, context bool) *lowest {
	var out *lowest
	if left := lowestNotTakenOut(tokens); key.Aspect == "list" && left != 0 {
		return &lowest{tokens[0], left}
	}
	for i, t := range tokens {
		if strings.HasPrefix(t.text, "<=") {
			continue
		}
		t.text = strings.TrimPrefix(t.text, ">=")
		if strings.HasPrefix(t.text, "-") || strings.HasPrefix(t.text, "!") { // taken out of the set
			continue
		}
		if everything := strings.TrimPrefix(t.text, "+"); strings.EqualFold(everything, "all") {
			if left := lowestLeft(tokens[i+1:]); key.Aspect == "list" && out == nil && left != 0 {
				out = &lowest{t, left}
			}
			continue
		}
		version, named := tlsVersion(strings.TrimPrefix(t.text, "+"))
		if version == 0 || !named && !(key.Bare && context) {
			return nil
		}
		if out == nil || version < out.version {
			out = &lowest{t, version}
		}
	}
	return out
}

// lowestNotTakenOut returns the lowest version that a list of nothing but
// exclusions leaves, as mail servers have it, 0 if it is none.
func lowestNotTakenOut(tokens []token) uint16 {
	for _, t := range tokens {
		if !strings.HasPrefix(t.text, "!") {
			return 0
		}
	}
	return lowestLeft(tokens)
}

// lowestLeft returns the lowest of all versions that the words behind "all" do
// not take out, 0 if nothing says that the list is about versions.
func lowestLeft(tokens []token) uint16 {
	gone := map[uint16]bool{}
	for _, t := range tokens {
		name := strings.TrimLeft(t.text, "-!")
		if version, named := tlsVersion(name); named && version != 0 && name != t.text {
			gone[version] = true
		}
	}
	if len(gone) == 0 {
		return 0
	}
	for version := uint16(0x0301); version <= 0x0304; version++ { // SSL is in no library that knows "all"
		if !gone[version] {
			return version
		}
	}
	return 0
}

// tls adds the observation of the lowest version among the words of a value.
func (o *observer) tls(s *Setting, key *rules.VersionKey, tokens []token, low *lowest, configured bool) {
	if low == nil {
		return
	}
	obs := &practice.TLS{Source: o.source(s), Version: low.version, Use: s.use(), Host: o.hostOf(s)}
	if key.Aspect == "max" {
		obs.Aspect = practice.MaxVersion
	}
	obs.Role = tlsRole(s.pathWords())
	obs.At, obs.Origin = low.at, low.at
	if configured {
		obs.Condition = practice.Configured
	} else {
		obs.Fixes = raised(tokens, low)
	}
	o.out = append(o.out, obs)
}

// tlsRole returns the side that the words of a path speak of.
func tlsRole(words []string) practice.TLSRole {
	for _, w := range slices.Backward(words) {
		switch w {
		case "client", "upstream", "remote", "datasource", "scrape", "webhook", "outbound":
			return practice.ClientSide
		case "server", "listener", "listen", "ingress", "inbound", "bindings", "binding", "downstream":
			return practice.ServerSide
		}
	}
	return practice.EitherSide
}

// versionPrefixes may stand before TLS or SSL in the name of a version.
var versionPrefixes = [...]string{"", "version", "protocol", "elbsecuritypolicy", "securitypolicy", "min"}

// tlsVersion reads the name of one version: TLSv1.1, TLS_1_0, VersionTLS12,
// SSLv3, TLSv1.2_2021, ELBSecurityPolicy-TLS-1-0-2015-04, and without a name 1.1,
// 11 and 0x0302. It returns 0 for anything else, and whether TLS or SSL is named.
func tlsVersion(text string) (version uint16, named bool) {
	lower := strings.ToLower(text)
	for _, name := range [...]string{"tls", "ssl"} {
		before, after, ok := strings.Cut(lower, name)
		if !ok || !slices.Contains(versionPrefixes[:], strings.TrimRight(before, "-_.")) {
			continue
		}
		after = strings.TrimPrefix(strings.TrimLeft(after, "-_. "), "v")
		return numbered(strings.TrimLeft(after, "-_. "), name == "ssl"), true
	}
	return bareVersion(strings.TrimPrefix(lower, "v")), false
}

// numbered reads the number behind TLS or SSL: 1, 1.2, 1_2, 12, with the date of
// a policy behind it. TLSv1 is 1.0.
func numbered(text string, ssl bool) uint16 {
	if text == "" || text[0] < '1' || text[0] > '3' {
		return 0
	}
	major, minor, rest := text[0], byte('0'), text[1:]
	if n := len(rest) - len(strings.TrimLeft(rest, "._-")); n <= 1 && len(rest) > n && rest[n] >= '0' && rest[n] <= '3' && !isDigitAt(rest, n+1) {
		minor, rest = rest[n], rest[n+1:]
	}
	if rest != "" && strings.IndexByte("_-+", rest[0]) < 0 {
		return 0
	}
	switch {
	case ssl && major == '3' && minor == '0':
		return 0x0300
	case ssl && major == '2' && minor == '0':
		return 0x0200
	case !ssl && major == '1':
		return 0x0301 + uint16(minor-'0')
	}
	return 0
}

// isDigitAt reports whether text has a digit at i.
func isDigitAt(text string, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

// bareVersion reads a version that is a number only.
func bareVersion(text string) uint16 {
	switch text {
	case "3.0": // as TLS numbers itself on the wire, and OpenLDAP
		return 0x0300
	case "1.0", "1_0", "10", "3.1":
		return 0x0301
	case "1.1", "1_1", "11", "3.2":
		return 0x0302
	case "1.2", "1_2", "12", "3.3":
		return 0x0303
	case "1.3", "1_3", "13", "3.4":
		return 0x0304
	}
	value, err := strconv.ParseUint(text, 0, 16)
	if err != nil || value < 0x0300 || value > 0x0304 {
		return 0
	}
	return uint16(value)
}

// toggle observes a key that switches the check of a peer or of a host key.
func (o *observer) toggle(s *Setting) {
	if len(s.Text) > maxNumberText {
		return
	}
	words := o.pathOf(s)
	key := lookup(o.table.Switches, words, func(k *rules.SwitchKey, _ []string) bool { return fits(&k.Context, words) })
	if key == nil {
		return
	}
	for _, lit := range literals(s) {
		if !isBad(key.Bad, lit.text) {
			continue
		}
		source := o.source(s)
		if s.switched {
			source.Condition = practice.Configured
		}
		source.At, source.Origin = lit.at, lit.at
		if lit.fallback {
			source.Condition = practice.Configured
		}
		switch key.Aspect {
		case "host-key":
			o.out = append(o.out, o.hostKey(s, source))
		case "second-factor", "second-factor-demand":
			o.out = append(o.out, o.secondFactor(s, source, key.Aspect == "second-factor-demand"))
		case "attempts":
			o.out = append(o.out, &practice.Policy{Source: source, Kind: practice.MaxAttempts, Use: s.use()})
		case "empty":
			o.out = append(o.out, &practice.Policy{Source: source, Kind: practice.NoPassword, Use: s.use()})
		default:
			o.out = append(o.out, &practice.TLS{
				Source: source, Role: practice.ClientSide, Aspect: practice.PeerUnchecked, Use: s.use(), Host: o.hostOf(s),
			})
		}
		return
	}
}

// isBad reports whether a value is one that switches the check off.
func isBad(bad []string, text string) bool {
	lower := strings.ToLower(strings.TrimSpace(text))
	return slices.ContainsFunc(bad, func(b string) bool {
		switch b {
		case "true":
			return slices.Contains([]string{"true", "yes", "on", "1", "y", "t", "enabled"}, lower)
		case "false":
			return slices.Contains([]string{"false", "no", "off", "0", "n", "f", "disabled"}, lower)
		}
		return lower == b
	})
}
