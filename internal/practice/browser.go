package practice

import "github.com/authlint/authlint/internal/shape"

// credentialInBrowser is the rule on credentials that every visitor of a page gets.
const credentialInBrowser = "credential-in-browser"

// Exposed is a credential in code that runs in browsers.
type Exposed struct {
	Source
	Kind shape.Kind
	// What says in words what it is: "variable VITE_CLIENT_SECRET".
	What string
	// Why says in words how it gets there: "is built into the page".
	Why string
	// Likely is set when it is likely and not certain that it is the program's own
	// and not the user's.
	Likely bool
}

// exposed judges a credential in code that runs in browsers.
func (c *court) exposed(o *Exposed) {
	v := verdict{
		src: &o.Source, grades: sourceGrades(&o.Source), evidence: map[string]string{"kind": kindWord(o.Kind, shape.Value{}), "what": o.What},
		message: message(plain(o.What, maxUse)+" "+o.Why+", where every visitor can read it", nil, ": rotate it and keep it behind a server of your own"),
	}
	if o.Likely {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	c.pass(credentialInBrowser, v)
}
