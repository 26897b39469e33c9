package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// application is the arguments of one call at work on what the call is about.
type application struct {
	o       *observer
	c       *invocation
	row     *rules.SnippetCall
	subject *object
	use     string

	name      *value // of a header, a parameter or an option whose value stands beside it
	algorithm string
	keyValue  *value
}

// maxOptions is how deep options in options are read.
const maxOptions = 3

// key observes an argument with a name.
func (a *application) key(m *member) {
	role, ok := a.row.Keys[m.name]
	if !ok {
		if last := m.name[strings.LastIndexByte(m.name, '.')+1:]; last != m.name {
			role, ok = a.row.Keys[last]
		}
	}
	if ok {
		a.roleIn(role, m.value, m.n, 0)
	}
}

// role observes an argument.
func (a *application) role(role string, v *value, at *node) { a.roleIn(role, v, at, 0) }

// roleIn observes an argument or a member of options.
func (a *application) roleIn(role string, v *value, at *node, depth int) {
	if role == "" || v == nil {
		return
	}
	if (role == "url" || role == "dsn" || role == "host") && len(v.dict) > 0 {
		role = "options" // members where a text may stand
	}
	switch role {
	case "options":
		if depth < maxOptions {
			for _, m := range v.dict {
				if inner, ok := a.row.Keys[m.name]; ok {
					a.roleIn(inner, m.value, m.n, depth+1)
				} else if last := m.name[strings.LastIndexByte(m.name, '.')+1:]; a.row.Keys[last] != "" {
					a.roleIn(a.row.Keys[last], m.value, m.n, depth+1)
				}
			}
		}
		if v.obj != nil && v.obj != a.subject && len(v.dict) == 0 {
			a.join(v.obj)
		}
	case "header-name", "query-name", "option-name":
		a.name = v
	case "header-value":
		if name, ok := a.name.known(); ok {
			a.o.header(a.subject, name, v, a.use)
		} else if a.name != nil && a.name.word != "" {
			a.o.header(a.subject, headerOfWord(a.name.word), v, a.use)
		}
	case "query-value":
		if a.name != nil && len(a.name.text()) > 0 {
			a.subject.query = append(a.subject.query, practice.Param{Name: a.name.text(), Value: first(v), At: a.o.locate(v)})
		}
	case "option-value":
		if a.name != nil {
			name := a.name.word
			if text, ok := a.name.known(); ok {
				name = text
			}
			if inner, ok := a.row.Keys[name[strings.LastIndexByte(name, '.')+1:]]; ok && depth < maxOptions {
				a.roleIn(inner, v, at, depth+1)
			}
		}
	case "key", "keys", "algorithm", "jwt-verify", "jwt-off", "jwt-options":
		a.token(role, v, at, depth)
	default:
		a.o.setRole(a.subject, role, v, at, a.use, kindOf(a.row.Kind))
	}
}

// headerOfWord returns the header that a constant names: HttpHeaders.AUTHORIZATION.
func headerOfWord(word string) string {
	last := strings.ToLower(word[strings.LastIndexByte(word, '.')+1:])
	return strings.ReplaceAll(strings.TrimPrefix(last, "header_"), "_", "-")
}

// kindOf returns the kind of credential that a table names.
func kindOf(word string) shape.Kind {
	switch word {
	case "password":
		return shape.Password
	case "key":
		return shape.Key
	case "token":
		return shape.Token
	}
	return shape.Secret
}

// join has a request be made with what another object has.
func (a *application) join(other *object) {
	switch {
	case other == a.subject || other.kind == "map":
	case other.kind == "login":
		a.o.setLogin(a.subject, &value{n: other.n, obj: other}, a.use)
	case a.subject.kind == "client" && other.kind == "http" && other.parent == nil && !isAbove(a.subject, other):
		other.parent, a.subject.used = a.subject, true
	case a.subject.parent == nil && !isAbove(other, a.subject):
		a.subject.parent, other.used = other, true
	case other.parent == nil && !isAbove(a.subject, other):
		other.parent, a.subject.used = a.subject, true
	}
}

// isAbove reports whether an object is above a second one or the same.
func isAbove(below, above *object) bool {
	for range 20 {
		if below == nil {
			return false
		}
		if below == above {
			return true
		}
		below = below.parent
	}
	return true
}

// setRole observes a value that is given to an object. Long because it is one
// case for each role.
func (o *observer) setRole(obj *object, role string, v *value, at *node, use string, kind shape.Kind) {
	switch role {
	case "url", "base":
		o.setURL(obj, role, v)
	case "host":
		obj.host = v
		if strings.Contains(v.text().Prefix(), "://") {
			o.setURL(obj, "url", v)
		}
	case "port":
		obj.port = v
	case "path":
		obj.path = v
	case "scheme":
		if text, ok := v.known(); ok {
			obj.scheme = strings.TrimSuffix(text, ":") + "://"
		}
	case "method":
		text, ok := v.known()
		if !ok {
			text = v.word[strings.LastIndexByte(v.word, '.')+1:]
		}
		obj.method = methodOf(text)
	case "user":
		obj.user = v
	case "password":
		obj.password = v
		o.secret(v, shape.Password, "password of "+use, obj)
	case "secret":
		o.secret(v, kind, wordOf(kind)+" of "+use, obj)
	case "login":
		o.setLogin(obj, v, use)
	case "pair":
		o.setPair(obj, v, use)
	case "token":
		o.setToken(obj, v, at, use)
	case "authorization":
		o.header(obj, "Authorization", v, use)
	case "header-line":
		o.headerLine(obj, v, use)
	case "headers":
		o.headers(obj, v, use)
	case "query", "form", "json":
		o.params(obj, role, v, use)
	case "dsn":
		o.dsn(obj, v, use)
	case "digest":
		setDigest(obj, v)
	case "hashed":
		o.hashed(obj, v, at)
	case "encoder":
		setDigest(obj, v)
		o.encoder(obj, at, use)
	case "cost-bcrypt", "cost-pbkdf2":
		o.cost(role, v, at)
	case "min-length":
		if n, number, ok := o.firstNumber(v.n, 0); ok {
			o.minimum(n, number, use)
		}
	case "max-attempts":
		if number, ok := numberOf(v); ok && number > 0 {
			o.policy(v.n, practice.MaxAttempts, number, use)
		}
	case "join", "subject", "value":
		if v.obj != nil && role == "join" {
			a := &application{o: o, subject: obj, use: use}
			a.join(v.obj)
		}
	default:
		o.setSwitch(obj, role, v, at, use)
	}
}

// methodOf returns a word as a method of HTTP, "" if it is none.
func methodOf(word string) string {
	switch word = strings.ToUpper(word); word {
	case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS":
		return word
	}
	return ""
}

// wordOf returns the word for a kind of credential.
func wordOf(kind shape.Kind) string {
	switch kind {
	case shape.Password:
		return "password"
	case shape.Key:
		return "key"
	case shape.Token:
		return "token"
	}
	return "secret"
}

// setURL sets the address of an object.
func (o *observer) setURL(obj *object, role string, v *value) {
	if v.obj != nil && len(v.str.Alternatives) == 0 {
		if v.obj != obj && obj.parent == nil && !isAbove(v.obj, obj) {
			obj.parent, v.obj.used = v.obj, true
		}
		return
	}
	if len(v.str.Alternatives) == 0 {
		return
	}
	if role == "base" {
		obj.base = v
	} else {
		obj.url = v
	}
}

// setSwitch observes a value that switches something on or off.
func (o *observer) setSwitch(obj *object, role string, v *value, at *node, use string) {
	on, known := v.truth()
	switch role {
	case "verify":
		text, isText := v.known()
		if known && !on || o.table.Word(v.word) == "unchecked" || isText && isNone(text) {
			o.unchecked(obj, at, practice.PeerUnchecked, useOf(use))
		}
	case "verify-host", "insecure-host":
		if known && on == (role == "insecure-host") {
			o.hosts[o.unchecked(obj, at, practice.PeerUnchecked, useOf(use))] = true
		}
	case "insecure":
		if known && on {
			o.unchecked(obj, at, practice.PeerUnchecked, useOf(use))
		}
	case "callback":
		if acceptsAll(v.n) {
			o.unchecked(obj, at, practice.CallbackAcceptsAll, useOf(use))
		}
	case "tls", "tls-auto", "tls-mode":
		setTLS(obj, role, v)
	case "tls-min", "tls-max":
		o.version(obj, role, v, at, use, 0)
	case "jwt-verify":
		if known && !on {
			o.is("unverified", at, nil, use)
		}
	case "trusts": // a credential made of what the peer has shown
		if !o.hasText("SecTrustEvaluate", "SecCertificateCopy", "SecTrustCopy", "pinned", "Pinning", "SecPolicyCreate") {
			o.unchecked(obj, at, practice.CallbackAcceptsAll, useOf(use))
		}
	case "across-redirect":
		o.acrossRedirect(v)
	case "expiry", "expiry-off":
		if known && on == (role == "expiry-off") {
			o.tokenFault(at, practice.ExpiryUnchecked, use)
		}
	case "host-key":
		if text, ok := v.known(); ok && isNo(text) || o.table.Word(v.word) == "host-key" {
			if obj == nil {
				obj = &object{n: at, symbol: o.scope.symbol}
				o.objects = append(o.objects, obj)
			}
			obj.kind = firstOf(obj.kind, "ssh")
			obj.hostKey = at
		}
	case "host-key-off":
		if known && on {
			if obj.kind == "" {
				obj.kind = "ssh"
			}
			obj.hostKey = at
		}
	case "host-key-callback":
		if acceptsAll(v.n) {
			obj.hostKey = at
		}
	}
}

// isNo reports whether a text switches a check of host keys off.
func isNo(text string) bool {
	switch strings.ToLower(text) {
	case "no", "off", "false", "never", "0":
		return true
	}
	return false
}

// acceptsAll reports whether a function gives the same good answer to whatever
// it is asked.
func acceptsAll(n *node) bool {
	if n == nil {
		return false
	}
	isFunction := n.kind == funcNode || n.kind == braceNode || n.kind == callNode && n.block != nil && isFunctionWord(n.calleeName())
	if !isFunction {
		return false
	}
	body := n.block
	if n.kind == braceNode {
		body = n
	}
	if body == nil {
		return false
	}
	if body.kind == braceNode && len(body.args) == 0 {
		return true
	}
	if body.kind == braceNode && len(body.args) > 1 {
		return false
	}
	last := body.last()
	return isTrue(last) || last != nil && last.kind == nameNode && (last.text == "undefined" || last.text == "null")
}

// version observes the lowest or highest version of TLS that a value names.
func (o *observer) version(obj *object, role string, v *value, at *node, use string, depth int) {
	if v.str.IsZero() && len(v.list) > 0 && depth < 2 {
		for _, item := range v.list {
			o.version(obj, role, item, at, use, depth+1)
		}
		return
	}
	text, ok := v.known()
	if !ok {
		text = v.word
	}
	version := versionOf(text)
	if version == 0 || version >= 0x0303 {
		return
	}
	aspect := practice.MinVersion
	if role == "tls-max" {
		aspect = practice.MaxVersion
	}
	t := &practice.TLS{Source: o.source(v.n, use), Role: practice.EitherSide, Aspect: aspect, Version: version, Use: use}
	o.tlsOf(obj, t)
}

// versionOf returns the version of TLS that a word names, 0 if none.
func versionOf(word string) uint16 {
	isNet := strings.Contains(word, "SslProtocols") || strings.Contains(word, "SecurityProtocolType")
	if i := strings.LastIndexAny(word, ".:"); i >= 0 && i+1 < len(word) && isWordStart(word[i+1]) {
		word = word[i+1:]
	}
	word = strings.ToLower(word)
	word = strings.NewReplacer("curl_sslversion_", "", "_version", "", "protocol", "", "method", "", "crypto", "", "stream", "", "_", "", ".", "", "-", "").Replace(word)
	switch word {
	case "sslv2", "ssl2":
		return 0x0200
	case "sslv3", "ssl3":
		return 0x0300
	case "tls":
		if isNet {
			return 0x0301
		}
	case "tlsv1", "tls1", "tls10", "tlsv10":
		return 0x0301
	case "tls11", "tlsv11":
		return 0x0302
	}
	return 0
}

// field observes an assignment to a member and reports whether the table has it.
func (o *observer) field(n, target *node, obj *object, v *value) bool {
	return o.fieldPath(n, o.path(target), obj, v, target.name())
}

// fieldPath observes an assignment to a path.
func (o *observer) fieldPath(n *node, path string, obj *object, v *value, name string) bool {
	for _, row := range o.table.Fields(name) {
		fits, isMember := row.Fits(path)
		if !fits || row.Key || isMember && obj == nil && path == name {
			continue
		}
		if len(row.On) > 0 && (obj == nil || !contains(row.On, obj.kind)) {
			continue
		}
		if obj == nil {
			obj = &object{n: n, symbol: o.scope.symbol}
			o.objects = append(o.objects, obj)
		}
		o.setRole(obj, row.Role, v, n.x, "field "+shortName(path), kindOf(row.Kind))
		return true
	}
	return false
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// meaning observes a value that says something by its name alone.
func (o *observer) meaning(v *value) {
	if v == nil || v.word == "" || v.n == nil || v.n.kind != nameNode && v.n.kind != memberNode && v.n.kind != callNode {
		return
	}
	if is := o.table.Word(v.word); is != "" && is != "host-key" && !o.meant[v.n] {
		o.meant[v.n] = true
		o.is(is, v.n, nil, shortName(v.word))
	}
}

// is observes what a call or a name is in itself.
func (o *observer) is(what string, n *node, obj *object, use string) {
	switch what {
	case "unchecked":
		o.unchecked(obj, n, practice.PeerUnchecked, use)
	case "accepts-all":
		o.unchecked(obj, n, practice.CallbackAcceptsAll, use)
	case "host-key":
		if obj == nil {
			obj = &object{kind: "ssh", n: n, symbol: o.scope.symbol}
			o.objects = append(o.objects, obj)
		}
		if obj.kind == "" {
			obj.kind = "ssh"
		}
		obj.hostKey = n
	case "unsigned":
		o.tokenFault(n, practice.Unsigned, use)
	case "verifies":
		o.verified[o.scope.symbol] = true
	case "unverified":
		o.tokenFault(n, practice.SignatureUnchecked, use)
	case "ssl2", "ssl3", "tls10", "tls11":
		version := map[string]uint16{"ssl2": 0x0200, "ssl3": 0x0300, "tls10": 0x0301, "tls11": 0x0302}[what]
		o.tlsOf(obj, &practice.TLS{Source: o.source(n, use), Aspect: practice.MinVersion, Version: version, Use: use})
	case "tls":
		if obj != nil {
			obj.tls = "on"
		}
	}
}

// tokenFault observes a token without a signature, or with one that is not checked.
func (o *observer) tokenFault(n *node, aspect practice.TokenAspect, use string) {
	t := &practice.Token{Source: o.source(n, use), Aspect: aspect, Kept: true, Use: tokenUse(use)}
	t.Condition = o.condition()
	o.add(t)
	o.fault = t
}

// tokenUse returns the name of what makes or checks a token.
func tokenUse(use string) string {
	return strings.TrimPrefix(strings.TrimPrefix(use, "call of "), "argument of ")
}

// useOf returns the words for what takes an argument.
func useOf(use string) string {
	if strings.HasPrefix(use, "field ") {
		return use
	}
	return "argument of " + use
}

// unchecked observes a check of the peer that is switched off.
func (o *observer) unchecked(obj *object, n *node, aspect practice.TLSAspect, use string) *practice.TLS {
	t := &practice.TLS{Source: o.source(n, use), Role: practice.ClientSide, Aspect: aspect, Use: use}
	o.tlsOf(obj, t)
	return t
}

// tlsOf keeps a setting of TLS with the object that it is of, whose host is not
// known yet.
func (o *observer) tlsOf(obj *object, t *practice.TLS) {
	t.Condition = o.condition()
	if obj == nil {
		o.add(t)
		return
	}
	obj.unchecked = append(obj.unchecked, t)
	o.add(t)
}

// params observes the parameters of a query or of a body.
func (o *observer) params(obj *object, role string, v *value, use string) {
	var list []practice.Param
	for _, m := range v.dict {
		list = append(list, practice.Param{Name: partial.Text{{Text: m.name, Start: m.n.start, End: m.n.end}}, Value: first(m.value), At: o.locate(m.value)})
		o.prescribed(m.value)
		if kind := shape.OfName(m.name); kind != shape.None {
			o.secret(m.value, kind, wordOf(kind)+" of "+use, obj)
		}
	}
	for _, item := range v.list { // [(name, value)]
		if name, ok := item.at(0).known(); ok && len(item.list) == 2 {
			list = append(list, practice.Param{Name: item.at(0).text(), Value: first(item.at(1)), At: o.locate(item.at(1))})
			o.oauth(name, item.at(1), item.n)
			if kind := shape.OfName(name); kind != shape.None {
				o.secret(item.at(1), kind, wordOf(kind)+" of "+use, obj)
			}
		}
	}
	if v.dict == nil && len(v.text()) > 0 {
		read := partial.ReadQuery
		if strings.HasPrefix(strings.TrimSpace(v.text().Prefix()), "{") {
			read = func(t partial.Text) []partial.Param { list, _ := partial.ReadJSON(t); return list }
		}
		for _, p := range read(v.text()) {
			list = append(list, practice.Param{Name: p.Name, Value: p.Value, At: o.locate(v)})
		}
	}
	if role == "query" {
		obj.query = append(obj.query, list...)
		return
	}
	obj.form = append(obj.form, list...)
}

// isNone reports whether a text switches a check of certificates off.
func isNone(text string) bool {
	switch strings.ToLower(text) {
	case "none", "never", "verify_none", "cert_none", "ssl_verify_none", "no":
		return true
	}
	return false
}

// trailingMembers reads the members that stand behind the arguments of a call
// without braces, as Ruby takes them, for the argument that is next.
func (a *application) trailingMembers() {
	i := len(a.c.args)
	if a.o.lang.name != "ruby" || len(a.c.named) == 0 || i >= len(a.row.Args) {
		return
	}
	role := a.row.Args[i]
	if role != "headers" && role != "form" && role != "query" {
		return
	}
	for _, m := range a.c.named {
		if _, ok := a.row.Keys[m.name]; ok {
			return
		}
	}
	a.role(role, &value{n: a.c.n, dict: a.c.named}, a.c.n)
}
