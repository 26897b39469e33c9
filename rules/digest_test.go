package rules

import (
	"flag"
	"io/fs"
	"os"
	"reflect"
	"testing"

	"github.com/authlint/authlint/internal/digest"
	"github.com/authlint/authlint/internal/tomlfile"
)

var updateDigest = flag.Bool("update-digest", false, "write digest.bin anew")

// digested is a file whose digest is kept, with how it is read without it.
type digested struct {
	pattern string
	files   fs.FS
	parse   func(file string, data []byte) (any, error) // the value is a pointer
}

// declared reads a file into a struct of T.
func declared[T any](file string, data []byte) (any, error) {
	value := new(T)
	return value, tomlfile.Decode(file, data, value)
}

// asPointer makes a pointer of what parse returns.
func asPointer[T any](parse func(string, []byte) (T, error)) func(string, []byte) (any, error) {
	return func(file string, data []byte) (any, error) {
		value, err := parse(file, data)
		return &value, err
	}
}

func allDigested(t *testing.T) []digested {
	page := func(file string, data []byte) (*Rule, error) { return ParsePage(file, data, fresh(t).has) }
	return []digested{
		{pagePattern, embedded, asPointer(page)},
		{issuedPage, embedded, asPointer(parseTemplate)},
		{genericPage, embedded, asPointer(parseTemplate)},
		{providerPattern, embedded, asPointer(parseProvider)},
		{namesFile, embedded, declared[namesOfSecrets]},
		{thresholdFile, embedded, declared[map[string]thresholdEntry]},
		{parameterFile, embedded, declared[parametersFile]},
		{linksFileName, embedded, declared[linksFile]},
		{publishedFile, embedded, declared[publishedList]},
		{"commands/*.toml", embedded, declared[commandsFile]},
		{"settings/*.toml", settingsFiles, declared[settingsDecl]},
		{"snippets/*.toml", snippetFiles, declared[snippetsFile]},
	}
}

// TestDigest holds digest.bin to what the files say. A file that has changed since
// is only read more slowly, so a few of them may have; to make it anew,
//
//	go generate ./rules
func TestDigest(t *testing.T) {
	var made digest.Builder
	all, known := 0, 0
	for _, d := range allDigested(t) {
		files, err := fs.Glob(d.files, d.pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", d.pattern, len(files), err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(d.files, file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := d.parse(file, data)
			if err != nil {
				t.Fatal(err)
			}
			if err := made.Add(file, string(data), want); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			all++
			got := reflect.New(reflect.TypeOf(want).Elem()).Interface()
			if !builtIn().Read(file, string(data), got) {
				continue
			}
			known++
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s is not in the digest as it is read", file)
			}
		}
	}
	if *updateDigest {
		if err := os.WriteFile("digest.bin", made.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if stale := all - known; stale*10 > all {
		t.Errorf("%d of %d files have changed since digest.bin was made: go generate ./rules", stale, all)
	}
}
