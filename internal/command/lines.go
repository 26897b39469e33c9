package command

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/embed"
)

// cronScript returns the commands of a cron table as a script: the five fields of
// the time, and in tables of the system the user, stand before them.
func cronScript(t *embed.Text) *embed.Text {
	var b embed.Builder
	withUser := strings.Contains(t.Name, "cron.d") || strings.HasSuffix(t.Name, "etc/crontab") || namesUsers(t.Data)
	for at := 0; at < len(t.Data); {
		end, next := lineAt(t.Data, at)
		if start, ok := cronCommand(t.Data, at, end, withUser); ok {
			b.Copy(t.Data, start, end)
			b.Put("\n", end, end)
		}
		at = next
	}
	return t.Inside(embed.Shell, &b)
}

// cronCommand returns where the command of a line begins, and whether it has one.
func cronCommand(data []byte, at, end int, withUser bool) (int, bool) {
	for at < end && isBlankByte(data[at]) {
		at++
	}
	if at >= end || data[at] == '#' {
		return 0, false
	}
	fields := 5
	switch {
	case data[at] == '@':
		fields = 1
	case data[at] != '*' && (data[at] < '0' || data[at] > '9'):
		return at, bytes.IndexByte(data[at:end], '=') > 0
	}
	if withUser {
		fields++
	}
	for range fields {
		for at < end && !isBlankByte(data[at]) {
			at++
		}
		for at < end && isBlankByte(data[at]) {
			at++
		}
	}
	return at, at < end
}

// procfileScript returns the commands of a list of processes as a script: a name
// and a colon stand before each.
func procfileScript(t *embed.Text) *embed.Text {
	var b embed.Builder
	for at := 0; at < len(t.Data); {
		end, next := lineAt(t.Data, at)
		if colon := bytes.IndexByte(t.Data[at:end], ':'); colon > 0 && t.Data[at] != '#' {
			b.Copy(t.Data, at+colon+1, end)
			b.Put("\n", end, end)
		}
		at = next
	}
	return t.Inside(embed.Shell, &b)
}

// prompt matches what a shell shows before a command: "$ ", "# ", "user@host:~$ ",
// "[root@host ~]# ", "bash-5.1$ ", "PS C:\> ".
var prompt = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:(?:\([\w.-]+\) ?)?(?:[\w.-]+@[\w.-]+[: ][^\s$#%>]*|\[[^\]\n]{1,60}\]|(?:ba|z|k|a)?sh-[\d.]+)? ?[$%❯➜#]|PS [A-Z]:[^>\n]*>|[A-Z]:\\[^>\n]*>)\s+`)
})

// consoleScript returns the commands of a session. Where no line has a prompt,
// all of them are commands.
func consoleScript(t *embed.Text) *embed.Text {
	var b embed.Builder
	prompts := false
	for at := 0; at < len(t.Data) && !prompts; {
		end, next := lineAt(t.Data, at)
		prompts = prompt().Match(t.Data[at:end])
		at = next
	}
	goesOn := false
	for at := 0; at < len(t.Data); {
		end, next := lineAt(t.Data, at)
		start := at
		if n := prompt().FindIndex(t.Data[at:end]); n != nil {
			start = at + n[1]
		} else if goesOn && bytes.HasPrefix(t.Data[at:end], []byte("> ")) {
			start = at + 2
		} else if prompts && !goesOn && !isOptionLine(t.Data[at:end]) {
			at = next // output
			continue
		}
		b.Copy(t.Data, start, end)
		b.Put("\n", end, end)
		goesOn = endsInBackslash(t.Data[at:end])
		at = next
	}
	return t.Inside(embed.Shell, &b)
}

// isOptionLine reports whether a line begins with an option.
func isOptionLine(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 2 && line[0] == '-' && (line[1] == '-' || line[1]|0x20 >= 'a' && line[1]|0x20 <= 'z')
}

// namesUsers reports whether all lines of a table of cron name the user that they
// run as, one of them root or another one that every system has.
func namesUsers(data []byte) bool {
	const times = 5
	known := false
	for line := range bytes.Lines(data) {
		fields := bytes.Fields(line)
		if len(fields) <= times+1 || fields[0][0] != '*' && (fields[0][0] < '0' || fields[0][0] > '9') {
			continue
		}
		switch user := string(fields[times]); {
		case strings.Trim(user, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "":
			return false
		case user == "root", user == "www-data", user == "nobody", user == "daemon":
			known = true
		}
	}
	return known
}
