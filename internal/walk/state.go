package walk

import "strings"

// State is what git knows of a file.
type State uint8

// The states.
const (
	NoRepository State = iota // it lies in no work tree
	Tracked                   // it is in the index
	Untracked                 // it is not, and no rule keeps it out of the next commit
	Ignored                   // a rule keeps it out
)

// String returns the state in one word.
func (s State) String() string {
	switch s {
	case Tracked:
		return "tracked"
	case Untracked:
		return "untracked"
	case Ignored:
		return "ignored"
	}
	return "no repository"
}

// State returns what git knows of the file. The index is read on first use.
func (e Entry) State() State {
	switch {
	case e.repo == nil || e.repo.gitDir == "":
		return NoRepository
	case e.repo.tracked().has(e.inside):
		return Tracked
	case e.ignored():
		return Ignored
	}
	return Untracked
}

// ignored reports whether a rule keeps the file out of the repository: one that
// was named is walked all the same.
func (e Entry) ignored() bool {
	folder := ""
	if at := strings.LastIndexByte(e.inside, '/'); at >= 0 {
		folder = e.inside[:at]
	}
	rules := e.repo.enter(e.repo.ignoreFor(folder), folder)
	for at := range len(folder) + 1 {
		if (at == len(folder) || folder[at] == '/') && at > 0 && rules.verdict(folder[:at], true) == ignored {
			return true
		}
	}
	return rules.verdict(e.inside, false) == ignored
}
