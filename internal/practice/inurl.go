package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// inURL judges credentials in the query or the user info of a request's URL.
func (c *court) inURL(r *view) {
	at := slices.IndexFunc(r.sent, func(s sentCredential) bool { return s.inURL })
	if len(r.secrets) == 0 && !r.inPath && (at < 0 || r.told || !isRequested(r)) {
		return
	}
	v := verdict{src: &r.Source, onValue: true, evidence: requestEvidence(r)}
	v.grades = r.urlGrades()
	what, where := "a password", "the user info of its URL"
	switch {
	case len(r.secrets) > 0:
		p := r.secrets[0]
		what, where = "parameter "+quoted(p.name), "its URL"
		v.evidence["parameter"] = p.name
		v.grades = slices.Concat(v.grades, paramGrades(p))
	case r.inPath:
		v.grades = withGrade(v.grades, WeakEvidence) // where the provider wants it
	default:
		v.evidence = merged(v.evidence, sentEvidence(r.sent[at]))
	}
	over := ""
	if _, plainly := r.reach(isPlain); plainly && !r.protected {
		over = " over http"
		if len(r.secrets) > 0 {
			v.absorbed = append(v.absorbed, credentialOverHTTP)
		}
		if r.message.level != noMessage {
			v.absorbed = append(v.absorbed, messageOverHTTP)
		}
		v.remedies = c.encrypted(r)
	}
	remedy := ": use a header or a body and rotate it"
	if r.inPath && len(r.secrets) == 0 {
		what, where, remedy = "the API key", "its URL", ": keep it out of logs, send by POST, rotate it"
	}
	v.message = message("request puts "+what+" into "+where+over+", which servers and proxies log", nil, remedy)
	if len(r.secrets) > 0 {
		v = v.put(entered(r, r.secrets[0]))
	}
	c.pass(credentialInURL, v)
}

// entered returns where a parameter is put into the query.
func entered(r *view, p param) Spot {
	for _, q := range r.Query {
		if name, ok := q.Name.Known(); ok && name == p.name {
			return Spot{At: q.At}
		}
	}
	if spot := r.Entered[p.name]; spot.Symbol == r.Symbol {
		return spot
	}
	return Spot{} // another function puts it there for several requests
}

// hasKeyInPath reports whether a path holds a credential where the provider
// wants it, and says something there.
func hasKeyInPath(r *view) bool {
	if r.provider == nil {
		return false
	}
	i, ok := r.provider.SecretInPath(r.path)
	if !ok {
		return false
	}
	segment := strings.Split(strings.Trim(r.path, "/"), "/")[i]
	return segment == "*" || !isNothing(shape.Of(segment))
}

// isRequested reports whether the URL is one of HTTP, or may be.
func isRequested(r *view) bool {
	return slices.ContainsFunc(r.urls, func(u partial.URL) bool { return isPlain(u) || isEncrypted(u) || u.Scheme == "" })
}

// urlGrades returns the grades of a request by its place and its host, whatever
// its scheme.
func (r *view) urlGrades() []Grade {
	grades := sourceGrades(&r.Source)
	class, ok := r.reach(isAny)
	if !ok {
		return grades
	}
	if class == partial.ClusterHost && r.message.level >= messageByWords {
		class = partial.PrivateHost // as in plainGrades
	}
	return withGrade(grades, hostGrade(class))
}

// paramGrades returns the grades that a parameter's name and value give.
func paramGrades(p param) []Grade {
	var grades []Grade
	if !p.sure {
		grades = append(grades, WeakEvidence)
	}
	text, known := p.value.Known()
	if !known {
		return grades
	}
	if v := shape.Of(text); v.LocalDefault {
		grades = append(grades, LocalDefault)
	}
	return grades
}
