package objects

import (
	"net/http"
	"net/url"
	"os"

	"corpus.test/audit/lib"
)

func depots() {
	c := lib.NewDepot("http://gw.maplefreight.io", "ops", os.Getenv("DEPOT_PASSWORD")) // want basic-auth-over-http -- objects/sdk-fields
	_ = c.Orders()
	d := lib.NewDepot("https://gw.maplefreight.io", "ops", os.Getenv("DEPOT_PASSWORD"))
	_ = d.Orders() // ok -- objects/sdk-fields
	e := lib.NewDepot("http://gw.maplefreight.io", "", "")
	_ = e.Orders() // ok -- objects/sdk-fields
}

func yards(pw string) {
	c, _ := lib.NewYard(lib.Settings{Endpoint: "http://gw.maplefreight.io", Username: "ops", Password: pw}) // want basic-auth-over-http -- objects/sdk-settings
	_ = c.Announce("x")
	d, _ := lib.NewYard(lib.Settings{Endpoint: "https://gw.maplefreight.io", Username: "ops", Password: pw})
	_ = d.Announce("x") // ok -- objects/sdk-settings
}

func quays(token string) {
	c := lib.NewQuay(lib.AtURL("http://gw.maplefreight.io"), lib.WithToken(token)) // want credential-over-http -- objects/sdk-options
	_ = c.Ships()
	d := lib.NewQuay(lib.AtURL("https://gw.maplefreight.io"), lib.WithToken(token))
	_ = d.Ships() // ok -- objects/sdk-options
	e := lib.NewQuay(lib.AtURL("http://gw.maplefreight.io"), lib.WithName("east"))
	_ = e.Ships() // ok -- objects/sdk-options
}

func ports(key string) {
	c := lib.NewPort("http://gw.maplefreight.io", key) // want credential-over-http -- objects/sdk-services
	_ = c.Cranes.List()
	d := lib.NewPort("https://gw.maplefreight.io", key)
	_ = d.Cranes.List() // ok -- objects/sdk-services
}

type office struct{ depot *lib.Depot }

func newOffice(pw string) *office {
	return &office{depot: lib.NewDepot("http://gw.maplefreight.io", "ops", pw)} // want basic-auth-over-http -- objects/sdk-in-field
}

func (o *office) run() {
	_ = o.depot.Orders()
}

type branch struct{ depot *lib.Depot }

func newBranch(pw string) *branch {
	return &branch{depot: lib.NewDepot("https://gw.maplefreight.io", "ops", pw)}
}

func (b *branch) run() {
	_ = b.depot.Orders() // ok -- objects/sdk-in-field
}

var openDepot = lib.NewDepot("http://gw.maplefreight.io", "ops", os.Getenv("DEPOT_PASSWORD"))

var safeDepot = lib.NewDepot("https://gw.maplefreight.io", "ops", os.Getenv("DEPOT_PASSWORD"))

func fromVariables() {
	_ = openDepot.Orders() // want basic-auth-over-http -- objects/sdk-in-variable
	_ = safeDepot.Orders() // ok -- objects/sdk-in-variable
}

func handedOver(pw string) {
	take(lib.NewDepot("http://gw.maplefreight.io", "ops", pw))  // want basic-auth-over-http -- objects/sdk-handed-over
	take(lib.NewDepot("https://gw.maplefreight.io", "ops", pw)) // ok -- objects/sdk-handed-over
}

func take(d *lib.Depot) { _ = d.Orders() }

type wharf struct{ base, key string }

func newWharf(base, key string) *wharf { return &wharf{base, key} }

func (w *wharf) call() {
	r, _ := http.NewRequest("GET", w.base+"/x", nil)
	if w.key != "" {
		r.Header.Set("X-Api-Key", w.key)
	}
	_, _ = http.DefaultClient.Do(r)
}

func instances(key string) {
	a := newWharf("http://gw.maplefreight.io", "")
	a.call() // ok -- objects/instances
	b := newWharf("https://gw.maplefreight.io", key)
	b.call()                                        // ok -- objects/instances
	c := newWharf("http://gw.maplefreight.io", key) // want credential-over-http -- objects/instances
	c.call()
}

type builder struct {
	base *url.URL
	user string
	pass string
	req  *http.Request
}

func newBuilder(base, user, pass string) *builder {
	u, _ := url.Parse(base)
	return &builder{base: u, user: user, pass: pass}
}

func (b *builder) prepare(path string) {
	u := *b.base
	u.Path = path
	b.req, _ = http.NewRequest("GET", u.String(), nil)
}

func (b *builder) sign() { b.req.SetBasicAuth(b.user, b.pass) }

func (b *builder) send() { _, _ = http.DefaultClient.Do(b.req) }

func inSteps(pw string) {
	b := newBuilder("http://gw.maplefreight.io", "ops", pw) // want basic-auth-over-http -- objects/made-in-steps
	b.prepare("/x")
	b.sign()
	b.send()
	c := newBuilder("https://gw.maplefreight.io", "ops", pw)
	c.prepare("/x") // ok -- objects/made-in-steps
	c.sign()
	c.send()
}
