package rules_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/authlint/authlint/rules"
)

// settingsFile is a table that has no more than it must have.
const settingsFile = `[roles]
user = ["user"]
host = ["host"]
url = ["base url"]
port = ["port"]
scheme = ["scheme"]
method = ["method"]
secure = ["tls"]
`

func TestSettings(t *testing.T) {
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	if !table.Roles["url"]["baseurl"] || len(table.Versions["minversion"]) == 0 || len(table.Pairs) == 0 {
		t.Errorf("the built-in table lacks keys it is made for")
	}
	for phrase, list := range table.Switches {
		for _, key := range list {
			if len(key.Bad) == 0 {
				t.Errorf("switch %q has no bad value", phrase)
			}
		}
	}
}

func TestSettingsFaults(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "[[switch]]\naspect = 'peer'\nbda = ['true']\n", `settings/x.toml:12: unknown key "switch.bda"`},
		{"unknown role", "[containers]\nnames = ['a']\n[[pair]]\nname = 'a'\n", "settings/x.toml:13: a pair needs a name and a value"},
		{"case", "[containers]\nnames = ['Basic Auth']\n", `settings/x.toml:11: "Basic Auth" is not lower-case words`},
		{"separator", "[containers]\nnames = ['basic_auth']\n", `settings/x.toml:11: "basic_auth" is not lower-case words`},
		{"twice", "[containers]\nnames = [\n 'basic auth',\n 'basicauth']\n", `settings/x.toml:13: "basicauth" is there twice`},
		{"aspect", "[[version]]\naspect = 'mini'\nkeys = ['x']\n", "settings/x.toml:11: aspect must be one of min, max, list"},
		{"kind", "[[number]]\nkind = 'length'\nkeys = ['x']\n", "settings/x.toml:11: kind must be one of min-length, max-attempts"},
		{"no keys", "[[switch]]\naspect = 'peer'\nbad = ['true']\nkeys = []\n", "settings/x.toml:13: no keys"},
		{"no bad value", "[[switch]]\naspect = 'peer'\nbad = []\nkeys = ['x']\n", "settings/x.toml:12: no bad values"},
		{"pattern", "[files]\nnames = ['[']\n", `settings/x.toml:11: "[" is not a pattern in lower case`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := settingsFile + "\n" + tt.text
			_, err := rules.LoadSettings(fstest.MapFS{"settings/x.toml": {Data: []byte(text)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestSettingsRoles(t *testing.T) {
	text := strings.Replace(settingsFile, "secure =", "secrue =", 1)
	_, err := rules.LoadSettings(fstest.MapFS{"settings/x.toml": {Data: []byte(text)}})
	if err == nil || !strings.Contains(err.Error(), `settings/x.toml:8: unknown role "secrue"`) || !strings.Contains(err.Error(), `role "secure" has no key`) {
		t.Errorf("error %v, want the unknown and the missing role", err)
	}
}
