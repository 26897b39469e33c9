package walk

// A glob is a compiled gitignore pattern: a chain of tokens, matched by
// following all possible positions at once, so that no pattern is slow.
type glob []token

// token is one step of a glob.
type token struct {
	kind tokenKind
	char byte       // of charToken
	set  *[256]bool // of setToken
	next int        // of skipToken: the token behind the skipped ones
}

type tokenKind uint8

const (
	charToken  tokenKind = iota
	anyToken             // ?: one byte but a slash
	setToken             // [...]: one byte of the set, never a slash
	starToken            // *: bytes but slashes
	starsToken           // **: any bytes
	skipToken            // may go on at next at once
	neverToken           // a malformed pattern matches nothing
)

// compileGlob compiles a pattern. Two stars span directories only where they
// stand for whole path elements; elsewhere they are one star, as in git.
func compileGlob(pattern string) glob {
	var g glob
	for i := 0; i < len(pattern); {
		switch c := pattern[i]; c {
		case '*':
			g, i = appendStars(g, pattern, i)
		case '?':
			g, i = append(g, token{kind: anyToken}), i+1
		case '[':
			set, end := parseSet(pattern, i)
			if set == nil {
				return glob{{kind: neverToken}}
			}
			g, i = append(g, token{kind: setToken, set: set}), end
		case '\\':
			if i+1 == len(pattern) {
				return glob{{kind: neverToken}}
			}
			g, i = append(g, token{kind: charToken, char: pattern[i+1]}), i+2
		default:
			g, i = append(g, token{kind: charToken, char: c}), i+1
		}
	}
	return g
}

// appendStars compiles the run of stars at i and returns the index behind it.
func appendStars(g glob, pattern string, i int) (glob, int) {
	end := i
	for end < len(pattern) && pattern[end] == '*' {
		end++
	}
	rest := pattern[end:]
	starts := i == 0 || pattern[i-1] == '/'
	slash := rest != "" && rest[0] == '/'
	ends := rest == "" || slash || (len(rest) > 1 && rest[0] == '\\' && rest[1] == '/')
	if end-i < 2 || !starts || !ends {
		return append(g, token{kind: starToken}), end
	}
	if !slash {
		return append(g, token{kind: starsToken}), end
	}
	// "**/" is nothing, or anything up to a slash.
	at := len(g)
	g = append(g, token{kind: skipToken, next: at + 3}, token{kind: starsToken}, token{kind: charToken, char: '/'})
	return g, end + 1
}

// parseSet reads the bracket expression at i and returns its set and the index
// behind it, or nil if it is malformed.
func parseSet(pattern string, i int) (*[256]bool, int) {
	var set [256]bool
	i++
	negated := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if negated {
		i++
	}
	previous := -1 // the byte that a range may begin with
	for first := true; ; first = false {
		if i >= len(pattern) {
			return nil, 0
		}
		c := pattern[i]
		switch {
		case c == ']' && !first:
			if negated {
				for k := range set {
					set[k] = !set[k]
				}
			}
			set['/'] = false
			return &set, i + 1
		case c == '-' && previous >= 0 && i+1 < len(pattern) && pattern[i+1] != ']':
			high, end, ok := setByte(pattern, i+1)
			if !ok {
				return nil, 0
			}
			for k := previous; k <= int(high); k++ {
				set[k] = true
			}
			previous, i = -1, end
		case c == '[' && i+1 < len(pattern) && pattern[i+1] == ':':
			end, found := addClass(&set, pattern, i)
			if end < 0 {
				return nil, 0
			}
			previous, i = '[', end
			if found {
				previous = -1
			}
		default:
			char, end, ok := setByte(pattern, i)
			if !ok {
				return nil, 0
			}
			set[char] = true
			previous, i = int(char), end
		}
	}
}

// setByte reads one byte of a bracket expression, escaped or not.
func setByte(pattern string, i int) (char byte, end int, ok bool) {
	if pattern[i] != '\\' {
		return pattern[i], i + 1, true
	}
	if i+1 == len(pattern) {
		return 0, 0, false
	}
	return pattern[i+1], i + 2, true
}

// addClass adds the named class, as [:alpha:], that begins at i. It returns the
// index behind it, or -1 for an unknown or open one; without ":]" the bracket
// is an ordinary byte, and found is false.
func addClass(set *[256]bool, pattern string, i int) (end int, found bool) {
	end = i + 2
	for end < len(pattern) && pattern[end] != ']' {
		end++
	}
	if end == len(pattern) {
		return -1, false
	}
	if end == i+2 || pattern[end-1] != ':' {
		set['['] = true
		return i + 1, false
	}
	has := classOf(pattern[i+2 : end-1])
	if has == nil {
		return -1, false
	}
	for k := range 128 { // git's classes are ASCII
		if has(byte(k)) {
			set[k] = true
		}
	}
	return end + 1, true
}

// classOf returns the test of a named class, nil if there is none of the name.
func classOf(name string) func(byte) bool {
	between := func(low, high byte) func(byte) bool {
		return func(c byte) bool { return low <= c && c <= high }
	}
	lower, upper, digit, graph := between('a', 'z'), between('A', 'Z'), between('0', '9'), between('!', '~')
	switch name {
	case "alnum":
		return func(c byte) bool { return lower(c) || upper(c) || digit(c) }
	case "alpha":
		return func(c byte) bool { return lower(c) || upper(c) }
	case "blank":
		return func(c byte) bool { return c == ' ' || c == '\t' }
	case "cntrl":
		return func(c byte) bool { return c < ' ' || c == 0x7f }
	case "digit":
		return digit
	case "graph":
		return graph
	case "lower":
		return lower
	case "print":
		return between(' ', '~')
	case "punct":
		return func(c byte) bool { return graph(c) && !lower(c) && !upper(c) && !digit(c) }
	case "space":
		return func(c byte) bool { return c == ' ' || (c >= '\t' && c <= '\r') }
	case "upper":
		return upper
	case "xdigit":
		return func(c byte) bool { return digit(c) || (c|0x20 >= 'a' && c|0x20 <= 'f') }
	}
	return nil
}

// match reports whether the whole text matches.
func (g glob) match(text string) bool {
	now, then := make([]bool, len(g)+1), make([]bool, len(g)+1)
	g.enter(now, 0)
	for i := range len(text) {
		clear(then)
		alive := false
		for at, on := range now[:len(g)] {
			if on {
				alive = g.step(then, at, text[i]) || alive
			}
		}
		if !alive {
			return false
		}
		now, then = then, now
	}
	return now[len(g)]
}

// enter marks token at, and all that may be reached from it without a byte.
func (g glob) enter(states []bool, at int) {
	for !states[at] {
		states[at] = true
		if at == len(g) {
			return
		}
		switch g[at].kind {
		case starToken, starsToken:
			at++
		case skipToken:
			g.enter(states, g[at].next)
			at++
		default:
			return
		}
	}
}

// step marks where c leads from token at and reports whether anywhere.
func (g glob) step(states []bool, at int, c byte) bool {
	t := g[at]
	switch t.kind {
	case charToken:
		if c != t.char {
			return false
		}
	case anyToken:
		if c == '/' {
			return false
		}
	case setToken:
		if !t.set[c] {
			return false
		}
	case starToken:
		if c == '/' {
			return false
		}
		g.enter(states, at)
		return true
	case starsToken:
		g.enter(states, at)
		return true
	default:
		return false
	}
	g.enter(states, at+1)
	return true
}
