package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// accountWide judges credentials that give a whole account away, where the
// provider has narrower ones.
func (c *court) accountWide(r *view) {
	if r.provider == nil {
		return
	}
	for i := range r.Auth {
		a := &r.Auth[i]
		wide, ok := wideOf(r, a)
		if !ok || a.Told && !r.Joins {
			continue
		}
		v := verdict{src: &r.Source, grades: r.urlGrades(), evidence: requestEvidence(r)}
		v.evidence["instead"] = wide.Instead
		v.message = message(
			"request to "+plain(r.provider.Name, maxShort)+" uses "+clip(wide.What, maxUse)+", which opens all of it",
			nil, ": use "+clip(wide.Instead, maxUse),
		)
		c.pass(accountWide, v.put(a.Apart))
		return
	}
}

// wideOf returns the account-wide credential of a provider that is set on a
// request. Where it says whose it is, its user decides; otherwise the names do.
func wideOf(r *view, a *Auth) (rules.AccountWide, bool) {
	for _, w := range r.provider.AccountWide {
		if slices.ContainsFunc(w.Headers, func(h string) bool { return strings.EqualFold(h, a.Header) }) {
			return w, true
		}
		if user := a.User.Prefix(); user != "" && len(w.Users) > 0 {
			if slices.ContainsFunc(w.Users, func(pattern string) bool { return isUserOf(pattern, user, a.User) }) {
				return w, true
			}
			continue
		}
		if isAccountOf(r, w.AccountPath, a.User) || isHoleOf(a.User, func(name string) bool { return endsInWords(name, w.UserNames) }) {
			return w, true
		}
		if slices.ContainsFunc(w.Names, func(name string) bool { return isNamed(a, name) }) {
			return w, true
		}
	}
	return rules.AccountWide{}, false
}

// endsInWords reports whether a name ends in one of some words.
func endsInWords(name string, list []string) bool {
	joined := strings.Join(shape.Words(name), "")
	return slices.ContainsFunc(list, func(words string) bool { return strings.HasSuffix(joined, words) })
}

// isUserOf reports whether a user, of which the beginning is known, is the one
// of a pattern: a name, or the beginning of one and a star.
func isUserOf(pattern, prefix string, user partial.Text) bool {
	if start, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(prefix, start)
	}
	known, ok := user.Known()
	return ok && known == pattern
}

// isAccountOf reports whether the user of a credential, which is not known, is
// what stands in the place of the account in the path of a request.
func isAccountOf(r *view, pattern string, user partial.Text) bool {
	before, _, ok := strings.Cut(pattern, "{account}")
	if !ok || len(user) != 1 || user[0].Hole == nil || user[0].Hole.Name == "" {
		return false
	}
	return slices.ContainsFunc(r.urls, func(u partial.URL) bool {
		return len(u.Path) > 1 && u.Path[0].Text == before && u.Path[1].Hole != nil && *u.Path[1].Hole == *user[0].Hole
	})
}

// isNamed reports whether a name of what holds a credential ends in these words.
func isNamed(a *Auth, words string) bool {
	return slices.ContainsFunc(a.Secret.Holes(), func(h partial.Hole) bool {
		return strings.HasSuffix(strings.Join(shape.Words(h.Name), ""), words)
	})
}

// passwordAsSecret judges an account's password in the place of a client secret.
func (c *court) passwordAsSecret(r *view) {
	var id, secret partial.Text
	var at finding.Location
	for _, p := range slices.Concat(r.Form, r.Query) {
		name, _ := p.Name.Known()
		switch strings.Join(shape.Words(name), "") {
		case "clientid":
			id = p.Value
		case "clientsecret":
			secret, at = p.Value, p.At
		}
	}
	if !isHoleOf(secret, func(name string) bool { return shape.OfName(name) == shape.Password }) {
		return
	}
	v := verdict{src: &r.Source, grades: r.urlGrades(), evidence: requestEvidence(r)}
	if !isHoleOf(id, shape.IsUserName) || r.provider != nil && r.provider.AccountClient {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	v.message = "request sends the password of an account as client_secret, so a leak of either is one of both: register a client of its own"
	c.pass(passwordAsSecret, v.put(Spot{At: at}))
}

// isHoleOf reports whether a text is one hole whose name fulfils is.
func isHoleOf(t partial.Text, is func(name string) bool) bool {
	holes := t.Holes()
	return len(holes) == 1 && len(t) == 1 && is(holes[0].Name)
}

// acrossRedirect judges functions that follow redirects.
func (c *court) acrossRedirect(r *view) {
	if !r.AcrossRedirect {
		return
	}
	c.pass(acrossRedirect, verdict{
		src: &r.Source, grades: sourceGrades(&r.Source),
		message: "redirect sets the credential again for whatever host it leads to, who then has it: compare the hosts first",
	})
}
