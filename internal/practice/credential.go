package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// The ids of the rules on credentials.
const (
	hardcodedCredential = "hardcoded-credential"
	fallbackCredential  = "fallback-credential"
	weakPassword        = "weak-password"
)

// credential judges a literal that is used as a credential.
func (c *court) credential(o *Credential) {
	if o.Link != "" {
		c.secretLink(o)
		return
	}
	if o.Value.Provider == "" && o.Value.Sample == "" && !o.Doubtful && !shape.Credible(o.Value, kindOf(o), o.Sink) {
		return
	}
	if o.Value.Inner == shape.Empty {
		return
	}
	grades := c.credentialGrades(o)
	v := verdict{
		src: &o.Source, onValue: true, grades: grades, takesPatterns: true, hash: o.Value.Hash,
		evidence: credentialEvidence(o), absorbed: append(slices.Clone(o.Patterns), c.tokenAbsorbs(o.Value)...),
	}
	if o.Fallback {
		v.message, v.remedies = fallbackMessage(o), []remedy{{name: DropFallback, to: o.FallbackFor}}
		c.pass(fallbackCredential, v)
	} else {
		v.message, v.remedies = hardcodedMessage(o), []remedy{{name: ReadFromEnv}}
		c.pass(hardcodedCredential, v)
	}
	if !o.Doubtful {
		c.weakPassword(o, grades)
	}
}

// kindOf returns the kind of a credential; a place that is proven to take one
// without saying which takes a secret.
func kindOf(o *Credential) shape.Kind {
	if o.Kind == shape.None && o.Sink {
		return shape.Secret
	}
	return o.Kind
}

// credentialGrades returns the grades of a literal credential.
func (c *court) credentialGrades(o *Credential) []Grade {
	live := c.looksLive(o)
	var grades []Grade
	if !live {
		if o.Test {
			grades = append(grades, InTest)
		}
		if o.Document {
			grades = append(grades, InDocument)
		}
	}
	if o.Value.Sample != "" {
		grades = append(grades, IsSample)
	}
	if isOver(o.Value) {
		grades = append(grades, IsOver)
	}
	if !o.Sink {
		grades = append(grades, WeakEvidence)
	}
	if o.Doubtful && o.Value.Provider == "" {
		grades = append(grades, Doubtful)
	}
	class := credentialHost(o)
	switch {
	case isLocalDefault(o, class):
		grades = append(grades, LocalDefault)
	case class == partial.LoopbackHost && !live:
		grades = append(grades, LoopbackHost)
	}
	return grades
}

// looksLive reports whether a credential has been given out by an issuer, so
// that it is no test's invention and works from everywhere.
func (c *court) looksLive(o *Credential) bool {
	if o.Value.Run || o.Value.Sample != "" {
		return false
	}
	return o.Value.Provider != "" || o.Value.Live || slices.ContainsFunc(o.Patterns, c.isIssued)
}

// isIssued reports whether a pattern rule knows who issues what it finds.
func (c *court) isIssued(id string) bool { return !c.Catalogue.SecretRule(id).Generic }

// credentialHost returns the class of the host that a credential goes to.
func credentialHost(o *Credential) partial.Class {
	if o.Host != "" {
		return partial.HostClass(o.Host)
	}
	return o.Value.HostClass
}

// isLocalDefault reports whether a well-known default of a development stack
// stands beside a local host. Where no host is known, a word that means other
// things as well is taken for one if only a name says that it is a credential.
func isLocalDefault(o *Credential, class partial.Class) bool {
	if !o.Value.LocalDefault {
		return false
	}
	switch class {
	case partial.LoopbackHost, partial.ClusterHost, partial.PrivateHost:
		return true
	case partial.UnknownHost:
		return !o.Sink && o.Value.Wordy
	}
	return false
}

// hardcodedMessage says where a credential stands and what to do.
func hardcodedMessage(o *Credential) string {
	if len(aboutToken(o.Value)) > 0 { // what it says of itself needs room
		return message(carried(o), aboutLogin(o), " is hard-coded: rotate it and keep it in a secret store")
	}
	return message(carried(o), aboutLogin(o), " is hard-coded, so every reader of this file has it: rotate it and keep it in a secret store")
}

// carried returns the words for a credential and what carries it: "password
// given to SetBasicAuth", "key in variable signingKey".
func carried(o *Credential) string {
	kind := strings.TrimPrefix(kindWord(o.Kind, o.Value), "Basic ")
	if o.Use == "" {
		return kind + " in the source"
	}
	first, rest, _ := strings.Cut(o.Use, " ")
	what, callee, ok := strings.Cut(rest, " ")
	switch {
	case first == "result" && what == "of" && ok:
		return kind + " returned by " + plain(callee, maxCarrier)
	case first == "comparison" && what == "with" && ok:
		return kind + " compared with " + plain(callee, maxCarrier)
	case first == "argument" && strings.HasPrefix(callee, "of "):
		return kind + " given to " + plain(callee[len("of "):], maxCarrier)
	case what == "of" && ok && isCredentialWord(first):
		return kind + " " + givenTo(callee)
	}
	return kind + " in " + plain(o.Use, maxCarrier)
}

// maxCarrier is the length to which the words for a carrier are cut.
const maxCarrier = 38

// isCredentialWord reports whether a word is one for a credential.
func isCredentialWord(word string) bool {
	switch word {
	case "password", "passphrase", "secret", "key", "token", "private-key", "callback":
		return true
	}
	return false
}

// givenTo returns the words for a function or a field that takes a credential.
func givenTo(callee string) string {
	if strings.HasPrefix(callee, "field ") || strings.HasPrefix(callee, "map entry") {
		return "in " + plain(callee, maxCarrier)
	}
	return "given to " + plain(callee, maxCarrier)
}

// fallbackMessage says what is used when nothing is configured.
func fallbackMessage(o *Credential) string {
	const longest = 24
	missing := "its setting"
	if o.FallbackFor != "" {
		missing = plain(o.FallbackFor, longest)
	}
	return message(carried(o), aboutLogin(o), " falls back to a literal without "+missing+": rotate it and stop if that is missing")
}

// aboutLogin returns what may be said of user, host and provider.
func aboutLogin(o *Credential) []string {
	var options []string
	if user := shownUser(firstOf(o.Value.User, o.User), o.Value); user != "" {
		options = append(options, " for user "+quoted(user))
	}
	if o.Host != "" {
		options = append(options, " at "+quoted(o.Host))
	}
	return append(options, aboutToken(o.Value)...)
}

// firstOf returns the first text that is not empty.
func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// credentialEvidence returns what else is known of a credential.
func credentialEvidence(o *Credential) map[string]string {
	e := map[string]string{
		"kind":   kindWord(o.Kind, o.Value),
		"masked": o.Value.Masked,
	}
	put(e, "use", o.Use)
	put(e, "user", shownUser(firstOf(o.Value.User, o.User), o.Value))
	put(e, "host", o.Host)
	put(e, "provider", firstOf(o.Provider, o.Value.Provider))
	put(e, "publisher", o.Value.Sample)
	put(e, "scheme", o.Value.Scheme)
	put(e, "fallback-for", o.FallbackFor)
	decodedEvidence(e, o.Value)
	return e
}

// put sets a key unless the value is empty.
func put(e map[string]string, key, value string) {
	if value != "" {
		e[key] = value
	}
}

// weakPassword judges the password of a credential. It is part of the finding
// on the literal unless that one is not wanted.
func (c *court) weakPassword(o *Credential, grades []Grade) {
	if !isPassword(o) {
		return
	}
	faults, grade := c.weaknesses(o)
	if len(faults) == 0 {
		return
	}
	c.pass(weakPassword, verdict{
		src: &o.Source, onValue: true, grades: withGrade(slices.Clone(grades), grade),
		evidence: map[string]string{"weakness": strings.Join(faults, ", "), "masked": o.Value.Masked},
		message: message(
			carried(o)+" is easily guessed",
			[]string{" (" + clip(strings.Join(faults, ", "), maxUse) + ")"},
			": rotate it to a generated one of 16 characters or more",
		),
	})
}

// isPassword reports whether the value is chosen by people.
func isPassword(o *Credential) bool {
	switch o.Value.Form {
	case shape.BasicValue, shape.UserInfoURL:
		return o.Value.Inner != shape.JWT && o.Value.Provider == ""
	case shape.PrivatePEM, shape.JWT, shape.SchemeValue, shape.UUID:
		return false
	}
	return o.Kind == shape.Password && o.Value.Provider == ""
}

// lengthForClasses is used where the catalogue has no such threshold.
const lengthForClasses = 15

// weaknesses returns what is wrong with a password, and the grade of the
// verdict: everybody acts on what is too short by any count; 8 and 9 characters
// and missing classes are the providers' matter.
func (c *court) weaknesses(o *Credential) (faults []string, grade Grade) {
	v := o.Value
	asks := c.Messaging || o.Provider != ""
	common, least := c.threshold(rules.PasswordMinLength), c.leastLength(o)
	sure := v.Length < common || v.LocalDefault || v.HoldsUser || o.HoldsUser || v.Repeats || v.Run
	if isSMPP(o.Use) && v.Length <= common {
		sure = v.LocalDefault || v.HoldsUser || o.HoldsUser // the protocol has room for no more
	} else if v.Length < least {
		faults = append(faults, counted(v.Length, "character"))
	}
	if v.LocalDefault || v.Run {
		faults = append(faults, "among the first that are tried")
	}
	if v.HoldsUser || o.HoldsUser {
		faults = append(faults, "contains the user name")
	}
	if v.Repeats {
		faults = append(faults, "repeats a character")
	}
	missing := c.missingClasses(v)
	faults = append(faults, missing...)
	switch {
	case sure, asks:
		return faults, ""
	case v.Length < c.threshold(rules.PasswordMinLengthProvider):
		return faults, NearThreshold
	}
	return faults, NoProvider
}

// leastLength returns how long a password must be where it is used.
func (c *court) leastLength(o *Credential) int {
	if isTransfer(o.Use) {
		return c.threshold(rules.PasswordMinLengthTransfer)
	}
	return c.threshold(rules.PasswordMinLengthProvider)
}

// missingClasses returns which classes of characters a password lacks. Long
// ones need none.
func (c *court) missingClasses(v shape.Value) []string {
	waived := c.threshold(rules.PasswordLengthForClasses)
	if waived == 0 {
		waived = lengthForClasses
	}
	if v.Length >= waived || c.threshold(rules.PasswordClasses) < 4 {
		return nil
	}
	var missing []string
	for _, class := range []struct {
		has  bool
		name string
	}{{v.Lower, "lower-case letter"}, {v.Upper, "upper-case letter"}, {v.Digit, "digit"}, {v.Symbol, "other character"}} {
		if !class.has {
			missing = append(missing, "no "+class.name)
		}
	}
	return missing
}

// isTransfer reports whether a use is a login for files.
func isTransfer(use string) bool {
	return slices.ContainsFunc(shape.Words(use), func(w string) bool { return w == "sftp" || w == "ssh" || w == "scp" })
}

// isSMPP reports whether a use is a login of a protocol with room for 8
// characters.
func isSMPP(use string) bool {
	return slices.ContainsFunc(shape.Words(use), func(w string) bool { return w == "smpp" || w == "gosmpp" || w == "smsc" })
}
