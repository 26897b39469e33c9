package settings

import (
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// ObserveWhole is ObserveText for a text that neither the first look nor the gate
// keeps out.
func ObserveWhole(t *embed.Text, cat *rules.Catalogue) embed.Result {
	return observeText(t, cat, func(t *embed.Text, _ *rules.SettingsTable, _ *rules.Catalogue) []portion {
		return []portion{{0, len(t.Data)}}
	})
}
