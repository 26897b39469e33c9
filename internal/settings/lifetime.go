package settings

import (
	"strconv"
	"strings"
	"time"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// lifetime observes how long tokens are valid.
func (o *observer) lifetime(s *Setting) {
	if len(s.Text) > maxNumberText {
		return
	}
	words := o.pathOf(s)
	unit, rest := unitAtEnd(words)
	key := lookup(o.table.Lifetimes, rest, func(k *rules.LifetimeKey, words []string) bool { return fits(&k.Context, words) })
	if key == nil {
		return
	}
	if unit == 0 {
		unit = key.Unit
	}
	for _, lit := range literals(s) {
		lasts, endless, ok := durationOf(lit.text, unit)
		if !ok {
			continue
		}
		obs := &practice.Token{
			Source: o.source(s), Aspect: practice.TokenLifetime, Lifetime: lasts, Endless: endless, Session: key.Session, Use: s.use(),
			Names: rest,
		}
		obs.At, obs.Origin = lit.at, lit.at
		if lit.fallback {
			obs.Condition = practice.Configured
		}
		obs.Provider = o.providerOf(s, "", noValue)
		o.out = append(o.out, obs)
	}
}

// units are the words at the end of a key that say what its number counts.
var units = map[string]time.Duration{
	"ms": time.Millisecond, "millis": time.Millisecond, "milliseconds": time.Millisecond, "s": time.Second, "sec": time.Second,
	"secs": time.Second, "seconds": time.Second, "second": time.Second, "min": time.Minute, "mins": time.Minute, "minutes": time.Minute, "minute": time.Minute,
	"m": time.Minute, "h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hours": time.Hour, "hour": time.Hour, "d": day, "days": day, "day": day,
	"w": 7 * day, "week": 7 * day, "weeks": 7 * day, "mo": 30 * day, "month": 30 * day, "months": 30 * day, "y": 365 * day, "year": 365 * day, "years": 365 * day,
}

const day = 24 * time.Hour

// unitAtEnd returns the unit that the last word of a path names, and the words
// before it.
func unitAtEnd(words []string) (time.Duration, []string) {
	if len(words) < 2 {
		return 0, words
	}
	unit := units[words[len(words)-1]]
	if unit == 0 {
		return 0, words
	}
	words = words[:len(words)-1]
	if words[len(words)-1] == "in" && len(words) > 1 {
		words = words[:len(words)-1]
	}
	return unit, words
}

// durationOf reads how long something lasts: 12h, 1h30m, 30d, "7 days", P30D as
// ISO 8601 has it, a number of units, never. A zero says nothing: it may be the
// default.
func durationOf(text string, unit time.Duration) (lasts time.Duration, endless, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "never", "none", "unlimited", "infinite", "infinity", "forever", "no-expiry", "no_expiry", "-1":
		return 0, true, true
	}
	if iso, found := strings.CutPrefix(text, "p"); found {
		if date, _, _ := strings.Cut(iso, "t"); date != "" {
			text = date
		} else {
			text = strings.TrimPrefix(iso, "t")
		}
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		lasts = scaled(number, unit)
		return lasts, false, lasts > 0
	}
	if d, err := time.ParseDuration(text); err == nil {
		return d, false, d > 0
	}
	n := strings.IndexFunc(text, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if n <= 0 {
		return 0, false, false
	}
	number, err := strconv.ParseFloat(text[:n], 64)
	lasts = scaled(number, units[strings.TrimSpace(text[n:])])
	return lasts, false, err == nil && lasts > 0
}

// isDuration reports whether a text may say how long something lasts.
func isDuration(text string) bool {
	_, _, ok := durationOf(text, day)
	return ok
}

// scaled returns so many units, at most what a duration holds.
func scaled(number float64, unit time.Duration) time.Duration {
	const most = 200 * 365 * day
	if product := number * float64(unit); product < float64(most) {
		return time.Duration(product)
	}
	return most
}
