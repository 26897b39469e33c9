package config

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// File is the content of .authlint.toml as it stands, and of the settings of
// the golangci-lint plugin. The doc tags are the reference of the keys: they
// make the table of docs/configuration.md and the JSON schema.
type File struct {
	Persona    string            `toml:"persona,omitempty" json:"persona,omitempty" doc:"who reads the findings: regular shows what a stranger would act on, auditor everything"`
	Profile    string            `toml:"profile,omitempty" json:"profile,omitempty" doc:"messaging: what only messaging providers ask for holds for all code, not only beside a provider"`
	FailOn     string            `toml:"fail-on,omitempty" json:"fail-on,omitempty" doc:"the least severity that ends a run with exit code 1"`
	Exclude    []string          `toml:"exclude,omitempty" json:"exclude,omitempty" doc:"files that are left out: patterns as in .gitignore, relative to the folder of this file"`
	Rules      Selection         `toml:"rules,omitempty" json:"rules,omitzero" doc:"which rules report, and how gravely"`
	Thresholds map[string]int    `toml:"thresholds,omitempty" json:"thresholds,omitempty" doc:"numbers that practices are judged by, in place of those of the catalogue"`
	Hosts      map[string]Host   `toml:"hosts,omitempty" json:"hosts,omitempty" doc:"what is known of a host: a name, *.name, an address or a range"`
	Ignores    Ignores           `toml:"ignores,omitempty" json:"ignores,omitzero" doc:"comments of other tools that silence findings"`
	Extend     Extend            `toml:"extend,omitempty" json:"extend,omitzero" doc:"own files in the formats of authlint's catalogue, relative to the folder of this file"`
	Overrides  []Override        `toml:"overrides,omitempty" json:"overrides,omitempty" doc:"other settings for some files; of several that match, a later one wins"`
	Locked     []string          `toml:"locked,omitempty" json:"locked,omitempty" doc:"in a policy: the rules that nobody may silence; all, if it has no such list"`
	Files      map[string]string `toml:"files,omitempty" json:"files,omitempty" doc:"the text of files that extend names, by their path, where settings travel without files"`
}

// Selection says which rules report, and how gravely.
type Selection struct {
	Only     []string          `toml:"only,omitempty" json:"only,omitempty" doc:"if any, no other rules report"`
	Skip     []string          `toml:"skip,omitempty" json:"skip,omitempty" doc:"rules that do not report, together with what they take in"`
	Severity map[string]string `toml:"severity,omitempty" json:"severity,omitempty" doc:"severity of a rule's findings, off to skip it; what is graded lower than the rule's own severity stays lower"`
}

// Host is what a user declares of one host.
type Host struct {
	Transport string `toml:"transport,omitempty" json:"transport,omitempty" doc:"vpn: the network to it is protected below TLS"`
}

// Ignores are the ignore comments of other tools.
type Ignores struct {
	Honour []string `toml:"honour,omitempty" json:"honour,omitempty" doc:"tools whose ignore comments hold: gosec (#nosec G101), trufflehog (trufflehog:ignore), detect-secrets (pragma: allowlist secret)"`
}

// Extend names own files.
type Extend struct {
	Providers []string `toml:"providers,omitempty" json:"providers,omitempty" doc:"providers, as in rules/providers/*.toml"`
	Models    []string `toml:"models,omitempty" json:"models,omitempty" doc:"what Go APIs do with credentials, as in rules/models/*.txtar"`
	Secrets   []string `toml:"secrets,omitempty" json:"secrets,omitempty" doc:"pattern rules for secrets in gitleaks' format"`
}

// Override is what holds for some files.
type Override struct {
	Paths      []string       `toml:"paths,omitempty" json:"paths,omitempty" doc:"the files: patterns as in .gitignore, relative to the folder of this file"`
	Persona    string         `toml:"persona,omitempty" json:"persona,omitempty" doc:"who reads the findings in these files"`
	FailOn     string         `toml:"fail-on,omitempty" json:"fail-on,omitempty" doc:"the least severity that fails for these files"`
	Rules      OverriddenRule `toml:"rules,omitempty" json:"rules,omitzero" doc:"which rules report for these files"`
	Thresholds map[string]int `toml:"thresholds,omitempty" json:"thresholds,omitempty" doc:"numbers that practices are judged by in these files"`
}

// OverriddenRule says which rules report for some files.
type OverriddenRule struct {
	Skip     []string          `toml:"skip,omitempty" json:"skip,omitempty" doc:"rules that do not report there"`
	Severity map[string]string `toml:"severity,omitempty" json:"severity,omitempty" doc:"severity of a rule's findings there; it also brings a skipped rule back"`
}

// The words that settings may have.
func personaWords() []string { return []string{"regular", "auditor"} }

func failWords() []string { return []string{"low", "medium", "high", "critical"} }

func severityWords() []string { return []string{"off", "note", "low", "medium", "high", "critical"} }

// knobs are the settings that a file gives for all files, or for some.
type knobs struct {
	persona    *finding.Persona
	failOn     *finding.Severity
	skip       []string
	severities map[string]finding.Severity
	thresholds map[string]int
}

// knobsOf reads the settings that can be had for some files only. At gives the
// path of a key in the file.
func knobsOf(persona, failOn string, skip []string, severity map[string]string, thresholds map[string]int, at place) (knobs, []error) {
	k := knobs{skip: skip, thresholds: thresholds}
	var errs []error
	if persona != "" {
		p, ok := finding.ParsePersona(persona)
		if !ok {
			errs = append(errs, at.wrong(persona, personaWords(), "persona"))
		}
		k.persona = &p
	}
	if failOn != "" {
		s, err := ParseFailOn(failOn)
		if err != nil {
			errs = append(errs, at.fault(err.Error(), "", "fail-on"))
		}
		k.failOn = &s
	}
	for _, id := range sortedKeys(severity) {
		s, ok := finding.ParseSeverity(severity[id])
		if !ok {
			errs = append(errs, at.wrong(severity[id], severityWords(), "rules", "severity", id))
		}
		if k.severities == nil {
			k.severities = map[string]finding.Severity{}
		}
		k.severities[id] = s
	}
	for _, name := range sortedKeys(thresholds) {
		if thresholds[name] < 0 {
			errs = append(errs, at.fault("a threshold cannot be negative", "", "thresholds", name))
		}
	}
	return k, errs
}

// empty reports whether an override changes nothing.
func (o *Override) empty() bool {
	return o.Persona == "" && o.FailOn == "" && len(o.Rules.Skip)+len(o.Rules.Severity)+len(o.Thresholds) == 0
}

// keyPath returns the path of a key as it is written.
func keyPath(path []string) string { return strings.Join(path, ".") }
