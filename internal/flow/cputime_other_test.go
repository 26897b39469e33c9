//go:build !unix

package flow

import "time"

// started is when the tests began.
var started = time.Now()

// now returns the time that has passed.
func now() time.Duration { return time.Since(started) }
