package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Secret is a value that may be a credential. Every way of printing or encoding
// it yields the masked form; only Reveal gives the value, for matching.
type Secret struct{ value string }

// NewSecret returns value as a Secret.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal returns the value itself. It must never reach an output, a log, a
// cache, a fact or an error.
func (s Secret) Reveal() string { return s.value }

// String returns the masked form.
func (s Secret) String() string { return Mask(s.value) }

// GoString returns the masked form.
func (s Secret) GoString() string { return Mask(s.value) }

// Format writes the masked form, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(Mask(s.value))) }

// MarshalText returns the masked form.
func (s Secret) MarshalText() ([]byte, error) { return []byte(Mask(s.value)), nil }

// MarshalJSON returns the masked form as a JSON string.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(strconv.Quote(Mask(s.value))), nil }

// GobEncode returns the masked form: a Secret does not survive a fact or a cache.
func (s Secret) GobEncode() ([]byte, error) { return []byte(Mask(s.value)), nil }

// maskedPrefix is how many characters of a long value the masked form shows.
const maskedPrefix = 4

// maskMinimum is the length in characters below which nothing of a value is shown.
const maskMinimum = 16

// Mask returns the masked form of a value: nothing of one under 16 characters,
// otherwise its first 4 characters, and always its length.
func Mask(value string) string {
	n := utf8.RuneCountInString(value)
	if n < maskMinimum {
		return fmt.Sprintf("*** (%d characters)", n)
	}
	end := 0
	for range maskedPrefix {
		_, size := utf8.DecodeRuneInString(value[end:])
		end += size
	}
	prefix := strconv.QuoteToASCII(value[:end])
	return fmt.Sprintf("%s*** (%d characters)", prefix[1:len(prefix)-1], n)
}

// HashSecret returns a truncated hash that tells whether a high-entropy secret
// changed. It must not be used for guessable values, which it would confirm.
func HashSecret(value string) string {
	sum := sha256.Sum256([]byte("authlint/v1\x00" + value))
	return hex.EncodeToString(sum[:8])
}
