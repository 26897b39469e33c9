package settings

import (
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// family is a set of what the table says of names that end with a phrase.
type family uint32

// The families. One bit stands for all rules that ask the same of a value.
const (
	ofVersion   family = 1 << iota // the value is versions of TLS by their names
	ofBare                         // or numbers alone
	ofSwitch                       // a word of the value switches a check off
	ofNumber                       // a number of a policy
	ofLifetime                     // how long tokens are valid
	ofRange                        // addresses that may come in
	ofScript                       // a script
	ofCommand                      // a command that goes on in a key beside it
	ofArguments                    // what it goes on with
	ofText                         // text of another kind
	ofFileText                     // text of any kind in some files
	ofHeader                       // the value is that of a header
	ofURL                          // where requests go to
	ofHost                         // where a connection goes to
	ofUser                         // a user
	ofScheme                       // http or https
	ofSecure                       // whether a connection is protected
	ofProtocol                     // the protocol of one
	ofAlways                       // worth parsing whatever the value is
	ofNamed                        // the same if the phrase is all of the name
	ofProduct                      // what a product means by it
)

// endings are the phrases of a table, read backwards and in order, so that one
// walk from the end of a name finds those that the name ends with, and those that
// end with the name: the rest may stand in the keys above it.
type endings struct {
	texts    []string // the last character first
	families []family
	contexts [][]map[string]bool // words of which one must stand in the path; nil if none must
	bad      [][]string          // values that switch a check off
	products [][]*rules.ProductKey
	first    [256]span16
	pairs    map[string]half // names of settings that stand as a name and a value
}

// half says which of the two a name is.
type half uint8

const (
	pairName half = 1 << iota
	pairValue
)

// span16 is a run of a list.
type span16 struct{ from, to int }

// tableEndings returns the endings of the built-in table.
var tableEndings = sync.OnceValues(func() (*endings, error) {
	table, err := rules.Settings()
	if err != nil {
		return nil, err
	}
	return newEndings(table), nil
})

// ownNames returns the names, in lower case, of which a rule of this package knows by
// itself what they mean: a file with one of them is worth parsing.
var ownNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for name := range ftpKeys {
		out[name] = true
	}
	for _, name := range [...]string{registriesKey, identityToken, registryToken, clientKeyData, securitySchemes, securityDefinitions} {
		out[strings.ToLower(name)] = true
	}
	return out
})

// ending is one phrase.
type ending struct {
	text    string
	of      family
	context []map[string]bool
	free    bool // one of the families needs no context
	bad     []string
	product []*rules.ProductKey
}

// collector gathers the phrases of a table.
type collector struct {
	at   map[string]int
	list []ending
}

// of returns the entry of a phrase.
func (c *collector) of(phrase string) *ending {
	i, ok := c.at[phrase]
	if !ok {
		i = len(c.list)
		c.at[phrase] = i
		c.list = append(c.list, ending{})
	}
	return &c.list[i]
}

// add notes a phrase of a family, with the words of which one must stand in its
// path if there are any.
func (c *collector) add(phrase string, of family, context map[string]bool) {
	e := c.of(phrase)
	e.of |= of
	e.free = e.free || len(context) == 0
	if e.context = append(e.context, context); e.free {
		e.context = nil
	}
}

// newEndings collects the phrases of a table.
func newEndings(table *rules.SettingsTable) *endings {
	size := len(table.Versions) + len(table.Switches) + len(table.Numbers) + len(table.Lifetimes) + len(table.Texts) + len(table.Products)
	all := collector{at: make(map[string]int, 2*size), list: make([]ending, 0, 2*size)}
	for phrase, keys := range table.Versions {
		for _, key := range keys {
			all.add(phrase, ofVersion, nil) // the value may name TLS itself
			if key.Bare {
				all.add(phrase, ofBare, nil)
			}
		}
	}
	for phrase, keys := range table.Switches {
		for _, key := range keys {
			all.add(phrase, ofSwitch, key.Any)
			e := all.of(phrase)
			e.bad = append(e.bad, key.Bad...)
		}
	}
	for phrase, keys := range table.Numbers {
		for _, key := range keys {
			all.add(phrase, ofNumber, key.Any)
		}
	}
	for phrase, keys := range table.Lifetimes {
		for _, key := range keys {
			all.add(phrase, ofLifetime, key.Any)
		}
	}
	all.addTexts(table)
	for phrase, keys := range table.Products {
		for _, key := range keys {
			all.add(phrase, ofProduct, key.Any)
		}
		all.of(phrase).product = keys
	}
	for phrase := range table.Classes {
		all.add(phrase, ofSwitch, nil)
		e := all.of(phrase)
		e.bad = append(e.bad, "false")
	}
	all.addNames(table)
	e := all.order()
	e.pairs = map[string]half{"default": pairValue, "defaultValue": pairValue} // of a parameter
	for _, keys := range table.Pairs {
		e.pairs[keys.Name] |= pairName
		e.pairs[keys.Value] |= pairValue
	}
	return e
}

// addTexts notes the keys of texts of other kinds.
func (c *collector) addTexts(table *rules.SettingsTable) {
	for phrase, keys := range table.Texts {
		for _, key := range keys {
			of := ofText
			switch {
			case len(key.Files) > 0:
				of = ofFileText
			case key.Kind == "shell" || key.Kind == "powershell":
				of = ofScript
			}
			c.add(phrase, of, key.Any)
			if key.With != "" {
				c.add(phrase, ofCommand, nil)
				c.add(key.With, ofArguments, nil)
			}
		}
	}
}

// addNames notes what the table says of names that need no value of a kind.
func (c *collector) addNames(table *rules.SettingsTable) {
	for phrase := range table.Ranges {
		c.add(phrase, ofRange, nil)
	}
	for phrase := range table.ProtocolKeys {
		c.add(phrase, ofProtocol, nil)
	}
	for _, role := range [...]struct {
		name string
		of   family
	}{{"url", ofURL}, {"host", ofHost}, {"user", ofUser}, {"scheme", ofScheme}, {"secure", ofSecure}} {
		for phrase := range table.Roles[role.name] {
			c.add(phrase, role.of, nil)
		}
	}
	for header := range table.Headers {
		c.add(phraseOf(header), ofHeader, nil)
	}
	c.add(termsPhrase, ofAlways, nil)
	for name := range ownNames() {
		c.add(phraseOf(name), ofNamed, nil)
	}
}

// order returns the phrases as lists.
func (c *collector) order() *endings {
	order := make([]*ending, 0, len(c.list))
	for phrase, i := range c.at {
		text := []byte(phrase)
		slices.Reverse(text)
		if item := &c.list[i]; len(text) > 0 {
			item.text = string(text)
			order = append(order, item)
		}
	}
	slices.SortFunc(order, func(a, b *ending) int { return strings.Compare(a.text, b.text) })
	n := len(order)
	e := &endings{
		texts: make([]string, n), families: make([]family, n), contexts: make([][]map[string]bool, n), bad: make([][]string, n),
		products: make([][]*rules.ProductKey, n),
	}
	for i, item := range order {
		e.texts[i], e.families[i], e.contexts[i], e.bad[i], e.products[i] = item.text, item.of, item.context, item.bad, item.product
		first := item.text[0]
		if e.first[first].to == 0 {
			e.first[first].from = i
		}
		e.first[first].to = i + 1
	}
	return e
}

// tail is a run of endings whose first characters a walk has passed: the rest of
// them may stand in another name.
type tail struct {
	span16
	depth int
}

// walk goes through a name from its end, on with the endings of a tail. It
// appends the endings that are complete with it to a list, and returns those that
// go on before it.
func (e *endings) walk(name []byte, at tail, whole []int) ([]int, tail) {
	run, depth := at.span16, at.depth
	for i := len(name) - 1; i >= 0; i-- {
		c := shape.Lower(name[i])
		if !isWordByte(c) {
			continue
		}
		if run = e.next(run, depth, c); run.from == run.to {
			return whole, tail{}
		}
		depth++
		if len(e.texts[run.from]) == depth { // the shortest comes first
			whole = append(whole, run.from)
		}
	}
	return whole, tail{run, depth}
}

// whole is a walk from the end of a name.
func (e *endings) whole(name []byte, found []int) ([]int, tail) {
	return e.walk(name, tail{span16: span16{0, len(e.texts)}}, found)
}

// goesOn returns how far an ending of which depth characters have been passed goes
// on with a name from its end, and whether that is the whole name or the whole
// ending.
func (e *endings) goesOn(i, depth int, name []byte) (int, bool) {
	text := e.texts[i]
	for k := len(name) - 1; k >= 0 && depth < len(text); k-- {
		c := shape.Lower(name[k])
		if !isWordByte(c) {
			continue
		}
		if text[depth] != c {
			return depth, false
		}
		depth++
	}
	return depth, true
}

// next returns the endings of a run that have c at depth.
func (e *endings) next(run span16, depth int, c byte) span16 {
	if depth == 0 {
		return e.first[c]
	}
	from := e.notBefore(run, depth, c)
	return span16{from, e.notBefore(span16{from, run.to}, depth, c+1)}
}

// notBefore returns the first ending of a run that does not have a smaller character
// than c at depth, or end before it.
func (e *endings) notBefore(run span16, depth int, c byte) int {
	for run.from < run.to {
		middle := int(uint(run.from+run.to) >> 1)
		if text := e.texts[middle]; len(text) <= depth || text[depth] < c {
			run.from = middle + 1
		} else {
			run.to = middle
		}
	}
	return run.from
}

// isWordByte reports whether a byte in lower case is part of a word.
func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }
