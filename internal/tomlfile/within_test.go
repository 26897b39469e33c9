package tomlfile

import "testing"

func TestLineWithin(t *testing.T) {
	text := []byte("a = 1\n[[o]]\npaths = ['x']\n[o.rules]\nskip = [\n'a',\n'b']\n[[o]]\nrules.skip = ['c']\nrules = {x = 1}\n[z]\npaths = 1\n[[o]]\n")
	for _, tt := range []struct {
		n       int
		path    []string
		element string
		want    int
	}{
		{0, nil, "", 2},
		{0, []string{"paths"}, "", 3},
		{0, []string{"rules"}, "", 4},
		{0, []string{"rules", "skip"}, "", 5},
		{0, []string{"rules", "skip"}, "b", 7},
		{1, nil, "", 8},
		{1, []string{"rules", "skip"}, "c", 9},
		{1, []string{"rules", "x"}, "", 10},
		{1, []string{"paths"}, "", 0},
		{2, nil, "", 13},
		{3, nil, "", 0},
	} {
		if got := LineWithin(text, "o", tt.n, tt.path, tt.element); got != tt.want {
			t.Errorf("%d %v %s: line %d, want %d", tt.n, tt.path, tt.element, got, tt.want)
		}
	}
}
