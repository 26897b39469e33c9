package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// hides reports whether a function says by its name that it protects what it is
// given, and not that it reads or writes a notation.
func hides(name string) bool {
	return (shape.HasWord(name, "encrypt", "encrypts", "encrypted", "encryption", "obfuscate", "obfuscated", "obscure", "protect", "scramble", "encipher", "cipher", "conceal", "hide", "secure",
		"cifrar", "encriptar", "criptografar", "chiffrer", "crypter", "cryptage", "encrypter", "verschluesseln", "verschlüsseln", "verschluessle", "versleutel", "versleutelen", "kryptera", "krypter", "szyfruj", "cifra", "criptare") ||
		shape.HasWord(name, "crypt", "enc") && shape.HasWord(name, "password", "secret", "pin", "token", "credential", "credentials", "pass", "pwd")) &&
		!shape.HasWord(name, "base64", "b64", "encode", "encoded", "test", "decrypt", "decode", "to", "is")
}

// shown returns what a member gives that stands for the text of what it is a member
// of: password.value of a form, passwordField.getText(). Nil if it gives something
// else, or its owner is no credential.
func shown(n *node, owner *value) *value {
	name := n.name()
	if n.kind == callNode {
		name = n.calleeName()
	}
	switch name {
	case "value", "Value", "text", "Text", "current", "getText", "getPassword", "trim", "Trim", "strip", "toString", "ToString", "to_s", "stringValue", "string", "Password", "expose_secret", "get_secret_value", "clone", "unwrap":
	default:
		return nil
	}
	t := owner.text()
	if len(t) != 1 || t[0].Hole == nil || owner.obj != nil || owner.peek != nil || owner.base64 != "" {
		return nil
	}
	name = t[0].Hole.Name
	switch {
	case isReworked(name):
		return nil
	case !isCredentialName(name) && isCredentialName(owner.variable) && t[0].Hole.Role != partial.Environment:
		return hole(n, owner.variable)
	case !isCredentialName(name) && typedInto(name) != "":
		return hole(n, typedInto(name))
	case !isCredentialName(name) || shape.OfName(name) == shape.Token && !shape.Certain(name): // a parser has tokens too
		return nil
	}
	out := *owner
	out.n = n
	return &out
}

// typedInto returns what people type into a field of a form, by the field's name, if
// it is a password: passwordField, txtPassword, passwordController.
func typedInto(name string) string {
	words := shape.Words(name)
	if len(words) < 2 {
		return ""
	}
	const first, last = "txt et edt tf tb input", "field input box textbox controller edit ref entry element control"
	switch {
	case slices.Contains(strings.Fields(last), words[len(words)-1]):
		words = words[:len(words)-1]
	case slices.Contains(strings.Fields(first), words[0]):
		words = words[1:]
	default:
		return ""
	}
	if name = strings.Join(words, "_"); isPassword(name) {
		return name
	}
	return ""
}
