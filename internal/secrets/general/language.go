package general

import (
	"path"
	"strings"
)

// class says what a value looks like in a language.
type class uint8

// The classes of languages.
const (
	config class = iota // a bare text is a value: configuration, scripts, tables
	code                // only a literal is
	prose               // a bare text is a value unless it is a word
)

// language says how a text is read.
type language struct {
	class  class
	line   []string // what a comment up to the end of the line begins with
	block  bool     // has /* comments */
	single bool     // ' delimits strings, and not characters
	raw    byte     // the quote of strings over several lines, 0 if none
	bare   bool     // in raw strings \ means nothing
	triple bool     // three quotes delimit strings over several lines
}

// languageOf returns how a file is read, by its name.
func languageOf(name string) language {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	switch path.Ext(base) {
	case ".go":
		return language{class: code, line: []string{"//"}, block: true, raw: '`', bare: true}
	case ".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".ino", ".m", ".mm", ".rs", ".zig", ".v", ".d", ".proto", ".sol", ".cu":
		return language{class: code, line: []string{"//"}, block: true}
	case ".java", ".cs", ".kt", ".kts", ".scala", ".swift":
		return language{class: code, line: []string{"//"}, block: true, triple: true}
	case ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte":
		return language{class: code, line: []string{"//"}, block: true, single: true, raw: '`'}
	case ".php", ".phtml", ".inc":
		return language{class: code, line: []string{"//", "#"}, block: true, single: true}
	case ".dart", ".groovy", ".gradle", ".jenkinsfile", ".as":
		return language{class: code, line: []string{"//"}, block: true, single: true, triple: true}
	case ".py", ".pyi", ".pyx", ".jl", ".ex", ".exs", ".coffee", ".nim", ".gd", ".bzl":
		return language{class: code, line: []string{"#"}, single: true, triple: true}
	case ".rb", ".rake", ".gemspec", ".pl", ".pm", ".t", ".r", ".cr", ".tcl", ".ps1", ".psm1", ".psd1":
		return language{class: code, line: []string{"#"}, single: true}
	case ".lua", ".hs", ".elm", ".adb", ".ads", ".vhd":
		return language{class: code, line: []string{"--"}, single: true}
	case ".clj", ".cljs", ".cljc", ".el", ".lisp", ".scm", ".rkt", ".asm", ".s":
		return language{class: code, line: []string{";"}}
	case ".tf", ".tfvars", ".hcl", ".nomad":
		return language{class: code, line: []string{"#", "//"}, block: true}
	case ".erl", ".hrl":
		return language{class: code, line: []string{"%"}}
	case ".vb", ".vbs", ".bas":
		return language{class: code}
	case ".json", ".json5", ".jsonc", ".har", ".ipynb", ".tfstate", ".avsc", ".webmanifest", ".code-workspace", ".geojson":
		return language{class: code, single: true}
	case ".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".text", ".textile", ".org", ".tex", ".pod", ".html", ".htm", ".xhtml", ".log":
		return language{class: prose}
	}
	switch strings.TrimSuffix(base, path.Ext(base)) {
	case "readme", "changelog", "changes", "contributing", "history", "news", "license", "authors":
		return language{class: prose}
	case "jenkinsfile":
		return language{class: code, line: []string{"//"}, block: true, single: true, triple: true}
	case "rakefile", "gemfile", "vagrantfile", "podfile", "fastfile":
		return language{class: code, line: []string{"#"}, single: true}
	}
	return language{class: config}
}
