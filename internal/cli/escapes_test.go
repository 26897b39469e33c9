package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// evil is text that a terminal acts on: a title, colours, the way back to the
// line's start, a change of direction, half a character.
const evil = "\x1b]0;title\x07\x1b[31m\r\u202e\u009b2J\x7f\xff"

// raw returns the first character of a text that a terminal would act on.
func raw(text string) (string, bool) {
	for i, r := range text {
		switch {
		case r == '\n' || r == '\t':
		case r == utf8.RuneError && strings.HasPrefix(text[i:], "\xff"), unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("%q at %d, in %q", r, i, text[max(i-40, 0):min(i+20, len(text))]), true
		}
	}
	return "", false
}

// TestNothingReachesTheTerminalRaw has names, keys, secrets, comments, settings
// and arguments full of escape sequences, and every format report on them.
func TestNothingReachesTheTerminalRaw(t *testing.T) {
	if _, bad := raw(evil); !bad {
		t.Fatal("the text is harmless, so that it proves nothing")
	}
	dir := t.TempDir()
	name := strings.ReplaceAll(evil, "/", "")
	files := map[string]string{
		name + ".env":                       "DB_PASSWORD=Winter-Lake-22\n",
		name + "/app.yaml":                  "? \"" + `\e[31mkey\x07` + "\"\n: {password: \"Winter-" + evil + "Lake-23\"}\n",
		"line\nbreak.sh":                    "curl -u 'sh" + evil + "op:Winter-Lake-25' http://api" + evil + ".shop.example/v1\n",
		"ignored.env":                       "DB_PASSWORD=Winter-Lake-24 # authlint:ignore hardcoded-credential -- " + evil + "\n# authlint:ignore no-" + evil + "such -- reason\n",
		"main.go":                           "package main\n\nvar smtpPassword = \"Winter-Lake-" + `\x1b[31m` + "26\"\n\nfunc main() { println(smtpPassword) }\n",
		"broken.go":                         "package " + evil + "\n",
		"broken.json":                       "{\"password\": \"x\", " + evil,
		"go.mod":                            "module example.com/shop\n\n" + evil + "\n",
		"fetch.md":                          "```sh\ncurl -u shop:Winter-Lake-27 'http://api.shop.example/?" + evil + "'\n```\n",
		"sub/" + name + "/x.py":             "password = \"Winter-" + evil + "Lake-28\"\n",
		"sub/.authlint.toml":                "persona = \"" + `\u001b[31m` + "\"\n",
		"sub/.authlint-baseline.sarif":      "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"" + `\u001b[31m` + "\"}}}]}",
		"gitleaks/.gitleaks.toml":           "[[rules]]\nid = \"" + `\u001b[31m` + "\"\nregex = \"(\"\n",
		"baseline/.authlint-baseline.sarif": evil,
	}
	for file, text := range files {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Skip(err) // not every file system takes such names
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Skip(err)
		}
	}
	git := exec.Command("git", "init", "-q", "-b", "main", dir)
	if out, err := git.CombinedOutput(); err != nil {
		t.Skipf("git: %v: %s", err, out)
	}
	calls := [][]string{
		{dir, "--new-from-rev", evil}, {dir, "--staged", evil}, {dir, "--" + evil}, {dir, "--format", evil}, {dir, "--rules", evil}, {evil},
		{dir, "--persona", evil}, {dir, "--config", evil}, {dir, "--baseline", evil}, {dir, "--format", "sarif:" + evil + "/x"}, {"explain", evil}, {"rules", evil},
		{filepath.Join(dir, "sub")}, {filepath.Join(dir, "gitleaks")}, {filepath.Join(dir, "baseline")}, {"baseline", dir, "-o", filepath.Join(dir, "x"+evil)},
		{"secrets", dir}, {"secrets", evil}, {"vet", "--config", evil},
	}
	for _, format := range formatNames() {
		calls = append(calls, []string{dir, "--persona", "auditor", "--show-suppressed", "--format", format})
	}
	for _, args := range calls {
		var out, errs bytes.Buffer
		c := Command{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Env: append(os.Environ(), "NO_COLOR=1"), Args: args}
		code := c.Run(context.Background())
		if out.Len()+errs.Len() == 0 {
			t.Errorf("%.60q: nothing was printed, with exit code %d", args, code)
		}
		for what, text := range map[string]string{"output": out.String(), "error output": errs.String()} {
			if found, bad := raw(text); bad {
				t.Errorf("%.80q: %s has %s", args, what, found)
			}
		}
	}
}
