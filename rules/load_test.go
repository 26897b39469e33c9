package rules

import "testing"

func TestEmbedded(t *testing.T) {
	if _, err := Load(embedded); err != nil {
		t.Fatal(err)
	}
}

// fresh opens the built-in catalogue anew, as a new process does.
func fresh(tb testing.TB) *Catalogue {
	tb.Helper()
	c, err := open(embedded)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

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
