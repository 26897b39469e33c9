package survey_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/survey"
	"github.com/authlint/authlint/rules"
)

func TestLook(t *testing.T) {
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                     "module example.com/m\n",
		"tools/go.mod":               "module example.com/m/tools\n",
		"send.py":                    "requests.post('https://K3X9QZ.API.infobip.com/sms/3/messages')\nother = 'https://api.infobip.com/x'\n",
		"s3.go":                      "package m\n\nconst url = \"https://bucket.s3.eu-west-1.amazonaws.com\"\n",
		"lookalike.go":               "package m\n\nconst url = \"https://nottwilio.com\"\n",
		"README.md":                  "See https://www.twilio.com/docs\n",
		"send_test.go":               "package m\n\nconst url = \"https://api.vonage.com\"\n",
		"third_party/lib/a.go":       "package lib\n\nconst url = \"https://api.plivo.com\"\n",
		"web/3rdparty/b.js":          "x\n",
		"a.go":                       "package m\n\nvar a = 1 // #nosec G402\n",
		"a.yaml":                     "a: b # pragma: allowlist secret\n",
		"binary":                     "\x00https://api.plivo.com",
		".gitleaks.toml":             "",
		".golangci.yaml":             "",
		".pre-commit-config.yaml":    "",
		".github/workflows/test.yml": "on: push\n",
		"Jenkinsfile":                "",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := survey.Look(context.Background(), root, catalogue)
	var providers []string
	for _, p := range s.Providers {
		providers = append(providers, p.Provider+" "+strings.ToLower(p.Where)+" "+p.File)
	}
	for _, tt := range []struct{ what, got, want string }{
		{"providers", strings.Join(providers, ", "), "Infobip k3x9qz.api.infobip.com send.py"},
		{"modules", strings.Join(s.Modules, " "), ". tools"},
		{"third party", strings.Join(s.ThirdParty, " "), "/third_party/ /web/3rdparty/"},
		{"CI", strings.Join(s.CI, " "), "github jenkins"},
		{"files", s.Gitleaks + " " + s.Golangci + " " + s.PreCommit, ".gitleaks.toml .golangci.yaml .pre-commit-config.yaml"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.what, tt.got, tt.want)
		}
	}
	if s.Comments["gosec"] != 1 || s.Comments["detect-secrets"] != 1 || len(s.Comments) != 2 {
		t.Errorf("comments %v", s.Comments)
	}
}
