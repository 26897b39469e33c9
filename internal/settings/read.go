package settings

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
)

// The limits within which a file is read. Beyond them a file is left to the
// other front ends and a notice says so.
const (
	// MaxSize is the size in bytes up to which a file is read.
	MaxSize = 4 << 20
	// maxMarks is the number of commas and line breaks up to which a file is
	// read: it bounds the number of settings and so the memory, about 1 KB each.
	maxMarks = 400_000
	// maxTemplate is the size in bytes up to which a template is read that is none
	// of its format as it is.
	maxTemplate = 512 << 10
	// maxDepth is how deep mappings and lists may nest.
	maxDepth = 1000
	// maxAliased is how many settings YAML aliases may stand for, all together.
	maxAliased = 20_000
	// maxEmbedded is how deep files may stand in values of files.
	maxEmbedded = 2
	// maxRestarts is how many malformed documents of a YAML stream are passed.
	maxRestarts = 50
	// maxKeyParts is how deep the dots of a properties key nest.
	maxKeyParts = 20
	// maxEnvQuote is how long a quoted value of a .env file may be.
	maxEnvQuote = 64 << 10
)

// format is a file format with its reader.
type format struct {
	name string // as a notice calls it
	read func(*source) ([]*Setting, *fault)
}

// fault is why a file, or a part of it, could not be read.
type fault struct {
	offset int
	reason string // never holds text of the file
	part   bool   // all but a small part was read
}

// formatOf returns the format of a file by its name, nil if it is none of ours.
func formatOf(name string) *format {
	if f := formatNamed(name); f != nil {
		return f
	}
	if made := withoutTemplate(name); made != name {
		return formatNamed(made)
	}
	return nil
}

// formatNamed is formatOf for the name of a file that is no template.
func formatNamed(name string) *format {
	if f := loginFormat(name); f != nil {
		return f
	}
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	switch path.Ext(base) {
	case ".yaml", ".yml":
		return &format{"YAML", readYAML}
	case ".json", ".jsonc", ".ipynb", ".har", ".tfstate", ".code-workspace":
		return &format{"JSON", readJSON}
	case ".toml":
		return &format{"TOML", readTOML}
	case ".tf", ".tfvars", ".hcl", ".tofu", ".nomad":
		return &format{"HCL", readHCL}
	case ".xml", ".config", ".jmx", ".plist", ".csproj", ".pubxml":
		return &format{"XML", readXML}
	case ".ldif":
		return &format{"LDIF", readLDIF}
	case ".jcli":
		return &format{"console script", readJasmin}
	case ".bru":
		return &format{"Bruno", readBru}
	case ".properties":
		return &format{"properties", readProperties}
	case ".sql", ".ddl", ".psql", ".pgsql", ".mysql", ".tsql", ".plsql":
		return &format{"SQL", readSQL}
	case ".env":
		return &format{"env", readEnv}
	}
	if f := serverFormat(path.Dir(strings.ToLower(strings.ReplaceAll(name, `\\`, "/"))), base); f != nil {
		return f
	}
	if base == "pipfile" {
		return &format{"TOML", readTOML}
	}
	if isEnvFile(base) {
		return &format{"env", readEnv}
	}
	if isLineFile(base) {
		return &format{"logins", readWords}
	}
	return nil
}

// serverFormat returns the format of a server's configuration file by its folder
// and name, nil if it is none.
func serverFormat(folder, base string) *format {
	switch base {
	case "nginx.conf":
		return &format{"nginx configuration", readBlocks}
	case "sshd_config", "ssh_config", "login.defs", "haproxy.cfg", "common-password", "common-auth", "system-auth", "password-auth":
		return &format{"configuration", readLines}
	case "caddyfile", "gitlab.rb":
		return &format{"configuration", readLines}
	case ".htaccess":
		return &format{"Apache configuration", readLines}
	}
	switch last := path.Base(folder); {
	case strings.HasSuffix(base, ".conf"), strings.HasSuffix(base, ".conf.ext"), strings.HasSuffix(base, ".cf"), strings.HasSuffix(base, ".ovpn"), strings.HasSuffix(base, ".cfg.lua"):
		return &format{"configuration", readConf}
	case last == "sites-available", last == "sites-enabled", last == "conf.d", last == "nginx":
		if path.Ext(base) == "" {
			return &format{"configuration", readConf}
		}
	case last == "pam.d", last == ".ssh" && base == "config", last == "sshd_config.d", last == "ssh_config.d":
		return &format{"configuration", readLines}
	}
	return nil
}

// isEnvFile reports whether a base name without one of the other extensions is
// that of a file of environment variables: .env.local, env.example.
func isEnvFile(base string) bool {
	if base == ".envrc" || base == ".flaskenv" {
		return true
	}
	stem, variant, ok := strings.Cut(strings.TrimPrefix(base, "."), ".")
	if !ok || stem != "env" {
		return false
	}
	if strings.HasPrefix(base, ".") {
		return !slices.Contains([]string{"js", "ts", "mjs", "d.ts", "go", "py", "rb", "php", "sh", "md", "j2", "tpl", "patch", "diff", "enc", "gpg", "age"}, variant)
	}
	return slices.Contains([]string{
		"example", "sample", "template", "dist", "local", "dev", "development", "prod", "production", "staging", "test", "default", "defaults",
	}, variant)
}

// read reads a file into its documents: several for a YAML stream, otherwise
// one. A file beyond the limits yields a notice instead.
func read(name string, data []byte) ([]*Setting, []finding.Notice) {
	return readText(formatOf(name), name, embed.File(name, data), []portion{{0, len(data)}})
}

// readText reads what is worth it of a text in a format.
func readText(f *format, name string, t *embed.Text, worth []portion) ([]*Setting, []finding.Notice) {
	data := t.Data
	if f == nil {
		return nil, nil
	}
	if reason := beyond(data); reason != "" {
		return nil, []finding.Notice{{
			ID: "skipped-file", Level: "note", Message: fmt.Sprintf("%s: settings are not read: %s", name, reason),
			Where: finding.Location{File: name, Line: 1, Column: 1, EndLine: 1, EndColumn: 1},
		}}
	}
	if bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 || bytes.HasPrefix(data, []byte("$ANSIBLE_VAULT;")) {
		return nil, nil // UTF-16 or binary, or encrypted as a whole
	}
	src := sourceOf(name, t)
	src.worth = worth
	docs, bad := guarded(f, src)
	if bad == nil {
		return docs, nil
	}
	return docs, []finding.Notice{f.notice(src, bad)}
}

// sourceOf returns the source of a text.
func sourceOf(name string, t *embed.Text) *source {
	src := newSource(name, t.Data)
	if t.IsPart() {
		src.part = t
	}
	return src
}

// beyond says which limit a file exceeds, "" if none.
func beyond(data []byte) string {
	if len(data) > MaxSize {
		return fmt.Sprintf("the file is larger than %d MiB", MaxSize>>20)
	}
	if bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte(",")) > maxMarks {
		return fmt.Sprintf("the file has more than %d lines and elements", maxMarks)
	}
	return ""
}

// guarded reads src. A panic of a parser library is a fault of the file.
func guarded(f *format, src *source) (docs []*Setting, bad *fault) {
	defer func() {
		if recover() != nil { // what it says may hold text of the file
			docs, bad = nil, &fault{reason: "the parser gave up"}
		}
	}()
	docs, bad = f.read(src)
	if bad == nil || f.filler() == 0 || len(src.data) > maxTemplate || !isTemplate(src.data) {
		return docs, bad
	}
	if made, worse := readTemplate(f, src); worse == nil || worse.offset > bad.offset || len(made) > len(docs) {
		return made, worse
	}
	return docs, bad
}

// isTemplate reports whether a file is one that a template engine makes a
// configuration file of.
func isTemplate(data []byte) bool {
	for _, mark := range []string{"{{", "{%", "<%", "${{"} {
		if bytes.Contains(data, []byte(mark)) {
			return true
		}
	}
	return false
}

// notice tells of a fault. A template is no fault of its author: that is a note.
func (f *format) notice(src *source, bad *fault) finding.Notice {
	at := src.location(bad.offset, bad.offset)
	n := finding.Notice{ID: "malformed-file", Level: "warning", Where: at}
	if isTemplate(src.data) {
		n.ID, n.Level = "template-file", "note"
	}
	what := "not valid " + f.name
	if bad.part {
		what = "read in part as " + f.name
	}
	n.Message = fmt.Sprintf("%s:%d: %s", at.File, at.Line, what)
	if bad.reason != what {
		n.Message += ": " + withoutText(bad.reason)
	}
	return n
}

// withoutText returns a parser's reason without the characters of the file that
// it names: invalid character 'x', expected newline but got U+0078 'x'.
func withoutText(reason string) string {
	var out []string
	dropped := false
	for word := range strings.FieldsSeq(reason) {
		last := ""
		if len(out) > 0 {
			last = out[len(out)-1]
		}
		quoted := strings.HasPrefix(word, "'") || strings.HasPrefix(word, "`")
		if strings.HasPrefix(word, "U+") || quoted && (dropped || last == "character" || last == "got") {
			dropped = true
			continue
		}
		out = append(out, word)
	}
	return strings.TrimSuffix(strings.Join(out, " "), " but got")
}
