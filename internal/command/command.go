// Package command reads command lines and observes requests, connections,
// logins, TLS settings and disclosures in them.
//
// Lines come from shell scripts, container and make files, cron tables, steps of
// CI jobs, examples in documents, PowerShell and Windows batch files. A reader
// for each kind of file yields one script for the shell, which is parsed with the
// shell's own grammar, or, for Windows, words; a command is its words, known in
// part, with places. What commands and their options mean is data:
// rules/commands/*.toml.
//
// Assignments are handed on as lines of a .env file, here-documents as what their
// names or their readers say, lines for another shell as scripts.
//
// Limits: a script over 512 KiB or with nesting beyond 500 is left out with a
// notice; functions are followed three calls deep; a script may run 20,000
// commands. A line that is none of the grammar costs that statement alone.
package command

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// The limits within which a text is read.
const (
	// MaxSize is the size in bytes up to which a script is read.
	MaxSize = 512 << 10
	// maxNesting is how deep brackets and compound commands may nest.
	maxNesting = 500
	// maxCalls is how deep functions are followed.
	maxCalls = 3
	// maxCommands is how many commands a script may run.
	maxCommands = 20_000
	// maxRestarts is how many faults of grammar are passed.
	maxRestarts = 50
)

// Kinds of files that are known by their names alone.
const (
	groovy   embed.Kind = "groovy"
	procfile embed.Kind = "procfile"
)

// Reads reports whether a text is one that this package reads, and may hold a
// command that matters.
func Reads(t *embed.Text) bool {
	return kindOf(t) != embed.None && (isInteresting(t.Data) || kindOf(t) == embed.HTTP)
}

// Observe returns what the commands in a text show, and the texts of other kinds
// in it.
func Observe(t *embed.Text, cat *rules.Catalogue) embed.Result {
	kind := kindOf(t)
	if len(t.Data) > MaxSize {
		return tooBig(t, fmt.Sprintf("it is larger than %d KiB", MaxSize>>10))
	}
	if bytes.IndexByte(t.Data[:min(len(t.Data), 8000)], 0) >= 0 {
		return embed.Result{} // binary, or UTF-16
	}
	switch kind {
	case embed.Shell:
		return observeShell(t, cat)
	case embed.PowerShell:
		return observePowerShell(t, cat)
	case embed.Batch:
		return observeBatch(t, cat)
	case embed.HTTP:
		return observeMessages(t, cat)
	case embed.Console:
		return handOn(consoleScript(t))
	case embed.Dockerfile:
		return handOn(dockerScripts(t)...)
	case embed.Make:
		return handOn(makeScript(t))
	case embed.Cron:
		return handOn(cronScript(t))
	case groovy:
		return handOn(groovyScripts(t)...)
	case procfile:
		return handOn(procfileScript(t))
	}
	return embed.Result{}
}

// handOn returns the texts that have something to say.
func handOn(list ...*embed.Text) embed.Result {
	var out embed.Result
	for _, t := range list {
		if t != nil && len(t.Data) > 0 {
			out.Texts = append(out.Texts, t)
		}
	}
	return out
}

// tooBig returns the notice that a text is left out.
func tooBig(t *embed.Text, reason string) embed.Result {
	at := t.Locate(0, 0)
	return embed.Result{Notices: []finding.Notice{{
		ID: "skipped-file", Level: "note", Where: at,
		Message: fmt.Sprintf("%s:%d: commands are not read: %s", at.File, at.Line, reason),
	}}}
}

// kindOf returns the kind of a text that this package reads, None for others.
func kindOf(t *embed.Text) embed.Kind {
	switch t.Kind {
	case embed.Shell, embed.Console, embed.PowerShell, embed.Batch, embed.Make, embed.Dockerfile, embed.Cron, embed.HTTP,
		groovy:
		return t.Kind
	case embed.None:
		return kindOfFile(t.Name, t.Data)
	}
	return embed.None
}

// kindOfFile returns the kind of a file by its name and its first line.
func kindOfFile(name string, data []byte) embed.Kind {
	folder, base := path.Split(strings.ToLower(strings.ReplaceAll(name, `\`, "/")))
	switch path.Ext(base) {
	case ".sh", ".bash", ".zsh", ".ksh", ".bats", ".command", ".ash", ".dash", ".fish":
		return embed.Shell
	case ".ps1", ".psm1":
		return embed.PowerShell
	case ".bat", ".cmd":
		return embed.Batch
	case ".mk", ".mak", ".make":
		return embed.Make
	case ".dockerfile", ".containerfile":
		return embed.Dockerfile
	case ".cron", ".crontab":
		return embed.Cron
	case ".http", ".rest":
		return embed.HTTP
	case ".groovy", ".jenkinsfile":
		return groovy
	}
	stem, _, _ := strings.Cut(base, ".")
	switch {
	case stem == "jenkinsfile":
		return groovy
	case base == "procfile":
		return procfile
	case stem == "dockerfile" || stem == "containerfile":
		return embed.Dockerfile
	case base == "makefile" || base == "gnumakefile" || stem == "makefile" || base == "justfile" || base == ".justfile":
		return embed.Make
	case base == "crontab" || isCronFolder(folder) && path.Ext(base) == "" && kindOfShebang(data) == embed.None:
		return embed.Cron
	case base == ".bashrc" || base == ".bash_profile" || base == ".profile" || base == ".zshrc" || base == ".zshenv" || base == ".bash_aliases" || base == ".envrc":
		return embed.Shell
	}
	return kindOfShebang(data)
}

// isCronFolder reports whether a folder holds tables of cron.
func isCronFolder(folder string) bool {
	switch path.Base(folder) {
	case "cron.d", "cron", "crontabs", "crontab", "crons":
		return true
	}
	return false
}

// kindOfShebang returns the kind that the first line of a file names.
func kindOfShebang(data []byte) embed.Kind {
	if !bytes.HasPrefix(data, []byte("#!")) {
		return embed.None
	}
	line, _, _ := bytes.Cut(data[2:min(len(data), 200)], []byte("\n"))
	for word := range strings.FieldsSeq(string(line)) {
		switch rules.BaseName(word) {
		case "sh", "bash", "zsh", "dash", "ksh", "ash", "bats":
			return embed.Shell
		case "pwsh", "powershell":
			return embed.PowerShell
		case "make", "gmake":
			return embed.Make
		}
	}
	return embed.None
}

// isInteresting reports whether a text holds anything that could be observed.
func isInteresting(data []byte) bool { return embed.Commands().In(data) }
