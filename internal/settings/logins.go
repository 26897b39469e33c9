package settings

import (
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// loginFormat returns the format of a file that holds logins, or sections of
// keys, by its name; nil if it is none of these.
func loginFormat(name string) *format {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	base := path.Base(name)
	folder := path.Base(path.Dir(name))
	switch {
	case isOneOf(base, ".netrc", "_netrc", "netrc"), strings.HasSuffix(base, ".netrc"):
		return &format{"netrc", readNetrc}
	case isOneOf(base, ".pgpass", "pgpass", "pgpass.conf"), strings.HasSuffix(base, ".pgpass"):
		return &format{"pgpass", readPgpass}
	case isOneOf(base, ".htpasswd", "htpasswd", ".htdigest", "htdigest"), strings.HasSuffix(base, ".htpasswd"):
		return &format{"htpasswd", readHtpasswd}
	case isOneOf(base, ".npmrc", "npmrc"):
		return &format{"npmrc", readNPM}
	case isOneOf(base, ".dockercfg", ".dockerconfigjson", "dockerconfigjson"):
		return &format{"JSON", readJSON}
	case isOneOf(base, "kubeconfig", ".kubeconfig"), strings.HasSuffix(base, ".kubeconfig"), folder == ".kube" && base == "config":
		return &format{"YAML", readYAML}
	case folder == ".aws" && isOneOf(base, "credentials", "config"), isINI(base), isInventory(name, base):
		return &format{"INI", readINI}
	case isUnit(base):
		return &format{"systemd unit", readUnit}
	}
	return nil
}

// isOneOf reports whether text is one of the list.
func isOneOf(text string, list ...string) bool { return slices.Contains(list, text) }

// isINI reports whether a file has sections of keys, by its base name.
func isINI(base string) bool {
	switch path.Ext(base) {
	case ".ini", ".cfg", ".cnf", ".nmconnection", ".smbcredentials", ".inventory":
		return !strings.HasPrefix(base, "haproxy")
	}
	return isOneOf(base, ".pypirc", ".my.cnf", ".mylogin.cnf", ".s3cfg", ".boto", ".smbcredentials", ".cifs", ".gitconfig", ".hgrc", ".wgetrc", "rclone.conf")
}

// isUnit reports whether a file is a unit of systemd, by its base name.
func isUnit(base string) bool {
	switch path.Ext(base) {
	case ".service", ".socket", ".timer", ".mount", ".container", ".pod", ".kube":
		return true
	}
	return false
}

// Keys of clients of registries and clusters that mean something by themselves.
const (
	registriesKey = "auths"
	identityToken = "identitytoken"
	registryToken = "registrytoken"
	clientKeyData = "client-key-data"
)

// markNPM marks the credentials of an .npmrc.
func markNPM(s *Setting) {
	if s.Kind != Scalar {
		return
	}
	switch s.Name {
	case "_authToken":
		s.holds = shape.Token
	case "_auth":
		s.holds = shape.Header
	case "_password":
		s.holds, s.coded = shape.Password, true
	}
}

// markLogins marks the credentials of documents whose own rules say what holds
// them: the users of a kubeconfig, the logins of container clients.
func (o *observer) markLogins(doc *Setting) {
	if users := doc.Child("users"); users != nil && o.kube && doc.Child("kind").Text == "Config" {
		for _, entry := range users.Items {
			if user := entry.Child("user"); user != nil {
				markKubeUser(user)
			}
		}
	}
	if path.Base(o.path) == ".dockercfg" {
		markRegistries(doc)
		return
	}
	doc.All(func(s *Setting) {
		switch {
		case s.Name == registriesKey && s.Kind == Mapping:
			markRegistries(s)
		case s.Name == "credentials" && s.Kind == List:
			markTyped(s)
		}
	})
}

// markTyped marks the credentials of a user that say themselves what they are, as
// in the realms of Keycloak.
func markTyped(list *Setting) {
	for _, item := range list.Items {
		kind, value := item.Child("type"), item.Child("value")
		if kind != nil && value != nil && value.Kind == Scalar && kind.Text == "password" {
			value.holds = shape.Password
		}
	}
}

// markRegistries marks the logins for the registries of a container client.
func markRegistries(logins *Setting) {
	for _, registry := range logins.Items {
		for _, item := range registry.Items {
			switch item.Name {
			case "auth":
				item.holds = shape.Header
			case "password":
				item.holds = shape.Password
			case identityToken, registryToken:
				item.holds = shape.Token
			}
		}
	}
}

// iniCredentials are what the keys of sections hold in files that are made for
// logins; a kind of none is a name that only looks like a credential's.
func iniCredentials(base string) map[string]shape.Kind {
	switch base {
	case ".pypirc", ".my.cnf":
		return map[string]shape.Kind{"password": shape.Password}
	case ".s3cfg":
		return map[string]shape.Kind{
			"secret_key": shape.Secret, "access_token": shape.Token, "gpg_passphrase": shape.Password, "access_key": shape.None,
		}
	case "credentials", "config": // of AWS
		return map[string]shape.Kind{
			"aws_secret_access_key": shape.Secret, "aws_session_token": shape.Token, "aws_access_key_id": shape.None,
		}
	case "rclone.conf":
		return map[string]shape.Kind{"pass": shape.Password, "access_key_id": shape.None}
	}
	return nil
}

// markINI marks the credentials of sections.
func (o *observer) markINI(doc *Setting) {
	known := iniCredentials(strings.ToLower(path.Base(o.path)))
	if known == nil {
		return
	}
	doc.All(func(s *Setting) {
		if s.Name == "repository" {
			s.named = []string{"url"} // that the login goes to
		}
		kind, ok := known[strings.ToLower(s.Name)]
		if s.Kind != Scalar || !ok {
			return
		}
		s.holds, s.clear = kind, kind == shape.None
	})
}

// markKubeUser marks the credentials of one user of a kubeconfig.
func markKubeUser(user *Setting) {
	for _, item := range user.Items {
		switch {
		case item.Kind != Scalar:
		case item.Name == "token":
			item.holds = shape.Token
		case item.Name == "password":
			item.holds = shape.Password
		case item.Name == clientKeyData:
			item.holds, item.coded = shape.PrivateKey, true
		}
	}
}

// stored observes what the password of a user is checked with, if that is a
// digest that is no protection.
func (o *observer) stored(s *Setting) bool {
	algorithm, salted := digestOf(s.Text)
	if algorithm == "" {
		return false
	}
	o.out = append(o.out, &practice.Storage{
		Source: o.source(s), Form: practice.StoredDigest, Medium: practice.ToVerifyWith, Algorithm: algorithm, Salted: salted,
		Name: "password", Use: "the password file",
	})
	return true
}

// digestOf returns the hash function of an entry of a password file and whether
// it is salted, "" if it is slow enough, or no hash.
func digestOf(text string) (algorithm string, salted bool) {
	const crypt = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	_, digest, realm := strings.Cut(text, ":")
	switch {
	case strings.HasPrefix(text, "{SHA}"):
		return "SHA-1", false
	case strings.HasPrefix(text, "{SSHA}"):
		return "SHA-1", true
	case strings.HasPrefix(text, "{MD5}"):
		return "MD5", false
	case realm && len(digest) == 32 && strings.Trim(digest, "0123456789abcdef") == "":
		return "MD5", true // of user, realm and password
	case len(text) == 13 && strings.Trim(text, crypt) == "" && shape.Of(text).Form == shape.Opaque:
		return "DES", true
	}
	return "", false
}
