package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// secretMatch judges a match of a pattern rule. Its verdict has the pattern
// rule's own id and the page that all of them share.
func (c *court) secretMatch(o *SecretMatch) {
	if len(c.Enabled) > 0 && !c.Enabled[o.RuleID] || !isCredibleMatch(o) {
		return
	}
	rule := c.Catalogue.SecretRule(o.RuleID)
	live := o.Value.Live && !o.Value.Run
	grades := sourceGrades(&Source{Test: o.Test && !live, Document: o.Document && !live})
	if o.Value.Sample != "" {
		grades = append(grades, IsSample)
	}
	if isOver(o.Value) {
		grades = append(grades, IsOver)
	}
	if o.Document && rule.Generic && !hasOwnForm(o.Value.Inner) {
		grades = withGrade(grades, WeakEvidence) // documents are full of made-up values with such names
	}
	title, _, _ := strings.Cut(rule.Title, " in the repository")
	head, remedy := "text has the form of a credential", ": rotate it and read it from the environment or a secret store"
	if o.Value.Inner == shape.Empty {
		head, remedy = "file is one that holds credentials, by its name", ": rotate them and keep it out of the repository"
	}
	v := verdict{
		rule: rule, src: &o.Source, onValue: true, grades: grades, hash: o.Value.Hash, absorbed: slices.Clone(o.Also),
		evidence: map[string]string{"masked": o.Value.Masked},
		message:  message(head, append([]string{" (" + plain(firstOf(title, o.RuleID), maxUse) + ")"}, aboutToken(o.Value)...), remedy),
	}
	put(v.evidence, "provider", firstOf(o.Provider, o.Value.Provider))
	put(v.evidence, "publisher", o.Value.Sample)
	put(v.evidence, "user", o.Value.User)
	decodedEvidence(v.evidence, o.Value)
	v.absorbed = append(v.absorbed, c.tokenAbsorbs(o.Value)...)
	if o.Value.Form == shape.BasicValue {
		c.basicMatch(&v, o, firstOf(title, o.RuleID))
	}
	c.enter(v)
}

// hasOwnForm reports whether a value is a credential by its form, whatever it is
// called.
func hasOwnForm(f shape.Form) bool { return f == shape.JWT || f == shape.PrivatePEM }

// isCredibleMatch reports whether what a pattern matched can be a credential.
// The engine knows the name beside it and has judged that; here only what says
// itself that it is none is left out. A match of a file's name has no text.
func isCredibleMatch(o *SecretMatch) bool {
	v := o.Value
	if v.Form == shape.BasicValue && v.Inner == shape.Identifier && (o.Test || o.Document) {
		return false // of the names of user and password, as in an expectation
	}
	if v.Provider != "" || v.Sample != "" {
		return true
	}
	switch v.Inner {
	case shape.Placeholder, shape.Redacted, shape.Reference, shape.PublicKey, shape.EnvName:
		return false
	}
	return !v.Run
}
