package cost_test

import (
	"testing"

	"github.com/authlint/authlint/internal/authtest/cost"
)

// work spends CPU time.
func work(n int) func() {
	return func() {
		sum := 1
		for i := range n * 20_000_000 {
			sum = sum*31 + i
		}
		if sum == 0 {
			panic("never")
		}
	}
}

// TestTimes tells work that costs more from work that does not.
func TestTimes(t *testing.T) {
	y := cost.Beside(work(1))
	if times := y.Times(4, work(1)); times > 4 {
		t.Errorf("the same costs %.1f times as much", times)
	}
	if times := y.Times(4, work(16)); times <= 4 {
		t.Errorf("sixteen times as much costs %.1f times as much", times)
	}
}
