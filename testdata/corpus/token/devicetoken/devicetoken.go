// Package devicetoken has options for tokens.
package devicetoken

import "time"

// Issue is what a token is made of.
type Issue struct{ Until time.Time }

// Option changes an Issue.
type Option func(*Issue)

// WithTTL says how long the token is valid.
func WithTTL(d time.Duration) Option { return func(i *Issue) { i.Until = time.Now().Add(d) } }
