// Package cost measures what work costs beside other work, so that tests hold on
// a slow machine, and on one that others use too.
package cost

import "time"

// Of returns the CPU time that the process spends while work runs, in all its
// goroutines. Where the system does not tell, it is the time that passes.
func Of(work func()) time.Duration {
	start := used()
	work()
	return used() - start
}

// Yardstick is what usual work costs.
type Yardstick struct {
	usual func()
	cost  time.Duration
}

// Beside measures usual work, which others are then held to.
func Beside(usual func()) *Yardstick { return &Yardstick{usual, Of(usual)} }

// tries is how often work that seems to cost too much is measured: what a busy
// machine disturbs is not so each time.
const tries = 3

// Times returns how many times as much as the usual work costs. What seems to be
// more than most is measured again, with the usual work beside it.
func (y *Yardstick) Times(most float64, work func()) float64 {
	times := y.ratio(Of(work))
	for n := 1; n < tries && times > most; n++ {
		y.cost = max(y.cost, Of(y.usual))
		times = min(times, y.ratio(Of(work)))
	}
	return times
}

// ratio divides by the usual cost; what costs next to nothing is no measure.
func (y *Yardstick) ratio(spent time.Duration) float64 {
	return float64(spent) / float64(max(y.cost, time.Millisecond))
}
