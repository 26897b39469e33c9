package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// exposed observes a variable that tools build into pages although it holds what no
// page may hold. Files of variables are read by package secretfile.
func (o *observer) exposed(s *Setting) {
	if o.flat || s.Text == "" || !shape.IsPublicSetting(s.Name) || !shape.NeverPublic(s.Name) {
		return
	}
	kind := shape.OfName(s.Name)
	_, known := s.Value().Known()
	if known && !shape.Credible(practice.ValueOf(o.cat, s.Text), kind, false) {
		return
	}
	obs := &practice.Exposed{Source: o.source(s), Kind: kind, What: "variable " + s.Name, Why: "is built into the page"}
	obs.At = s.Key()
	obs.Origin = obs.At
	o.out = append(o.out, obs)
}

// printed observes a task of Ansible that prints a variable with a credential.
func (o *observer) printed(s *Setting) {
	if s.Name != "msg" && s.Name != "var" || s.Parent == nil || s.Parent.Parent == nil || !isDebug(s.Parent.Name) {
		return
	}
	if quiet := s.Parent.Parent.Child("no_log"); quiet != nil && !isBad([]string{"false"}, quiet.Text) {
		return
	}
	name := s.Text
	if s.Name == "msg" {
		if name = printedName(s.Text); name == "" {
			return
		}
	}
	name = name[strings.LastIndexByte(name, '.')+1:]
	kind := shape.OfName(name)
	if kind == shape.None || kind == shape.Header || kind == shape.DSN || !isVariable(name) {
		return
	}
	o.out = append(o.out, &practice.Disclosure{
		Source: o.source(s), Channel: practice.ToLog, Kind: kind, What: "variable " + name, Use: s.Parent.use(), Certain: true,
	})
}

// isDebug reports whether a key is the module that prints.
func isDebug(name string) bool { return name == "debug" || name == "ansible.builtin.debug" }

// printedName returns the first variable in a message that is a credential by its
// name and is put in as it is.
func printedName(text string) string {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "{{")
		inner, behind, closed := strings.Cut(after, "}}")
		if !ok || !closed {
			return ""
		}
		name := strings.TrimSpace(inner)
		if last := name[strings.LastIndexByte(name, '.')+1:]; isVariable(last) && shape.OfName(last) != shape.None {
			return name
		}
		rest = behind
	}
}

// isVariable reports whether a text is one name and nothing else.
func isVariable(text string) bool {
	return len(text) <= maxName && isName(text)
}
