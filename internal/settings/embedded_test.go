package settings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/rules"
)

// TestTexts shows which values are handed on, as what, and where their bytes
// stand: the part of each text that begins with "curl" is located.
func TestTexts(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{
			"step", ".github/workflows/a.yml",
			"jobs:\n  a:\n    steps:\n      - name: x\n        run: |\n          set -e\n          curl -k https://a.example/\n",
			"shell 7:11 jobs.a.steps.0.run",
		},
		{"step in another shell", "ci.yml", "steps:\n  - run: \"\\tcurl https://a.example/\"\n    shell: pwsh\n", "powershell 2:13 steps.0.run"},
		{"list of lines", ".gitlab-ci.yml", "a:\n  script:\n    - export A=https://a.example/\n    - curl $A\n", "shell 4:7 a.script"},
		{"command with arguments", "pod.yaml", "command: [\"curl\", \"-k\"]\nargs:\n  - https://a.example/\n", "shell 1:12 command"},
		{"list in a list", "cloud.yml", "runcmd:\n  - [ls]\n  - [curl, 'https://a.example/']\n", "shell 3:6 runcmd"},
		{"scripts of a package", "package.json", `{"scripts": {"get": "echo \"a\"; curl https://a.example/"}}`, "shell 1:34 scripts.get"},
		{"scripts of something else", "a.json", `{"scripts": {"get": "curl https://a.example/"}}`, ""},
		{"file in a ConfigMap", "map.yaml", "data:\n  run.sh: |\n    a=1\n    curl https://a.example/\n", ` 4:5 data."run.sh"`},
		{"here-document", "main.tf", "resource \"a\" \"b\" {\n  user_data = <<-END\n    a\n      curl https://a.example/\n  END\n}\n", "shell 4:7 resource.a.b.user_data"},
		{"content of a file", "init.yml", "write_files:\n  - content: |\n      curl https://a.example/\n    path: /opt/a.sh\n", " 3:7 write_files.0.content"},
		{"argument of another thing", "a.yaml", "argument: curl https://a.example/\n", ""},
	}
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, text := range settings.ObserveText(embed.File(tt.file, []byte(tt.text)), cat).Texts {
				start := strings.Index(string(text.Data), "curl")
				at := text.Locate(start, start+4)
				got = append(got, fmt.Sprintf("%s %d:%d %s", text.Kind, at.Line, at.Column, text.Symbol))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("texts (-want +got):\n%s", diff)
			}
		})
	}
}
