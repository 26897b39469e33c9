// Package authstorage observes how passwords are kept.
//
// # Analyzer authstorage
//
// authstorage: observe passwords that are stored in clear or as a fast hash
//
// It judges plaintext-credential-storage, weak-password-hash and
// base64-as-encryption: what statements, records, files and cookies are given,
// what becomes of the digest of a password, and functions that promise more
// than Base64.
package authstorage

import (
	"go/ast"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// Analyzer observes storage; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authstorage",
	Doc:              "observe passwords that are stored in clear or as a fast hash\n\nplaintext-credential-storage, weak-password-hash, base64-as-encryption",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		c := &collector{Pass: p}
		for _, k := range p.Flow.Stored {
			c.kept(k)
		}
		for _, d := range p.Flow.Digests {
			c.digest(d)
		}
		for _, o := range p.Flow.Objects {
			if o.Kind == "http-cookie" {
				c.cookie(o)
			}
		}
		for _, file := range pass.Files {
			ast.Inspect(file, c.function)
		}
		return c.list
	})
}

// collector gathers the observations of a package.
type collector struct {
	*observe.Pass
	list []practice.Observation
}

// kept observes a password that is stored in clear.
func (c *collector) kept(k *flow.Stored) {
	obs := &practice.Storage{
		Source: c.Source(k.At, k.Symbol, k.Text+" "+k.Column, k.Steps, false),
		Medium: practice.InDatabase,
		Name:   k.Name,
		Use:    k.Text,
		Likely: k.Likely,
	}
	if k.Function != "" {
		obs.Form, obs.Algorithm = practice.StoredDigest, strings.ToUpper(k.Function)
	}
	if k.Encoded && k.Function == "" {
		obs.Form = practice.StoredEncoded
	}
	if k.Medium == "file" {
		obs.Medium = practice.InFile
		obs.Own = !shape.HasWord(k.Record+"_"+k.Symbol, "user", "users", "account", "accounts", "member", "customer")
	}
	c.list = append(c.list, obs)
}

// digest observes a password that is kept as a fast hash.
func (c *collector) digest(d *flow.Digest) {
	obs := &practice.Storage{
		Source:    c.Source(d.At, d.Symbol, "hash "+d.Name, nil, false),
		Form:      practice.StoredDigest,
		Algorithm: d.Algorithm,
		Salted:    d.Salted,
		Cost:      d.Cost,
		Least:     d.Least,
		Name:      d.Name,
		Use:       d.Use,
	}
	if d.Checked {
		obs.Medium = practice.ToVerifyWith
	}
	if !d.UseAt.IsZero() && d.UseAt != d.At {
		obs.Steps = []finding.Step{
			{Kind: finding.Origin, Location: d.At, Text: d.Algorithm + " of " + d.Name},
			{Kind: finding.Sink, Location: d.UseAt, Text: d.Use},
		}
	}
	c.list = append(c.list, obs)
}

// cookie observes a cookie with a password in clear.
func (c *collector) cookie(o *flow.Object) {
	for _, ev := range o.Events {
		if ev.Role != "cookie" || ev.Inherited && !ev.Filled() {
			continue
		}
		v, ok := ev.Arg("value")
		if !ok {
			continue
		}
		name, ok := inClear(v)
		if !ok {
			continue
		}
		c.list = append(c.list, &practice.Storage{
			Source: c.Source(ev.At, ev.Symbol, "cookie "+name, ev.Steps, ev.Conditional),
			Medium: practice.InCookie,
			Name:   name,
			Use:    ev.Text,
		})
		return
	}
}

// inClear returns the name of the password that a value is, or that is part of
// it, as it was given.
func inClear(v flow.Value) (string, bool) {
	for _, alt := range v.Alts {
		for _, part := range alt.Parts {
			if part.Kind != flow.Param && part.Kind != flow.Setting {
				continue
			}
			name := part.Name
			if part.Path != "" {
				name = part.Path[strings.LastIndexByte(part.Path, '.')+1:]
			}
			if shape.OfName(name) == shape.Password && !shape.HasWord(name, "hash", "hashed", "encrypted", "token", "digest", "encoded", "reset") {
				return name, true
			}
		}
	}
	return "", false
}
