package settings_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/rules"
)

// sample is a key of the table with a value that says something.
type sample struct {
	phrase, value string
	file          string   // a name that the key needs, "" for any
	above         string   // a word of its context
	beside        []string // keys that must be there
}

// TestGateTable holds the gate and the first look to the table: what any of its keys
// would show, alone in a file, must be shown. So a key that is added there needs no
// second place.
func TestGateTable(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for i, s := range samplesOf(table) {
		texts := s.texts()
		for k, name := range slices.Sorted(maps.Keys(texts)) {
			text := embed.File(name, []byte(texts[name]))
			if s.file == "" && (i+k)%3 != 0 || !settings.ReadsText(text) {
				continue // another value, or another key, in that form
			}
			told[name[strings.LastIndexByte(name, '.'):]] += compareGate(t, cat, text)
		}
	}
	t.Logf("findings: %v", told)
	for _, ext := range []string{".yaml", ".json", ".tf", ".env"} {
		if told[ext] < 500 {
			t.Errorf("%s: only %d findings without the gate", ext, told[ext])
		}
	}
}

// samplesOf returns samples of all keys whose values mean something by themselves.
func samplesOf(table *rules.SettingsTable) []sample {
	var out []sample
	add := func(phrase string, c *rules.Context, s sample, values ...string) {
		words := slices.Sorted(maps.Keys(c.Any))
		s.phrase = phrase
		for _, s.value = range values {
			if len(words) == 0 {
				out = append(out, s)
			}
			for _, s.above = range words[:min(len(words), 2)] {
				out = append(out, s)
			}
		}
	}
	each(table.Versions, func(phrase string, key *rules.VersionKey) {
		add(phrase, &key.Context, sample{}, "TLSv1.1", "1.0")
	})
	each(table.Switches, func(phrase string, key *rules.SwitchKey) {
		add(phrase, &key.Context, sample{}, spelled(key.Bad)...)
	})
	each(table.Numbers, func(phrase string, key *rules.NumberKey) {
		add(phrase, &key.Context, sample{}, "5", "200")
	})
	each(table.Lifetimes, func(phrase string, key *rules.LifetimeKey) {
		add(phrase, &key.Context, sample{}, "365d", "31536000", "never")
	})
	each(table.Texts, func(phrase string, key *rules.TextKey) {
		add(phrase, &key.Context, sample{file: named(key.Files)}, "curl -k -u app:Winter-Lake-22 http://api.example.com/")
	})
	each(table.Products, func(phrase string, key *rules.ProductKey) {
		values := append(spelled(key.Bad), spelled(key.Maybe)...)
		if len(values) == 0 {
			values = []string{"Winter-Lake-22", "org.example.Login required user='app' password='Winter-Lake-22'"}
		}
		add(phrase, &key.Context, sample{file: named(key.Files), beside: key.Beside}, values...)
	})
	for phrase, key := range table.Ranges {
		add(phrase, &key.Context, sample{}, "0.0.0.0/0")
	}
	return out
}

// each calls do for every key of a table, in order.
func each[K any](keys map[string][]*K, do func(string, *K)) {
	for _, phrase := range slices.Sorted(maps.Keys(keys)) {
		for _, key := range keys[phrase] {
			do(phrase, key)
		}
	}
}

// spelled returns values with the words that stand for all spellings written out.
func spelled(values []string) []string {
	var out []string
	for _, v := range values {
		switch v {
		case "true":
			out = append(out, "true", "On")
		case "false":
			out = append(out, "false", "disabled")
		case "any":
			out = append(out, "registry.example.com:5000")
		default:
			out = append(out, v)
		}
	}
	return out
}

// named returns a name that matches the first pattern, "" without patterns.
func named(patterns []string) string {
	for _, p := range patterns {
		return strings.ReplaceAll(p, "*", "x")
	}
	return ""
}

// texts yields files that hold the sample and nothing else: as it is, and as what
// a variable falls back to.
func (s *sample) texts() map[string]string {
	quoted := fmt.Sprintf("%q", s.value)
	above := s.above
	if above == "" {
		above = "section"
	}
	beside := func(form string) string {
		var b strings.Builder
		for _, key := range s.beside {
			fmt.Fprintf(&b, form, key)
		}
		return b.String()
	}
	name := s.phrase
	out := map[string]string{
		"a.yaml":  above + ":\n  " + name + ": " + quoted + "\n" + beside("  %s: \"on\"\n"),
		"b.yaml":  above + ":\n  x: 1\n  " + name + ": ${VARIABLE:-" + s.value + "}\n" + beside("  %s: \"on\"\n"),
		"c.yaml":  above + ":\n  " + name + ":\n  - " + quoted + "\n",
		"d.yaml":  "{" + above + ": {" + name + ": " + quoted + beside(", %s: \"on\"") + "}}\n",
		"a.json":  "{\"" + above + "\": {\n\"" + name + "\": " + quoted + beside(",\n\"%s\": \"on\"") + "\n}}\n",
		"b.json":  "{\"" + above + "\": {\"" + name + "\": [" + quoted + "]}}\n",
		"a.tf":    above + " {\n  " + name + " = " + quoted + "\n" + beside("  %s = \"on\"\n") + "}\n",
		"a.env":   strings.ToUpper(above+"_"+name) + "=" + quoted + "\n",
		"b.env":   above + "_" + name + "=" + s.value + "\n",
		".env":    above + "_" + name + "=${VARIABLE:-" + s.value + "}\n",
		"c.tf":    "x = { " + above + " = { " + name + " = " + quoted + " } }\n",
		"cc.json": "{\"" + above + "." + name + "\": " + quoted + "}\n",
	}
	if s.file != "" {
		for n, text := range map[string]string{".json": out["a.json"], ".tf": out["a.tf"], ".yaml": out["a.yaml"], ".yml": out["b.yaml"]} {
			if strings.HasSuffix(s.file, n) {
				out[s.file] = text
			}
		}
		if strings.HasSuffix(s.file, "/x") || s.file[len(s.file)-1] == 'x' {
			out[s.file+".yaml"] = out["a.yaml"]
		}
	}
	return out
}
