package authtls

import (
	"go/version"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// The Go versions that decide the default of a server: from 1.22 on a main
// module's go line makes it TLS 1.2, and from 1.27 on nothing makes it less.
const (
	safeGoLine    = "go1.22"
	safeToolchain = "go1.27"
)

// serverDefaults returns the servers without a minimum of their own in a
// package main whose module lets the toolchain accept TLS 1.0.
func serverDefaults(p *observe.Pass) []practice.Observation {
	if p.Pkg.Name() != "main" || p.Module != nil && p.Module.Version != "" {
		return nil
	}
	why, weak := defaultIsWeak(p)
	if !weak {
		return nil
	}
	var list []practice.Observation
	for _, o := range p.Flow.Objects {
		if obs := serverDefault(p, o, why); obs != nil {
			list = append(list, obs)
		}
	}
	return list
}

// serverDefault returns the observation for one server, nil if it has a
// minimum, may get one elsewhere, or does not speak TLS.
func serverDefault(p *observe.Pass, o *flow.Object, why cause) practice.Observation {
	if o.Kind != "http-server" && o.Kind != "tls-listener" || !o.Has("dial-tls") {
		return nil
	}
	var configs []finding.Location
	for _, ev := range o.AllEvents() {
		if ev.Role != "tls" && ev.Role != "dial-tls" {
			continue
		}
		config, ok := ev.Arg("config")
		if !ok {
			continue
		}
		if len(config.Objects()) == 0 && !config.IsNil() {
			return nil // made where the engine does not look
		}
		for _, c := range config.Objects() {
			if !c.Literal || c.Has("min-version") {
				return nil
			}
			configs = append(configs, c.At)
		}
	}
	src := p.Source(o.At, o.Symbol, "server-default", nil, false)
	config := finding.Location{}
	if configs = slices.Compact(configs); len(configs) == 1 {
		config = configs[0]
	}
	return &practice.TLS{Source: src, Config: config, Role: practice.ServerSide, Aspect: practice.ServerDefault, Version: 0x0301, GoLine: why.line, Debug: why.debug, Use: "server"}
}

// cause is what makes a server accept TLS 1.0: the go line of the main module
// by its age, or a debug setting.
type cause struct{ line, debug string }

// defaultIsWeak returns what decides the default of a server and whether it
// makes one accept TLS 1.0.
func defaultIsWeak(p *observe.Pass) (cause, bool) {
	line := p.Pkg.GoVersion()
	if p.Module != nil && p.Module.GoVersion != "" { // Bazel tells of no module
		line = p.Module.GoVersion
	}
	line = strings.TrimPrefix(line, "go") // which go vet says and the others leave out
	mod := goMod(p)
	if version.Compare("go"+line, safeToolchain) >= 0 || mod.toolchain != "" && version.Compare(mod.toolchain, safeToolchain) >= 0 {
		return cause{}, false
	}
	if setting, ok := debugSetting(p); ok {
		return cause{debug: "tls10server=" + setting}, setting == "1"
	}
	if setting, ok := mod.debug["tls10server"]; ok {
		return cause{debug: "tls10server=" + setting}, setting == "1"
	}
	if d, ok := mod.debug["default"]; ok {
		return cause{debug: "default=" + d}, version.Compare(d, safeGoLine) < 0
	}
	return cause{line: line}, line != "" && version.Compare("go"+line, safeGoLine) < 0
}

// debugSetting returns the value of a //go:debug tls10server line.
func debugSetting(p *observe.Pass) (string, bool) {
	for _, file := range p.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if v, ok := strings.CutPrefix(c.Text, "//go:debug tls10server="); ok {
					return strings.TrimSpace(v), true
				}
			}
		}
	}
	return "", false
}

// moduleFile is what matters of a go.mod.
type moduleFile struct {
	toolchain string
	debug     map[string]string
}

// goMod reads the go.mod above the package. No driver hands its lines to a pass;
// where the file is out of reach they are taken to be absent. Debug settings are
// not read below a cache of results, which they are no key of. The toolchain line
// is: another one makes another go command run, with results of its own.
func goMod(p *observe.Pass) moduleFile {
	m := moduleFile{debug: map[string]string{}}
	if len(p.Files) == 0 {
		return m
	}
	dir := filepath.Dir(p.Fset.Position(p.Files[0].Package).Filename)
	for range 64 {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			m = readGoMod(data, m)
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	if authconfig.Of(p.Pass).Cached {
		clear(m.debug)
	}
	return m
}

func readGoMod(data []byte, m moduleFile) moduleFile {
	f, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		return m
	}
	if f.Toolchain != nil {
		m.toolchain = f.Toolchain.Name
	}
	for _, g := range f.Godebug {
		m.debug[g.Key] = g.Value
	}
	return m
}
