package report

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// style is what a part of the text report looks like: parameters of the escape
// sequence for colours, from the sixteen that every terminal lets its user choose.
type style string

// The styles.
const (
	red     style = "1;31"
	yellow  style = "1;33"
	magenta style = "1;35"
	cyan    style = "1;36"
	blue    style = "1;34"
	green   style = "1;32"
	bold    style = "1"
)

func severityStyle(s finding.Severity) style {
	switch s {
	case finding.Critical:
		return magenta
	case finding.High:
		return red
	case finding.Medium:
		return yellow
	}
	return cyan
}

func noticeStyle(level string) style {
	switch level {
	case "error":
		return red
	case "warning":
		return yellow
	}
	return cyan
}

// paint returns text in a style, if colours are wanted.
func (t *textPrinter) paint(s style, text string) string {
	if !t.opts.Color || strings.TrimSpace(text) == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// link returns printable text as a link, if links are wanted.
func (t *textPrinter) link(address, text string) string {
	if !t.opts.Links {
		return text
	}
	return "\x1b]8;;" + address + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}
