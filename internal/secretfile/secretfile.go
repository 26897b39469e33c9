// Package secretfile observes files that are made to hold credentials and nothing
// else, and lie where git takes them: files of variables for the environment, key
// stores, password safes, state of Terraform, keys and passwords of tools. It
// reads no more of a file than it takes to know that there is a secret in it.
//
// What stands in such a file is told of by other front ends, as far as it can be
// read. Limits: a file of variables over 1 MiB and state over 10 MiB are left out.
package secretfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// The sizes in bytes up to which files are read.
const (
	maxVariables = 1 << 20
	maxState     = 10 << 20
)

// kind is a kind of file.
type kind struct {
	what string // in words
	// holds returns where the secret stands that a file has, and whether there is
	// one; the place is empty for the file as a whole.
	holds func(data []byte) (start, end int, ok bool)
}

// Reads reports whether a text is a file that holds secrets by its name or its
// first bytes.
func Reads(t *embed.Text) bool {
	_, ok := kindOf(t)
	return ok
}

// Observe returns the file if there is a secret in it.
func Observe(t *embed.Text, _ *rules.Catalogue) embed.Result {
	k, ok := kindOf(t)
	if !ok || isEncrypted(t.Data) {
		return embed.Result{}
	}
	start, end, ok := k.holds(t.Data)
	if !ok {
		return embed.Result{}
	}
	state := walk.NoRepository
	if t.State != nil {
		state = t.State()
	}
	o := &practice.SecretFile{Source: t.Source(start, end), What: k.what, State: state}
	o.Key = k.what
	if end > start {
		o.Redact = []finding.Location{o.At}
	}
	return embed.Result{Observations: []practice.Observation{o}}
}

// kindOf returns the kind of a file.
func kindOf(t *embed.Text) (kind, bool) {
	if t.IsPart() || t.Kind != embed.None || len(t.Data) == 0 {
		return kind{}, false
	}
	name := strings.ToLower(strings.ReplaceAll(t.Name, `\`, "/"))
	base := path.Base(name)
	switch ext := path.Ext(base); {
	case isVariables(base):
		return kind{"file of variables with credentials", variables}, true
	case isKey(base):
		return kind{"private key", privateKey}, true
	case ext == ".jks" || ext == ".keystore" || ext == ".jceks":
		return kind{"key store with a private key", javaStore}, true
	case ext == ".p12" || ext == ".pfx" || ext == ".pkcs12":
		return kind{"key store with a private key", pkcs12}, true
	case ext == ".kdbx" || ext == ".kdb":
		return kind{"password safe", safe}, true
	case ext == ".tfstate" || strings.HasSuffix(base, ".tfstate.backup"):
		return kind{"Terraform state with credentials", state}, true
	case ext == ".json" && bytes.Contains(t.Data[:min(len(t.Data), 2000)], []byte("service_account")):
		return kind{"key of a service account", serviceAccount}, true
	case ext == ".json" && len(t.Data) < 1<<13 && bytes.Contains(t.Data, []byte("issuer_id")) && bytes.Contains(t.Data, []byte("key_id")):
		return kind{"key of an account of Apple's stores", storeKey}, true
	case isPassword(name, base):
		return kind{"file with the password of a tool", password}, true
	}
	return loginsOf(name, base)
}

// isVariables reports whether a name is that of variables for the environment as
// they are on a machine, and not of a sample of them.
func isVariables(base string) bool {
	if base != ".env" && base != ".envrc" && !strings.HasPrefix(base, ".env.") && !strings.HasSuffix(base, ".env") {
		return false
	}
	return !slices.ContainsFunc(strings.FieldsFunc(base, func(r rune) bool { return r == '.' || r == '-' || r == '_' }), isSampleWord)
}

// isSampleWord reports whether a word in a name says that a file shows how another
// one is to look.
func isSampleWord(word string) bool {
	switch word {
	case "example", "examples", "sample", "samples", "template", "tmpl", "tpl", "dist", "default", "defaults", "schema", "test", "testing", "ci", "vault", "enc", "encrypted", "keys":
		return true
	}
	return false
}

// isKey reports whether a name is that of a key which a person logs in with.
func isKey(base string) bool {
	switch base {
	case "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519":
		return true
	}
	return path.Ext(base) == ".ppk"
}

// isPassword reports whether a name is that of a file in which a tool looks for
// its password.
func isPassword(name, base string) bool {
	switch base {
	case ".vault_pass", ".vault_password", ".vault-pass", ".vault-password", ".vault_pass.txt", "vault_pass.txt", "vault_password.txt", ".vault_pass_file":
		return true
	case "master.key":
		return strings.HasSuffix(name, "config/master.key")
	}
	return strings.Contains(name, "config/credentials/") && path.Ext(base) == ".key"
}

// isEncrypted reports whether a file is cipher text: of sops, Ansible Vault,
// git-crypt, age, PGP.
func isEncrypted(data []byte) bool {
	for _, begin := range [...]string{"$ANSIBLE_VAULT;", "\x00GITCRYPT\x00", "age-encryption.org/v1", "-----BEGIN AGE ENCRYPTED FILE-----", "-----BEGIN PGP MESSAGE-----"} {
		if bytes.HasPrefix(bytes.TrimLeft(data, " \r\n\t"), []byte(begin)) || bytes.HasPrefix(data, []byte(begin)) {
			return true
		}
	}
	return bytes.Contains(data, []byte("ENC[AES256_GCM,")) || bytes.Contains(data, []byte("sops_mac="))
}

// variables looks for a variable with a credential.
func variables(data []byte) (start, end int, ok bool) {
	if len(data) > maxVariables {
		return 0, 0, false
	}
	for line := range bytes.Lines(data) {
		text := strings.TrimSpace(string(line))
		text = strings.TrimSpace(strings.TrimPrefix(text, "export "))
		name, value, assigns := strings.Cut(text, "=")
		if !assigns || strings.HasPrefix(text, "#") || strings.ContainsAny(name, " \t") {
			continue
		}
		value = strings.TrimSpace(value)
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			value, _, _ = strings.Cut(value[1:], value[:1])
		}
		if isCredential(name, value) {
			return 0, 0, true
		}
	}
	return 0, 0, false
}

// isCredential reports whether a value is a credential by its name and its looks,
// and none that every installation has.
func isCredential(name, value string) bool {
	k := shape.OfName(name)
	if k == shape.None || value == "" || strings.HasPrefix(value, "encrypted:") {
		return false
	}
	v := shape.Of(value)
	return !v.LocalDefault && !v.Run && shape.Credible(v, k, false)
}

// privateKey looks for a private key that is not encrypted.
func privateKey(data []byte) (start, end int, ok bool) {
	text := string(data[:min(len(data), 64<<10)])
	if strings.HasPrefix(text, "PuTTY-User-Key-File-") {
		return 0, 0, strings.Contains(text, "Encryption: none")
	}
	if shape.Of(strings.TrimSpace(text)).Inner != shape.PrivatePEM {
		return 0, 0, false
	}
	return 0, len(strings.TrimRight(text, " \r\n\t")), true
}

// javaStore looks for a private key or a secret key in a store of Java. Stores of
// certificates alone are no secret.
func javaStore(data []byte) (start, end int, ok bool) {
	const header = 12 // magic, version, number of entries
	switch {
	case len(data) < header+4:
		return 0, 0, false
	case !bytes.HasPrefix(data, []byte{0xfe, 0xed, 0xfe, 0xed}) && !bytes.HasPrefix(data, []byte{0xce, 0xce, 0xce, 0xce}):
		return pkcs12(data) // what newer tools write
	}
	tag := data[header+3]
	return 0, 0, tag == 1 || tag == 3
}

// pkcs12 looks for the mark of a private key, which such a store has in clear.
func pkcs12(data []byte) (start, end int, ok bool) {
	bag := []byte{0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01}
	for rest := data; len(data) > 0 && data[0] == 0x30; {
		_, after, found := bytes.Cut(rest, bag)
		if !found || len(after) == 0 {
			return 0, 0, false
		}
		if after[0] == 1 || after[0] == 2 { // a key, or an encrypted one
			return 0, 0, true
		}
		rest = after
	}
	return 0, 0, false
}

// safe reports whether a file is a safe of KeePass.
func safe(data []byte) (start, end int, ok bool) {
	return 0, 0, len(data) > 8 && bytes.HasPrefix(data, []byte{0x03, 0xd9, 0xa2, 0x9a}) && data[7] == 0xb5
}

// state looks for an attribute with a credential in the state of Terraform.
func state(data []byte) (start, end int, ok bool) {
	if len(data) > maxState || !bytes.Contains(data[:min(len(data), 4000)], []byte("terraform_version")) {
		return 0, 0, false
	}
	name, isKey := "", false
	var open []bool // whether each value that is open has keys
	for decoder := json.NewDecoder(bytes.NewReader(data)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) || err != nil {
			return 0, 0, false
		}
		inObject := len(open) > 0 && open[len(open)-1]
		switch value := token.(type) {
		case json.Delim:
			if value == '{' || value == '[' {
				open = append(open, value == '{')
				isKey = value == '{'
			} else if len(open) > 0 {
				open = open[:len(open)-1]
				isKey = len(open) > 0 && open[len(open)-1]
			}
			continue
		case string:
			if inObject && isKey {
				name, isKey = value, false
				continue
			}
			if inObject && isCredential(name, value) {
				return 0, 0, true
			}
		}
		isKey = inObject
	}
}

// serviceAccount looks for the private key of a service account of Google.
func serviceAccount(data []byte) (start, end int, ok bool) {
	var account struct {
		Type string `json:"type"`
		Key  string `json:"private_key"`
	}
	if json.Unmarshal(data, &account) != nil || account.Type != "service_account" || shape.Of(account.Key).Inner != shape.PrivatePEM {
		return 0, 0, false
	}
	start = bytes.Index(data, []byte("-----BEGIN"))
	if end = bytes.LastIndex(data, []byte("-----END")); start < 0 || end < start {
		return 0, 0, true
	}
	if n := bytes.IndexByte(data[end:], '"'); n > 0 {
		end += n
	}
	return start, end, true
}

// password looks for a password that stands alone.
func password(data []byte) (start, end int, ok bool) {
	const longest = 400
	text := strings.TrimSpace(string(data[:min(len(data), longest+1)]))
	if len(text) > longest || strings.ContainsAny(text, "\n") || strings.HasPrefix(text, "#!") || !shape.Credible(shape.Of(text), shape.Password, true) {
		return 0, 0, false
	}
	start = bytes.Index(data, []byte(text))
	return start, start + len(text), true
}
