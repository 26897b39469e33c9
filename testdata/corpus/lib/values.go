package lib

import "net/http"

// Gateway is a login that lies two levels deep in a Route.
type Gateway struct{ Name, Word string }

// Route is a configuration with structs inside.
type Route struct {
	Label string
	Gate  Gateway
	Spare *Gateway
}

// Enter logs in with what lies in the route.
func Enter(r *http.Request, c *Route) { r.SetBasicAuth(c.Gate.Name, c.Gate.Word) }

// EnterSpare logs in with what the route points to.
func EnterSpare(r *http.Request, c Route) { r.SetBasicAuth(c.Spare.Name, c.Spare.Word) }

// EnterAll logs in with each of a list.
func EnterAll(r *http.Request, list []Gateway) {
	for _, g := range list {
		r.SetBasicAuth(g.Name, g.Word)
	}
}

// EnterEach logs in with each entry of a map.
func EnterEach(r *http.Request, users map[string]string) {
	for name, word := range users {
		r.SetBasicAuth(name, word)
	}
}

// EnterSecond logs in with the second of what it is given.
func EnterSecond(r *http.Request, pair ...string) { r.SetBasicAuth(pair[0], pair[1]) }

// Door has methods that its users embed.
type Door struct{ Name, Word string }

// Open logs in.
func (d *Door) Open(r *http.Request) { r.SetBasicAuth(d.Name, d.Word) }

// Preset is a structure three levels deep.
type Preset struct{ Outer struct{ Inner Code } }

// Code is a pair of nothing in particular.
type Code struct{ First, Second string }

// NewPreset fills what lies inside.
func NewPreset() *Preset {
	p := &Preset{}
	p.Outer.Inner.Second = "Winter-Lake-22"
	return p
}

// NewCode returns a pair.
func NewCode(second string) Code { return Code{First: "ops", Second: second} }

// FillCode fills a pair that somebody else made.
func FillCode(c *Code) { c.Second = "Winter-Lake-23" }

// SetCode fills a pair with what it is given.
func (c *Code) SetCode(word string) { c.Second = word }

// EnterWith logs in with what a function returns.
func EnterWith(r *http.Request, word func() string) { r.SetBasicAuth("ops", word()) }

// Hand gives a text to a function.
func Hand(to func(string), text string) { to(text) }
