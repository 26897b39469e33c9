package secretfile

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// ReadsPublic reports whether a text is a file of variables.
func ReadsPublic(t *embed.Text) bool {
	return !t.IsPart() && len(t.Data) <= maxVariables && isVariables(strings.ToLower(path.Base(strings.ReplaceAll(t.Name, `\`, "/"))))
}

// ObservePublic returns the variables that tools build into pages although they
// hold what no page may hold.
func ObservePublic(t *embed.Text, _ *rules.Catalogue) embed.Result {
	var out embed.Result
	at := 0
	for line := range strings.Lines(string(t.Data)) {
		start := at
		at += len(line)
		name, value, ok := strings.Cut(line, "=")
		name = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(name), "export "))
		if !ok || !shape.IsPublicSetting(name) || !shape.NeverPublic(name) || !isCredential(name, strings.Trim(strings.TrimSpace(value), `"'`)) {
			continue
		}
		start += strings.Index(line, name)
		o := &practice.Exposed{Source: t.Source(start, start+len(name)), Kind: shape.OfName(name), What: "variable " + name, Why: "is built into the page"}
		o.Key = "variable " + name
		out.Observations = append(out.Observations, o)
	}
	return out
}
