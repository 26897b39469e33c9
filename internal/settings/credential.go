package settings

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// symbol returns the key path as text. The normal form, for fingerprints, has
// no indexes, which move when a list grows.
func (s *Setting) symbol(normal bool) string {
	var parts []string
	for at := s; at.Parent != nil; at = at.Parent {
		part := shownName(at.Name)
		if at.Parent.Kind == List && normal {
			part = ""
		}
		if strings.ContainsAny(part, ". \n") {
			part = strconv.Quote(part)
		}
		parts = append([]string{part}, parts...)
		if len(parts) > maxPathWords {
			break
		}
	}
	if len(parts) == 1 && parts[0] == "" {
		return `""` // a key without a name
	}
	return strings.Join(parts, ".")
}

// shownName returns a key as it may be shown: some mappings have credentials as
// keys.
func shownName(name string) string {
	const short = 16
	if len(name) < short {
		return name
	}
	switch v := shape.Of(name); {
	case len(name) > maxName, v.Hash != "", v.Form == shape.UserInfoURL, v.Form == shape.SchemeValue, v.Form == shape.BasicValue:
		return "…"
	}
	return name
}

// use returns the words for the key in a message: its last names, which say
// most. The whole path is the symbol.
func (s *Setting) use() string {
	const shown = 3
	var parts []string
	for at := s; at.Parent != nil && len(parts) < shown; at = at.Parent {
		if at.Parent.Kind != List {
			parts = append(parts, shownName(at.Name))
		}
	}
	slices.Reverse(parts)
	return "key " + strings.Join(parts, ".")
}

// name returns the last keys of the path as one dotted name, as shape reads
// names: without indexes, and without a key that only says "the value is here".
func (o *observer) name(s *Setting) (name, last string) {
	for at, n := s, 0; at.Parent != nil && n < 3; at = at.Parent {
		if at.Parent.Kind == List || n == 0 && at.Parent.Parent != nil && o.table.OfParent[strings.Join(at.words(), "")] || n > 0 && o.isFrame(at) {
			continue
		}
		part := strings.ReplaceAll(at.Name, ".", "_")
		if n++; n == 1 {
			name, last = part, part
			continue
		}
		name = part + "." + name
	}
	return name, last
}

// isFrame reports whether a key says nothing of what stands below it: the inputs
// of an action, the requests of a collection or a plan, the data of an object.
func (o *observer) isFrame(s *Setting) bool {
	switch s.Name {
	case "with", "collection", "hashTree", "elementProp", "collectionProp":
		return true
	case "stringData", "data":
		return o.kube
	}
	return false
}

// kind returns the kind of credential that the key of s speaks of.
func (o *observer) kind(s *Setting) shape.Kind {
	if o.recent.kindOf != s {
		o.recent.kindOf, o.recent.kind = s, o.newKind(s)
	}
	return o.recent.kind
}

// newKind is kind for a setting that it was not asked for last.
func (o *observer) newKind(s *Setting) shape.Kind {
	if s.holds != shape.None || s.clear {
		return s.holds
	}
	if isHeader(s, o.table) {
		return shape.Header
	}
	name, last := o.name(s)
	kind, ok := o.kinds[name]
	if !ok {
		kind = kindOf(name, last)
		o.kinds[name] = kind
	}
	if kind == shape.None || o.isReference(s) {
		return shape.None
	}
	return kind
}

// kindOf returns the kind of a dotted name. Its last key must have a head of its
// own (auth.password), be one with the key above (api.key), or only qualify it
// (password.value); otherwise the name is about something else (token.shape).
func kindOf(name, last string) shape.Kind {
	whole := shape.OfName(name)
	if whole == shape.None || name == last {
		return whole
	}
	if own := shape.OfName(last); own != shape.None {
		return own
	}
	if strings.EqualFold(last, "key") || strings.EqualFold(last, "url") || strings.EqualFold(last, "uri") || shape.OfName("password."+last) != shape.None {
		return whole
	}
	return shape.None
}

// isReference reports whether the key holds the name of a credential that is
// kept elsewhere.
func (o *observer) isReference(s *Setting) bool {
	if own := s.words(); len(own) > 1 && (own[0] == "checksum" || own[0] == "sha256") { // an annotation that changes with it
		return true
	}
	words := s.pathWords()
	for _, phrase := range tails(words) {
		if o.table.Silence.References[phrase] {
			return true
		}
	}
	return false
}

// literal is a text that a value holds or falls back to.
type literal struct {
	text     string
	at       finding.Location
	fallback bool
	variable string // that the value falls back from
}

// literals returns the wholly known readings of a value. If another reading is
// a hole, they are fallbacks.
func literals(s *Setting) []literal {
	value := s.Value()
	var out []literal
	variable := ""
	holes := false
	for _, reading := range value.Alternatives {
		if list := reading.Holes(); len(list) > 0 && !holes {
			holes = true
			variable = list[0].Name
		}
	}
	for _, reading := range value.Alternatives {
		text, ok := reading.Known()
		if !ok || text == "" {
			continue
		}
		at := s.Location()
		if holes {
			at = s.src.location(reading[0].Start, reading[len(reading)-1].End)
		}
		out = append(out, literal{text, at, holes, variable})
	}
	return out
}

// credential observes a value whose key speaks of a credential, or that is a
// credential by its own look.
func (o *observer) credential(s *Setting) {
	kind := o.kind(s)
	if kind == shape.None && !o.checks {
		return
	}
	header := isHeader(s, o.table)
	sink := header || s.holds != shape.None
	for _, lit := range literals(s) {
		if o.checks && o.stored(s) {
			return
		}
		if kind == shape.None || s.holds == shape.None && o.isEcho(s, lit.text) || kind == shape.Secret && isObject(s, lit.text) || isHashed(lit.text) {
			break
		}
		text := o.plain(s, lit.text)
		if kind == shape.Header && !header {
			text = schemed(text)
		}
		v := practice.ValueOf(o.cat, text)
		if s.Parent.Kind == List && !v.Upper && !v.Digit && !v.Symbol {
			continue // an entry of a list of words
		}
		proven := sink || o.isClientSecret(s, kind, v) || kind == shape.Password && o.isPhrase(s, lit.text, v)
		if v.Form == shape.UserInfoURL && !isPlainKind(kind) || !shape.Credible(v, kind, proven) {
			continue
		}
		c := o.credentialOf(s, lit, kind, v, proven)
		c.Same = practice.Identity(text)
		o.out = append(o.out, c)
		return
	}
}

// isClientSecret reports whether a UUID is a secret all the same: some identity
// providers make them so, and a client id stands beside.
func (o *observer) isClientSecret(s *Setting, kind shape.Kind, v shape.Value) bool {
	return kind == shape.Secret && v.Form == shape.UUID && o.twin(s, "user") != nil
}

// isPhrase reports whether a password in the form of a name is one that people
// make of words: its key says no more than that it is a password, and a user
// stands beside, or there are words enough.
func (o *observer) isPhrase(s *Setting, text string, v shape.Value) bool {
	if v.Form != shape.Identifier || v.Inner != shape.Identifier || !shape.Certain(s.Name) || s.Parent.Kind == List {
		return false
	}
	return shape.Phrase(text, o.twin(s, "user") != nil)
}

// schemed returns a value with its scheme word, if it has one or is Base64 of
// user and password, and nothing otherwise: outside of headers, what is called
// authorization or auth is often an id or a switch.
func schemed(text string) string {
	if _, _, ok := strings.Cut(text, " "); ok {
		return text
	}
	if user, password, ok := strings.Cut(unBase64(text), ":"); ok && user != "" && password != "" && unBase64(text) != text {
		return "Basic " + text
	}
	return ""
}

// isPlainKind reports whether a key of the kind holds the credential itself, so
// that user info in it is no part of a URL.
func isPlainKind(kind shape.Kind) bool {
	return kind == shape.Password || kind == shape.Secret || kind == shape.Token
}

// credentialOf returns the observation of a credible literal.
func (o *observer) credentialOf(s *Setting, lit literal, kind shape.Kind, v shape.Value, sink bool) *practice.Credential {
	c := &practice.Credential{Source: o.source(s), Kind: kind, Value: v, Sink: sink, Use: s.use()}
	c.At, c.Origin = lit.at, lit.at
	c.Redact = []finding.Location{lit.at}
	c.Fallback, c.FallbackFor = lit.fallback, lit.variable
	c.User, c.UserIsHole = o.userOf(s, v)
	c.Host = o.hostOf(s)
	c.Provider = o.providerOf(s, c.Host, v)
	return c
}

// isEcho reports whether a value only repeats its key: password: db_password.
func (o *observer) isEcho(s *Setting, text string) bool {
	if len(text) > maxName {
		return false
	}
	plain := phraseOf(text)
	if plain == "" {
		return false
	}
	words := s.pathWords()
	for n, phrase := range tails(words) {
		if phrase == plain {
			return n > 1 || plain != "password" // that one people really set
		}
	}
	return false
}

// plain returns a value's text, decoded where the document holds Base64.
func (o *observer) plain(s *Setting, text string) string {
	if s.coded {
		return unBase64(text)
	}
	return text
}

// isHashed reports whether a text is a user and the hash of a password, as in
// an htpasswd file.
func isHashed(text string) bool {
	if isEncrypted(text) {
		return true
	}
	_, hash, ok := strings.Cut(text, ":")
	return ok && shape.Of(hash).Form == shape.HashLike
}

// isEncrypted reports whether a text is Base64 in braces, as Maven encrypts
// passwords, or in ENC(..), as Jasypt does.
func isEncrypted(text string) bool {
	inner, ok := strings.CutPrefix(text, "{")
	if ok {
		inner, ok = strings.CutSuffix(inner, "}")
	} else if inner, ok = strings.CutPrefix(text, "ENC("); ok {
		inner, ok = strings.CutSuffix(inner, ")")
	}
	if !ok || len(inner) < 16 {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(inner)
	return err == nil
}

// isObject reports whether a key called "secret" and no more holds the name of an
// object, as Kubernetes names them: words and numbers joined by hyphens.
func isObject(s *Setting, text string) bool {
	if words := s.words(); len(words) != 1 || len(text) > 63 {
		return false
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '-' || r == '.' }) {
		if strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || len(part) >= 12 && strings.ContainsAny(part, "0123456789") {
			return false
		}
	}
	return strings.ContainsAny(text, "-.")
}

// decodeData decodes the values of an object of Kubernetes that holds Base64.
func decodeData(doc *Setting) {
	data := doc.Child("data")
	if data == nil {
		return
	}
	for _, s := range data.Items {
		if s.Kind != Scalar {
			continue
		}
		if plain := unBase64(s.Text); plain != s.Text {
			s.Text, s.val, s.Quoted, s.Verbatim = plain, opaque(s.val.start, s.val.end, len(plain)), true, true
		}
	}
}

// unBase64 returns the decoded text of Base64, or the text itself if it is none.
func unBase64(text string) string {
	plain, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil || !utf8.Valid(plain) {
		return text
	}
	return strings.TrimRight(string(plain), "\n")
}

// userOf returns the user that belongs to a credential, and whether there is
// one that is not known.
func (o *observer) userOf(s *Setting, v shape.Value) (user string, hole bool) {
	if v.User != "" {
		return v.User, false
	}
	found := o.twin(s, "user")
	if found == nil {
		return "", false
	}
	text, ok := found.Value().Known()
	if !ok {
		return "", true
	}
	return shape.SafeUser(o.plain(found, text), o.plain(s, s.Text)), false
}

// hostOf returns the host that belongs to a credential, "" if it is not known.
func (o *observer) hostOf(s *Setting) string {
	if o.isLocal(s) {
		return ""
	}
	for _, role := range []string{"url", "host"} {
		found := o.twin(s, role)
		if found == nil {
			continue
		}
		for _, reading := range found.Value().Alternatives {
			if host, ok := hostIn(reading, role == "host"); ok {
				return host
			}
		}
	}
	return ""
}

// hostIn returns the host of a URL, and, where bare is set, of "host" and
// "host:port".
func hostIn(reading partial.Text, bare bool) (string, bool) {
	if strings.Contains(reading.Prefix(), "://") {
		return partial.ReadURL(reading).HostText()
	}
	text, ok := reading.Known()
	if !ok || !bare || strings.ContainsAny(text, " @/\n") {
		return "", false
	}
	if i := strings.IndexAny(text, ":,;"); i >= 0 {
		text = text[:i]
	}
	return text, text != "" && text != "0.0.0.0" // that is any address
}

// providerOf returns the id of the provider that a credential belongs to, by
// its host, its format or its key.
func (o *observer) providerOf(s *Setting, host string, v shape.Value) string {
	if p, ok := o.cat.ProviderOf(host); ok && host != "" {
		return p.ID
	}
	if v.Provider != "" {
		return v.Provider
	}
	for _, word := range s.pathWords() {
		if p, ok := o.cat.Provider(word); ok {
			return p.ID
		}
	}
	return ""
}

// twin returns the scalar beside s that has the role and belongs to the same
// service: the words of both names before the role and the credential are the
// same, qualifiers aside. A name without any such words may stand for all
// sections but those of a flat file.
func (o *observer) twin(s *Setting, role string) *Setting {
	if s.Parent == nil || s.Parent.Kind != Mapping {
		return nil
	}
	others := o.servicesOf(s.Parent, role)
	own := service(o.table, credentialHead(s.words()))
	for _, other := range others[own] {
		if other != s {
			return other
		}
	}
	if o.flat || isAssignments(o, s.Parent) {
		return nil
	}
	for _, general := range slices.Backward(others[""]) {
		if general != s {
			return general
		}
	}
	return nil
}

// isAssignments reports whether a mapping holds variables of an environment,
// which belong to many services.
func isAssignments(o *observer, s *Setting) bool { return o.table.Lists[phraseOf(s.Name)] }

// credentialHead returns the words of a credential's name without its last one,
// the head.
func credentialHead(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	return words[:len(words)-1]
}
