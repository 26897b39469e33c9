package shape

import "slices"

// HasWord reports whether one of the words of a name is in the list.
func HasWord(name string, list ...string) bool {
	for _, w := range Words(name) {
		if slices.Contains(list, w) {
			return true
		}
	}
	return false
}
