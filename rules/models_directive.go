package rules

import (
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/nearest"
)

// directivePrefix begins every directive of a model.
const directivePrefix = "//authlint:"

// modelPlace is the declaration that a directive stands at.
type modelPlace struct {
	kind     int // one of onPackage, onFunc ...
	params   int
	results  int
	variadic bool
	entries  bool // a map or struct type
}

// parseDirective reads one comment line, which begins with directivePrefix,
// and checks it against the vocabulary and the declaration it stands at.
func parseDirective(line string, at modelPlace) (Directive, error) {
	tokens, err := splitDirective(strings.TrimPrefix(line, directivePrefix))
	if err != nil {
		return Directive{}, err
	}
	d := Directive{Verb: tokens[0]}
	for _, token := range tokens[1:] {
		name, value, isArg := strings.Cut(token, "=")
		if !isArg {
			if len(d.Args) > 0 {
				return d, fmt.Errorf("word %q after an argument", token)
			}
			d.Words = append(d.Words, token)
			continue
		}
		arg, err := parseArg(name, value)
		if err != nil {
			return d, err
		}
		if _, dup := d.Arg(name); dup {
			return d, fmt.Errorf("argument %q is given twice", name)
		}
		d.Args = append(d.Args, arg)
	}
	return d, checkDirective(d, at)
}

// splitDirective returns the blank-separated tokens; blanks inside a quoted
// literal do not part. The first token is a word, if there is no error.
func splitDirective(text string) ([]string, error) {
	var tokens []string
	for rest := strings.TrimLeftFunc(text, unicode.IsSpace); rest != ""; rest = strings.TrimLeftFunc(rest, unicode.IsSpace) {
		end := strings.IndexFunc(rest, unicode.IsSpace)
		if end < 0 {
			end = len(rest)
		}
		if q := strings.IndexByte(rest[:end], '"'); q >= 0 {
			quoted, err := strconv.QuotedPrefix(rest[q:])
			if err != nil {
				return nil, fmt.Errorf("bad quoted text in %q", rest)
			}
			end = q + len(quoted)
			if end < len(rest) && !unicode.IsSpace(rune(rest[end])) {
				return nil, fmt.Errorf("text after the closing quote in %q", rest)
			}
		}
		tokens = append(tokens, rest[:end])
		rest = rest[end:]
	}
	if len(tokens) == 0 || text[0] == ' ' || text[0] == '\t' {
		return nil, fmt.Errorf("a verb must follow %q at once", directivePrefix)
	}
	return tokens, nil
}

// parseArg reads name=value: a position, a position with "..." behind it, a
// quoted literal, or a bare word.
func parseArg(name, value string) (DirectiveArg, error) {
	arg := DirectiveArg{Name: name, Index: -1}
	if !isModelWord(name) {
		return arg, fmt.Errorf("%q is no argument name", name)
	}
	if strings.HasPrefix(value, `"`) {
		text, err := strconv.Unquote(value)
		if err != nil {
			return arg, fmt.Errorf("argument %s: bad quoted text %s", name, value)
		}
		arg.Text, arg.Quoted = text, true
		return arg, nil
	}
	if isModelWord(value) {
		arg.Text = value
		return arg, nil
	}
	digits, rest := strings.CutSuffix(value, "...")
	n, err := strconv.ParseUint(digits, 10, 8)
	if err != nil {
		return arg, fmt.Errorf("argument %s: %q is neither a position nor a word nor quoted text", name, value)
	}
	arg.Index, arg.Rest = int(n), rest
	return arg, nil
}

// String returns the directive as it is written, without its prefix.
func (d Directive) String() string {
	var b strings.Builder
	b.WriteString(d.Verb)
	for _, w := range d.Words {
		b.WriteString(" " + w)
	}
	for _, a := range d.Args {
		b.WriteString(" " + a.Name + "=" + a.String())
	}
	return b.String()
}

// String returns the argument's value as it is written.
func (a DirectiveArg) String() string {
	switch {
	case a.Quoted:
		return strconv.Quote(a.Text)
	case a.Index < 0:
		return a.Text
	case a.Rest:
		return strconv.Itoa(a.Index) + "..."
	}
	return strconv.Itoa(a.Index)
}

// isModelWord reports whether s is a lower-case kebab word.
func isModelWord(s string) bool {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for _, r := range s {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

func checkDirective(d Directive, at modelPlace) error {
	i := slices.IndexFunc(modelVerbs[:], func(v modelVerb) bool { return v.name == d.Verb })
	if i < 0 {
		return fmt.Errorf("unknown verb %q%s", d.Verb, nearest.Hint(d.Verb, verbNames()))
	}
	verb := modelVerbs[i]
	if verb.places&at.kind == 0 {
		return fmt.Errorf("verb %s cannot stand here", verb.name)
	}
	if n := len(d.Words); n != verb.words && (verb.words >= 0 || n < 1 || n > 2) {
		return fmt.Errorf("verb %s takes %s, not %d", verb.name, wordCount(verb.words), n)
	}
	word, err := checkWords(d, at)
	if err != nil {
		return err
	}
	return checkArgs(d, word.args+" "+verb.args, at)
}

// verbNames returns the verbs of directives.
func verbNames() []string {
	names := make([]string, len(modelVerbs))
	for i, v := range modelVerbs {
		names[i] = v.name
	}
	return names
}

func wordCount(n int) string {
	switch n {
	case -1:
		return "one or two words"
	case 1:
		return "one word"
	}
	return strconv.Itoa(n) + " words"
}

// checkWords checks the bare words and returns the vocabulary's entry of the
// one that says which arguments may follow.
func checkWords(d Directive, at modelPlace) (modelWord, error) {
	switch d.Verb {
	case "new", "object":
		return modelWord{}, checkKind(d.Words[0])
	case "parent":
		return modelWord{}, checkTarget(d.Words[0], at, "new", "result")
	case "on":
		if err := checkTarget(d.Words[0], at, ""); err != nil {
			return modelWord{}, err
		}
		return lookUp("role", modelRoles[:], d.Words[1])
	case "entry":
		if !at.entries {
			return modelWord{}, fmt.Errorf("verb entry stands at map and struct types only")
		}
		return lookUp("role", modelRoles[:], d.Words[0])
	case "field", "context":
		return checkFieldWords(d)
	case "value":
		return lookUp("value role", modelValues[:], d.Words[0])
	case "transfer":
		return lookUp("operation", modelTransfers[:], d.Words[0])
	case "tell", "writer":
		channel, err := lookUp("channel", modelChannels[:], d.Words[0])
		if d.Verb == "writer" {
			channel.args = ""
		}
		return channel, err
	case "policy":
		return lookUp("policy", modelPolicies[:], d.Words[0])
	case "store":
		return lookUp("medium", modelStores[:], d.Words[0])
	case "tag":
		return lookUp("tag grammar", modelTags[:], d.Words[1])
	}
	return modelWord{}, nil
}

// checkFieldWords checks "<role> <argname>": the name must be one of the role's
// arguments, and further arguments are optional then.
func checkFieldWords(d Directive) (modelWord, error) {
	role, err := lookUp("role", modelRoles[:], d.Words[0])
	if err != nil {
		return role, err
	}
	names := strings.Fields(strings.NewReplacer("!", "", "+", "").Replace(role.args))
	if len(d.Words) == 2 && !slices.Contains(names, d.Words[1]) {
		return role, fmt.Errorf("role %s has no argument %q", role.name, d.Words[1])
	}
	if len(d.Words) == 1 && len(names) > 0 && role.args != "value" {
		return role, fmt.Errorf("role %s wants the name of the argument that the value is", role.name)
	}
	return modelWord{role.name, strings.Join(names, " ")}, nil
}

func lookUp(list string, words []modelWord, name string) (modelWord, error) {
	var names []string
	for _, w := range words {
		if w.name == name {
			return w, nil
		}
		names = append(names, w.name)
	}
	return modelWord{}, fmt.Errorf("unknown %s %q%s", list, name, nearest.Hint(name, names))
}

func checkKind(kind string) error {
	if !slices.Contains(modelKinds[:], kind) {
		return fmt.Errorf("unknown object kind %q%s", kind, nearest.Hint(kind, modelKinds[:]))
	}
	return nil
}

// checkTarget checks recv, new, result, resultN, argN, argN... or the name of an
// exported package variable.
func checkTarget(target string, at modelPlace, refused ...string) error {
	if slices.Contains(refused, target) {
		return fmt.Errorf("target %q makes no sense here", target)
	}
	switch target {
	case "new":
		return nil
	case "recv":
		if at.kind != onMethod {
			return fmt.Errorf("target recv at a declaration without receiver")
		}
		return nil
	case "result":
		return checkResult(0, at)
	}
	if n, ok := strings.CutPrefix(target, "result"); ok {
		i, err := strconv.ParseUint(n, 10, 8)
		if err != nil {
			return fmt.Errorf("unknown target %q", target)
		}
		return checkResult(int(i), at)
	}
	if n, ok := strings.CutPrefix(target, "arg"); ok {
		arg, err := parseArg("target", n)
		if err != nil || arg.Index < 0 {
			return fmt.Errorf("unknown target %q", target)
		}
		return checkPosition(arg, at)
	}
	if !token.IsIdentifier(target) {
		return fmt.Errorf("unknown target %q", target)
	}
	return nil // a package variable; whether it exists is checked with all declarations
}

// namesVariable reports whether a target is none of the fixed words.
func namesVariable(target string) bool {
	return target != "new" && target != "recv" && !strings.HasPrefix(target, "arg") && !strings.HasPrefix(target, "result")
}

func checkResult(i int, at modelPlace) error {
	if i >= at.results {
		return fmt.Errorf("result %d of a signature with %d results", i, at.results)
	}
	return nil
}

func checkPosition(arg DirectiveArg, at modelPlace) error {
	switch {
	case at.kind != onFunc && at.kind != onMethod:
		return fmt.Errorf("argument %s: a position at a declaration without parameters", arg.Name)
	case arg.Index >= at.params:
		return fmt.Errorf("argument %s: position %d of a signature with %d parameters", arg.Name, arg.Index, at.params)
	case arg.Rest && !at.variadic:
		return fmt.Errorf("argument %s: \"...\" at a signature that is not variadic", arg.Name)
	}
	return nil
}

// checkArgs checks the named arguments against the names allowed.
func checkArgs(d Directive, allowed string, at modelPlace) error {
	var names []string
	var oneOf, have bool
	for _, entry := range strings.Fields(allowed) {
		name := strings.TrimRight(entry, "!+")
		names = append(names, name)
		_, given := d.Arg(name)
		if strings.HasSuffix(entry, "!") && !given {
			return fmt.Errorf("verb %s: argument %q is missing", d.Verb, name)
		}
		if strings.HasSuffix(entry, "+") {
			oneOf, have = true, have || given
		}
	}
	if oneOf && !have {
		return fmt.Errorf("verb %s: one of the arguments %s is missing", d.Verb, strings.Join(names, ", "))
	}
	for _, arg := range d.Args {
		if !slices.Contains(names, arg.Name) {
			return fmt.Errorf("verb %s takes no argument %q here", d.Verb, arg.Name)
		}
		if err := checkArg(d, arg, at); err != nil {
			return err
		}
	}
	return nil
}

func checkArg(d Directive, arg DirectiveArg, at modelPlace) error {
	switch {
	case arg.Name == "result":
		if arg.Index < 0 || arg.Rest {
			return fmt.Errorf("argument result wants a position")
		}
		return checkResult(arg.Index, at)
	case arg.Index >= 0:
		return checkPosition(arg, at)
	case arg.Quoted:
		return nil
	}
	switch arg.Text {
	case "recv":
		if at.kind != onMethod {
			return fmt.Errorf("argument %s: recv at a declaration without receiver", arg.Name)
		}
		return nil
	case "key", "elem":
		if d.Verb == "entry" {
			return nil
		}
	}
	return fmt.Errorf("argument %s: unknown word %q", arg.Name, arg.Text)
}
