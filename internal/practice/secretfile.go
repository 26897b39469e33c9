package practice

import "github.com/authlint/authlint/internal/walk"

// committedSecretFile is the rule on files that hold credentials and lie where git
// takes them.
const committedSecretFile = "committed-secret-file"

// SecretFile is a file that is made to hold credentials and nothing else.
type SecretFile struct {
	Source
	// What says in words what it is: "private key", "password safe".
	What string
	// State is what git knows of it.
	State walk.State
}

// secretFile judges a file with credentials. What git ignores stays where it is.
func (c *court) secretFile(o *SecretFile) {
	v := verdict{src: &o.Source, grades: sourceGrades(&o.Source), evidence: map[string]string{"what": o.What, "git": o.State.String()}, takesPatterns: true}
	switch o.State {
	case walk.Ignored:
		return
	case walk.Tracked:
		v.message = message("this "+plain(o.What, maxUse)+" is in the repository, and in every clone", nil, ": rotate what it holds and take it out with git rm --cached")
	case walk.Untracked:
		v.message = message("no ignore rule keeps this "+plain(o.What, maxUse)+" out of the next commit", nil, ": add one to .gitignore")
	default:
		v.grades = withGrade(v.grades, WeakEvidence)
		v.message = message("this "+plain(o.What, maxUse)+" lies among the sources", nil, ": rotate what it holds if it was ever handed on, and keep it elsewhere")
	}
	c.pass(committedSecretFile, v)
}
