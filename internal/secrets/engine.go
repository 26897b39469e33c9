// Package secrets finds credentials by the patterns that they match: gitleaks'
// default rules, the packs of the providers, and a user's own rules in gitleaks'
// format. Bytes go in, matches come out; what they are worth is judged elsewhere.
//
// What the default rules find is what gitleaks' detect finds in one fragment, at
// every depth of decoding: rule, match, secret, place, entropy and tags. The
// module in the folder oracle compares them; .ci/oracle does so on whole module
// caches. These are the differences, all on purpose:
//   - a file is searched whole, where gitleaks cuts it at 100,000 bytes and then
//     every 4,096, and loses what lies across; so a rule about the file's name
//     matches once a file;
//   - files of UTF-16 text are read as text, a byte order mark is no text, and
//     binary files are told by a NUL byte, not by their first bytes or their name;
//   - a match on a line with gitleaks:allow is returned, with Allowed set;
//   - on a last line without line end gitleaks takes the whole file for the
//     match's line, so that one gitleaks:allow at the top hides it; here the
//     line is the line;
//   - places are offsets; gitleaks' columns are one too high on every line but
//     the first, and its end of a match of no text is 0. Matches are in the order
//     of their places, gitleaks' in a random one;
//   - an allowlist with condition AND and paths leaves a file out only if all of
//     it holds, also when a folder is walked;
//   - a user's configuration is read strictly and may be read any number of
//     times, and a rule that overrides one of the default set keeps the parts it
//     requires.
//
// How it is fast: one automaton finds all keywords in a pass over the bytes; from
// the syntax of each expression it is proven how far around its keywords a match
// can reach; a lazy automaton that accepts more than the expression drops most
// keywords; and only what is left, a few hundred bytes in a megabyte, the
// expression itself sees. Where there is no proof the lazy automaton reads the
// whole text. What is encoded is found by bytes, and only what decodes to
// printable text is searched again.
package secrets

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Options say which rules an Engine runs.
type Options struct {
	// Name and Config are a user's configuration in gitleaks' format; without
	// one the default rules run. In the file of that name nothing matches.
	Name   string
	Config []byte
	// Open reads the file that the configuration builds upon, if it names one.
	Open func(path string) ([]byte, error)
	// Catalogue has the packs of the providers; nil is the built-in one.
	Catalogue *rules.Catalogue
	// Extra are files of the user's own, in gitleaks' format, whose rules are added.
	Extra []rules.ExtensionFile
	// Locked reports whether the user's configuration may change nothing of a
	// rule; nil stands for none.
	Locked func(id string) bool
	// NoPacks leaves out the packs.
	NoPacks bool
	// DecodeDepth is how often what is encoded in a text is decoded; 0 stands for
	// DefaultDecodeDepth, a negative number for never.
	DecodeDepth int
}

// DefaultDecodeDepth is how often gitleaks decodes what is encoded.
const DefaultDecodeDepth = 5

// Match is one match of one rule. The offsets are into the bytes that were
// scanned; of a rule that is about the file's name alone they are 0. What was
// found in decoded text has the place of the encoded text.
type Match struct {
	RuleID      string
	Description string
	Tags        []string
	// Provider is the id of the provider whose pack the rule is from.
	Provider string
	// Generic is set for a rule that knows no issuer.
	Generic bool
	// Start and End are the match, SecretStart and SecretEnd the secret in it.
	Start, End             int
	SecretStart, SecretEnd int
	// Secret is the credential, Text the whole match.
	Secret, Text finding.Secret
	// SecretAt is where the secret begins in Text.
	SecretAt int
	// Depth is how often the text was decoded before it matched.
	Depth int
	// Entropy is that of the secret, in bits a character.
	Entropy float64
	// Line is the line of the match, from 1.
	Line int
	// Lead is the number of line ends before Start that the expression matched as well.
	Lead int
	// Allowed is set if a line of the match has gitleaks:allow.
	Allowed bool
	// Also are the ids of rules that matched the same text and say less of it;
	// only Find sets it.
	Also []string
	// FileOnly is set for a rule that is about the file's name: there is no secret text.
	FileOnly bool
}

// Engine runs pattern rules. It is safe for use by several goroutines.
type Engine struct {
	compiled  func() (*compiled, error)
	config    string // name of the user's configuration
	catalogue *rules.Catalogue
	depth     int // of decoding
}

// compiled are the rules of an Engine, made for the first scan.
type compiled struct {
	rules      []*rule
	byID       map[string]*rule
	allowlists []*allowlist
	keywords   *automaton
	total      atomic.Int64 // bytes that were scanned
	// refused is what the user's configuration does to locked rules.
	refused []finding.Notice
	// wide is set if a keyword is not ASCII: then text is lowered as a whole.
	wide bool
}

// New returns an engine. Only a user's configuration is read at once, for its
// errors; everything else waits for the first scan.
func New(opts Options) (*Engine, error) {
	if opts.Catalogue == nil {
		var err error
		if opts.Catalogue, err = rules.Default(); err != nil {
			return nil, fmt.Errorf("loading the packs of providers: %w", err)
		}
	}
	e := &Engine{config: opts.Name, catalogue: opts.Catalogue, depth: cmp.Or(opts.DecodeDepth, DefaultDecodeDepth)}
	e.compiled = sync.OnceValues(func() (*compiled, error) { return compile(opts) })
	if opts.Config != nil || len(opts.Extra) > 0 {
		if _, err := e.compiled(); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// rules returns the compiled rules. The built-in ones have no faults: a test
// sees to that, and New has returned those of a user's.
func (e *Engine) rules() *compiled {
	c, err := e.compiled()
	if err != nil {
		panic(fmt.Sprintf("secrets: broken rules: %v", err))
	}
	return c
}

// compile reads and merges all rules. No expression is compiled.
func compile(opts Options) (*compiled, error) {
	l := loader{open: opts.Open}
	if !opts.NoPacks {
		for _, p := range opts.Catalogue.Providers() {
			l.packs = append(l.packs, p.SecretRules...)
		}
	}
	var set *ruleSet
	var err error
	if opts.Config != nil {
		set, err = l.load(opts.Name, opts.Config)
	} else {
		set, err = l.standard()
	}
	if err != nil {
		return nil, err
	}
	hasPage := func(id string) bool {
		_, ok := opts.Catalogue.Rule(id)
		return ok
	}
	if err := l.extend(set, opts.Extra, hasPage); err != nil {
		return nil, err
	}
	var refused []finding.Notice
	if opts.Locked != nil {
		standard, err := l.standard()
		if err != nil {
			return nil, err
		}
		refused = set.lock(standard, opts.Locked)
	}
	c := &compiled{refused: refused, byID: make(map[string]*rule, len(set.rules)), allowlists: newAllowlists(set.allowlists)}
	ids := map[string]int{}
	for _, source := range set.rules {
		r := newRule(source, ids)
		c.rules = append(c.rules, r)
		c.byID[r.ID] = r
	}
	words := make([]string, len(ids))
	for word, id := range ids {
		words[id] = word
		c.wide = c.wide || strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) >= 0
	}
	c.keywords = newAutomaton(words)
	return c, nil
}

// Refused tells what of the user's configuration has no effect on locked rules.
func (e *Engine) Refused() []finding.Notice { return e.rules().refused }

// RuleIDs returns the ids of all rules that can be reported, in their order.
func (e *Engine) RuleIDs() []string {
	var ids []string
	for _, r := range e.rules().rules {
		if !r.SkipReport {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
