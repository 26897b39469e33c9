package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// param is a query parameter as the dictionary reads it.
type param struct {
	name  string
	value partial.Text
	kind  rules.ParamKind
	sure  bool // the name alone says so
}

// paramsOf returns the parameters of the query whose names are known, those in
// the URL's text and those set apart from it.
func (c *court) paramsOf(r *view) []param {
	var list []param
	for _, u := range r.urls {
		for _, q := range u.Query {
			list = c.addParam(list, r.provider, q.Name, q.Value)
		}
	}
	for _, q := range r.Query {
		list = c.addParam(list, r.provider, q.Name, q.Value)
	}
	return list
}

// addParam adds a parameter whose name is known.
func (c *court) addParam(list []param, provider *rules.Provider, name, value partial.Text) []param {
	known, ok := name.Known()
	if !ok || known == "" {
		return list
	}
	p := param{name: known, value: value}
	p.kind, p.sure = c.paramKind(provider, known)
	return append(list, p)
}

// paramKind returns what a parameter holds by its name. Names that the
// dictionaries do not have are read word by word.
func (c *court) paramKind(p *rules.Provider, name string) (kind rules.ParamKind, sure bool) {
	if p != nil {
		if kind := p.ParamKind(name); kind != rules.NoParam {
			return kind, true
		}
	}
	if kind, sure := c.Catalogue.Parameters().Kind(name); kind != rules.NoParam {
		return kind, sure
	}
	switch shape.OfName(name) {
	case shape.Password, shape.Secret, shape.Key, shape.Token:
		return rules.SecretParam, true
	}
	return rules.NoParam, false
}

// enough is how many names of the dictionary make the vague ones among them count.
const enough = 3

// counts reports whether vague names count: beside a provider, or where several
// names of the dictionary meet.
func counts(provider *rules.Provider, list []param) bool {
	if provider != nil {
		return true
	}
	var names []string
	for _, p := range list {
		if p.kind != rules.NoParam && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return len(names) >= enough
}

// secretsOf returns the parameters that hold a credential. The parameters of a
// signed URL are made to be shown.
func (c *court) secretsOf(r *view) []param {
	if isPresigned(r.params) {
		return nil
	}
	vague := counts(r.provider, r.params)
	var list []param
	for _, p := range r.params {
		if p.kind == rules.SecretParam && holdsCredential(p, vague) {
			list = append(list, p)
		}
	}
	return list
}

// isPresigned reports whether the parameters are those of a URL that carries
// its own signature.
func isPresigned(list []param) bool {
	has := func(names ...string) bool {
		return slices.ContainsFunc(list, func(p param) bool {
			return slices.Contains(names, strings.ToLower(p.name))
		})
	}
	switch {
	case has("x-amz-signature", "x-amz-credential", "x-goog-signature", "x-goog-credential", "x-oss-signature", "awsaccesskeyid"):
		return true
	case has("sig"):
		return has("se", "sv", "sp", "sr")
	case has("signature"):
		return has("expires", "key-pair-id", "policy", "x-oss-expires")
	}
	return false
}

// holdsCredential reports whether the value of a secret parameter can be a
// credential: not known, or known and credible. A digest is none.
func holdsCredential(p param, vague bool) bool {
	text, known := p.value.Known()
	if known {
		v := shape.Of(text)
		switch {
		case v.Form == shape.Reference, v.Form == shape.Pattern && strings.ContainsAny(text, "%{"):
			return p.sure || vague // filled in later
		case !p.sure && !vague:
			return shape.Credible(v, shape.Key, false)
		}
		return shape.Credible(v, kindOfParam(p.name), true)
	}
	holes := p.value.Holes()
	if slices.ContainsFunc(holes, isNoCredential) {
		return false
	}
	return p.sure || vague || slices.ContainsFunc(holes, isCredentialHole)
}

// kindOfParam returns the kind of a secret parameter.
func kindOfParam(name string) shape.Kind {
	switch kind := shape.OfName(name); kind {
	case shape.None, shape.Header, shape.DSN, shape.PrivateKey:
		return shape.Token
	default:
		return kind
	}
}

// isNoCredential reports whether a hole is known to hold something else: the
// digest of a credential, a value made up at run time, a user.
func isNoCredential(h partial.Hole) bool {
	switch h.Role {
	case partial.Digest, partial.Random, partial.UserName, partial.Loopback:
		return true
	}
	for _, w := range shape.Words(h.Name) {
		switch w {
		case "hash", "hashed", "digest", "signature", "sig", "hmac", "md5", "sha", "sha1", "sha256", "sha512", "checksum", "csrf", "nonce":
			return true
		}
	}
	return false
}

// isCredentialHole reports whether a hole says that it holds a credential.
func isCredentialHole(h partial.Hole) bool {
	return h.Role == partial.Credential || h.Role == partial.Withheld || shape.OfName(h.Name) != shape.None
}
