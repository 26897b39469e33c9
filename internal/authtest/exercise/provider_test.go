package exercise

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/rules"
)

// TestProviders: every provider has a found and a silent line for each practice
// that its data makes possible.
func TestProviders(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	cells := w.ProviderCells(catalogue.Providers())
	exceptions := readExceptions(t)
	var pairs []*Pair
	for _, c := range cells {
		if c.Pair.Err != nil {
			t.Errorf("%s: %v", c, c.Pair.Err)
			return
		}
		pairs = append(pairs, c.Pair)
	}
	outcomes, err := w.Run(pairs)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range outcomes {
		if len(o.Faults) > 0 && exceptions[cells[i].String()] == "" {
			t.Errorf("%s: %s\n%s", cells[i], strings.Join(o.Faults, ", "), o.Bad.text())
		}
	}
	for _, p := range catalogue.Providers() {
		for _, practice := range []string{"literal", "http", "url"} {
			if !hasCell(cells, p.ID, practice) {
				t.Errorf("%s has no cell for %s: no sample host?", p.ID, practice)
			}
		}
		if p.BasicAdvice != "" && !hasCell(cells, p.ID, "basic") || len(p.Send) > 0 && !hasCell(cells, p.ID, "get") {
			t.Errorf("%s lacks the cell for Basic or for sending with GET", p.ID)
		}
	}
	t.Logf("%d cells of %d providers", len(cells), len(catalogue.Providers()))
}
