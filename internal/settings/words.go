package settings

import (
	"iter"
	"strings"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// The limits of what is read of a path.
const (
	maxPathWords = 16
	maxPhrase    = 7 // words of a phrase at most
)

// phraseOf returns a name as the table spells phrases.
func phraseOf(name string) string { return strings.Join(shape.Words(name), "") }

// words returns the words of the setting's name, none for an element of a list.
func (s *Setting) words() []string {
	if s.named == nil {
		s.named = []string{}
		if s.Parent == nil || s.Parent.Kind != List {
			s.named = shape.Words(s.Name)
		}
	}
	return s.named
}

// pathWords returns the last words of the setting's path, in order.
func (s *Setting) pathWords() []string {
	total := 0
	for at := s; at != nil && total < maxPathWords; at = at.Parent {
		total += len(at.words())
	}
	out := make([]string, total)
	for at := s; total > 0; at = at.Parent {
		total -= len(at.words())
		copy(out[total:], at.words())
	}
	return out
}

// typeWords returns the words of the types that the mappings around the setting say
// they are of: in templates of clouds, the type of a resource stands beside its
// properties.
func (s *Setting) typeWords() (out []string) {
	for at, n := s.Parent, 0; at != nil && n < maxTyped; at, n = at.Parent, n+1 {
		for _, key := range [...]string{"Type", "type", "kind", "model"} {
			if t := at.Child(key); t != nil && t.Kind == Scalar {
				out = append(out, shape.Words(t.Text)...)
			}
		}
	}
	return out
}

// maxTyped is how far above a setting the type of its resource may stand.
const maxTyped = 4

// tails yields the phrases that words end with, the longest first, with their
// numbers of words.
func tails(words []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := min(maxPhrase, len(words))
		phrase := strings.Join(words[len(words)-n:], "")
		for ; n > 0; n-- {
			if !yield(n, phrase) {
				return
			}
			phrase = phrase[len(words[len(words)-n]):]
		}
	}
}

// lookup returns the longest phrase of a table that the path ends with, and
// whether the words around it fulfil the context of one of its keys.
func lookup[K any](table map[string][]*K, words []string, fits func(*K, []string) bool) *K {
	for _, phrase := range tails(words) {
		for _, key := range table[phrase] {
			if fits(key, words) {
				return key
			}
		}
	}
	return nil
}

// fits reports whether a word of the context stands in the path, and none of
// those that rule it out stands nearer to the key or right before that word.
func fits(c *rules.Context, words []string) bool {
	for i := len(words) - 1; i >= 0; i-- {
		two := words[i]
		if i > 0 {
			two = words[i-1] + words[i]
		}
		if c.Without[words[i]] || c.Without[two] {
			return false
		}
		if len(c.Any) > 0 && (c.Any[words[i]] || c.Any[two]) {
			return !hasPhrase(c.Without, words[max(0, i-2):i]) // random_password
		}
	}
	return len(c.Any) == 0
}

// roleOf returns the words before the role's phrase at the end of a name, and
// reports whether the name has that role.
func roleOf(table *rules.SettingsTable, role string, words []string) (before []string, ok bool) {
	for n, phrase := range tails(words) {
		if table.Roles[role][phrase] {
			return words[:len(words)-n], true
		}
	}
	return nil, false
}

// service returns the words that tell one service from another, without the
// qualifiers.
func service(table *rules.SettingsTable, words []string) string {
	var out []string
	for _, w := range words {
		if !table.Qualifiers[w] {
			out = append(out, w)
		}
	}
	return strings.Join(out, "")
}

// hasPhrase reports whether one or two words together are in the set.
func hasPhrase(set map[string]bool, words []string) bool {
	for i, w := range words {
		if set[w] || i > 0 && set[words[i-1]+w] {
			return true
		}
	}
	return false
}

// hasAny reports whether one of the words is in the set.
func hasAny(set map[string]bool, words []string) bool {
	for _, w := range words {
		if set[w] {
			return true
		}
	}
	return false
}
