package secrets

import (
	"strings"
	"testing"
)

// TestSlow pins which rules are named: not one with keywords, not one whose
// words stand in for keywords, nor one whose matches are few and short.
func TestSlow(t *testing.T) {
	const config = `
[[rules]]
id = "keyword"
regex = '(?s)token=[a-z]+.*end'
keywords = ["token"]
[[rules]]
id = "anchor"
regex = 'secret-[0-9]{4}'
[[rules]]
id = "short"
regex = '[0-9]{6}'
[[rules]]
id = "everything"
regex = '(?s)[a-z]{3} .*[0-9]'
[[rules]]
id = "often"
regex = '[a-z]{4}'
`
	e := mustNew(t, Options{Name: "c.toml", Config: []byte(config), NoPacks: true})
	text := []byte(strings.Repeat("let it be 7\n", 200_000))
	e.Scan("a.txt", text)
	var names []string
	for _, r := range e.Slow() {
		if names = append(names, r.ID); r.Total != int64(len(text)) || r.Searched != r.Total {
			t.Errorf("%+v of %d bytes", r, len(text))
		}
	}
	if got := strings.Join(names, " "); got != "everything" {
		t.Errorf("slow are %q, want everything", got)
	}
}
