package embed

import "strings"

// Kind is the language of a text.
type Kind string

// The kinds that front ends hand to each other. Languages and formats without a
// constant have the word that fences use, in lower case.
const (
	None       Kind = ""           // a file, known by its name
	Shell      Kind = "shell"      // a script or a line of one
	Console    Kind = "console"    // a session with a shell: prompts, commands, output
	PowerShell Kind = "powershell" // a script or a line of one
	Batch      Kind = "batch"      // of Windows' command interpreter
	Make       Kind = "make"
	Dockerfile Kind = "dockerfile"
	Cron       Kind = "cron"
	HTTP       Kind = "http" // requests as they go over the wire
	Markdown   Kind = "markdown"
	Prose      Kind = "prose" // plain text
	YAML       Kind = "yaml"
	JSON       Kind = "json"
	TOML       Kind = "toml"
	Properties Kind = "properties"
	Env        Kind = "env"
	INI        Kind = "ini"
	XML        Kind = "xml"
	HCL        Kind = "hcl"
	SQL        Kind = "sql"
)

// OfTag returns the kind that the info string of a fence names, None if it
// names none: "bash", "sh {.numberLines}", "language-shell", "Dockerfile".
func OfTag(info string) Kind {
	word := strings.ToLower(strings.Trim(info, "{}. "))
	if end := strings.IndexAny(word, " ,{:;="); end >= 0 {
		word = word[:end]
	}
	word = strings.TrimPrefix(word, "language-")
	if kind, ok := synonym(word); ok {
		return kind
	}
	return Kind(word)
}

// synonym returns the kind that another word stands for.
func synonym(word string) (Kind, bool) {
	switch word {
	case "sh", "bash", "zsh", "ksh", "ash", "dash", "fish", "curl", "shellscript":
		return Shell, true
	case "console", "shell-session", "shellsession", "sh-session", "bash-session", "terminal", "session":
		return Console, true
	case "ps1", "pwsh", "posh":
		return PowerShell, true
	case "bat", "cmd", "dos":
		return Batch, true
	case "makefile", "mk", "gnumake":
		return Make, true
	case "docker", "containerfile":
		return Dockerfile, true
	case "crontab":
		return Cron, true
	case "https", "rest", "httprequest":
		return HTTP, true
	case "md":
		return Markdown, true
	case "text", "txt", "plain", "plaintext":
		return Prose, true
	case "yml":
		return YAML, true
	case "jsonc", "json5":
		return JSON, true
	case "dotenv":
		return Env, true
	case "terraform", "tf":
		return HCL, true
	}
	return None, false
}
