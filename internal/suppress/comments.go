package suppress

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// mark begins a comment; end closes it, and is empty if the line's end does.
type mark struct{ begin, end string }

// The comment signs, by family.
const (
	slashes  = "slashes"
	hash     = "hash"
	hyphens  = "hyphens"
	semi     = "semicolon"
	markup   = "markup"
	stars    = "stars"
	percent  = "percent"
	rem      = "rem"
	quote    = "quote"
	bang     = "bang"
	dots     = "dots"
	braces   = "braces"
	parens   = "parens"
	template = "template"
	member   = "member"
)

// marksOf returns the comment signs of a family.
func marksOf(family string) []mark {
	switch family {
	case slashes:
		return []mark{{"//", ""}}
	case hash:
		return []mark{{"#", ""}}
	case hyphens:
		return []mark{{"--[[", "]]"}, {"--", ""}}
	case semi:
		return []mark{{";", ""}}
	case markup:
		return []mark{{"<!--", "-->"}}
	case stars:
		return []mark{{"/*", "*/"}}
	case percent:
		return []mark{{"%", ""}}
	case rem:
		return []mark{{"REM ", ""}, {"rem ", ""}, {"Rem ", ""}, {"::", ""}}
	case quote:
		return []mark{{"'", ""}}
	case bang:
		return []mark{{"!", ""}}
	case dots:
		return []mark{{".. ", ""}}
	case braces:
		return []mark{{"{-", "-}"}}
	case parens:
		return []mark{{"(*", "*)"}}
	case template:
		return []mark{{"{#", "#}"}, {"<%#", "%>"}, {"<%--", "--%>"}, {"{{/*", "*/}}"}, {"<#", "#>"}}
	case member: // of a JSON object, which knows no comments
		return []mark{{`"//": "`, `"`}, {`"//":"`, `"`}, {`"_comment": "`, `"`}, {`"$comment": "`, `"`}}
	}
	return nil
}

// anyFamily are the families tried for files whose name says nothing.
const anyFamily = "hash slashes hyphens semicolon markup stars percent template"

// familiesOf returns the comment families of a file, by its name.
func familiesOf(name string) string {
	base := strings.ToLower(filepath.Base(name))
	for {
		if families := byName(base); families != "" {
			return families
		}
		// app.yaml.tmpl and .env.example are commented like app.yaml and .env.
		ext := filepath.Ext(base)
		if ext == "" || ext == base {
			return anyFamily
		}
		base = strings.TrimSuffix(base, ext)
	}
}

// byName returns the families of a file whose base name is known, or "".
func byName(base string) string {
	switch base {
	case "dockerfile", "containerfile", "makefile", "gnumakefile", "rakefile", "gemfile", "procfile",
		"vagrantfile", "caddyfile", "justfile", "brewfile", "pipfile", ".env", ".envrc", "build", "workspace":
		return "hash template"
	case "jenkinsfile":
		return "slashes stars"
	}
	switch filepath.Ext(base) {
	case ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".cs", ".java", ".kt", ".kts", ".scala", ".groovy", ".gradle",
		".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts", ".swift", ".rs", ".dart", ".proto", ".zig",
		".less", ".scss", ".sass", ".cue", ".bicep", ".sol", ".thrift", ".adoc":
		return "slashes stars"
	case ".json", ".jsonc", ".json5", ".webmanifest", ".har", ".ipynb":
		return "member slashes stars"
	case ".php", ".tf", ".tfvars", ".hcl", ".nomad", ".jsonnet", ".libsonnet", ".nix", ".neon", ".phtml":
		return "hash slashes stars"
	case ".sh", ".bash", ".zsh", ".fish", ".ksh", ".py", ".pyi", ".rb", ".pl", ".pm", ".yaml", ".yml", ".toml",
		".env", ".envrc", ".mk", ".r", ".jl", ".tcl", ".awk", ".graphql", ".ex", ".exs", ".cr", ".coffee", ".cmake",
		".bzl", ".bazel", ".star", ".rego", ".dockerfile", ".ps1", ".psm1", ".psd1", ".http", ".rest", ".pp", ".netrc":
		return "hash template"
	case ".ini", ".cfg", ".conf", ".cnf", ".service", ".socket", ".editorconfig", ".inf":
		return "hash semicolon slashes template"
	case ".properties":
		return "hash bang"
	case ".sql", ".ddl", ".psql":
		return "hyphens stars hash"
	case ".lua", ".adb", ".ads", ".vhd", ".vhdl", ".elm":
		return "hyphens braces"
	case ".hs":
		return "hyphens braces"
	case ".html", ".htm", ".xhtml", ".xml", ".svg", ".xsl", ".xslt", ".xsd", ".wsdl", ".plist", ".csproj", ".config", ".resx":
		return "markup stars slashes template"
	case ".vue", ".svelte", ".astro", ".md", ".markdown", ".mdx":
		return anyFamily
	case ".css":
		return "stars"
	case ".lisp", ".el", ".clj", ".cljs", ".edn", ".scm", ".rkt", ".asm", ".reg":
		return "semicolon"
	case ".tex", ".sty", ".erl", ".hrl", ".ps":
		return "percent"
	case ".m", ".mm":
		return "percent slashes stars"
	case ".bat", ".cmd":
		return "rem"
	case ".vb", ".vbs", ".bas":
		return "quote rem"
	case ".rst":
		return "dots"
	case ".ml", ".mli", ".fs", ".fsx", ".pas":
		return "parens slashes"
	}
	return ""
}

// readIgnores reads the ignore comments of a file other than Go source.
func (f *File) readIgnores(name string, src []byte) {
	var marks []mark
	for family := range strings.FieldsSeq(familiesOf(name)) {
		marks = append(marks, marksOf(family)...)
	}
	lines := strings.Split(string(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))), "\n")
	for i, line := range lines {
		at := strings.Index(line, Ignore)
		if at < 0 {
			continue
		}
		begin, m, ok := opening(line[:at], marks)
		if !ok {
			continue
		}
		text, rest, closed := line[at:], "", true
		if m.end != "" {
			text, rest, closed = strings.Cut(text, m.end)
		}
		where := finding.Location{File: name, Line: i + 1, Column: begin + 1, EndLine: i + 1, EndColumn: at + len(text) + 1}
		last := i + 1
		if strings.TrimSpace(line[:begin]+strings.TrimSuffix(rest, ",")) == "" {
			last = nextCode(lines, i, m, closed)
		}
		f.add(strings.TrimSpace(text), where, i+1, last)
	}
}

// opening returns where a comment begins whose text before a directive is only
// its sign, and that sign. The longest sign wins.
func opening(before string, marks []mark) (begin int, found mark, ok bool) {
	for _, m := range marks {
		end := strings.TrimRight(before, " \t")
		if !strings.HasSuffix(end, strings.TrimRight(m.begin, " ")) {
			continue
		}
		if strings.HasSuffix(m.begin, " ") && len(end) == len(before) {
			continue // a word like REM needs a space behind it
		}
		if len(m.begin) > len(found.begin) {
			found, ok = m, true
			begin = len(end) - len(strings.TrimRight(m.begin, " "))
		}
	}
	for ok && begin > 0 && found.end == "" && before[begin-1] == found.begin[0] {
		begin-- // ### and ;;; are one comment
	}
	return begin, found, ok
}

// nextCode returns the last line that a comment alone on line i covers: the next
// one that is neither blank nor comment, or the end of the Markdown fence there.
func nextCode(lines []string, i int, m mark, closed bool) int {
	next := i + 1
	for ; !closed && next < len(lines); next++ {
		closed = strings.Contains(lines[next], m.end)
	}
	for next < len(lines) && (strings.TrimSpace(lines[next]) == "" || isComment(lines[next], m)) {
		next++
	}
	if next >= len(lines) {
		return len(lines)
	}
	for _, fence := range []string{"```", "~~~"} {
		if !strings.HasPrefix(strings.TrimSpace(lines[next]), fence) {
			continue
		}
		for next++; next < len(lines)-1; next++ {
			if strings.HasPrefix(strings.TrimSpace(lines[next]), fence) {
				break
			}
		}
	}
	return min(next+1, len(lines))
}

// isComment reports whether a whole line is a comment of the same kind. Other
// signs do not count: a line that begins with -- may be an argument of curl.
func isComment(line string, m mark) bool {
	trimmed := strings.TrimSpace(line)
	return strings.HasPrefix(trimmed, m.begin) && strings.HasSuffix(trimmed, m.end)
}
