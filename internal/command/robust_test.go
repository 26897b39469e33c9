package command_test

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest/cost"
	"github.com/authlint/authlint/internal/command"
	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// TestHostileInput: malformed, truncated, deep and enormous texts cost a notice
// at most, and little time.
func TestHostileInput(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	const many = 100_000
	line := "curl -k https://a.example/ "
	tests := map[string]struct{ name, text string }{
		"open quote":           {"a.sh", line + "'"},
		"open here-document":   {"a.sh", "cat <<END\n" + line},
		"open bracket":         {"a.sh", line + "$("},
		"deep substitutions":   {"a.sh", line + strings.Repeat("$(", many)},
		"deep groups":          {"a.sh", strings.Repeat("{ ", many) + line},
		"deep conditions":      {"a.sh", strings.Repeat("if ", many) + line},
		"deep functions":       {"a.sh", strings.Repeat("a()", many) + line},
		"deep arithmetic":      {"a.sh", line + "$((" + strings.Repeat("-", many)},
		"long pipe":            {"a.sh", strings.Repeat("curl |", many) + line},
		"long list":            {"a.sh", strings.Repeat("curl && ", many/2) + line},
		"many faults":          {"a.sh", strings.Repeat("fi\n", many) + line},
		"recursion":            {"a.sh", "f() { f; f; f; curl; }\nf\n"},
		"doubling":             {"a.sh", "a=curl\n" + strings.Repeat("a=\"$a $a\"\n", 60) + "$a\n"},
		"long word":            {"a.sh", "curl " + strings.Repeat("a", 500_000)},
		"enormous":             {"a.sh", strings.Repeat(line+"\n", 1_000_000)},
		"binary":               {"a.sh", line + "\x00\x01"},
		"alternatives":         {"a.sh", strings.Repeat("if x; then a=\"$a$b\"; b=\"$b$a\"; fi\n", 1000) + "curl \"$a\"\n"},
		"not a container file": {"Dockerfile", "RUN [\"curl\nENV\nRUN <<\nCOPY <<END a\n"},
		"long instruction":     {"Dockerfile", "RUN a \\\n" + strings.Repeat("# c\n\n", many)},
		"not a make file":      {"Makefile", "=\n\t" + line + "$(\n$(((\n:::\n"},
		"deep PowerShell":      {"a.ps1", line + strings.Repeat("(", many)},
		"deep tables":          {"a.ps1", line + strings.Repeat("@{a=", many)},
		"open PowerShell":      {"a.ps1", line + "@'\n"},
		"batch":                {"a.bat", line + "^\n^\n\"" + strings.Repeat("&", many)},
		"session":              {"a.md", "```console\n" + strings.Repeat("$ curl \\\n", many/10) + "```\n"},
		"deep quotes":          {"a.md", strings.Repeat("> ", many) + line},
		"deep lists":           {"a.md", strings.Repeat("- ", many) + line},
		"requests":             {"a.http", "GET http\n: :\n@=\n###\n" + strings.Repeat("GET http://a.example/\n\n###\n", many/10)},
		"options":              {"a.sh", "curl " + strings.Repeat("-H a:b ", many/2)},
	}
	const most = 30
	usual := embed.File("a.sh", []byte(strings.Repeat(line+"\n", many/10)))
	y := cost.Beside(func() { dispatch.Observe(usual, cat) })
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var seen embed.Result
			if times := y.Times(most, func() { seen = dispatch.Observe(embed.File(tt.name, []byte(tt.text)), cat) }); times > most {
				t.Errorf("%d bytes cost %.0f times what an ordinary script does", len(tt.text), times)
			}
			for _, n := range seen.Notices {
				if n.ID == "internal-error" {
					t.Error(n.Message)
				}
			}
		})
	}
}

// FuzzObserve: every reader takes every text, and what it observes stands in it.
func FuzzObserve(f *testing.F) {
	cat, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	kinds := []embed.Kind{
		embed.Shell, embed.Console, embed.PowerShell, embed.Batch, embed.Make, embed.Dockerfile, embed.Cron, embed.HTTP,
	}
	for _, text := range []string{
		"curl -u a:b https://a.example/ \\\n -k\n", "a=b; curl \"$a\" ${c:-d} $(echo -n x | base64)\n", "cat > a.yml <<-END\n\ta: b\n\tEND\n",
		"FROM a\nENV A=b C\nRUN [\"curl\", \"-k\"]\nRUN <<E\nls\nE\n", "A ?= b\na: b ; curl $(A)\n\t@curl $$B\n", "* * * * * curl -k\n@daily a\n",
		"$h = @{ a = 'b' }\nirm -Uri http://a.example/ -Headers $h\n", "set A=b\ncurl %A% ^\n -k\n", "GET http://a.example/?a=b HTTP/1.1\nHost: a\n\n{}\n",
		"$ curl -k \\\n> a\nb\n",
	} {
		for i := range kinds {
			f.Add(text, i)
		}
	}
	f.Fuzz(func(t *testing.T, text string, kind int) {
		file := embed.File("a", []byte(text))
		part := file.Part(kinds[max(0, kind)%len(kinds)], 0, len(text))
		for _, inner := range command.Observe(part, cat).Texts {
			at := inner.Locate(0, len(inner.Data))
			if lines := strings.Count(text, "\n") + 1; at.Line < 1 || at.EndLine > lines {
				t.Errorf("a part from line %d to %d of %d lines", at.Line, at.EndLine, lines)
			}
		}
		dispatch.Observe(part, cat)
	})
}
