package shape

import (
	"slices"
	"strings"
)

// IsAccessToken reports whether a name in a message is that of an access token.
func IsAccessToken(name string) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "accesstoken", "bearertoken", "authtoken":
		return true
	}
	return false
}

// IsExpiry reports whether a name is that of a time of expiry, or of the time
// that is left.
func IsExpiry(name string) bool {
	return slices.ContainsFunc(Words(name), func(w string) bool {
		return strings.HasPrefix(w, "expir") || w == "exp" || w == "ttl" || w == "deadline" || w == "lifetime" || w == "renew" || w == "until"
	})
}
