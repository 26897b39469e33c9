package secretfile

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// loginsOf returns the kind of a file in which a tool looks for nothing but its
// logins, by its name.
func loginsOf(name, base string) (kind, bool) {
	switch base {
	case "sasl_passwd", "sasl-passwd", "relay_passwd", "smtp_passwd":
		return kind{"file of logins to mail servers", relays}, true
	case "keystore.properties", "key.properties", "signing.properties":
		return kind{"file with the passwords of a key store", variables}, true
	case ".netrc", "_netrc":
		return kind{"file of logins", machines}, true
	case ".pgpass", "pgpass.conf":
		return kind{"file of logins to databases", databases}, true
	case ".git-credentials":
		return kind{"file of logins to git hosts", urls}, true
	case "credentials":
		if strings.HasSuffix(name, ".aws/credentials") {
			return kind{"file with the keys of a cloud account", variables}, true
		}
	}
	if strings.HasPrefix(base, "authkey_") && path.Ext(base) == ".p8" {
		return kind{"private key", privateKey}, true
	}
	return kind{}, false
}

// anyLine reports whether a line that is no comment holds a login.
func anyLine(data []byte, holds func(words []string) bool) (start, end int, ok bool) {
	if len(data) > maxVariables {
		return 0, 0, false
	}
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") && holds(words) {
			return 0, 0, true
		}
	}
	return 0, 0, false
}

// isSet reports whether a word is a password that somebody set.
func isSet(word string) bool { return shape.Credible(shape.Of(word), shape.Password, true) }

// relays looks for a host with user:password behind it.
func relays(data []byte) (start, end int, ok bool) {
	return anyLine(data, func(words []string) bool {
		if len(words) != 2 {
			return false
		}
		_, password, pair := strings.Cut(words[1], ":")
		return pair && isSet(password)
	})
}

// machines looks for the word behind "password".
func machines(data []byte) (start, end int, ok bool) {
	before := ""
	return anyLine(data, func(words []string) bool {
		for _, word := range words {
			if before == "password" && isSet(word) {
				return true
			}
			before = word
		}
		return false
	})
}

// databases looks for host:port:database:user:password.
func databases(data []byte) (start, end int, ok bool) {
	return anyLine(data, func(words []string) bool {
		parts := strings.SplitN(words[0], ":", 5)
		return len(parts) == 5 && isSet(parts[4])
	})
}

// urls looks for a URL with a login.
func urls(data []byte) (start, end int, ok bool) {
	return anyLine(data, func(words []string) bool {
		v := shape.Of(words[0])
		return v.Form == shape.UserInfoURL && v.Inner != shape.Placeholder && v.Inner != shape.Reference
	})
}

// storeKey looks for the private key of an account of Apple's stores, which tools
// take in JSON with its id and its issuer.
func storeKey(data []byte) (start, end int, ok bool) {
	var account struct {
		ID     string `json:"key_id"`
		Issuer string `json:"issuer_id"`
		Key    string `json:"key"`
	}
	if json.Unmarshal(data, &account) != nil || account.ID == "" || account.Issuer == "" || !strings.Contains(account.Key, "PRIVATE KEY-----") {
		return 0, 0, false
	}
	if n := bytes.Index(data, []byte("-----BEGIN")); n >= 0 {
		return n, n + len("-----BEGIN"), true
	}
	return 0, 0, true
}
