package practice

import (
	"hash/maphash"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// sharedCredential is the rule on one password for several users.
const sharedCredential = "shared-credential"

// identitySeed makes identities mean nothing outside of this process.
var identitySeed = sync.OnceValue(maphash.MakeSeed)

// Identity returns a number that is equal for equal credentials in this process
// and tells nothing else of them. Of a text that holds a credential among other
// things only that counts.
func Identity(text string) uint64 {
	if _, _, secret, ok := shape.Split(text); ok {
		text = secret
	}
	if text == "" {
		return 0
	}
	return maphash.String(identitySeed(), text)
}

// shared judges the credentials of a run together: one password that several
// users have.
func (c *court) shared(list []Observation) {
	groups := map[uint64][]*Credential{}
	var order []uint64
	for _, o := range list {
		cred, ok := o.(*Credential)
		if !ok || cred.Same == 0 || !isPassword(cred) || !shape.Credible(cred.Value, kindOf(cred), cred.Sink) {
			continue
		}
		if groups[cred.Same] == nil {
			order = append(order, cred.Same)
		}
		groups[cred.Same] = append(groups[cred.Same], cred)
	}
	for _, same := range order {
		c.sharedBy(groups[same])
	}
}

// sharedBy judges credentials that are equal. The first that another user has
// already is the fault.
func (c *court) sharedBy(group []*Credential) {
	first := ""
	for i, cred := range group {
		for _, user := range usersOf(cred) {
			if first == "" {
				first = user
				continue
			}
			if strings.EqualFold(account(user), account(first)) {
				continue
			}
			v := verdict{
				src: &cred.Source, onValue: true, grades: c.credentialGrades(cred), hash: cred.Value.Hash,
				evidence: map[string]string{"masked": cred.Value.Masked},
				message:  message("password "+ofUsers(user, first, cred)+", so a leak of one opens both", nil, ": rotate both, each to one of its own"),
			}
			for _, other := range append(append([]*Credential(nil), group[:i]...), group[i+1:]...) {
				v.places = append(v.places, placeOf(other))
			}
			put(v.evidence, "user", shownUser(user, cred.Value))
			c.pass(sharedCredential, v)
			return
		}
	}
}

// account returns the name of a user without the domain of an address.
func account(user string) string {
	name, _, _ := strings.Cut(user, "@")
	return name
}

// placeOf returns where a credential stands.
func placeOf(o *Credential) finding.Location {
	if !o.Origin.IsZero() {
		return o.Origin
	}
	return o.At
}

// usersOf returns the users that a credential belongs to.
func usersOf(o *Credential) []string {
	var list []string
	if user := firstOf(o.Value.User, o.User); user != "" {
		list = append(list, user)
	}
	return append(list, o.Users...)
}

// ofUsers returns the words for whose password is also whose.
func ofUsers(user, first string, o *Credential) string {
	one, other := ofUser(user, o), ofUser(first, o)
	if one == other { // neither can be shown
		one = "of one user"
	}
	return one + " is also that " + other
}

// ofUser returns the words for whose password it is.
func ofUser(user string, o *Credential) string {
	if shown := shownUser(user, o.Value); shown != "" {
		return "of user " + quoted(shown)
	}
	return "of another user"
}
