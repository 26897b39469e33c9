package rules

import "testing"

// fresh opens the built-in catalogue anew, as a new process does.
func fresh(tb testing.TB) *Catalogue {
	tb.Helper()
	c, err := open(embedded)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestDefaultReadsNothing: opening the catalogue lists the pages and parses
// none; parsing one takes some hundred allocations.
func TestDefaultReadsNothing(t *testing.T) {
	c := fresh(t)
	if n, most := testing.AllocsPerRun(10, func() { fresh(t) }), float64(100+10*len(c.ids)); n > most {
		t.Errorf("opening the catalogue takes %v allocations, want at most %v", n, most)
	}
}

// The drivers start the tool once a package: what follows is what such a start
// costs before the first rule, provider or name is asked for, and with it.

func BenchmarkDefault(b *testing.B) {
	for b.Loop() {
		fresh(b)
	}
}

func BenchmarkFirstRule(b *testing.B) {
	for b.Loop() {
		fresh(b).Rule("hardcoded-credential")
	}
}

func BenchmarkFirstProvider(b *testing.B) {
	for b.Loop() {
		fresh(b).ProviderOf("api.example.com")
	}
}

func BenchmarkFirstParameter(b *testing.B) {
	for b.Loop() {
		fresh(b).Parameters().Kind("api_key")
	}
}

func BenchmarkAll(b *testing.B) {
	for b.Loop() {
		if err := fresh(b).check(); err != nil {
			b.Fatal(err)
		}
	}
}
