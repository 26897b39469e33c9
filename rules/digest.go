package rules

import (
	_ "embed"
	"sync"

	"github.com/authlint/authlint/internal/digest"
	"github.com/authlint/authlint/internal/tomlfile"
)

//go:generate go test . -run TestDigest -update-digest

// The digest of the files of this folder: what they say, without their text. A
// file that has changed since it was made is read as it is.
//
//go:embed digest.bin
var digestFile string

var builtIn = sync.OnceValue(func() *digest.Table { return digest.Open(digestFile) })

// decode is tomlfile.Decode, but does not parse what is built in.
func decode(file string, data []byte, into any) error {
	if builtIn().Read(file, string(data), into) {
		return nil
	}
	return tomlfile.Decode(file, data, into)
}

// kept returns what parse returns, but has nothing parsed and checked of what is
// built in: the digest holds what has passed.
func kept[T any](file string, data []byte, parse func(string, []byte) (T, error)) (T, error) {
	var value T
	if builtIn().Read(file, string(data), &value) {
		return value, nil
	}
	return parse(file, data)
}

// providerEntry is what the file of a provider says.
type providerEntry struct {
	Provider *Provider
	Samples  []sampleFile
}
