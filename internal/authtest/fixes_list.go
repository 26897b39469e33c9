package authtest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// FixedModule is a line of the list of modules whose fixes are tried.
type FixedModule struct {
	Source Source
	// Places is how many findings --fix=all makes go away.
	Places int
}

// ReadFixedModules reads a list: module, version and number of places a line;
// what begins with # is told to its reader only.
func ReadFixedModules(name string) ([]FixedModule, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the list of modules: %w", err)
	}
	var list []FixedModule
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) != 3 {
			return nil, fmt.Errorf("%s:%d: a line is module, version, places", name, number)
		}
		places, err := strconv.Atoi(words[2])
		if err != nil || places < 1 {
			return nil, fmt.Errorf("%s:%d: %q is no number of places", name, number, words[2])
		}
		list = append(list, FixedModule{Source: Source{Module: words[0], Version: words[1]}, Places: places})
	}
	return list, nil
}
