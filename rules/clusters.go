package rules

import "strings"

// NamesSecrets reports whether a package belongs to the API of a system that
// keeps secrets as objects with names: in code that imports it, a secret is
// most often such an object, and its name may be told.
func NamesSecrets(importPath string) bool {
	for _, module := range [...]string{"k8s.io/", "sigs.k8s.io/"} {
		if strings.HasPrefix(importPath, module) {
			return true
		}
	}
	return false
}
