package flow

import (
	"slices"
	"testing"
)

// TestLookDepth checks that a loop along a list gives few paths, each for itself.
func TestLookDepth(t *testing.T) {
	o := origin{looks: []Look{{Param: 0}, {Param: 1, Path: "Head"}}, direct: true}
	if got, want := o.below("Next").looks, []Look{{0, "Next"}, {1, "Head.Next"}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range 100 {
		o = o.below("Next")
	}
	if again := o.below("Next"); !slices.Equal(again.looks, o.looks) {
		t.Errorf("the paths grow without end: %v", again.looks)
	}
}
