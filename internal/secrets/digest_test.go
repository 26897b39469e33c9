package secrets

import (
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/zricethezav/gitleaks/v8/config"

	"github.com/authlint/authlint/internal/digest"
	"github.com/authlint/authlint/internal/tomlfile"
)

var updateDigest = flag.Bool("update-digest", false, "write digest.bin anew")

// kept is an entry of the digest.
type kept struct {
	name, text string
	value      any // a pointer
}

// allKept returns what the digest should hold, made without it.
func allKept(t *testing.T) []kept {
	t.Helper()
	var standard configFile
	if err := tomlfile.Decode(standardName, []byte(config.DefaultConfig), &standard); err != nil {
		t.Fatal(err)
	}
	list := []kept{{standardName, config.DefaultConfig, &standard}}
	compiled := mustNew(t, Options{}).rules()
	names := func(tests ...*pathTest) {
		for _, test := range tests {
			if test != nil {
				list = append(list, kept{"name\x00" + test.expression, "", &nameFilter{nameProgram(test.expression)}})
			}
		}
	}
	for _, a := range compiled.allowlists {
		names(a.paths)
	}
	for _, r := range compiled.rules {
		names(r.path)
		for _, a := range r.allowlists {
			names(a.paths)
		}
		if r.Regex == "" {
			continue
		}
		if len(r.Keywords) == 0 {
			list = append(list, kept{"anchors\x00" + r.Regex, "", &anchorList{findAnchors(r.Regex)}})
		}
		p := proveReach(r.Regex, r.words).proof()
		list = append(list, kept{proofName(r.Regex, r.words), "", &p})
	}
	return list
}

// TestDigest holds digest.bin to what is read and proven without it. An
// expression that has changed since is only proven more slowly, so a few of them
// may have; to make it anew,
//
//	go generate ./internal/secrets
func TestDigest(t *testing.T) {
	var made digest.Builder
	all, known := 0, 0
	for _, k := range allKept(t) {
		if err := made.Add(k.name, k.text, k.value); err != nil {
			t.Fatalf("%.60q: %v", k.name, err)
		}
		all++
		got := reflect.New(reflect.TypeOf(k.value).Elem()).Interface()
		if !builtIn().Read(k.name, k.text, got) {
			continue
		}
		known++
		if !reflect.DeepEqual(got, k.value) {
			t.Errorf("%.60q is not in the digest as it is", k.name)
		}
	}
	if *updateDigest {
		if err := os.WriteFile("digest.bin", made.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if stale := all - known; stale*10 > all {
		t.Errorf("%d of %d entries have changed since digest.bin was made: go generate ./internal/secrets", stale, all)
	}
}
