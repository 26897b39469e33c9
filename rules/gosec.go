package rules

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// gosecFile is the file that maps gosec's rules to ours.
const gosecFile = "gosec.toml"

// GosecRules are the rules that a rule of gosec speaks of.
type GosecRules struct {
	Rules []string `toml:"rules"`
	// Secrets is set if it speaks of every secret in the text as well.
	Secrets bool `toml:"secrets"`
}

var gosecRules = sync.OnceValues(func() (map[string]GosecRules, error) {
	data, err := embedded.ReadFile(gosecFile)
	if err != nil {
		return nil, err
	}
	c, err := Default()
	if err != nil {
		return nil, err
	}
	return parseGosec(gosecFile, data, c.IDs())
})

// parseGosec reads the file that maps gosec's rules. Errors name the file and the
// line.
func parseGosec(file string, data []byte, ids []string) (map[string]GosecRules, error) {
	var all map[string]GosecRules
	if err := tomlfile.Decode(file, data, &all); err != nil {
		return nil, err
	}
	f := faults{file: file}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		for _, rule := range all[id].Rules {
			if !slices.Contains(ids, rule) {
				f.add(tomlfile.LineOf(data, []string{id, "rules"}, rule), "unknown rule %q%s", rule, nearest.Hint(rule, ids))
			}
		}
		if len(all[id].Rules) == 0 {
			f.add(tomlfile.LineOf(data, []string{id}, ""), "%s", fmt.Sprintf("%s speaks of no rule", id))
		}
	}
	return all, f.err()
}

// Gosec returns the rules that an id of gosec speaks of, none if we have none of
// the kind.
func Gosec(id string) GosecRules { return must(gosecRules())[id] }
