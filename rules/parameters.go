package rules

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
)

// ParamKind is what a query or form parameter holds by its name.
type ParamKind uint8

// The kinds of parameters.
const (
	NoParam ParamKind = iota
	SecretParam
	UserParam
	MessageParam
	RecipientParam
)

// Parameters is the dictionary of parameter names.
type Parameters struct {
	// MessagingWords are words of hosts, paths and functions that speak of messages.
	MessagingWords []string

	names map[string]param
}

type param struct {
	kind  ParamKind
	vague bool
}

// parameterFile is the file of the dictionary. A vague name counts only beside
// other evidence.
type parametersFile struct {
	Secret    paramEntry `toml:"secret"`
	User      paramEntry `toml:"user"`
	Message   paramEntry `toml:"message"`
	Recipient paramEntry `toml:"recipient"`
	Messaging struct {
		Words []string `toml:"words"`
	} `toml:"messaging"`
}

type paramEntry struct {
	Names []string `toml:"names"`
	Vague []string `toml:"vague"`
}

// ParseParameters reads a dictionary of parameter names. Errors name the file
// and the line.
func ParseParameters(file string, data []byte) (*Parameters, error) {
	var f parametersFile
	if err := decode(file, data, &f); err != nil {
		return nil, err
	}
	p := &Parameters{MessagingWords: f.Messaging.Words, names: map[string]param{}}
	check := faults{file: file}
	for _, section := range []struct {
		key   string
		kind  ParamKind
		entry paramEntry
	}{{"secret", SecretParam, f.Secret}, {"user", UserParam, f.User}, {"message", MessageParam, f.Message}, {"recipient", RecipientParam, f.Recipient}} {
		for i, name := range slices.Concat(section.entry.Names, section.entry.Vague) {
			vague, list := i >= len(section.entry.Names), "names"
			if vague {
				list = "vague"
			}
			line := func() int { return tomlfile.LineOf(data, []string{section.key, list}, name) }
			if !isParamName(name) {
				check.add(line(), "%q is not a name of lower-case letters and digits", name)
			}
			if _, ok := p.names[name]; ok {
				check.add(line(), "%q is there twice", name)
			}
			p.names[name] = param{section.kind, vague}
		}
		if len(section.entry.Names) == 0 {
			check.add(1, "missing key %q", section.key+".names")
		}
	}
	if len(p.MessagingWords) == 0 {
		check.add(1, "missing key %q", "messaging.words")
	}
	return p, check.err()
}

// Kind returns what a parameter holds by its name, and reports whether the name
// alone says so: a vague one, such as "p" or "to", counts only beside a
// provider or other names of the dictionary.
func (p *Parameters) Kind(name string) (kind ParamKind, sure bool) {
	entry, ok := p.names[plainParam(name)]
	return entry.kind, ok && !entry.vague
}

// ParamKind returns what a parameter of the provider holds by its name, as far
// as the provider has names of its own.
func (p *Provider) ParamKind(name string) ParamKind {
	plain := plainParam(name)
	switch {
	case slices.Contains(p.SecretParams, plain):
		return SecretParam
	case slices.Contains(p.UserParams, plain):
		return UserParam
	case slices.Contains(p.MessageParams, plain):
		return MessageParam
	case slices.Contains(p.RecipientParams, plain):
		return RecipientParam
	}
	return NoParam
}

// plainParam returns a name as the dictionary spells it: api_key, apiKey and
// API-KEY are apikey.
func plainParam(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// isParamName reports whether s is spelled as plainParam does.
func isParamName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
