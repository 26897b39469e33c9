package exercise

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// Cell is one practice as it shows at one provider.
type Cell struct {
	Provider string
	Practice string
	Line     string // what is expected there
	Pair     *Pair
}

// Practices are the columns of the table of providers.
var Practices = []string{"literal", "http", "basic", "url", "get", "safe"}

// providerCell writes the code of a cell, with the practice or without.
type providerCell struct {
	applies func(p *rules.Provider) bool
	write   func(g *program, p *rules.Provider, bad bool)
}

// always holds for every provider.
func everyProvider(*rules.Provider) bool { return true }

// providerCells are the cells by practice.
var providerCells = map[string]providerCell{
	"literal": {everyProvider, func(g *program, p *rules.Provider, bad bool) {
		value := g.env("APP_CREDENTIAL")
		if bad {
			value = g.secret("")
		}
		g.providerRequest(p, "POST", "https://"+p.SampleHosts[0]+neutralPath, `"Bearer " + `+value.expr)
		if bad {
			g.findText(value.expr, "hardcoded-credential")
		}
	}},
	"http": {everyProvider, func(g *program, p *rules.Provider, bad bool) {
		line := g.providerRequest(p, "POST", strings.TrimSuffix(site(bad), publicHost)+p.SampleHosts[0]+neutralPath, `"Bearer " + `+g.env("APP_CREDENTIAL").expr)
		if bad {
			g.find(line, "credential-over-http")
		}
	}},
	"basic": {func(p *rules.Provider) bool { return p.BasicAdvice != "" }, func(g *program, p *rules.Provider, bad bool) {
		req := g.fresh("v")
		line := g.add("%s, _ := %s(%q, %q, nil)", req, g.std("net/http", "NewRequest"), "POST", "https://"+p.SampleHosts[0]+neutralPath)
		if !bad {
			g.add("%s.Header.Set(%q, \"Bearer \" + %s)", req, "Authorization", g.env("APP_CREDENTIAL").expr)
			return
		}
		g.add("%s.SetBasicAuth(%s, %s)", req, g.plain(), g.env("APP_CREDENTIAL").expr)
		g.find(line, "basic-auth-discouraged")
	}},
	"url": {everyProvider, func(g *program, p *rules.Provider, bad bool) {
		name := map[bool]string{true: "api_key", false: "page"}[bad]
		line := g.add("_, _ = %s(%q, %q + %s, nil)", g.std("net/http", "NewRequest"), "POST", "https://"+p.SampleHosts[0]+neutralPath+"?"+name+"=", g.plain())
		if bad {
			g.find(line, "credential-in-url")
		}
	}},
	"get": {func(p *rules.Provider) bool { return len(p.Send) > 0 }, func(g *program, p *rules.Provider, bad bool) {
		method := map[bool]string{true: "GET", false: "POST"}[bad]
		url := "https://" + p.SampleHosts[0] + pathOfPattern(p.Send[0].Path) + "?to=4670&text="
		line := g.add("_, _ = %s(%q, %q + %s, nil)", g.std("net/http", "NewRequest"), method, url, g.plain())
		if bad {
			g.find(line, "get-message-send")
		}
	}},
}

// neutralPath is a path at which no provider takes messages.
const neutralPath = "/exercise/status"

// providerRequest writes a request with an authorisation, and returns the line
// of its URL.
func (p *program) providerRequest(_ *rules.Provider, method, url, authorization string) int {
	req := p.fresh("v")
	line := p.add("%s, _ := %s(%q, %q, nil)", req, p.std("net/http", "NewRequest"), method, url)
	p.add("%s.Header.Set(%q, %s)", req, "Authorization", authorization)
	return line
}

// pathOfPattern returns a path that fits a pattern.
func pathOfPattern(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if part == "*" || part == "**" {
			parts[i] = "1"
		}
	}
	return strings.Join(parts, "/")
}

// ProviderCells returns the cells that apply to the providers of a catalogue. A
// provider's safe form is the twin of each.
func (w *World) ProviderCells(list []*rules.Provider) []*Cell {
	var cells []*Cell
	for _, provider := range list {
		for _, practice := range Practices {
			cell, ok := providerCells[practice]
			if !ok || !cell.applies(provider) || len(provider.SampleHosts) == 0 {
				continue
			}
			x := &Exercise{Decl: &Decl{Package: w.byPath["net/http"], Key: provider.ID}, Scenario: practice}
			w.count++
			x.number = w.count
			x.write = func(g *program, _ *Exercise, bad bool) { cell.write(g, provider, bad) }
			cells = append(cells, &Cell{Provider: provider.ID, Practice: practice, Pair: w.pair(x)})
		}
	}
	return cells
}

// String names the cell.
func (c *Cell) String() string { return fmt.Sprintf("%s: %s", c.Provider, c.Practice) }

// hasCell reports whether a provider has a cell for a practice.
func hasCell(cells []*Cell, provider, practice string) bool {
	return slices.ContainsFunc(cells, func(c *Cell) bool { return c.Provider == provider && c.Practice == practice })
}
