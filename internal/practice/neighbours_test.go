package practice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// crowdRules absorb one another; the last one is a pattern.
var crowdRules = []*rules.Rule{
	{ID: "a", Absorbs: []string{"b", "p"}}, {ID: "b", Absorbs: []string{"c"}}, {ID: "c"}, {ID: "p", Secret: true, Generic: true},
}

// crowd makes verdicts with places on few lines, so that many of them meet.
func crowd(seed uint64, n, lines int) []*verdict {
	random := rand.New(rand.NewPCG(seed, 1))
	place := func() finding.Location {
		line, column := 1+random.IntN(lines), 1+random.IntN(600)
		at := finding.Location{File: "a.yaml", Line: line, Column: column, EndLine: line, EndColumn: column + random.IntN(300)}
		switch random.IntN(30) {
		case 0:
			at.EndLine += random.IntN(5)
		case 1:
			at.EndLine += longLines + 1
		}
		return at
	}
	var list []*verdict
	var src *Source
	for i := range n {
		if src == nil || random.IntN(3) > 0 {
			src = &Source{At: place()}
			if random.IntN(2) == 0 {
				src.Origin = place()
			}
			for range random.IntN(3) {
				src.Redact = append(src.Redact, place())
			}
		}
		list = append(list, &verdict{
			rule: crowdRules[random.IntN(len(crowdRules))], src: src, message: fmt.Sprint(i), onValue: random.IntN(2) == 0,
			persona: finding.Persona(random.IntN(2)), takesPatterns: random.IntN(4) == 0,
		})
	}
	return list
}

// TestNeighbours holds the index to what comparing each with each comes to.
func TestNeighbours(t *testing.T) {
	shown := func(list []*verdict) []string {
		var lines []string
		for _, v := range list {
			if v != nil {
				lines = append(lines, fmt.Sprint(v.message, " ", v.rule.ID, " ", v.absorbed))
			}
		}
		return lines
	}
	merged := 0
	for seed := range uint64(60) {
		lines := 3 + int(seed)*4
		want := shown(mergedVerdicts(crowd(seed, 250, lines), 250))
		if got := shown(mergedVerdicts(crowd(seed, 250, lines), 0)); !slices.Equal(got, want) {
			t.Errorf("seed %d: got\n%s\nwant\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		merged += 250 - len(want)
	}
	if merged < 1000 {
		t.Errorf("only %d verdicts were merged", merged)
	}
}

// TestNeighboursAreFew holds the verdicts of a large file to being compared with
// those near them, on lines of their own and all on one.
func TestNeighboursAreFew(t *testing.T) {
	const n = 20_000
	for name, at := range map[string]func(i int) finding.Location{
		"lines": func(i int) finding.Location {
			return finding.Location{File: "a", Line: i + 1, Column: 5, EndLine: i + 1, EndColumn: 30}
		},
		"one line": func(i int) finding.Location {
			return finding.Location{File: "a", Line: 1, Column: 40 * i, EndLine: 1, EndColumn: 40*i + 25}
		},
	} {
		var list []*verdict
		for i := range n / 2 {
			list = append(list, &verdict{rule: crowdRules[0], src: &Source{At: at(i)}}, &verdict{rule: crowdRules[3], src: &Source{At: at(i)}})
		}
		near, most := newNeighbours(list, fewVerdicts), 0
		for _, v := range list {
			most = max(most, len(near.of(v)))
		}
		if most > 30 {
			t.Errorf("%s: a verdict is compared with %d others", name, most)
		}
	}
}
