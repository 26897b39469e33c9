package values

import "net/http"

type phrase string

const typed phrase = "Copper-Meadow-22" // want hardcoded-credential -- values/typed-constant

const computed = "Copper" + "-" + "Meadow-23" // want hardcoded-credential -- values/computed-constant

const (
	zero = iota
	first
	second
)

func constants(r *http.Request, k string) {
	r.SetBasicAuth("ops", string(typed))
	r.SetBasicAuth("ops", computed)
	const local = "Copper-Meadow-24" // want hardcoded-credential -- values/computed-constant
	r.SetBasicAuth("ops", local)
	const name = "Copper-Meadow-02"
	r.SetBasicAuth(name, k)                                  // ok -- values/computed-constant
	list := []string{"Copper-Meadow-03", "Copper-Meadow-25"} // want hardcoded-credential -- values/iota-index
	r.SetBasicAuth(list[zero], list[first])
	array := [...]string{first: k, second: "Copper-Meadow-04"}
	r.SetBasicAuth(array[second], array[first]) // ok -- values/iota-index
	const id phrase = "Copper-Meadow-05"
	r.SetBasicAuth(string(id), k) // ok -- values/typed-constant
}

func branches(r *http.Request, n int, ch chan string, v any, k string) {
	var p string
outer:
	for i := 0; i < n; i++ {
		switch i {
		case 0:
			p = "Copper-Meadow-26" // want hardcoded-credential -- values/labelled-loop
			continue outer
		case 1:
			p = "Copper-Meadow-27" // want hardcoded-credential -- values/labelled-loop
		default:
			break outer
		}
	}
	r.SetBasicAuth("ops", p)
	var q string
	select {
	case x := <-ch:
		q = x
	default:
		q = "Copper-Meadow-28" // want hardcoded-credential -- values/select
	}
	r.SetBasicAuth("ops", q)
	switch x := v.(type) {
	case string:
		r.SetBasicAuth("ops", x) // ok -- values/type-switch
	}
	var a any = "Copper-Meadow-29" // want hardcoded-credential -- values/type-switch
	switch x := a.(type) {
	case string:
		r.SetBasicAuth("ops", x)
	case []byte:
		r.SetBasicAuth("ops", string(x))
	}
	var id any = "Copper-Meadow-06"
	if s, ok := id.(string); ok {
		r.SetBasicAuth(s, k) // ok -- values/type-assertion
	}
	var w any = "Copper-Meadow-30" // want hardcoded-credential -- values/type-assertion
	if s, ok := w.(string); ok {
		r.SetBasicAuth("ops", s)
	}
	sent := make(chan string, 1)
	sent <- "Copper-Meadow-31" // want hardcoded-credential -- values/channel
	r.SetBasicAuth("ops", <-sent)
	names := make(chan string, 1)
	names <- "Copper-Meadow-07"
	r.SetBasicAuth(<-names, k) // ok -- values/channel
	var z string
loop:
	for {
		select {
		case z = <-ch:
			break loop
		}
	}
	r.SetBasicAuth("ops", z) // ok -- values/labelled-loop
	select {
	case y := <-ch:
		r.SetBasicAuth("ops", y) // ok -- values/select
	}
}
