package rules

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// SecretInfo is what is known of a pattern rule that has no page of its own.
type SecretInfo struct {
	ID string
	// Title names what the rule finds: "Infobip API key". Empty: it is read
	// from the words of the id.
	Title    string
	Provider string // name of the issuer, if it is known to the catalogue
	Advice   string // how the credential is revoked and what replaces it
	Generic  bool   // set for a rule that knows no issuer
}

// secretTemplates are the two pages that pattern rules share, and how the words
// of their ids are spelled.
type secretTemplates struct {
	issued, generic *Rule
	genericIDs      []string
	spelling        map[string]string
}

// namesOfSecrets is the file of spellings.
type namesOfSecrets struct {
	Generic  []string          `toml:"generic"`
	Spelling map[string]string `toml:"spelling"`
}

// advice is what the page says of a credential whose rule has no own advice.
const advice = "Revoke it at its issuer, make a new one, and look in the issuer's log for uses that were not yours."

// loadTemplates reads the template pages and the spellings.
func loadTemplates(fsys fs.FS) (*secretTemplates, error) {
	var names namesOfSecrets
	data, err := fs.ReadFile(fsys, namesFile)
	if err != nil {
		return nil, err
	}
	if err := decode(namesFile, data, &names); err != nil {
		return nil, err
	}
	t := &secretTemplates{genericIDs: names.Generic, spelling: names.Spelling}
	for file, into := range map[string]**Rule{issuedPage: &t.issued, genericPage: &t.generic} {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		if *into, err = kept(file, data, parseTemplate); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// parseTemplate reads a template page, which has no examples: they would be
// secrets.
func parseTemplate(file string, data []byte) (*Rule, error) {
	p, err := splitPage(file, data)
	if err != nil {
		return nil, err
	}
	rule := &Rule{Secret: true}
	if err := p.header(rule, func(string) bool { return false }); err != nil {
		return nil, err
	}
	p.sections(rule, templateSections)
	return rule, p.err()
}

// SecretRule returns the page of a pattern rule: of a provider's own, or of any
// other by the words of its id. It never returns nil.
func (c *Catalogue) SecretRule(id string) *Rule {
	if rule, ok := c.secrets.Load(id); ok {
		return rule.(*Rule)
	}
	rule, _ := c.secrets.LoadOrStore(id, c.SecretPage(c.secretInfo(id)))
	return rule.(*Rule)
}

// secretInfo returns what the catalogue knows of a pattern rule.
func (c *Catalogue) secretInfo(id string) SecretInfo {
	if info, ok := c.infos[id]; ok {
		return info
	}
	for _, p := range must(c.providers()).list {
		for _, r := range p.SecretRules {
			if r.ID != id {
				continue
			}
			info := SecretInfo{ID: id, Title: r.Description, Provider: p.Name, Advice: r.Advice, Generic: r.Generic}
			if info.Advice == "" {
				info.Advice = p.Rotation
			}
			return info
		}
	}
	return SecretInfo{ID: id}
}

// SecretPage returns the page of a pattern rule that the catalogue may not
// know, such as one of the user's own file.
func (c *Catalogue) SecretPage(info SecretInfo) *Rule {
	t := must(c.templates())
	template, generic := t.issued, info.Generic || slices.Contains(t.genericIDs, info.ID)
	if generic {
		template = t.generic
	}
	if info.Title == "" {
		info.Title = t.title(info.ID)
	}
	if info.Advice == "" {
		info.Advice = advice
	}
	if info.Provider == "" {
		info.Provider = "its issuer"
	}
	title := strings.TrimSuffix(info.Title, ".")
	fill := strings.NewReplacer("{title}", title, "{id}", info.ID, "{issuer}", info.Provider, "{advice}", info.Advice).Replace
	rule := *template
	rule.ID, rule.Generic = info.ID, generic
	rule.Title, rule.Summary, rule.Markdown = fill(template.Title), fill(template.Summary), fill(template.Markdown)
	rule.Reported, rule.NotReported, rule.Fix = fill(template.Reported), fill(template.NotReported), fill(template.Fix)
	return &rule
}

// title spells the words of an id: aws-access-token is "AWS access token".
func (t *secretTemplates) title(id string) string {
	words := strings.Split(id, "-")
	for i, word := range words {
		spelled, ok := t.spelling[word]
		switch {
		case ok:
			words[i] = spelled
		case i == 0 && word != "":
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, " ")
}

// Tags returns the tags of the rule for SARIF, at most ten: what GitHub filters by.
func (r *Rule) Tags() []string {
	tags := []string{"security", r.Observation}
	for _, n := range r.CWE {
		tags = append(tags, fmt.Sprintf("external/cwe/cwe-%03d", n))
	}
	return tags[:min(len(tags), 10)]
}
