package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// The names of the thresholds.
const (
	PasswordMinLength         = "password-min-length"          // below it anyone would act
	PasswordMinLengthProvider = "password-min-length-provider" // for accounts of a provider
	PasswordMinLengthTransfer = "password-min-length-transfer" // for SFTP and SSH accounts
	PasswordClasses           = "password-classes"             // of lower, upper, digit, symbol
	PasswordLengthForClasses  = "password-length-for-classes"  // from it on classes are not asked for
	PasswordEntropy           = "password-entropy"             // in bits, as estimated
	PasswordScore             = "password-score"               // of a strength meter from 0 to 4
	LoginAttempts             = "login-attempts"               // before a lockout
	LoginAttemptsCommon       = "login-attempts-common"        // the same, beyond which anyone would act
	RotationDays              = "rotation-days"                // after which a credential is changed
	RotationDaysCommon        = "rotation-days-common"         // the same, beyond which anyone would act
	TLSMinVersion             = "tls-min-version"              // as on the wire: 0x0303 is TLS 1.2
	TokenLifetime             = "token-lifetime"               // in hours; beyond it anyone would act
	TokenLifetimeUser         = "token-lifetime-user"          // in hours, for sessions of users
	TokenLifetimeService      = "token-lifetime-service"       // in hours, for programs
	SigningKeyLength          = "signing-key-length"           // of keys that are shared, in bytes
	RSAKeyLength              = "rsa-key-length"               // in bits
)

// ThresholdNames are the names that thresholds.toml gives, and that a
// configuration may set.
var ThresholdNames = []string{
	PasswordMinLength, PasswordMinLengthProvider, PasswordMinLengthTransfer, PasswordClasses, PasswordLengthForClasses,
	PasswordEntropy, PasswordScore, LoginAttempts, LoginAttemptsCommon, RotationDays, RotationDaysCommon, TLSMinVersion,
	TokenLifetime, TokenLifetimeUser, TokenLifetimeService, SigningKeyLength, RSAKeyLength,
}

type thresholdEntry struct {
	Value    int    `toml:"value"`
	Source   string `toml:"source"`
	Provider bool   `toml:"provider"`
	AtMost   bool   `toml:"at-most"`
}

// ParseThresholds reads a file of thresholds, which names each of them. Errors
// name the file and the line.
func ParseThresholds(file string, data []byte) (map[string]Threshold, error) {
	var entries map[string]thresholdEntry
	if err := decode(file, data, &entries); err != nil {
		return nil, err
	}
	f := faults{file: file}
	out := make(map[string]Threshold, len(entries))
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		entry, line := entries[name], func() int { return tomlfile.LineOf(data, []string{name}, "") }
		if !slices.Contains(ThresholdNames, name) {
			f.add(line(), "unknown threshold %q%s", name, nearest.Hint(name, ThresholdNames))
		}
		if entry.Value <= 0 {
			f.add(line(), "threshold %q has no value above 0", name)
		}
		if entry.Source == "" {
			f.add(line(), "threshold %q has no source", name)
		}
		out[name] = Threshold(entry)
	}
	for _, name := range ThresholdNames {
		if _, ok := entries[name]; !ok {
			f.add(1, "missing threshold %q", name)
		}
	}
	return out, f.err()
}

// sampleFile is a published example credential: its hash, never its text.
type sampleFile struct {
	SHA256    string `toml:"sha256"`
	What      string `toml:"what"`
	Publisher string `toml:"publisher"` // in the general file only
}

// publishedList is the file of examples that belong to no provider.
type publishedList struct {
	Published []sampleFile `toml:"published"`
}

// checkSamples adds a fault for each sample that is not one.
func checkSamples(f *faults, data []byte, list []sampleFile) {
	for i, s := range list {
		line := func() int { return tomlfile.LineIn(data, "published", i, "sha256") }
		if sum, err := hex.DecodeString(s.SHA256); err != nil || len(sum) != sha256.Size || s.SHA256 != strings.ToLower(s.SHA256) {
			f.add(line(), "sha256 is not 64 hexadecimal digits in lower case")
		}
		if s.What == "" {
			f.add(line(), "a published example must say what it is")
		}
		if slices.ContainsFunc(list[:i], func(b sampleFile) bool { return b.SHA256 == s.SHA256 }) {
			f.add(line(), "this example is there twice")
		}
	}
}

// ParsePublished reads a file of published examples and returns the publishers
// by SHA-256. Errors name the file and the line.
func ParsePublished(file string, data []byte) (map[string]string, error) {
	var list publishedList
	if err := decode(file, data, &list); err != nil {
		return nil, err
	}
	f := faults{file: file}
	checkSamples(&f, data, list.Published)
	out := make(map[string]string, len(list.Published))
	for i, s := range list.Published {
		if s.Publisher == "" {
			f.add(tomlfile.LineIn(data, "published", i, "sha256"), "a published example must name its publisher")
		}
		out[s.SHA256] = s.Publisher
	}
	return out, f.err()
}

// loadPublished joins the examples of all providers and the general ones.
func loadPublished(fsys fs.FS, providers func() (*providerSet, error)) (map[string]string, error) {
	data, err := fs.ReadFile(fsys, publishedFile)
	if err != nil {
		return nil, err
	}
	all, err := ParsePublished(publishedFile, data)
	if err != nil {
		return nil, err
	}
	set, err := providers()
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, p := range set.list {
		for _, s := range set.samples[p.ID] {
			if other, ok := all[s.SHA256]; ok {
				faults = append(faults, fmt.Errorf("the example %q of %s is published by %s already", s.What, p.Name, other))
			}
			all[s.SHA256] = p.Name
		}
	}
	return all, errors.Join(faults...)
}

// PublishedExample reports whether text is a credential that a publisher gives
// as an example, with or without the scheme word before it, and who that is.
func (c *Catalogue) PublishedExample(text string) (publisher string, ok bool) {
	all := must(c.published())
	for _, candidate := range []string{text, afterScheme(text)} {
		sum := sha256.Sum256([]byte(candidate))
		if publisher, ok := all[hex.EncodeToString(sum[:])]; ok {
			return publisher, true
		}
	}
	return "", false
}

// afterScheme returns what follows the scheme word of an Authorization value.
func afterScheme(text string) string {
	if _, rest, ok := strings.Cut(strings.TrimSpace(text), " "); ok {
		return strings.TrimSpace(rest)
	}
	return text
}
