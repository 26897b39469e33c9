//go:build !unix

package cost

import (
	"sync"
	"time"
)

// started is when the first measurement began.
var started = sync.OnceValue(time.Now)

// used returns the time that has passed.
func used() time.Duration { return time.Since(started()) }
