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
	const least = 4 << 20 // what the runtime takes for the live heap before the first collection
	debug.SetGCPercent(100 * headroom / least)
	debug.SetMemoryLimit(small)
	watch()
}

// watch looks at the heap after each collection, until it is large: then a limit
// would have it collected over and over.
func watch() {
	runtime.AddCleanup(new([4]uint64), func(struct{}) {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		if sample[0].Value.Uint64() < small/2 {
			watch()
			return
		}
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(100)
	}, struct{}{})
}
