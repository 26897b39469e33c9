//go:build unix

package cost

import (
	"syscall"
	"time"
)

// used returns the CPU time of the process so far, which other work on the
// machine disturbs less than the time of day.
func used() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
