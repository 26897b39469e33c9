package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"math/big"
	"strconv"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// A Moment part is a time, or the number of units since the epoch that stands
// for one: now and as many nanoseconds as its Text says, more than that by
// Factor nanoseconds for each count of the parameter NameFrom-1, field Path. An
// empty Text stands for a time after now of which no more is known. Unit is the
// length in nanoseconds of what a number counts, 0 for a time.
//
// A Param part with a Factor is the parameter times the factor.

// moment returns the part for now and some nanoseconds, counted in a unit.
func moment(ns, unit int64) Part {
	return Part{Kind: Moment, Text: strconv.FormatInt(ns, 10), Unit: unit}
}

// later is a moment of which only its relation to now is known.
func later(unit int64) Part { return Part{Kind: Moment, Unit: unit} }

// nanoseconds returns how long after now a moment is, if that is known.
func (p Part) nanoseconds() (int64, bool) {
	if p.Kind != Moment || p.Text == "" || p.NameFrom > 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(p.Text, 10, 64)
	return n, err == nil
}

// Lifetime returns how long after the time of the call a reading is, and
// whether it is such a time; with known false it is one of which no more is
// known.
func (a Alt) Lifetime() (d time.Duration, known, ok bool) {
	if len(a.Parts) != 1 || a.Parts[0].Kind != Moment {
		return 0, false, false
	}
	n, known := a.Parts[0].nanoseconds()
	return time.Duration(n), known, true
}

// Int returns the number that a reading is.
func (a Alt) Int() (int64, bool) {
	if s, ok := a.Known(); ok {
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil
	}
	return 0, false
}

// arithmetic computes an operation on numbers reading by reading, and reports
// whether anything is known of the result.
func arithmetic(op token.Token, x, y Value) (Value, bool) {
	var out Value
	known := false
	for _, a := range x.Alts {
		for _, b := range y.Alts {
			if len(a.Parts) != 1 || len(b.Parts) != 1 {
				return Value{}, false
			}
			p, ok := combine(op, a.Parts[0], b.Parts[0])
			known = known || ok
			out = union(out, Value{Alts: []Alt{{Parts: []Part{p}, Steps: joinSteps(a.Steps, b.Steps)}}})
		}
	}
	out.Truncated = out.Truncated || x.Truncated || y.Truncated
	return out, known
}

// combine computes an operation on two parts. If nothing is known of the
// result it is a hole named after that of an operand, and the report false.
func combine(op token.Token, a, b Part) (Part, bool) {
	if b.Kind == Moment && a.Kind != Moment && op == token.ADD {
		a, b = b, a
	}
	switch {
	case a.Kind == Text && b.Kind == Text:
		if n, ok := foldInts(op, a.Text, b.Text); ok {
			at := a.At
			if at.IsZero() {
				at = b.At
			}
			return Part{Kind: Text, Text: n, At: at}, true
		}
	case a.Kind == Moment && b.Kind == Moment:
		return Part{Kind: Unknown}, false // a length of time
	case a.Kind == Moment && (op == token.ADD || op == token.SUB):
		return shifted(a, b, op, max(a.Unit, 1)), true
	case a.Kind == Moment && a.Unit > 0 && b.Kind == Text && (op == token.QUO || op == token.MUL):
		return recounted(a, b, op)
	case op == token.MUL && a.Kind == Param && b.Kind == Text:
		return scaled(a, b)
	case op == token.MUL && a.Kind == Text && b.Kind == Param:
		return scaled(b, a)
	}
	for _, p := range []Part{a, b} {
		switch p.Kind {
		case Param, Environment, Setting:
			return Part{Kind: Setting, Name: p.holeName()}, false
		}
	}
	return Part{Kind: Unknown}, false
}

// recounted returns a moment in other units: a count of nanoseconds divided by
// the nanoseconds of a second counts seconds.
func recounted(m, by Part, op token.Token) (Part, bool) {
	n, err := strconv.ParseInt(by.Text, 10, 64)
	if err != nil || n <= 0 || op == token.MUL && m.Unit%n != 0 {
		return Part{Kind: Unknown}, false
	}
	if op == token.MUL {
		m.Unit /= n
	} else {
		m.Unit = saturated(0, m.Unit, n)
	}
	return m, true
}

// foldInts computes an operation on two integers in decimal.
func foldInts(op token.Token, a, b string) (string, bool) {
	l, r := constant.MakeFromLiteral(a, token.INT, 0), constant.MakeFromLiteral(b, token.INT, 0)
	if l.Kind() != constant.Int || r.Kind() != constant.Int {
		return "", false
	}
	switch op {
	case token.ADD, token.SUB, token.MUL, token.AND, token.OR, token.XOR:
		return constant.BinaryOp(l, op, r).ExactString(), true
	case token.QUO:
		if constant.Sign(r) == 0 {
			return "", false
		}
		return constant.BinaryOp(l, token.QUO_ASSIGN, r).ExactString(), true // of integers
	}
	return "", false
}

// shifted returns a moment moved by a number of units.
func shifted(m, by Part, op token.Token, unit int64) Part {
	n, known := m.nanoseconds()
	switch by.Kind {
	case Text:
		count, err := strconv.ParseInt(by.Text, 10, 64)
		if err != nil || m.Text == "" {
			return later(m.Unit)
		}
		if op == token.SUB {
			count = -count
		}
		if m.NameFrom > 0 {
			n, _ = strconv.ParseInt(m.Text, 10, 64)
		}
		m.Text = strconv.FormatInt(saturated(n, count, unit), 10)
		return m
	case Param:
		if known && op == token.ADD {
			m.NameFrom, m.Path, m.Factor, m.owner, m.Name = by.Index+1, by.Path, saturated(0, factor(by), unit), by.owner, by.Name
			return m
		}
	}
	return later(m.Unit)
}

// scaled returns a parameter times a number.
func scaled(p, by Part) (Part, bool) {
	n, err := strconv.ParseInt(by.Text, 10, 64)
	if err != nil {
		return Part{Kind: Setting, Name: p.holeName()}, false
	}
	p.Factor = saturated(0, factor(p), n)
	return p, true
}

// factor returns what a parameter is multiplied by.
func factor(p Part) int64 {
	if p.Factor == 0 {
		return 1
	}
	return p.Factor
}

// saturated returns n + count*unit, at the ends of the range where it leaves it.
func saturated(n, count, unit int64) int64 {
	sum := new(big.Int).Mul(big.NewInt(count), big.NewInt(unit))
	sum.Add(sum, big.NewInt(n))
	switch {
	case sum.IsInt64():
		return sum.Int64()
	case sum.Sign() < 0:
		return math.MinInt64
	}
	return math.MaxInt64
}

// fillMoment returns a moment with the value that a caller gives its parameter.
func fillMoment(m Part, given Value) Value {
	filled := m
	filled.NameFrom, filled.Path, filled.Factor, filled.owner, filled.Name = 0, "", 0, nil, ""
	var out Value
	for _, alt := range given.Alts {
		by := Part{Kind: Unknown}
		if len(alt.Parts) == 1 {
			by = alt.Parts[0]
		}
		out = union(out, Value{Alts: []Alt{{Parts: []Part{shifted(filled, by, token.ADD, m.Factor)}, Steps: alt.Steps}}})
	}
	if len(out.Alts) == 0 {
		return single(later(m.Unit))
	}
	return out
}

// multiplied returns the value of a parameter that the function multiplies.
func multiplied(v Value, by int64) Value {
	if by == 0 {
		return v
	}
	out, ok := arithmetic(token.MUL, v, text(strconv.FormatInt(by, 10)))
	if !ok {
		return v
	}
	return out
}

// timeTransfer returns the result of an operation on times, and whether the
// word names one.
func (e *engine) timeTransfer(op string, d directive, s site, get func(string) Value) (Value, bool) {
	switch op {
	case "time-add":
		v, _ := arithmetic(token.ADD, e.timeOf(get("value"), s), get("by"))
		return v, true
	case "time-add-date":
		days := addedDays(get("years"), get("months"), get("days"))
		v, _ := arithmetic(token.ADD, e.timeOf(get("value"), s), days)
		return v, true
	case "from-now":
		v, _ := arithmetic(token.ADD, single(moment(0, 0)), get("by"))
		if _, ok := d.Arg("unit"); ok {
			return counted(v, unitOf(d)), true
		}
		return v, true
	case "time-count":
		return counted(get("value"), unitOf(d)), true
	case "time-of":
		return counted(get("value"), 0), true
	case "duration":
		return parsedDuration(get("value")), true
	case "duration-count":
		v, ok := arithmetic(token.QUO, get("value"), text(strconv.FormatInt(unitOf(d), 10)))
		if !ok {
			return unknown(s.name()), true
		}
		return v, true
	}
	return Value{}, false
}

// unitOf returns the unit that a directive names, as a duration.
func unitOf(d directive) int64 {
	a, _ := d.Arg("unit")
	n, err := time.ParseDuration(a.Text)
	if err != nil || n <= 0 {
		return 1
	}
	return int64(n)
}

// timeOf returns a time that something is added to. What the source calls now,
// or the time of issue, is taken for it.
func (e *engine) timeOf(v Value, s site) Value {
	if v.any(func(p Part) bool { return p.Kind == Moment }) || !shape.HasWord(e.nameOf(s.recv), "now", "issued", "iat", "clock") {
		return v
	}
	return single(moment(0, 0))
}

// addedDays returns years, months and days as a length of time.
func addedDays(years, months, days Value) Value {
	total := text("0")
	for _, x := range []struct {
		count Value
		days  int64
	}{{years, 365}, {months, 30}, {days, 1}} {
		ns := strconv.FormatInt(x.days*int64(24*time.Hour), 10)
		if n, ok := x.count.Known(); ok && n == "0" {
			continue
		}
		length, _ := arithmetic(token.MUL, x.count, text(ns))
		if k, ok := total.Known(); ok && k == "0" {
			total = length
			continue
		}
		total, _ = arithmetic(token.ADD, total, length)
	}
	return total
}

// counted returns moments as numbers of a unit, or back.
func counted(v Value, unit int64) Value {
	return v.mapParts(func(p Part) Value {
		if p.Kind == Moment {
			p.Unit = unit
		}
		return single(p)
	})
}

// parsedDuration returns the durations that texts such as "24h" stand for.
func parsedDuration(v Value) Value {
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		if s, ok := alt.Known(); ok {
			d, err := time.ParseDuration(s)
			if err != nil {
				out = union(out, unknown(""))
				continue
			}
			alt = Alt{Parts: []Part{{Kind: Text, Text: strconv.FormatInt(int64(d), 10), At: alt.Parts[0].At}}, Steps: alt.Steps}
		}
		out = union(out, Value{Alts: []Alt{alt}})
	}
	return out
}

// wrapped returns the value of a struct whose only field is embedded, as those
// are that give a time another encoding.
func (e *engine) wrapped(a *ssa.Alloc) (Value, bool) {
	st, ok := deref(a.Type()).Underlying().(*types.Struct)
	if !ok || st.NumFields() != 1 || !st.Field(0).Embedded() {
		return Value{}, false
	}
	v := e.read(a, path{*fieldHop(a.Type(), 0)}, a.Pos())
	return v, len(v.Alts) > 0
}

// IsNil reports whether a reading is the nil pointer.
func (a Alt) IsNil() bool { return len(a.Parts) == 1 && a.Parts[0].Kind == Nil }

// RSAKey returns the length in bits of the RSA key that a reading is, if it is
// generated here, and where.
func (a Alt) RSAKey() (bits int, at finding.Location, ok bool) {
	if len(a.Parts) != 1 || a.Parts[0].Kind != Role || a.Parts[0].Name != "rsa-key" {
		return 0, at, false
	}
	n, err := strconv.Atoi(a.Parts[0].Text)
	return n, a.Parts[0].At, err == nil && n > 0
}
