package settings

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// cloudConfig is what the first line of a configuration for cloud-init is.
const cloudConfig = "#cloud-config"

// isCloudConfig reports whether a text is a configuration for cloud-init, which is
// YAML whatever its file is called.
func isCloudConfig(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 200)], " \t\r\n"), []byte(cloudConfig))
}

// accountLines turns the lines of user:password that cloud-init gives to chpasswd
// into settings, one for each user.
func accountLines(doc *Setting) {
	accounts := doc.Child("chpasswd")
	if accounts == nil || accounts.Kind != Mapping {
		return
	}
	list := accounts.Child("list")
	if list == nil {
		return
	}
	lines := list.Items
	if list.Kind == Scalar {
		lines = []*Setting{list}
	}
	var made []*Setting
	for _, s := range lines {
		if s.Kind == Scalar {
			made = append(made, accountsIn(s)...)
		}
	}
	list.Kind, list.Items, list.Text = Mapping, nil, ""
	for _, s := range made {
		list.add(s)
	}
}

// accountsIn returns the users of a text and their passwords.
func accountsIn(s *Setting) []*Setting {
	var out []*Setting
	at := 0
	for line := range strings.SplitSeq(s.Text, "\n") {
		from := at
		at += len(line) + 1
		line = strings.TrimRight(line, " \t\r")
		user, password, ok := strings.Cut(line, ":")
		if !ok || user == "" || password == "R" || password == "RANDOM" {
			continue // made up at the first start
		}
		cut := from + len(user) + 1
		out = append(out, &Setting{
			Name: user, key: s.val.slice(from, from+len(user)), Text: password, val: s.val.slice(cut, cut+len(password)), Quoted: true, holds: shape.Password,
		})
	}
	return out
}
