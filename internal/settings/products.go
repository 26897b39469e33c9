package settings

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// productKey returns what a product means by a key, nil if nothing.
func (o *observer) productKey(s *Setting) *rules.ProductKey {
	if s.Kind != Scalar || len(s.Text) > maxProductText || s.holds != shape.None || s.Aliased || s.Parent == nil {
		return nil
	}
	var key *rules.ProductKey
	if o.mayMean(s, ofProduct) {
		key = o.productAt(s, s.pathWords(), false)
	}
	if key == nil && s.Parent.Parent != nil && o.mayMean(s.Parent, ofProduct) {
		key = o.productAt(s, s.Parent.pathWords(), true)
	}
	return key
}

// productAt returns what a product means by the key that words end with, or by
// any key below it.
func (o *observer) productAt(s *Setting, words []string, children bool) *rules.ProductKey {
	return lookup(o.table.Products, words, func(k *rules.ProductKey, words []string) bool {
		return k.Children == children && k.In(o.path) && fits(&k.Context, slices.Concat(o.fileWords, words)) && o.isBeside(s, k) && hasMeaning(s, k)
	})
}

// hasMeaning reports whether a value is one of those that mean something.
func hasMeaning(s *Setting, k *rules.ProductKey) bool {
	return productKinds[k.Means] != shape.None || slices.ContainsFunc(literalsOrNone(s), func(lit literal) bool {
		return isBadIn(k.Bad, lit.text) || isBadIn(k.Maybe, lit.text)
	})
}

// markProduct marks a value as the credential that a product keeps there.
func (o *observer) markProduct(s *Setting) {
	if o.description {
		return
	}
	key := o.productKey(s)
	if key == nil {
		return
	}
	if kind, ok := productKinds[key.Means]; ok && !s.clear && s.Text != "public" { // the community that everybody has
		o.holds(s, kind, key.Take)
	}
}

// product observes a switch that a product has words of its own for.
func (o *observer) product(s *Setting) {
	key := o.productKey(s)
	if key == nil {
		return
	}
	for _, lit := range literalsOrNone(s) {
		state := practice.TLSOff
		switch {
		case isBadIn(key.Bad, lit.text):
		case isBadIn(key.Maybe, lit.text):
			state = practice.TLSOpportunistic
		default:
			continue
		}
		source := o.source(s)
		source.At, source.Origin = lit.at, lit.at
		if lit.fallback || s.switched {
			source.Condition = practice.Configured
		}
		o.switched(s, key, lit.text, source, state)
		return
	}
}

// maxProductText is the length of a value up to which it can be what a product
// means by it.
const maxProductText = 400

// productKinds are the kinds of credentials that keys of products hold.
var productKinds = map[string]shape.Kind{
	"password": shape.Password, "secret": shape.Secret, "key": shape.Key, "token": shape.Token,
}

// literalsOrNone is literals, and the empty text of a setting that has none.
func literalsOrNone(s *Setting) []literal {
	if s.Text == "" {
		return []literal{{at: s.Key()}}
	}
	return literals(s)
}

// isBadIn reports whether a value is among those of a product.
func isBadIn(bad []string, text string) bool {
	return slices.Contains(bad, "any") && text != "" || isBad(bad, text)
}

// isBeside reports whether the keys that a meaning asks for stand beside it and
// are not switched off, and none of the others does.
func (o *observer) isBeside(s *Setting, k *rules.ProductKey) bool {
	if len(k.Beside) == 0 && len(k.Unless) == 0 || s.Parent == nil {
		return len(k.Beside) == 0
	}
	found := 0
	for _, item := range s.Parent.Items {
		phrase := phraseOf(item.Name)
		if slices.Contains(k.Unless, phrase) {
			return false
		}
		if slices.Contains(k.Beside, phrase) && !isBad([]string{"false", "none"}, item.Text) {
			found++
		}
	}
	return found >= len(k.Beside)
}

// holds marks a value as a credential, or its last word, or the
// option of a login module.
func (o *observer) holds(s *Setting, kind shape.Kind, take string) {
	switch take {
	case "":
		s.holds = kind
		return
	case "jaas":
		o.jaas(s, kind)
		return
	}
	if word := strings.TrimRight(s.Text, " \t"); strings.ContainsAny(word, " \t") {
		at := strings.LastIndexAny(word, " \t") + 1
		s.Parent.add(&Setting{Name: s.Name, key: s.key, Text: s.Text[at:], val: s.val.slice(at, len(s.Text)), holds: kind})
	}
}

// jaas marks the password among the options of a login module of Java:
// Module required username="app" password="...";
func (o *observer) jaas(s *Setting, kind shape.Kind) {
	const option = "password="
	start := strings.Index(s.Text, option)
	if start < 0 {
		return
	}
	start += len(option)
	end := start
	if start < len(s.Text) && strings.IndexByte(`"'`, s.Text[start]) >= 0 {
		start++
		end = start + max(0, strings.IndexByte(s.Text[start:], s.Text[start-1]))
	} else if n := strings.IndexAny(s.Text[start:], "; "); n >= 0 {
		end = start + n
	} else {
		end = len(s.Text)
	}
	s.Parent.add(&Setting{Name: s.Name, key: s.key, Text: s.Text[start:end], val: s.val.slice(start, end), holds: kind})
}

// switched adds the observation of a switch of a product.
func (o *observer) switched(s *Setting, key *rules.ProductKey, value string, source practice.Source, state practice.TLSState) {
	address := o.addressBeside(s, key.Address)
	switch key.Means {
	case "peer":
		obs := &practice.TLS{Source: source, Role: practice.ClientSide, Aspect: practice.PeerUnchecked, Use: s.use()}
		if host, ok := hostIn(partial.Literal(address).Alternatives[0], true); ok {
			obs.Host = host
		}
		if key.Address != "" && strings.ToUpper(obs.Host) == obs.Host && strings.ContainsAny(obs.Host, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			return // a name to put a host in for
		}
		o.out = append(o.out, obs)
	case "plaintext":
		obs := &practice.Connection{Source: source, Protocol: key.Protocol, TLS: state, Login: true, Use: s.use()}
		if address != "" {
			obs.Address = partial.Literal(address)
		}
		o.out = append(o.out, obs)
	case "log":
		o.out = append(o.out, &practice.Disclosure{
			Source: source, Channel: practice.ToLog, Kind: shape.Password, What: "password of a login", Use: s.use(), Certain: true,
		})
	case "hash":
		o.out = append(o.out, &practice.Storage{
			Source: source, Form: practice.StoredDigest, Medium: practice.AnyMedium, Algorithm: digestNamed(value + " " + s.Name), Name: "password", Use: s.use(),
			Salted: strings.Contains(strings.ToLower(value), "ssha") || strings.Contains(strings.ToLower(value), "smd5"),
		})
	case "clear":
		o.out = append(o.out, &practice.Storage{Source: source, Form: practice.StoredClear, Name: "password", Use: s.use()})
	}
}

// addressBeside returns the value of the key beside s that holds the host, without
// the brackets of mail servers.
func (o *observer) addressBeside(s *Setting, phrase string) string {
	text := s.Text
	if phrase != "self" {
		text = o.sibling(s, phrase)
	}
	if strings.HasPrefix(text, "0.0.0.0") || strings.HasPrefix(text, "[::]") {
		return "" // any address
	}
	if host, rest, ok := strings.Cut(strings.TrimPrefix(text, "["), "]"); ok && strings.HasPrefix(text, "[") && !strings.Contains(host, ":") {
		return host + rest
	}
	return text
}

// digestNamed returns the hash function that a scheme of passwords is named after.
func digestNamed(scheme string) string {
	lower := strings.ToLower(scheme)
	switch {
	case strings.Contains(lower, "md4") || strings.Contains(lower, "ntlm"):
		return "MD4"
	case strings.Contains(lower, "md5"):
		return "MD5"
	case strings.Contains(lower, "256"):
		return "SHA-256"
	case strings.Contains(lower, "512"):
		return "SHA-512"
	case strings.Contains(lower, "sha"):
		return "SHA-1"
	case strings.Contains(lower, "des"), strings.Contains(lower, "crypt"):
		return "DES"
	}
	return "a fast hash"
}
