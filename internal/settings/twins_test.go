package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/rules"
)

// TestManyCredentials holds a flat file with very many credentials to costing in
// proportion to its size: what is allocated for it tells, however busy the
// machine is.
func TestManyCredentials(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	allocations := func(n int) float64 {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "SVC_%d_USER=u%d\nSVC_%d_PASSWORD=Winter-Lake-%d\n", i, i, i, i)
		}
		text := embed.File("app.env", []byte(b.String()))
		return testing.AllocsPerRun(1, func() { settings.ObserveText(text, cat) })
	}
	if few, many := allocations(200), allocations(1600); many > 12*few {
		t.Errorf("eight times the credentials take %.1f times the allocations", many/few)
	}
}
