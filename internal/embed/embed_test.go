package embed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
)

// TestLocate follows places through a text that stands indented in a list of a
// file, and through another one in that.
func TestLocate(t *testing.T) {
	file := embed.File("docs/a.md", []byte("- item\n\n  one \\\"two\\\"\n  three\n"))
	var b embed.Builder
	b.Copy(file.Data, 10, 14)
	b.Put(`"`, 14, 16)
	b.Copy(file.Data, 16, 19)
	b.Put(`"`, 19, 21)
	b.Copy(file.Data, 21, 22)
	b.Copy(file.Data, 24, 29)
	script := file.Inside(embed.Shell, &b)
	if got, want := string(script.Data), "one \"two\"\nthree"; got != want {
		t.Fatalf("text %q, want %q", got, want)
	}
	inner := script.Part(embed.SQL, 5, 8)
	for _, tt := range []struct {
		text       *embed.Text
		start, end int
		want       string
	}{
		{script, 0, 3, "3:3-3:6"},
		{script, 4, 9, "3:7-3:14"},
		{script, 5, 8, "3:9-3:12"},
		{script, 10, 15, "4:3-4:8"},
		{script, 10, 10, "4:3-4:3"},
		{script, 99, 120, "4:8-4:8"},
		{inner, 0, 3, "3:9-3:12"},
		{inner, 1, 2, "3:10-3:11"},
	} {
		at := tt.text.Locate(tt.start, tt.end)
		if got := fmt.Sprintf("%d:%d-%d:%d", at.Line, at.Column, at.EndLine, at.EndColumn); got != tt.want {
			t.Errorf("%q[%d:%d] is at %s, want %s", tt.text.Data, tt.start, tt.end, got, tt.want)
		}
	}
	if !script.Document || script.Test {
		t.Error("a file below docs is documentation, and so is what stands in it")
	}
}

func TestOfTag(t *testing.T) {
	for info, want := range map[string]embed.Kind{
		"bash": embed.Shell, "sh title=run": embed.Shell, "language-shell": embed.Shell, "{.bash .numberLines}": embed.Shell,
		"Dockerfile": embed.Dockerfile, "yml": embed.YAML, "": embed.None, "java": "java", "shell-session": embed.Console,
		"{bash}": embed.Shell, "ps1": embed.PowerShell, "http": embed.HTTP,
	} {
		if got := embed.OfTag(info); got != want {
			t.Errorf("OfTag(%q) = %q, want %q", info, got, want)
		}
	}
}

// TestJoin follows places through texts that are joined to one.
func TestJoin(t *testing.T) {
	file := embed.File("a.yml", []byte("- curl -k\n- it's\n- end\n"))
	list := []*embed.Text{file.Part(embed.Shell, 2, 9), file.Part(embed.Shell, 12, 16), file.Part(embed.Shell, 19, 22)}
	lines, words := embed.Lines(list), embed.Words(list)
	for _, tt := range []struct {
		text *embed.Text
		data string
		part string
		want string
	}{
		{lines, "curl -k\nit's\nend\n", "-k", "1:8-1:10"},
		{lines, "curl -k\nit's\nend\n", "end", "3:3-3:6"},
		{lines, "curl -k\nit's\nend\n", "-k\nit", "1:8-2:5"},
		{words, `'curl -k' 'it'\''s' 'end' `, "-k", "1:8-1:10"},
		{words, `'curl -k' 'it'\''s' 'end' `, "s", "2:6-2:7"},
		{words, `'curl -k' 'it'\''s' 'end' `, `it'\''s`, "2:3-2:7"},
	} {
		if got := string(tt.text.Data); got != tt.data {
			t.Fatalf("text %q, want %q", got, tt.data)
		}
		start := strings.Index(tt.data, tt.part)
		at := tt.text.Locate(start, start+len(tt.part))
		if got := fmt.Sprintf("%d:%d-%d:%d", at.Line, at.Column, at.EndLine, at.EndColumn); got != tt.want {
			t.Errorf("%q of %q is at %s, want %s", tt.part, tt.data, got, tt.want)
		}
	}
	if embed.Lines(nil) != nil {
		t.Error("no texts make no text")
	}
}
