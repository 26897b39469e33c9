package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// named adds a secret if its name speaks of one.
func (r revealed) named(e *engine, s Secret, fn *ssa.Function) revealed {
	s.Kind = shape.OfName(s.Name)
	if !e.speaks(s.Name) || e.isWord(s.Name, fn) {
		return r
	}
	s.Certain = s.Certain || shape.Certain(s.Name) || e.atLogin(s.Name, fn)
	if s.Kind == shape.Password && !s.Certain {
		return r // a passage, a working directory
	}
	s.Certain = s.Certain && !(s.Kind == shape.PrivateKey && s.mayBePath)
	r.secrets = append(r.secrets[:len(r.secrets):len(r.secrets)], s)
	return r
}

// speaks reports whether a name speaks of a credential that can be told: not of
// several of a common word, of an authentication, or of a secret where a cluster
// keeps them by name.
func (e *engine) speaks(name string) bool {
	kind := shape.OfName(name)
	if kind == shape.None {
		return false
	}
	if shape.Certain(name) {
		return !(kind == shape.Key && e.inCluster() && shape.HasWord(name, "secret") && !shape.HasWord(name, "access"))
	}
	if kind == shape.Header || shape.HasWord(name, "tokens", "secrets", "keys", "creds", "credentials") {
		return false
	}
	return kind != shape.Secret || !e.inCluster()
}

// inCluster reports whether the package deals with the secrets of a cluster,
// which are objects with names.
func (e *engine) inCluster() bool {
	if e.told.cluster == 0 {
		e.told.cluster = 1
		for _, p := range e.pass.Pkg.Imports() {
			if rules.NamesSecrets(p.Path()) {
				e.told.cluster = 2
			}
		}
	}
	return e.told.cluster == 2
}

// isWord reports whether a token is a word of a text that is read.
func (e *engine) isWord(name string, fn *ssa.Function) bool {
	if shape.OfName(name) != shape.Token || shape.Certain(name) {
		return false
	}
	if isSyntaxName(e.pass.Pkg.Name()) {
		return true
	}
	return fn != nil && isSyntaxName(symbol(fn))
}

// atLogin reports whether the function that a value of the name belongs to is
// one that logs in, so that a common word for a credential means one.
func (e *engine) atLogin(name string, fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	switch shape.OfName(name) {
	case shape.Password:
		for _, p := range root(fn).Params {
			if p.Name() != name && isPlainText(p.Type()) && isLoginName(p.Name()) {
				return true
			}
		}
	case shape.Token, shape.Secret:
		return isLoginWord(symbol(fn)) || isLoginWord(e.pass.Pkg.Name())
	}
	return false
}

// isLoginWord reports whether a function or package deals with logins by its name.
func isLoginWord(name string) bool {
	return shape.HasWord(name, "auth", "authn", "oauth", "oauth2", "login", "signin", "session", "jwt", "bearer", "authenticate",
		"authenticator", "authentication", "authorize", "authorization", "oidc", "sso", "webhook", "bot", "credentials")
}

// isSpanName reports whether a name says that what is in it are times.
func isSpanName(name string) bool {
	return shape.HasWord(name, "expiry", "expiries", "expiration", "expirations", "ttl", "ttls", "lifetime", "lifetimes", "duration", "durations",
		"validity", "timeout", "timeouts", "interval", "intervals")
}

// isOtherName reports whether a name says that a text is something else than a
// credential, whatever it is made of: the file of a key, the name of a secret.
func isOtherName(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "file", "filename", "path", "dir", "directory", "folder", "name", "id", "kind", "type", "host", "hostname", "port", "user",
		"username", "email", "format", "layout", "pattern", "label", "prefix", "suffix", "level", "op", "operation", "method", "status",
		"caller", "function", "func", "sender", "component", "module", "namespace", "field", "column", "table":
		return true
	}
	return false
}
