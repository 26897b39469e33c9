// Package authcredential observes literals that are used as credentials.
//
// # Analyzer authcredential
//
// authcredential: observe literals and fallbacks that are used as credentials
//
// It judges hardcoded-credential, fallback-credential and weak-password, and
// the pattern rules on string literals. A literal is found at every place that
// takes a credential (arguments, headers, fields, connection strings) by the
// models of package flow, and at every place whose name speaks of one.
package authcredential

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/authpattern"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// Analyzer observes credentials in the source; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authcredential",
	Doc:              "observe literals and fallbacks that are used as credentials\n\nhardcoded-credential, fallback-credential, weak-password, and the pattern rules on string literals",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, authpattern.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		c := &collector{Pass: p, byOrigin: map[finding.Location]int{}}
		for _, o := range p.Flow.Objects {
			c.object(o)
		}
		for _, n := range p.Flow.Named {
			c.named(n)
		}
		c.syntax()
		c.texts()
		return c.observations()
	})
}

// collector keeps one observation a literal: the best proven one.
type collector struct {
	*observe.Pass
	list     []*practice.Credential
	ranks    []int
	byOrigin map[finding.Location]int
	matches  []*practice.SecretMatch
	keys     []*practice.Token
}

// The ranks of evidence for one literal.
const (
	byName = iota
	byContent
	bySink
)

// add keeps obs unless a better one stands for the same literal; the users of
// both are kept.
func (c *collector) add(obs *practice.Credential, rank int) {
	at := obs.Origin
	if at.IsZero() {
		at = obs.At
	}
	i, known := c.byOrigin[at]
	if !known {
		c.byOrigin[at] = len(c.list)
		c.list = append(c.list, obs)
		c.ranks = append(c.ranks, rank)
		return
	}
	old := c.list[i]
	if rank > c.ranks[i] || rank == c.ranks[i] && len(obs.Steps) > 0 && len(old.Steps) == 0 {
		obs.Fallback, obs.FallbackFor = obs.Fallback || old.Fallback, first(obs.FallbackFor, old.FallbackFor)
		obs.Patterns = append(obs.Patterns, old.Patterns...)
		joinUsers(obs, old)
		c.list[i], c.ranks[i] = obs, rank
		return
	}
	if obs.Fallback && !old.Fallback && rank == c.ranks[i] {
		old.Fallback, old.FallbackFor = true, obs.FallbackFor
	}
	joinUsers(old, obs)
}

// joinUsers gives an observation the users of another one on the same literal.
func joinUsers(to, from *practice.Credential) {
	users := from.Users
	if from.User != "" {
		users = append(users, from.User)
	}
	for _, user := range users {
		switch {
		case to.User == "":
			to.User = user
			to.HoldsUser = to.HoldsUser || from.HoldsUser
		case user != to.User && !slices.Contains(to.Users, user):
			to.Users = append(to.Users, user)
		}
	}
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// observations returns what was collected.
func (c *collector) observations() []practice.Observation {
	var list []practice.Observation
	for _, obs := range c.list {
		list = append(list, obs)
	}
	for _, k := range c.keys {
		list = append(list, k)
	}
	for _, m := range c.matches {
		list = append(list, m)
	}
	return list
}
