package goload

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/objectpath"
)

// pair finds, for each dependency in a sorted list that the go command lists
// again because a test changes what it imports, the package before it that is
// made of the same files. What its functions do is the same, so its facts hold
// for both, and the second is looked at for its types alone.
func pair(list []*node) {
	first := map[string][]*node{} // by import path
	for _, n := range list {
		twins := first[n.path]
		at := slices.IndexFunc(twins, func(t *node) bool { return slices.Equal(t.goFiles, n.goFiles) })
		switch {
		case at < 0:
			first[n.path] = append(twins, n)
		case n.role == factsOnly && !n.done && n != twins[at]: // an earlier module may have brought it in
			n.twin = twins[at]
		}
	}
}

// copyFacts gives a package the facts of another that is made of the same files.
func (s *factStore) copyFacts(to, from *types.Package) {
	known := s.of(from)
	if known.empty() {
		return
	}
	own := s.open(to)
	var paths objectpath.Encoder
	for key, fact := range known.objects {
		path, err := paths.For(key.object)
		if err != nil {
			continue
		}
		if object, err := objectpath.Object(to, path); err == nil {
			own.objects[objectFactKey{object, key.kind}] = fact
		}
	}
	for kind, fact := range known.packages {
		own.packages[kind] = fact
	}
}
