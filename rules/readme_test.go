package rules

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestReadme: the guide names every key that the files may have.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []any{header{}, providerFile{}, paramNames{}, sendFile{}, hostSamples{}, SecretRule{}} {
		for i := range reflect.TypeOf(file).NumField() {
			key := reflect.TypeOf(file).Field(i).Tag.Get("toml")
			if key == "-" {
				continue
			}
			if text := string(readme); !strings.Contains(text, "`"+key+"`") && !strings.Contains(text, "["+key+"]") {
				t.Errorf("README.md says nothing of the key %q of %T", key, file)
			}
		}
	}
	for _, list := range [][]string{precisions, observations, ruleSections} {
		for _, word := range list {
			if !strings.Contains(string(readme), word) {
				t.Errorf("README.md does not name %q", word)
			}
		}
	}
}
