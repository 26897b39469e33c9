// Package survey looks at a tree for what its settings should say: modules,
// providers that it sends through, third-party folders, and the tools that
// check it already.
package survey

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// What is read at most: the survey answers at once, also in a large tree.
const (
	maxFiles = 20_000
	maxBytes = 64 << 20
	maxFile  = 1 << 20
)

// Trace is where a provider is named.
type Trace struct {
	Provider string // name
	Where    string // host
	File     string
}

// Survey is what was seen.
type Survey struct {
	// Modules are the folders with a go.mod file, "." for the root.
	Modules []string
	// ThirdParty are patterns of tracked folders with other people's code.
	ThirdParty []string
	// Providers are traces of providers, one for each.
	Providers []Trace
	// Comments counts the files with ignore comments of other tools, by tool.
	Comments map[string]int
	// CI are the kinds of continuous integration: github, gitlab, jenkins,
	// circleci, azure.
	CI []string
	// Gitleaks, Golangci and PreCommit are the names of their files, "" if there
	// are none.
	Gitleaks, Golangci, PreCommit string
}

// Look looks at the tree below root.
func Look(ctx context.Context, root string, catalogue *rules.Catalogue) *Survey {
	s := &Survey{Comments: map[string]int{}}
	s.tools(root)
	entries, _ := walk.Files(ctx, root, nil, walk.Options{})
	third := map[string]bool{}
	l := looker{hosts: hostsOf(catalogue), survey: s, found: map[string]Trace{}, room: maxBytes}
	for i, e := range entries {
		if path.Base(e.Path) == "go.mod" && !e.ThirdParty {
			s.Modules = append(s.Modules, path.Dir(e.Path))
		}
		if folder, ok := thirdParty(e.Path); ok {
			third[folder] = true
			continue
		}
		if i < maxFiles && !e.ThirdParty && e.Size <= maxFile && ctx.Err() == nil {
			l.look(e)
		}
	}
	s.ThirdParty = slices.Sorted(maps.Keys(third))
	for _, id := range slices.Sorted(maps.Keys(l.found)) {
		s.Providers = append(s.Providers, l.found[id])
	}
	return s
}

// tools looks for the files of other tools at the root.
func (s *Survey) tools(root string) {
	first := func(names ...string) string {
		for _, name := range names {
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err == nil {
				return name
			}
		}
		return ""
	}
	s.Gitleaks = first(".gitleaks.toml")
	s.Golangci = first(".golangci.yml", ".golangci.yaml", ".golangci.toml", ".golangci.json")
	s.PreCommit = first(".pre-commit-config.yaml", ".pre-commit-config.yml")
	for _, ci := range []struct{ kind, file string }{
		{"github", ".github/workflows"}, {"gitlab", ".gitlab-ci.yml"}, {"jenkins", "Jenkinsfile"},
		{"circleci", ".circleci/config.yml"}, {"azure", "azure-pipelines.yml"},
	} {
		if first(ci.file) != "" {
			s.CI = append(s.CI, ci.kind)
		}
	}
}

// thirdParty returns the pattern of the folder of other people's code that a
// tracked file lies in.
func thirdParty(name string) (string, bool) {
	folders := strings.Split(path.Dir(name), "/")
	for i, folder := range folders {
		switch folder {
		case "third_party", "third-party", "thirdparty", "3rdparty", "external_libs", "node_modules", "bower_components", "vendor":
			return "/" + strings.Join(folders[:i+1], "/") + "/", true
		}
	}
	return "", false
}

// host is the end of a name that a provider's addresses have.
type host struct {
	text     []byte
	provider *rules.Provider
}

// hostsOf returns the hosts of all providers, without their wildcards.
func hostsOf(catalogue *rules.Catalogue) []host {
	var list []host
	for _, p := range catalogue.Providers() {
		for _, name := range p.Hosts {
			name = strings.TrimLeft(name[strings.LastIndexByte(name, '*')+1:], ".")
			list = append(list, host{[]byte(name), p})
		}
	}
	return list
}

// looker reads files.
type looker struct {
	hosts  []host
	survey *Survey
	found  map[string]Trace // by the provider's id
	room   int64            // bytes that may still be read
}

// look looks at one file. Documents name providers that nothing is sent to.
func (l *looker) look(e walk.Entry) {
	if test, document := walk.Class(e.Path); test || document || l.room < e.Size {
		return
	}
	data, err := e.Read()
	if err != nil || bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
		return
	}
	l.room -= int64(len(data))
	for tool, marks := range map[string][]string{
		"gosec": {"#nosec G"}, "trufflehog": {"trufflehog:ignore"}, "detect-secrets": {"pragma: allowlist"},
	} {
		if slices.ContainsFunc(marks, func(m string) bool { return bytes.Contains(data, []byte(m)) }) {
			l.survey.Comments[tool]++
		}
	}
	for _, h := range l.hosts {
		if _, known := l.found[h.provider.ID]; known {
			continue
		}
		if name, ok := h.hostIn(data); ok {
			l.found[h.provider.ID] = Trace{h.provider.Name, name, e.Path}
		}
	}
}

// hostIn returns the host of the provider that a text names: the name that h is
// the end of must be one of the provider's as a whole.
func (h *host) hostIn(data []byte) (string, bool) {
	for from := 0; ; {
		at := bytes.Index(data[from:], h.text)
		if at < 0 {
			return "", false
		}
		start, end := from+at, from+at+len(h.text)
		from = end
		for start > 0 && isNamePart(data[start-1]) {
			start--
		}
		for end < len(data) && isNamePart(data[end]) {
			end++
		}
		if name := strings.Trim(string(data[start:end]), "."); h.provider.Matches(name) {
			return strings.ToLower(name), true
		}
	}
}

// isNamePart reports whether a byte continues a host name.
func isNamePart(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '.' || b == '_'
}
