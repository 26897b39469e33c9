package snippet

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// lasting observes how long a token that is signed here is valid, as its claims
// and the options of the call say. The claims must be known as a whole for one
// that says nothing of it.
func (o *observer) lasting(c *invocation, out *value, use string) {
	claims, options := o.claimsOf(c)
	if claims == nil && options == nil {
		return
	}
	t := &practice.Token{Source: o.source(c.n, "lifetime of "+use), Aspect: practice.TokenLifetime, Use: use, Provider: o.text.Provider}
	t.Condition = o.condition()
	end := options.get("expiresIn")
	if end == nil {
		end = options.get("expiration")
	}
	unit := time.Second
	if end == nil {
		end = claims.get("exp")
	}
	switch {
	case end != nil:
		d, ok := o.duration(end, unit)
		if !ok {
			return
		}
		t.Lifetime = d
	case o.isWhole(claims) && (options == nil || o.isWhole(options)):
		t.Endless = true
	default:
		return
	}
	for _, m := range claims.members() {
		t.Names = append(t.Names, m.name)
		if text, ok := m.value.known(); ok && isPlainName(text) {
			t.Names = append(t.Names, text)
		}
	}
	for _, v := range c.args {
		for _, h := range v.text().Holes() {
			t.Names = append(t.Names, h.Name)
		}
		if v.variable != "" {
			t.Names = append(t.Names, v.variable)
		}
	}
	out.lifetime = t
	o.add(t)
}

// members returns the members of a value, none if there is none.
func (v *value) members() []*member {
	if v == nil {
		return nil
	}
	return v.dict
}

// claimsOf returns the claims and the options of a call that signs a token.
func (o *observer) claimsOf(c *invocation) (claims, options *value) {
	if len(c.args) > 0 && c.args[0].obj == nil && len(c.args[0].dict) > 0 {
		claims = c.args[0]
	}
	if o.lang.name == "javascript" && len(c.args) > 2 {
		if options = c.args[2]; options.dict == nil {
			return nil, nil // they may say anything
		}
	}
	if o.lang.name == "javascript" && claims == nil && len(c.args) > 1 && options != nil && options.get("expiresIn") != nil {
		return &value{}, options
	}
	if claims == nil && len(c.args) == 0 && len(c.named) > 0 {
		for _, m := range c.named {
			if m.name == "payload" && len(m.value.dict) > 0 {
				claims = m.value
			}
		}
	}
	if claims == nil {
		return nil, nil
	}
	return claims, options
}

// isWhole reports whether all members of a value stand in its source.
func (o *observer) isWhole(v *value) bool {
	if v == nil || v.dict == nil || v.n == nil || v.n.kind != braceNode && v.n.kind != listNode && v.n.calleeName() != "array" || v.n.end > len(o.text.Data) {
		return false
	}
	source := o.text.Data[v.n.start:v.n.end]
	return !bytes.Contains(source, []byte("...")) && !bytes.Contains(source, []byte("**")) && !bytes.Contains(source, []byte("merge"))
}

// duration returns how long something lasts that a value says as a number of
// units, a text such as 30d, or a time in the future.
func (o *observer) duration(v *value, unit time.Duration) (time.Duration, bool) {
	if text, ok := v.known(); ok {
		return spanOf(text, unit)
	}
	if v.n == nil {
		return 0, false
	}
	e := &estimate{o: o, unit: unit}
	d, ok := e.of(v.n, 0)
	if !ok || d <= 0 {
		return 0, false
	}
	const century = 100 * 366 * 24 * time.Hour
	return min(time.Duration(d*float64(unit)), century), true
}

// spanOf reads a length of time as programs of Node write it.
func spanOf(text string, unit time.Duration) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	i := 0
	for i < len(text) && (text[i] >= '0' && text[i] <= '9') {
		i++
	}
	if i == 0 || i > 9 {
		return 0, false
	}
	n, err := strconv.Atoi(text[:i])
	if err != nil {
		return 0, false
	}
	switch strings.ToLower(strings.TrimSpace(text[i:])) {
	case "":
		unit = min(unit, time.Millisecond) // a text without unit
	case "s", "sec", "secs", "second", "seconds":
		unit = time.Second
	case "m", "min", "mins", "minute", "minutes":
		unit = time.Minute
	case "h", "hr", "hrs", "hour", "hours":
		unit = time.Hour
	case "d", "day", "days":
		unit = 24 * time.Hour
	case "w", "week", "weeks":
		unit = 7 * 24 * time.Hour
	case "y", "yr", "yrs", "year", "years":
		unit = 365 * 24 * time.Hour
	default:
		return 0, false
	}
	return min(time.Duration(n), 100*366*24*time.Hour/unit) * unit, true
}

// estimate reads a sum of times.
type estimate struct {
	o    *observer
	unit time.Duration
}

// of returns the length of time that a node adds to now, in units.
func (e *estimate) of(n *node, depth int) (float64, bool) {
	if n == nil || depth > 8 {
		return 0, false
	}
	switch n.kind {
	case numberNode:
		number, err := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(n.text, "_", ""), "lLfFdD"), 64)
		return number, err == nil
	case nameNode:
		if isNow(n.name()) {
			return 0, true
		}
		if v, ok := e.o.lookup(e.o.path(n)); ok && v.n != nil && v.n != n {
			return e.of(v.n, depth+1)
		}
	case listNode:
		if n.round && len(n.args) == 1 {
			return e.of(n.args[0], depth+1)
		}
	case binaryNode:
		return e.sum(n, depth)
	case memberNode:
		return e.member(n, depth)
	case callNode:
		return e.call(n, depth)
	}
	return 0, false
}

// sum returns what a sum or a product adds.
func (e *estimate) sum(n *node, depth int) (float64, bool) {
	a, ok := e.of(n.args[0], depth+1)
	b, fine := e.of(n.args[1], depth+1)
	if !ok || !fine {
		return 0, false
	}
	switch n.text {
	case "+":
		return a + b, true
	case "*":
		return a * b, true
	case "/":
		if b != 0 {
			return a / b, true
		}
	}
	return 0, false
}

// isNow reports whether a name is that of the time now.
func isNow(name string) bool {
	switch strings.ToLower(name) {
	case "now", "iat", "issuedat", "issued_at", "time", "timestamp", "currenttime", "current_time", "nowseconds", "now_seconds", "utcnow", "currenttimemillis", "unixtime", "time_now", "today", "microtime":
		return true
	}
	return false
}

// member returns what a member of a time adds: 30.days, Time.now.to_i.
func (e *estimate) member(n *node, depth int) (float64, bool) {
	if isNow(n.text) {
		return 0, true
	}
	switch n.text {
	case "to_i", "from_now", "timestamp", "utc", "getTime", "toInstant", "in_seconds", "to_f", "UtcNow", "Now":
		return e.of(n.x, depth+1)
	}
	if unit := unitOf(n.text); unit > 0 {
		number, ok := e.of(n.x, depth+1)
		return number * float64(unit) / float64(e.unit), ok
	}
	return 0, false
}

// call returns what a call adds: timedelta(days=30), Math.floor(x), now.plusDays(1).
func (e *estimate) call(n *node, depth int) (float64, bool) {
	name := n.calleeName()
	switch name {
	case "timedelta", "relativedelta":
		total := 0.0
		for _, a := range n.args {
			if a.kind != assignNode || unitOf(a.x.name()) == 0 {
				return 0, false
			}
			number, ok := e.of(a.args[0], depth+1)
			if !ok {
				return 0, false
			}
			total += number * float64(unitOf(a.x.name())) / float64(e.unit)
		}
		return total, len(n.args) > 0
	case "floor", "round", "int", "trunc", "ceil", "Date", "intval", "parseInt":
		if len(n.args) == 1 {
			return e.of(n.args[0], depth+1)
		}
		return 0, len(n.args) == 0
	}
	if isNow(name) {
		return 0, true
	}
	if n.x.kind == memberNode && len(n.args) == 0 {
		return e.member(n.x, depth)
	}
	return 0, false
}

// unitOf returns the unit of time that a word names, 0 if none.
func unitOf(word string) time.Duration {
	switch word {
	case "second", "seconds":
		return time.Second
	case "minute", "minutes":
		return time.Minute
	case "hour", "hours":
		return time.Hour
	case "day", "days":
		return 24 * time.Hour
	case "week", "weeks":
		return 7 * 24 * time.Hour
	case "month", "months":
		return 30 * 24 * time.Hour
	case "year", "years":
		return 365 * 24 * time.Hour
	}
	return 0
}

// calledBy notes what a token is called that has just been made.
func (v *value) calledBy(name string) {
	if v.lifetime != nil && name != "" {
		v.lifetime.Names = append(v.lifetime.Names, name)
	}
}

// encoded observes a function that says it encrypts and only writes its parameter
// in Base64: the value of one of its statements.
func (o *observer) encoded(n *node, v *value) {
	if v.base64 == "" || len(v.text()) != 1 || v.text()[0].Hole == nil || !hides(o.scope.symbol) {
		return
	}
	hole := v.text()[0].Hole
	if hole.Role == partial.Environment || !o.isParameter(hole.Name) || o.meant[n] {
		return
	}
	o.meant[n] = true
	s := &practice.Storage{Source: o.source(n, "Base64 of "+o.scope.symbol), Form: practice.StoredEncoded, Use: o.scope.symbol}
	s.Condition = o.condition()
	o.add(s)
}

// isParameter reports whether a variable is a parameter of the function at work
// that was not set since.
func (o *observer) isParameter(name string) bool {
	for s := o.scope; s != nil; s = s.outer {
		for _, path := range [...]string{name, "$" + name} {
			if v, ok := s.names[path]; ok {
				return v == nil
			}
		}
	}
	return false
}
