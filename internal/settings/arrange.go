package settings

import (
	"strings"

	"github.com/authlint/authlint/rules"
)

// arrange rewrites what formats put in other words into settings with names of
// their own: a list of {name: X, value: y}, as in Kubernetes, and a list of
// NAME=value or "Header: value" become mappings, so that what belongs together
// stands together. Positions stay those of the source.
func arrange(s *Setting, table *rules.SettingsTable) {
	switch s.Kind {
	case List:
		arrangeList(s, table)
	case Mapping:
		if raw := s.Child("raw"); raw != nil && s.Name == "url" && raw.Kind == Scalar { // of Postman
			s.Kind, s.Items, s.Text, s.val, s.Quoted = Scalar, nil, raw.Text, raw.val, raw.Quoted
			return
		}
		if pair, ok := pairOf(s, table); ok && (s.Parent == nil || s.Parent.Kind != List) {
			pair.value.Name, pair.value.key = pair.name.Text, pair.name.val
		}
	}
	for _, item := range s.Items {
		arrange(item, table)
	}
}

// arrangeList turns a list of pairs into a mapping. Elements that are no pairs
// keep their index as name.
func arrangeList(s *Setting, table *rules.SettingsTable) {
	assignments := table.Lists[phraseOf(s.Name)]
	found := false
	for i, item := range s.Items {
		made := pairItem(item, table)
		if made == nil && item.Kind == Scalar {
			made = splitItem(item, table, assignments)
		}
		if made != nil {
			made.Parent, made.src = s, s.src
			s.Items[i] = made
			found = true
		}
	}
	if found {
		s.Kind = Mapping
	}
}

// pair is the name and the value that two keys of a mapping give.
type pair struct{ name, value *Setting }

// pairOf returns the pair that a mapping is.
func pairOf(s *Setting, table *rules.SettingsTable) (pair, bool) {
	if len(s.Items) < 2 || len(s.Items) > maxPairItems {
		return pair{}, false
	}
	for _, keys := range table.Pairs {
		name, value := s.Child(keys.Name), s.Child(keys.Value)
		if name != nil && value != nil && name.Kind == Scalar && name.Text != "" && len(name.Text) <= maxName {
			return pair{name, value}, true
		}
	}
	return pair{}, false
}

// The limits of names that stand in values.
const (
	maxPairItems = 8
	maxName      = 120
)

// pairItem returns the setting that an element {name: X, value: y} stands for,
// nil if it is none.
func pairItem(item *Setting, table *rules.SettingsTable) *Setting {
	if item.Kind != Mapping {
		return nil
	}
	p, ok := pairOf(item, table)
	if !ok {
		return nil
	}
	if isLeftOut(item) {
		return &Setting{Name: p.name.Text, key: p.name.val, Kind: Scalar, val: p.value.val}
	}
	made := *p.value
	made.Name, made.key = p.name.Text, p.name.val
	for _, below := range made.Items {
		below.Parent = &made
	}
	return &made
}

// isLeftOut reports whether a pair says itself that it does not come into force,
// as templates for roles of Ansible do: it is written as a comment, or removed.
func isLeftOut(item *Setting) bool {
	state := item.Child("state")
	if state == nil || state.Kind != Scalar {
		return false
	}
	switch state.Text {
	case "comment", "absent", "ignore", "hidden":
		return true
	}
	return false
}

// splitItem returns the setting that an element NAME=value, --name=value or
// "Header: value" stands for, nil if it is none. Assignments count only in lists
// that are made of them; headers anywhere.
func splitItem(item *Setting, table *rules.SettingsTable, assignments bool) *Setting {
	text := item.Text
	if assignments {
		lead := len(text) - len(strings.TrimLeft(text, "-"))
		if lead == 1 && strings.HasPrefix(text, "-D") {
			lead = 2
		}
		if i := strings.IndexByte(text, '='); i > lead && i <= maxName && isAssignable(text[lead:i]) {
			return item.part(lead, i, i+1)
		}
	}
	i := strings.IndexByte(text, ':')
	if i <= 0 || i > maxName || !table.Headers[strings.ToLower(text[:i])] {
		return nil
	}
	from := i + 1
	for from < len(text) && text[from] == ' ' {
		from++
	}
	made := item.part(0, i, from)
	made.header = true
	return made
}

// part returns a setting whose name and value are parts of the text of s.
func (s *Setting) part(nameFrom, nameTo, from int) *Setting {
	text := s.Text
	return &Setting{
		Name: text[nameFrom:nameTo], key: s.val.slice(nameFrom, nameTo),
		Text: text[from:], val: s.val.slice(from, len(text)), Quoted: s.Quoted, Verbatim: s.Verbatim, Aliased: s.Aliased,
	}
}

// isAssignable reports whether name can stand on the left of an assignment.
func isAssignable(name string) bool {
	for i := range len(name) {
		if !isNameByte(name[i], i == 0) && (i == 0 || strings.IndexByte(".-", name[i]) < 0) {
			return false
		}
	}
	return name != ""
}

// isHeader reports whether a setting is a header that carries a credential: by a
// name that only headers have, or by the mapping of headers that it stands in.
// Elsewhere apiKey is a number of Kafka and authorization an id or a switch.
func isHeader(s *Setting, table *rules.SettingsTable) bool {
	if !table.Headers[strings.ToLower(s.Name)] {
		return false
	}
	if s.header || strings.Contains(s.Name, "-") || s.Name == "Authorization" {
		return true
	}
	words := []string{}
	if s.Parent != nil {
		words = s.Parent.words()
	}
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	return last == "headers" || last == "header"
}
