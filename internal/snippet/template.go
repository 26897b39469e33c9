package snippet

import (
	"bytes"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// marks returns how templates write an expression: what begins and what ends it.
func marks() [8][2]string {
	return [...][2]string{{"<%=", "%>"}, {"{!!", "!!}"}, {"{{{", "}}}"}, {"{{", "}}"}, {"${", "}"}, {"#{", "}"}, {"<?=", "?>"}, {"@Model.", ""}}
}

// ReadsTemplate reports whether a text is the template of a message to somebody,
// by its name and where it stands.
func ReadsTemplate(t *embed.Text) bool {
	if t.Kind != embed.None || len(t.Data) == 0 || len(t.Data) > MaxSize {
		return false
	}
	name := strings.ToLower(strings.ReplaceAll(t.Name, `\`, "/"))
	switch path.Ext(name) {
	case ".erb", ".haml", ".slim", ".ejs", ".hbs", ".handlebars", ".mustache", ".liquid", ".njk", ".twig", ".html", ".htm", ".txt", ".mjml", ".jinja", ".jinja2", ".j2", ".cshtml", ".ftl", ".ftlh", ".vm", ".pug", ".eex", ".heex", ".php", ".tpl", ".tmpl", ".gohtml", ".leaf":
	default:
		return false
	}
	return shape.HasWord(strings.ReplaceAll(name, "/", "_"), "mail", "mails", "mailer", "mailers", "email", "emails", "sms", "notification", "notifications", "welcome", "invitation", "newsletter") &&
		shape.HasWord(strings.ReplaceAll(path.Dir(name), "/", "_"), "views", "view", "templates", "template", "emails", "email", "mail", "mails", "mailer", "mailers", "resources", "layouts")
}

// ObserveTemplate returns the passwords that the template of a message tells.
func ObserveTemplate(t *embed.Text, _ *rules.Catalogue) embed.Result {
	var out embed.Result
	const most = 200
	data := t.Data
	for at, n := 0, 0; at < len(data) && n < most; n++ {
		start, end, code := nextMark(data, at)
		if start < 0 {
			break
		}
		before := string(data[max(at, start-maxLabel, 0):start])
		at = end
		name := templateName(code)
		if name == "" || isReworked(name) || isHandedOut(name) {
			continue
		}
		if !endsWithPassword(before) && !(isPassword(name) && shape.Certain(name) && isSentence(before)) {
			continue
		}
		place := t.Locate(start, end)
		d := &practice.Disclosure{Channel: practice.InMessage, Kind: shape.Password, What: calledPassword(name), Use: "template", Certain: true, Provider: t.Provider}
		d.Source = practice.Source{At: place, Origin: place, Symbol: t.Symbol, Key: strings.TrimSpace(t.Key + " template"), Test: t.Test, Document: t.Document}
		out.Observations = append(out.Observations, d)
	}
	return out
}

// maxLabel is how many bytes before an expression are read.
const maxLabel = 120

// nextMark returns where the next expression of a template stands, and its text;
// start below 0 if there is none.
func nextMark(data []byte, from int) (start, end int, code string) {
	start = -1
	var mark [2]string
	for _, m := range marks() {
		if i := bytes.Index(data[from:], []byte(m[0])); i >= 0 && (start < 0 || from+i < start) {
			start, mark = from+i, m
		}
	}
	if start < 0 {
		return -1, 0, ""
	}
	inner := start + len(mark[0])
	const most = 200
	if mark[1] == "" {
		end = inner
		for end < len(data) && (isWordStart(data[end]) || data[end] == '.' || data[end] >= '0' && data[end] <= '9') {
			end++
		}
		return start, end, string(data[inner:end])
	}
	n := bytes.Index(data[inner:min(len(data), inner+most)], []byte(mark[1]))
	if n < 0 {
		return start, inner, ""
	}
	return start, inner + n + len(mark[1]), string(data[inner : inner+n])
}

// templateName returns the name of what an expression of a template shows, ""
// where it is more than a name.
func templateName(code string) string {
	code, _, _ = strings.Cut(strings.TrimSpace(code), "|") // a filter
	code = strings.Trim(code, " -~;\t")
	if strings.ContainsAny(code, "('\"+?%") {
		return ""
	}
	code = strings.ReplaceAll(code, "->", ".")
	return strings.TrimLeft(code[strings.LastIndexByte(code, '.')+1:], "@$")
}
