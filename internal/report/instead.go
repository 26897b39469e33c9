package report

import (
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// instead returns lines to copy that replace what a finding is about, in the
// words of the file that it stands in: another authorisation, or a POST, where
// the provider is known and takes them.
func (p *printer) instead(f *finding.Finding) []string {
	provider, known := p.opts.Rules.Provider(f.Evidence["provider"])
	if !known {
		return nil
	}
	scheme, variable := schemeOf(provider)
	is := func(ids ...string) bool { return slices.ContainsFunc(ids, f.Named) }
	var lines []string
	kind := p.kindOf(f)
	endpoint := f.Evidence["instead"]
	sends := is("get-message-send") && strings.HasPrefix(endpoint, "/") && !strings.ContainsAny(endpoint, "*{")
	if sends {
		lines = append(lines, kind.post("https://"+hostOf(provider, f.Evidence["host"])+endpoint))
	}
	basic := provider.BasicAdvice != "" && is("basic-auth-discouraged", "basic-auth-over-http")
	if scheme != "" && (basic || sends || provider.BasicAdvice != "" && is("credential-in-url")) {
		lines = append(lines, kind.authorize(scheme, variable))
	}
	for i := range lines {
		lines[i] = p.redact.Text(lines[i])
	}
	return lines
}

// schemeOf returns the word before the credential of a provider's best scheme
// that is one header, and the variable to keep that credential in.
func schemeOf(p *rules.Provider) (scheme, variable string) {
	name := strings.ToUpper(strings.ReplaceAll(p.ID, "-", "_"))
	if p.KeyScheme != "" {
		return p.KeyScheme, name + "_API_KEY"
	}
	if slices.Contains(p.Schemes, "bearer") && p.Schemes[0] == "bearer" {
		return "Bearer", name + "_TOKEN"
	}
	return "", ""
}

// hostOf returns the host of the request if it is the provider's, else the one
// that the provider is known by.
func hostOf(p *rules.Provider, host string) string {
	if host != "" && p.Matches(host) {
		return host
	}
	return strings.TrimPrefix(p.Hosts[0], "*.")
}

// fileKind says how a file writes a request.
type fileKind int

// The kinds.
const (
	otherKind fileKind = iota // the header as it is sent
	goKind
	curlKind
)

// kindOf returns the kind of the file that a finding stands in.
func (p *printer) kindOf(f *finding.Finding) fileKind {
	at := p.primary(f)
	if path.Ext(at.File) == ".go" {
		return goKind
	}
	for _, l := range append([]finding.Location{at}, locations(f.Steps)...) {
		if line, ok := p.line(p.tree.Resolve(l, at.File)); ok && strings.Contains(line.Text, "curl") {
			return curlKind
		}
	}
	switch path.Ext(at.File) {
	case ".sh", ".bash", ".zsh":
		return curlKind
	}
	return otherKind
}

func locations(steps []finding.Step) []finding.Location {
	var list []finding.Location
	for _, s := range steps {
		list = append(list, s.Location)
	}
	return list
}

// post returns the line that sends a message.
func (k fileKind) post(url string) string {
	switch k {
	case goKind:
		return `http.NewRequest(http.MethodPost, "` + url + `", body)`
	case curlKind:
		return `curl --request POST --data @message.json ` + url
	}
	return "POST " + url
}

// authorize returns the line that sets the header.
func (k fileKind) authorize(scheme, variable string) string {
	switch k {
	case goKind:
		return `request.Header.Set("Authorization", "` + scheme + ` "+os.Getenv("` + variable + `"))`
	case curlKind:
		return `--header "Authorization: ` + scheme + ` $` + variable + `"`
	}
	return "Authorization: " + scheme + " ${" + variable + "}"
}
