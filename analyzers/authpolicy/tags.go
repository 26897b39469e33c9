package authpolicy

import (
	"go/ast"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// readTags learns the struct tags that validators read: those of the models,
// and keys and names for rules that the package itself introduces.
func (c *collector) readTags() {
	known, err := c.Catalogue.StructTags()
	if err != nil {
		panic(err) // the embedded models: recovered and recorded by gopass
	}
	c.tags, c.aliases = maps.Clone(known), map[string]string{}
	for _, file := range c.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				c.introduces(call)
			}
			return true
		})
	}
}

// introduces learns from a call that gives rules or a tag a name.
func (c *collector) introduces(call *ast.CallExpr) {
	for _, d := range c.Directives(c.Callee(call)) {
		if d.Verb != "policy" || len(d.Words) == 0 || d.Words[0] != "alias" && d.Words[0] != "tag-name" {
			continue
		}
		name, ok := c.textArg(d, call, "name")
		grammar, _ := d.Arg("grammar")
		if !ok {
			continue
		}
		if d.Words[0] == "tag-name" {
			c.tags[name] = []rules.Directive{{Verb: "tag", Words: []string{name, grammar.Text}}}
			continue
		}
		if text, ok := c.textArg(d, call, "rules"); ok {
			c.aliases[name] = text
		}
	}
}

// structType observes validator tags on the password fields of a struct that
// sets passwords; a struct that takes a login is input, not a policy.
func (c *collector) structType(st *ast.StructType, stack []ast.Node) {
	owner := structName(stack)
	input := isLoginType(owner) || isLogin(owner)
	for _, f := range st.Fields.List {
		if f.Tag == nil || len(f.Names) == 0 {
			continue
		}
		raw, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			continue
		}
		tag, name := reflect.StructTag(raw), f.Names[0].Name
		if !input && isPasswordName(name) || !input && !isOtherText(name) && isPasswordName(keyOf(tag)) {
			c.tag(owner+"."+name, f, tag, stack)
		}
		c.defaultTag(name, f, tag, append(stack, st))
	}
}

// keyOf returns the name that a field has in requests.
func keyOf(tag reflect.StructTag) string {
	for _, key := range []string{"json", "form", "xml", "yaml"} {
		if name, _, _ := strings.Cut(tag.Get(key), ","); name != "" && name != "-" {
			return name
		}
	}
	return ""
}

// structName returns the name of the type, the variable or the function that a
// struct type stands in.
func structName(stack []ast.Node) string {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.TypeSpec:
			return n.Name.Name
		case *ast.FuncDecl:
			return n.Name.Name
		}
	}
	return "struct"
}

func isLoginType(name string) bool {
	return (asksAgain(name) ||
		shape.HasWord(name, "login", "signin", "logon", "authenticate", "auth", "credentials", "credential", "session", "token", "unlock", "verify")) &&
		!shape.HasWord(name, "register", "registration", "create", "signup", "set", "change", "reset", "update", "new")
}

// tag observes the rules of a tag.
func (c *collector) tag(field string, f *ast.Field, tag reflect.StructTag, stack []ast.Node) {
	for _, key := range slices.Sorted(maps.Keys(c.tags)) {
		text, ok := tag.Lookup(key)
		if !ok {
			continue
		}
		for _, d := range c.tags[key] {
			if len(d.Words) < 2 {
				continue
			}
			if n, ok := c.tagMinimum(d.Words[1], text, 0); ok && n > 1 {
				c.add(practice.MinLength, n, f.Tag, nil, stack, key+" tag of "+strings.TrimPrefix(field, "struct."), field)
			}
		}
	}
}

// defaultTag observes a default that a tag gives to a field which is named like
// a policy.
func (c *collector) defaultTag(name string, f *ast.Field, tag reflect.StructTag, stack []ast.Node) {
	around := c.context(stack)
	for _, key := range slices.Sorted(maps.Keys(c.tags)) {
		if !slices.ContainsFunc(c.tags[key], func(d rules.Directive) bool { return len(d.Words) > 1 && d.Words[1] == "fallback" }) {
			continue
		}
		value, ok := tag.Lookup(key)
		if !ok {
			continue
		}
		for _, known := range append([]string{name}, tagNames(tag)...) {
			if c.defaultSwitch(known, key, value, f, stack) {
				return
			}
			kind, ok := policyName(known, around)
			n, err := strconv.Atoi(value)
			if ok && err == nil && (n > 0 || kind == practice.MinLength) {
				c.add(kind, n, f.Tag, nil, stack, key+" tag of "+name, name)
				return
			}
		}
	}
}

// tagMinimum returns the least length that a validator's tag asks for.
func (c *collector) tagMinimum(grammar, text string, depth int) (int, bool) {
	switch grammar {
	case "validator":
		return c.validatorMinimum(text, depth)
	case "govalidator", "lengths":
		return lengthMinimum(text)
	case "minimum":
		n, err := strconv.Atoi(strings.TrimSpace(text))
		return n, err == nil
	}
	return 0, false
}

// maxAliases is how deep names for rules may lead to each other.
const maxAliases = 3

// validatorMinimum reads rules parted by commas: min=6, gte=6, gt=5, len=6. Of
// alternatives, parted by bars, the most lenient counts.
func (c *collector) validatorMinimum(text string, depth int) (int, bool) {
	for rule := range strings.SplitSeq(text, ",") {
		if rule == "dive" {
			break // the rest speaks of elements
		}
		least, all := -1, true
		for one := range strings.SplitSeq(rule, "|") {
			n, ok := c.validatorRule(strings.TrimSpace(one), depth)
			all = all && ok
			if ok && (least < 0 || n < least) {
				least = n
			}
		}
		if all && least >= 0 {
			return least, true
		}
	}
	return 0, false
}

// validatorRule reads one rule, or the rules that it is a name for.
func (c *collector) validatorRule(rule string, depth int) (int, bool) {
	name, value, ok := strings.Cut(rule, "=")
	if !ok {
		if name, value, ok = strings.Cut(rule, ":"); !ok {
			if text, known := c.aliases[rule]; known && depth < maxAliases {
				return c.validatorMinimum(text, depth+1)
			}
			return 0, false
		}
	}
	n, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		return 0, false
	}
	switch name {
	case "min", "gte", "len", "minlength", "minLength", "min_len", "minLen":
		return n, true
	case "gt":
		return n + 1, true
	}
	return 0, false
}

// lengthMinimum reads length(6|20), minstringlength(6), runelength(6|20),
// MinSize(6), length[6|20], and matches(^.{6,}$).
func lengthMinimum(text string) (int, bool) {
	if _, pattern, ok := strings.Cut(text, "matches("); ok {
		if end := strings.LastIndexByte(pattern, ')'); end > 0 {
			if p, ok := readPattern(pattern[:end]); ok && p.least > 1 {
				return p.least, true
			}
		}
	}
	for rule := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		open := strings.IndexAny(rule, "([")
		if open < 0 {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(rule[:open])) {
		case "length", "runelength", "stringlength", "minstringlength", "minsize", "range", "minlen", "lengthbetween":
			first := strings.FieldsFunc(rule[open+1:], func(r rune) bool { return r < '0' || r > '9' })
			if len(first) > 0 {
				if n, err := strconv.Atoi(first[0]); err == nil {
					return n, true
				}
			}
		}
	}
	return 0, false
}
