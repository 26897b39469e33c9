// Package passconfig is the analyzer that hands the settings to all others; it
// lies below the flow engine, which asks it for the models of APIs. Drivers know
// it as analyzers/authconfig.
package passconfig

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/config"
)

// Analyzer takes the settings from its flags; its result is a *config.Config.
var Analyzer = newAnalyzer()

// Of returns the settings of a pass whose analyzer requires Analyzer, and the
// default ones of a pass that was made by hand.
func Of(pass *analysis.Pass) *config.Config {
	if c, ok := pass.ResultOf[Analyzer].(*config.Config); ok {
		return c
	}
	return config.Default()
}

func newAnalyzer() *analysis.Analyzer {
	given, modules := config.Default(), ""
	a := &analysis.Analyzer{
		Name:             "authconfig",
		Doc:              "take the settings from flags\n\nIt reports nothing; the other analyzers ask it for the settings.",
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*config.Config](),
		Run: func(*analysis.Pass) (any, error) {
			c := *given
			c.Cached = modules == ""
			return &c, nil
		},
	}
	a.Flags.Var(&flagValue{config: &given, read: config.Decode}, "data",
		"settings: Base64 of an .authlint.toml")
	a.Flags.Var(&flagValue{config: &given, read: ReadFile}, "file",
		"settings: `path@sha256` of an .authlint.toml with exactly this SHA-256 in hex")
	a.Flags.StringVar(&modules, "modules", "",
		"`hash` of the go.mod files, which are read only if it is given: without it, a cache of results would outlive them")
	return a
}

// flagValue is a flag that replaces the settings. A wrong value is refused when
// flags are parsed: an error of Run would be lost in some drivers.
type flagValue struct {
	config **config.Config
	read   func(string) (*config.Config, error)
	text   string
}

// String returns the flag's text.
func (v *flagValue) String() string { return v.text }

// Set reads the settings.
func (v *flagValue) Set(text string) error {
	c, err := v.read(text)
	if err != nil {
		return err
	}
	v.text, *v.config = text, c
	return nil
}

// ReadFile reads the settings at "path@sha256" and verifies the content.
func ReadFile(text string) (*config.Config, error) {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return nil, fmt.Errorf("want path@sha256, got no @")
	}
	path, want := text[:at], text[at+1:]
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); !strings.EqualFold(got, want) {
		return nil, fmt.Errorf("%s has the SHA-256 %s", path, got)
	}
	return config.Read(path, data)
}

// With returns the analyzers with cfg as their settings, whatever the flags
// say. Analyzers that depend on Analyzer are copied, the others are shared, so
// that runs with different settings do not disturb each other.
func With(cfg *config.Config, analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	g := graph{cfg: cfg, copies: map[*analysis.Analyzer]*analysis.Analyzer{}}
	out := make([]*analysis.Analyzer, len(analyzers))
	for i, a := range analyzers {
		out[i] = g.copyOf(a)
	}
	return out
}

// graph is a copy of the analyzer graph in the making.
type graph struct {
	cfg    *config.Config
	copies map[*analysis.Analyzer]*analysis.Analyzer
}

// copyOf returns the analyzer that stands for a: a itself if it does not depend
// on the settings.
func (g *graph) copyOf(a *analysis.Analyzer) *analysis.Analyzer {
	if done, ok := g.copies[a]; ok {
		return done
	}
	if a == Analyzer {
		c := *a
		c.Run = func(*analysis.Pass) (any, error) { return g.cfg, nil }
		g.copies[a] = &c
		return &c
	}
	requires := make([]*analysis.Analyzer, len(a.Requires))
	same := true
	for i, r := range a.Requires {
		requires[i] = g.copyOf(r)
		same = same && requires[i] == r
	}
	if same {
		g.copies[a] = a
		return a
	}
	c := *a
	c.Requires = requires
	c.Run = func(pass *analysis.Pass) (any, error) { return runOriginal(a, pass) }
	g.copies[a] = &c
	return &c
}

// runOriginal runs a on the pass of its copy: a asks for the results of the
// analyzers that it names, and the driver has those of their copies.
func runOriginal(a *analysis.Analyzer, pass *analysis.Pass) (any, error) {
	own := *pass
	own.Analyzer = a
	own.ResultOf = maps.Clone(pass.ResultOf)
	for i, r := range a.Requires {
		own.ResultOf[r] = pass.ResultOf[pass.Analyzer.Requires[i]]
	}
	return a.Run(&own)
}
