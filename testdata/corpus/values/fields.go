// Package values has what a credential passes on its way through Go: fields,
// lists, text operations, functions as values.
package values

import (
	"net/http"

	"corpus.test/audit/lib"
)

type account struct{ u, p string }

func literals(r *http.Request, k string) {
	a := account{"ops", "Winter-Lake-22"} // want hardcoded-credential -- values/positional
	r.SetBasicAuth(a.u, a.p)
	b := &account{u: "Winter-Lake-02"}
	b.p = k
	r.SetBasicAuth(b.u, b.p) // ok -- values/positional
	c := &account{u: "ops"}
	c.p = "Winter-Lake-23" // want hardcoded-credential -- values/assigned-later
	r.SetBasicAuth(c.u, c.p)
	d := account{p: k}
	d.u = "Winter-Lake-03"
	r.SetBasicAuth(d.u, d.p) // ok -- values/assigned-later
}

func copies(r *http.Request, k string) {
	a := account{p: "Winter-Lake-24"} // want hardcoded-credential -- values/copied
	b := a
	r.SetBasicAuth("ops", b.p)
	c := account{u: "Winter-Lake-04", p: "Winter-Lake-05"}
	d := c
	d.p = k
	r.SetBasicAuth("ops", d.p)             // ok -- values/copied
	preset := account{p: "Winter-Lake-25"} // want fallback-credential -- values/copied
	f := preset
	if k != "" {
		f.p = k
	}
	r.SetBasicAuth("ops", f.p)
}

type inner struct{ name, word string }

type outer struct {
	in inner
	to *inner
	lib.Door
}

func nested(r *http.Request, k string) {
	a := outer{in: inner{name: "ops", word: "Winter-Lake-26"}} // want hardcoded-credential -- values/nested
	r.SetBasicAuth(a.in.name, a.in.word)
	var b outer
	b.in.word = "Winter-Lake-27" // want hardcoded-credential -- values/nested
	r.SetBasicAuth("ops", b.in.word)
	c := &outer{to: &inner{"ops", "Winter-Lake-28"}} // want hardcoded-credential -- values/nested
	r.SetBasicAuth("ops", c.to.word)
	part := inner{word: "Winter-Lake-29"} // want hardcoded-credential -- values/nested
	d := outer{in: part}
	r.SetBasicAuth("ops", d.in.word)
	e := outer{in: inner{name: "Winter-Lake-06", word: k}}
	r.SetBasicAuth("ops", e.in.word) // ok -- values/nested
}

func promoted(r *http.Request, k string) {
	a := outer{Door: lib.Door{Name: "ops", Word: "Winter-Lake-30"}} // want hardcoded-credential -- values/promoted
	r.SetBasicAuth(a.Name, a.Word)
	b := &outer{}
	b.Word = "Winter-Lake-31" // want hardcoded-credential -- values/promoted
	b.Open(r)
	c := &outer{}
	c.Name, c.Word = "Winter-Lake-07", k
	c.Open(r) // ok -- values/promoted
}

type deep struct {
	gate inner
	side *inner
}

func byPath(r *http.Request, d *deep) { r.SetBasicAuth(d.gate.name, d.gate.word) }

func byPointer(r *http.Request, d deep) { r.SetBasicAuth(d.side.name, d.side.word) }

func paths(r *http.Request, k string) {
	byPath(r, &deep{gate: inner{"ops", "Winter-Lake-32"}})                                 // want hardcoded-credential -- values/parameter-path
	byPath(r, &deep{gate: inner{"Winter-Lake-08", k}})                                     // ok -- values/parameter-path
	byPointer(r, deep{side: &inner{"ops", "Winter-Lake-33"}})                              // want hardcoded-credential -- values/parameter-path
	byPointer(r, deep{side: &inner{"Winter-Lake-09", k}})                                  // ok -- values/parameter-path
	lib.Enter(r, &lib.Route{Gate: lib.Gateway{Name: "ops", Word: "Winter-Lake-34"}})       // want hardcoded-credential -- values/parameter-path-other-package
	lib.Enter(r, &lib.Route{Label: "Winter-Lake-10", Gate: lib.Gateway{Word: k}})          // ok -- values/parameter-path-other-package
	lib.EnterSpare(r, lib.Route{Spare: &lib.Gateway{Word: "Winter-Lake-35"}})              // want hardcoded-credential -- values/parameter-path-other-package
	lib.EnterSpare(r, lib.Route{Gate: lib.Gateway{Word: "x"}, Spare: &lib.Gateway{"", k}}) // ok -- values/parameter-path-other-package
}

func lists(r *http.Request, k string) {
	lib.EnterAll(r, []lib.Gateway{{"a", "Winter-Lake-36"}, {"b", k}})       // want hardcoded-credential -- values/list-of-structs
	lib.EnterAll(r, []lib.Gateway{{"Winter-Lake-11", k}, {"b", k}})         // ok -- values/list-of-structs
	lib.EnterEach(r, map[string]string{"ops": "Winter-Lake-37"})            // want hardcoded-credential -- values/map-ranged
	lib.EnterEach(r, map[string]string{"Winter-Lake-12": k, "ops": ""})     // ok -- values/map-ranged
	lib.EnterSecond(r, "ops", "Winter-Lake-38")                             // want hardcoded-credential -- values/variadic-index
	lib.EnterSecond(r, "Winter-Lake-13", k, "Winter-Lake-14")               // ok -- values/variadic-index
	words := []string{"Winter-Lake-15", "Winter-Lake-39", "Winter-Lake-16"} // want hardcoded-credential -- values/index
	r.SetBasicAuth("ops", words[1])
	named := map[string]string{"one": "Winter-Lake-17", "two": k}
	r.SetBasicAuth("ops", named["two"]) // ok -- values/index
}

type row struct{ u, p string }

var rows = []row{
	{"a", "Winter-Lake-40"}, // want hardcoded-credential -- values/table
	{"b", "Winter-Lake-41"}, // want hardcoded-credential -- values/table
}

type entry struct{ u, p string }

var entries = map[string]entry{
	"a": {"ops", "Winter-Lake-42"}, // want hardcoded-credential -- values/table-map
}

type cell struct{ u, p string }

var cells = [2]*cell{
	{"a", "Winter-Lake-43"}, // want hardcoded-credential -- values/table-array
	{"b", ""},
}

type quiet struct{ u, p string }

var harmless = []quiet{{"Winter-Lake-18", "a"}, {"Winter-Lake-19", "b"}}

func enter(r *http.Request, u, p string) { r.SetBasicAuth(u, p) }

func tables(r *http.Request, k string) {
	for _, a := range rows {
		enter(r, a.u, a.p)
	}
	for name, a := range entries {
		enter(r, name, a.p)
	}
	for i := range cells {
		enter(r, cells[i].u, cells[i].p)
	}
	for _, a := range harmless {
		enter(r, a.u, k) // ok -- values/table
	}
	if a, ok := entries[k]; ok {
		enter(r, a.p, k) // ok -- values/table-map
	}
	for _, a := range []struct{ u, p string }{{u: "ops", p: "Winter-Lake-44"}} { // want hardcoded-credential -- values/table
		enter(r, a.u, a.p)
	}
	for _, a := range [...]struct{ u, p string }{{u: "Winter-Lake-20", p: k}} {
		enter(r, a.u, a.p) // ok -- values/table-array
	}
}

func made(r *http.Request, k string) {
	p := lib.NewPreset()
	r.SetBasicAuth("ops", p.Outer.Inner.Second) // want hardcoded-credential -- values/made-elsewhere
	r.SetBasicAuth(p.Outer.Inner.Second, k)     // ok -- values/made-elsewhere
	c := lib.NewCode("Winter-Lake-45")          // want hardcoded-credential -- values/made-elsewhere
	r.SetBasicAuth(c.First, c.Second)
	d := lib.NewCode(k)
	r.SetBasicAuth(d.First, d.Second) // ok -- values/made-elsewhere
}

func fillWord(p *string) { *p = "Winter-Lake-46" } // want hardcoded-credential -- values/filled-by-callee

func fillName(p *string) { *p = "Winter-Lake-21" }

func fillAccount(a *filled, word string) { a.p = word }

type filled struct{ u, p string }

func outParameters(r *http.Request, k string) {
	var word, name string
	fillWord(&word)
	fillName(&name)
	r.SetBasicAuth(name, word)
	var a, b filled
	fillAccount(&a, "Winter-Lake-47") // want hardcoded-credential -- values/filled-by-callee
	r.SetBasicAuth(a.u, a.p)
	fillAccount(&b, k) // ok -- values/filled-by-callee
	r.SetBasicAuth(b.u, b.p)
	var c, d lib.Code
	lib.FillCode(&c)
	r.SetBasicAuth("ops", c.Second) // want hardcoded-credential -- values/filled-by-other-package
	d.SetCode("Winter-Lake-48")     // want hardcoded-credential -- values/filled-by-other-package
	r.SetBasicAuth("ops", d.Second)
	var e lib.Code
	e.SetCode(k)
	r.SetBasicAuth("ops", e.Second) // ok -- values/filled-by-other-package
}
