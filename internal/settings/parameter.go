package settings

import "github.com/authlint/authlint/internal/practice"

// parameter observes the default of a parameter of a pipeline or a template: it
// is what a schema says of a value, and a value as well.
func (o *observer) parameter(s *Setting) {
	if o.description {
		o.sample(s)
		return
	}
	if phraseOf(s.Name) != "default" && phraseOf(s.Name) != "defaultvalue" {
		return
	}
	owner := s.Parent
	list := owner.Parent
	if list == nil || !isParameters(list) {
		return
	}
	named := *s
	named.Name, named.key, named.named = owner.Name, owner.key, nil
	if list.Kind == List {
		name := owner.Child("name")
		if name == nil || name.Kind != Scalar || len(name.Text) > maxName {
			return
		}
		named.Name, named.key = name.Text, name.val
	}
	named.Parent = &Setting{Name: list.Name, Kind: Mapping, Parent: list.Parent, src: list.src, key: list.key, val: list.val}
	from := len(o.out)
	o.credential(&named)
	o.address(&named)
	for _, found := range o.out[from:] {
		if c, ok := found.(*practice.Credential); ok {
			c.Fallback, c.FallbackFor = true, shownName(named.Name)
		}
	}
}

// isParameters reports whether a mapping or a list declares what a pipeline or a
// template can be given.
func isParameters(s *Setting) bool {
	switch phraseOf(s.Name) {
	case "parameters", "inputs":
		return s.Parent != nil
	}
	return false
}
