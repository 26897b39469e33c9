package snippet

import (
	"encoding/base64"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// secret observes a value that is used as a credential: readings of it that are
// literals.
func (o *observer) secret(v *value, kind shape.Kind, use string, obj *object) {
	if v == nil {
		return
	}
	variable := ""
	for _, t := range v.str.Alternatives {
		if holes := t.Holes(); len(holes) > 0 && holes[0].Role == partial.Environment {
			variable = firstOf(holes[0].Name, "the environment")
		}
	}
	for _, t := range v.str.Alternatives {
		if known, ok := t.Known(); ok {
			o.literal(t, known, kind, use, obj, variable)
		}
	}
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// literal observes a credential whose text is known.
func (o *observer) literal(t partial.Text, known string, kind shape.Kind, use string, obj *object, variable string) {
	v := practice.ValueOf(o.cat, known)
	if known == "" || v.Provider == "" && v.Sample == "" && !shape.Credible(v, kind, true) {
		return
	}
	start, end := span(t)
	if start == end {
		return // what is not in the text
	}
	if o.told[[2]int{start, end}] {
		return
	}
	o.told[[2]int{start, end}] = true
	at := o.place(start, end)
	c := &practice.Credential{
		Source: o.sourceAt(at, use), Kind: kind, Value: v, Sink: true, Use: use, Same: practice.Identity(known),
		Fallback: variable != "", FallbackFor: variable,
	}
	c.Redact = []finding.Location{at}
	o.add(c)
	if obj != nil {
		o.credentials = append(o.credentials, credentialOf{c, obj, known})
	}
}

// credentialOf is a credential that an object is given; where it goes to is
// known when the object is.
type credentialOf struct {
	c     *practice.Credential
	obj   *object
	known string
}

// setLogin observes user and password in one value: a login, a pair, a text.
func (o *observer) setLogin(obj *object, v *value, use string) {
	switch {
	case v.obj != nil && (v.obj.kind == "login" || v.obj.password != nil):
		if v.obj.password != nil {
			obj.user, obj.password = v.obj.user, v.obj.password
		}
	case len(v.dict) > 0:
		o.loginMembers(obj, v, use)
	case len(v.list) >= 2:
		obj.user, obj.password = v.list[0], v.list[1]
		o.secret(obj.password, shape.Password, "password of "+use, obj)
	case len(v.str.Alternatives) > 0 && strings.Contains(v.text().Display(), ":"):
		o.setPair(obj, v, use)
	}
}

// loginMembers observes a login whose parts have names.
func (o *observer) loginMembers(obj *object, v *value, use string) {
	for _, m := range v.dict {
		switch kind := shape.OfName(m.name); {
		case strings.EqualFold(m.name, "bearer") || strings.EqualFold(m.name, "token"):
			o.setToken(obj, m.value, m.n, use)
		case kind != shape.None || strings.EqualFold(m.name, "pass"):
			obj.password = m.value
			o.secret(m.value, shape.Password, "password of "+use, obj)
		case shape.IsUserName(m.name) || strings.EqualFold(m.name, "user"):
			obj.user = m.value
		}
	}
}

// setPair observes "user:password".
func (o *observer) setPair(obj *object, v *value, use string) {
	user, password, ok := v.text().Cut(':')
	if !ok {
		return
	}
	obj.user = &value{n: v.n, str: one(user)}
	obj.password = &value{n: v.n, str: one(password)}
	o.secret(obj.password, shape.Password, "password of "+use, obj)
}

func one(t partial.Text) partial.String { return partial.String{Alternatives: []partial.Text{t}} }

// setToken observes a token before which the library puts its scheme.
func (o *observer) setToken(obj *object, v *value, at *node, use string) {
	a := practice.Auth{Scheme: "bearer", At: o.place(at.start, at.end), Text: use, Prefixed: true, Raw: v.text(), Secret: v.text()}
	if known, ok := v.known(); ok {
		a.Value, a.Known = practice.ValueOf(o.cat, known), true
	}
	obj.auth = append(obj.auth, a)
	if v.signed != nil {
		obj.signed = append(obj.signed, v.signed)
	}
	o.secret(v, shape.Token, "token of "+use, obj)
}

// headerLine observes "Name: value".
func (o *observer) headerLine(obj *object, v *value, use string) {
	nameText, rest, ok := v.text().Cut(':')
	name, known := nameText.Known()
	if !ok || !known {
		return
	}
	o.header(obj, strings.TrimSpace(name), &value{n: v.n, str: one(rest.TrimSpace()), base64: v.base64, signed: v.signed}, use)
}

// headers observes headers: members with names, or a list of lines or pairs.
func (o *observer) headers(obj *object, v *value, use string) {
	for _, m := range v.dict {
		o.header(obj, m.name, m.value, use)
	}
	for i := 0; i < len(v.list); i++ {
		item := v.list[i]
		name, ok := item.known()
		switch {
		case len(item.list) == 2:
			if name, ok := item.list[0].known(); ok {
				o.header(obj, name, item.list[1], use)
			}
		case ok && !strings.Contains(name, ":") && i+1 < len(v.list): // name, value, name, value
			o.header(obj, name, v.list[i+1], use)
			i++
		case len(item.str.Alternatives) > 0:
			o.headerLine(obj, item, use)
		}
	}
	for rest := v.text(); len(rest) > 0; { // lines of one text
		line, next, more := rest.Cut('\n')
		o.headerLine(obj, &value{n: v.n, str: one(line), base64: v.base64, signed: v.signed}, use)
		if rest = next; !more {
			break
		}
	}
	if v.obj != nil && v.obj != obj && v.obj.kind != "map" {
		obj.auth = append(obj.auth, v.obj.auth...)
		if obj.password == nil {
			obj.user, obj.password = v.obj.user, v.obj.password
		}
	} else if v.obj != nil && v.obj.kind == "map" {
		obj.auth = append(obj.auth, v.obj.auth...)
	}
}

// header observes a header.
func (o *observer) header(obj *object, name string, v *value, use string) {
	isAuth := isAuthorization(name)
	if !isAuth && !strings.Contains(name, "-") && !isBareHeader(name) {
		return // a field of a form
	}
	if !isAuth && (shape.OfName(name) == shape.None || strings.EqualFold(name, "Content-Type")) || len(name) > 60 {
		return
	}
	if obj == nil {
		obj = &object{kind: "http", n: v.n, symbol: o.scope.symbol}
		o.objects = append(o.objects, obj)
	}
	if v.obj != nil && v.scheme != "" { // Credentials.basic(user, password)
		if v.obj.password != nil && v.obj != obj {
			obj.user, obj.password = v.obj.user, v.obj.password
		}
		obj.auth = append(obj.auth, v.obj.auth...)
		return
	}
	if len(v.str.Alternatives) == 0 || len(v.text()) == 0 {
		return
	}
	raw := v.text()
	at := o.locate(v)
	if v.base64 != "" {
		at = o.place(v.n.start, v.n.end) // its text may stand anywhere
		o.basicInBrowser(v, v.n)
	}
	a := practice.Auth{Scheme: "api-key", Header: name, At: at, Text: "header " + name, Raw: raw, Secret: raw, Base64: v.base64}
	if isAuth {
		a.Scheme = ""
		if word, _, ok := strings.Cut(raw.Prefix(), " "); ok {
			a.Scheme = strings.ToLower(word)
		}
	}
	known, whole := raw.Known()
	if isAuth && a.Base64 == "" && a.Scheme == "basic" && whole {
		decodeBasic(&a, known)
	}
	if whole && a.Base64 == "" {
		a.Value, a.Known = practice.ValueOf(o.cat, known), true
	}
	if v.signed != nil && isAuth {
		obj.signed = append(obj.signed, v.signed)
	}
	if obj.parent == nil || obj.kind != "" {
		obj.auth = append(obj.auth, a)
	}
	o.sentByPage(&a, v)
	o.headerSecret(obj, &a, v, name)
}

// isBareHeader reports whether a name of one word is that of a header for
// credentials.
func isBareHeader(name string) bool {
	switch strings.ToLower(name) {
	case "apikey", "api_key", "token", "accesskey", "secret", "access_token", "cookie":
		return true
	}
	return false
}

// headerSecret observes a literal credential in a header: what stands behind the
// scheme, the password of a pair that the program encodes.
func (o *observer) headerSecret(obj *object, a *practice.Auth, v *value, name string) {
	use := "header " + name
	if v.base64 == "" {
		kind := shape.Header
		switch a.Scheme {
		case "client-id": // which names a program and proves nothing
			return
		case "basic":
		case "api-key":
			kind = max(shape.OfName(name), shape.Password)
		default:
			if v = behindScheme(v); len(v.str.Alternatives) == 0 {
				return
			}
			kind = shape.Token
		}
		o.secret(v, kind, use, obj)
		return
	}
	rest := v.text()
	if _, after, ok := rest.Cut(' '); ok {
		rest = after
	}
	user, password, ok := rest.Cut(':')
	if !ok {
		return
	}
	a.User, a.Secret = user, password
	if known, whole := password.Known(); whole {
		o.literal(password, known, shape.Password, "password of "+use, obj, "")
	}
}

// behindScheme returns what stands behind the scheme in the value of a header.
func behindScheme(v *value) *value {
	out := &value{n: v.n}
	for _, t := range v.str.Alternatives {
		if _, rest, ok := t.Cut(' '); ok && len(rest) > 0 {
			t = rest
		}
		out.str.Alternatives = append(out.str.Alternatives, t)
	}
	return out
}

// decodeBasic reads user and password behind Basic.
func decodeBasic(a *practice.Auth, text string) {
	word, rest, _ := strings.Cut(text, " ")
	for _, encoding := range []struct {
		name string
		*base64.Encoding
	}{{"std", base64.StdEncoding}, {"raw-std", base64.RawStdEncoding}, {"url", base64.URLEncoding}, {"raw-url", base64.RawURLEncoding}} {
		plain, err := encoding.DecodeString(strings.TrimSpace(rest))
		user, password, ok := strings.Cut(string(plain), ":")
		if err != nil || !ok || strings.ContainsFunc(string(plain), func(r rune) bool { return r < ' ' || r == '\uFFFD' }) {
			continue
		}
		a.Value, a.Known = practice.ValueOf(nil, text), true
		a.Base64, a.Raw = encoding.name, partial.Text{{Text: word + " " + string(plain)}}
		a.User, a.Secret = partial.Text{{Text: user}}, partial.Text{{Text: password}}
		return
	}
}

// isAuthorization reports whether a header begins with a scheme.
func isAuthorization(name string) bool {
	return strings.EqualFold(name, "Authorization") || strings.EqualFold(name, "Proxy-Authorization")
}

// dsn observes a connection string.
func (o *observer) dsn(obj *object, v *value, use string) {
	if len(v.str.Alternatives) == 0 {
		return
	}
	str := partial.String{Truncated: v.str.Truncated}
	for _, t := range v.str.Alternatives {
		if rest, ok := t.CutPrefix("jdbc:"); ok {
			t = rest
		}
		str.Alternatives = append(str.Alternatives, t)
	}
	obj.url = &value{n: v.n, str: str}
	for _, t := range str.Alternatives {
		d := partial.ReadDSN(t)
		password := d.Password
		if password == nil {
			password, _ = d.Param("password", "pwd")
		}
		if known, ok := password.Known(); ok && len(password) > 0 {
			o.literal(placed(t, password, known), known, shape.Password, "password of "+use, obj, "")
		}
	}
}

// placed returns a piece of a connection string with its place, which the reader
// of pairs does not keep.
func placed(t, piece partial.Text, known string) partial.Text {
	if piece[0].End > piece[0].Start {
		return piece
	}
	for _, p := range t {
		i := strings.LastIndex(p.Text, known)
		if p.Hole == nil && i >= 0 && p.End-p.Start == len(p.Text) && known != "" {
			return partial.Text{{Text: known, Start: p.Start + i, End: p.Start + i + len(known)}}
		}
	}
	return t
}

// token observes what makes or checks a web token.
func (a *application) token(role string, v *value, at *node, depth int) {
	o := a.o
	switch role {
	case "key":
		a.keyValue = v
	case "keys":
		if len(v.list) > 0 {
			a.keyValue = v.list[0]
		}
	case "algorithm":
		word, ok := v.known()
		if !ok {
			word = v.word
			if len(v.list) > 0 {
				word, ok = v.list[0].known()
				if !ok {
					word = v.list[0].word
				}
			}
		}
		for _, item := range v.list {
			if text, known := item.known(); known && strings.EqualFold(text, "none") {
				word, ok = text, true
			}
		}
		a.algorithm = strings.ToLower(word[strings.LastIndexAny(word, ".:")+1:])
		if a.algorithm == "none" && (ok || strings.Contains(word, ".") || strings.Contains(word, ":")) {
			o.is("unsigned", at, nil, a.use)
		}
	case "jwt-verify":
		if on, known := v.truth(); known && !on {
			o.is("unverified", at, nil, a.use)
		}
	case "jwt-off":
		if on, known := v.truth(); known && on {
			o.is("unverified", at, nil, a.use)
		}
	case "jwt-options":
		if depth < maxOptions {
			for _, m := range v.dict {
				if inner, ok := a.row.Keys[m.name]; ok {
					a.roleIn(inner, m.value, m.n, depth+1)
				}
			}
		}
	}
}

// done observes what all arguments of a call tell together.
func (a *application) done() {
	if a.keyValue == nil {
		return
	}
	o, v := a.o, a.keyValue
	switch {
	case strings.HasPrefix(a.algorithm, "rs"), strings.HasPrefix(a.algorithm, "es"), strings.HasPrefix(a.algorithm, "ps"), strings.HasPrefix(a.algorithm, "ed"):
		o.secret(v, shape.PrivateKey, "private-key of "+a.use, a.subject)
		return
	}
	o.secret(v, shape.Secret, "key of "+a.use, a.subject)
	for _, t := range v.str.Alternatives {
		known, ok := t.Known()
		value := practice.ValueOf(o.cat, known)
		if !ok || known == "" || value.Inner == shape.PrivatePEM || value.Inner == shape.PublicKey || value.Inner == shape.Placeholder || strings.HasPrefix(known, "-----") {
			continue
		}
		start, end := span(t)
		at := o.place(start, end)
		token := &practice.Token{Source: o.sourceAt(at, "key of "+a.use), Aspect: practice.WeakSigningKey, Value: value, Use: a.use}
		token.Redact = []finding.Location{at}
		o.add(token)
	}
}
