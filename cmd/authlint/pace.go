package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The sizes in bytes that the collector is paced by.
const (
	// headroom is what a small heap may grow by before it is collected: a run over
	// a small tree ends before that, and has no use for a collection.
	headroom = 28 << 20
	// small is the size below which a heap of middle size is kept: with the program
	// itself, some 25 MB, the process stays below 100 MB.
	small = 60 << 20
)

// pace lets a small heap grow before it is collected, and keeps one of middle
// size small. A large one is collected as usual, and so is any if the user says
// how.
func pace() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	paced(true)
	watch(true)
}

// paced has the heap collected as a small one, or as usual.
func paced(isSmall bool) {
	if !isSmall {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(100)
		return
	}
	const least = 4 << 20 // what the runtime takes for the live heap before the first collection
	debug.SetGCPercent(100 * headroom / least)
	debug.SetMemoryLimit(small)
}

// watch looks at the heap after each collection: a large one would be collected
// over and over below a limit.
func watch(isSmall bool) {
	runtime.AddCleanup(new([4]uint64), func(wasSmall bool) {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		live, isSmall := sample[0].Value.Uint64(), wasSmall
		switch {
		case live > small/4*3:
			isSmall = false
		case live < small/2:
			isSmall = true
		}
		if isSmall != wasSmall {
			paced(isSmall)
		}
		watch(isSmall)
	}, isSmall)
}
