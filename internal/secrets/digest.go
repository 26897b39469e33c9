package secrets

import (
	_ "embed"
	"regexp/syntax"
	"strings"
	"sync"

	"github.com/zricethezav/gitleaks/v8/config"

	"github.com/authlint/authlint/internal/digest"
)

//go:generate go test . -run TestDigest -update-digest

// The digest of gitleaks' default rules, and of what is proven of the expressions
// of all built-in rules. What it does not know is read and proven when it is
// asked for, as for a user's rules.
//
//go:embed digest.bin
var digestFile string

var builtIn = sync.OnceValue(func() *digest.Table { return digest.Open(digestFile) })

// standardName is what gitleaks' default rules are called in errors.
const standardName = "gitleaks' default rules"

// standardConfig returns gitleaks' default rules.
func standardConfig() (*userSet, error) {
	var f configFile
	if builtIn().Read(standardName, config.DefaultConfig, &f) {
		return f.userSet(standardName, config.DefaultConfig, true)
	}
	return parseConfig(standardName, []byte(config.DefaultConfig), true)
}

// proof is a reach as a digest keeps it.
type proof struct {
	Proven        bool
	Before, After bound
	Tail, Inside  *program
}

// bound is an extent as a digest keeps it.
type bound struct {
	Fixed          int
	Unbounded, Any []byte // a bit for each byte
}

// proofName is the name of the proof about an expression in the digest.
func proofName(expression string, keywords []string) string {
	return "reach\x00" + expression + "\x00" + strings.Join(keywords, "\x00")
}

// reachOf returns the reach of an expression around its keywords.
func reachOf(expression string, keywords []string) *reach {
	var p proof
	if builtIn().Read(proofName(expression, keywords), "", &p) {
		return p.reach()
	}
	return proveReach(expression, keywords)
}

// reach returns the reach that is proven.
func (p *proof) reach() *reach {
	return &reach{
		proven: p.Proven, before: p.Before.extent(), after: p.After.extent(),
		tail: newFilter(p.Tail), inside: newFilter(p.Inside),
	}
}

// proof returns what a digest keeps of a reach.
func (r *reach) proof() proof {
	p := proof{Proven: r.proven, Before: r.before.bound(), After: r.after.bound()}
	if r.tail != nil {
		p.Tail = r.tail.program
	}
	if r.inside != nil {
		p.Inside = r.inside.program
	}
	return p
}

func (b *bound) extent() extent {
	return extent{fixed: b.Fixed, unbounded: unpacked(b.Unbounded), any: unpacked(b.Any)}
}

func (r *extent) bound() bound {
	return bound{Fixed: r.fixed, Unbounded: packed(r.unbounded), Any: packed(r.any)}
}

// packed returns a set of bytes as bits.
func packed(set *[256]bool) []byte {
	if set == nil {
		return nil
	}
	bits := make([]byte, len(set)/8)
	for c, in := range set {
		if in {
			bits[c/8] |= 1 << (c % 8)
		}
	}
	return bits
}

// unpacked returns the set whose bits packed has returned.
func unpacked(bits []byte) *[256]bool {
	if bits == nil {
		return nil
	}
	set := new([256]bool)
	for c := range set {
		set[c] = bits[c/8]&(1<<(c%8)) != 0
	}
	return set
}

// nameFilter is the program for an expression about names of files, as a digest
// keeps it.
type nameFilter struct{ Program *program }

// nameFilterOf returns it.
func nameFilterOf(expression string) *program {
	var kept nameFilter
	if builtIn().Read("name\x00"+expression, "", &kept) {
		return kept.Program
	}
	return nameProgram(expression)
}

// nameProgram makes it.
func nameProgram(expression string) *program {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil
	}
	return programOf(parsed, true, opEnd)
}

// anchorList are the anchors of an expression, as a digest keeps them.
type anchorList struct{ Words []string }

// anchorsOf returns words, in lower case, of which every match of an expression
// holds one, nil if there are none. They do for rules without keywords what
// keywords do for others.
func anchorsOf(expression string) []string {
	var kept anchorList
	if builtIn().Read("anchors\x00"+expression, "", &kept) {
		return kept.Words
	}
	return findAnchors(expression)
}
