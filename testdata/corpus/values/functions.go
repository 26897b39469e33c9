package values

import (
	"net/http"
	"sync"

	"corpus.test/audit/lib"
)

func signIn(r *http.Request, x string) { r.SetBasicAuth("ops", x) }

func signInLater(r *http.Request, x string) { r.SetBasicAuth("ops", x) }

func ignore(*http.Request, string) {}

type actions struct {
	one  func(r *http.Request, x string)
	none func(r *http.Request, x string)
	many map[string]func(*http.Request, string)
	set  func(u, p string)
}

func functionValues(r *http.Request, k string) {
	f := (*http.Request).SetBasicAuth
	f(r, "ops", "Amber-Canyon-22") // want hardcoded-credential -- values/method-expression
	f(r, "Amber-Canyon-02", k)     // ok -- values/method-expression
	h := actions{one: signIn, none: ignore, many: map[string]func(*http.Request, string){"a": signIn, "b": ignore}, set: r.SetBasicAuth}
	h.one(r, "Amber-Canyon-23")       // want hardcoded-credential -- values/function-field
	h.none(r, "Amber-Canyon-03")      // ok -- values/function-field
	h.many["a"](r, "Amber-Canyon-24") // want hardcoded-credential -- values/function-map
	h.many["b"](r, "Amber-Canyon-04") // ok -- values/function-map
	h.set("ops", "Amber-Canyon-25")   // want hardcoded-credential -- values/method-value-field
	h.set("Amber-Canyon-05", k)       // ok -- values/method-value-field
	g := signIn
	if k == "x" {
		g = signInLater
	}
	g(r, "Amber-Canyon-26") // want hardcoded-credential -- values/function-phi
	g(r, k)                 // ok -- values/function-phi
	for _, fn := range []func(*http.Request, string){signIn, signInLater} {
		fn(r, "Amber-Canyon-27") // want hardcoded-credential -- values/function-list
	}
	for _, fn := range []func(*http.Request, string){ignore} {
		fn(r, "Amber-Canyon-06") // ok -- values/function-list
	}
}

func give(f func(string), x string) { f(x) }

func giveFixed(f func(u, p string)) { f("ops", "Amber-Canyon-28") } // want hardcoded-credential -- values/higher-order

func enterWith(r *http.Request, f func() string) { r.SetBasicAuth("ops", f()) }

func higherOrder(r *http.Request, k string) {
	give(func(p string) { r.SetBasicAuth("ops", p) }, "Amber-Canyon-29") // want hardcoded-credential -- values/higher-order
	give(func(p string) { r.SetBasicAuth(p, k) }, "Amber-Canyon-07")     // ok -- values/higher-order
	giveFixed(r.SetBasicAuth)
	get := func() string { return "Amber-Canyon-30" } // want hardcoded-credential -- values/function-result
	enterWith(r, get)
	enterWith(r, func() string { return "Amber-Canyon-31" })                 // want hardcoded-credential -- values/function-result
	enterWith(r, func() string { return k })                                 // ok -- values/function-result
	lib.EnterWith(r, func() string { return "Amber-Canyon-32" })             // want hardcoded-credential -- values/higher-order-other-package
	lib.EnterWith(r, func() string { return k })                             // ok -- values/higher-order-other-package
	lib.Hand(func(p string) { r.SetBasicAuth("ops", p) }, "Amber-Canyon-33") // want hardcoded-credential -- values/higher-order-other-package
	lib.Hand(func(p string) { r.SetBasicAuth(p, k) }, "Amber-Canyon-08")     // ok -- values/higher-order-other-package
	once := sync.OnceValue(func() string { return "Amber-Canyon-34" })       // want hardcoded-credential -- values/function-wrapped
	r.SetBasicAuth("ops", once())
	never := sync.OnceValue(func() string { return "Amber-Canyon-09" })
	r.SetBasicAuth(never(), k) // ok -- values/function-wrapped
}

type notifier interface{ notify(x string) }

type authorised struct{ r *http.Request }

func (a authorised) notify(x string) { a.r.SetBasicAuth("ops", x) }

type printed struct{ text string }

func (p *printed) notify(x string) { p.text = x }

type relay struct{ to notifier }

type silentRelay struct{ to notifier }

func through(n notifier, x string) { n.notify(x) }

func newNotifier(r *http.Request) notifier { return &authorised{r} }

func interfaces(r *http.Request, k string) {
	var a notifier = authorised{r}
	a.notify("Amber-Canyon-35") // want hardcoded-credential -- values/interface-concrete
	var b notifier = &printed{}
	b.notify("Amber-Canyon-10")                          // ok -- values/interface-concrete
	through(authorised{r}, "Amber-Canyon-36")            // want hardcoded-credential -- values/interface-parameter
	through(&printed{}, "Amber-Canyon-11")               // ok -- values/interface-parameter
	newNotifier(r).notify("Amber-Canyon-37")             // want hardcoded-credential -- values/interface-result
	newNotifier(r).notify(k)                             // ok -- values/interface-result
	relay{authorised{r}}.to.notify("Amber-Canyon-38")    // want hardcoded-credential -- values/interface-field
	silentRelay{&printed{}}.to.notify("Amber-Canyon-12") // ok -- values/interface-field
}

type provider interface{ word() string }

type fixed struct{ w string }

func (f fixed) word() string { return f.w }

type empty struct{}

func (empty) word() string { return "" }

func enterAs(r *http.Request, p provider) { r.SetBasicAuth("ops", p.word()) }

func providers(r *http.Request, k string) {
	enterAs(r, fixed{"Amber-Canyon-39"}) // want hardcoded-credential -- values/interface-getter
	enterAs(r, fixed{k})                 // ok -- values/interface-getter
	enterAs(r, empty{})                  // ok -- values/interface-getter
}

func firstOf[T any](a T, _ ...T) T { return a }

func setBasic[R interface{ SetBasicAuth(u, p string) }](r R, p string) { r.SetBasicAuth("ops", p) }

type box[T any] struct{ v T }

func (b box[T]) get() T { return b.v }

func newBox[T any](v T) *box[T] { return &box[T]{v: v} }

type option[T any] func(*T)

type session struct{ r *http.Request }

func (s *session) enter(x string) { s.r.SetBasicAuth("ops", x) }

func (s *session) name(x string) { s.r.SetBasicAuth(x, "") }

func with[T any](f func(*T, string), s string) option[T] { return func(t *T) { f(t, s) } }

func apply[T any](t *T, list ...option[T]) {
	for _, o := range list {
		o(t)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ptr[T any](v T) *T { return &v }

func load() (string, error) { return "Amber-Canyon-40", nil } // want hardcoded-credential -- values/generic-must

func loadName() (string, error) { return "Amber-Canyon-13", nil }

func generics(r *http.Request, s *session, k string) {
	setBasic(r, "Amber-Canyon-41")      // want hardcoded-credential -- values/generic-sink
	setBasic(r, k)                      // ok -- values/generic-sink
	b := box[string]{"Amber-Canyon-42"} // want hardcoded-credential -- values/generic-struct
	r.SetBasicAuth("ops", b.get())
	c := newBox("Amber-Canyon-43") // want hardcoded-credential -- values/generic-struct
	r.SetBasicAuth("ops", c.v)
	d := newBox("Amber-Canyon-14")
	r.SetBasicAuth(d.v, k) // ok -- values/generic-struct
	r.SetBasicAuth("ops", must(load()))
	r.SetBasicAuth(must(loadName()), k)                  // ok -- values/generic-must
	r.SetBasicAuth("ops", *ptr("Amber-Canyon-44"))       // want hardcoded-credential -- values/generic-pointer
	r.SetBasicAuth(*ptr("Amber-Canyon-15"), k)           // ok -- values/generic-pointer
	r.SetBasicAuth("ops", firstOf(k, "Amber-Canyon-16")) // ok -- values/generic-pointer
	apply(s, with((*session).enter, "Amber-Canyon-45"))  // want hardcoded-credential -- values/generic-option
	apply(s, with((*session).name, "Amber-Canyon-17"))   // ok -- values/generic-option
}

func deferred(r *http.Request, wg *sync.WaitGroup, k string) {
	pw := "Amber-Canyon-46" // want hardcoded-credential -- values/goroutine
	go func() {
		defer wg.Done()
		r.SetBasicAuth("ops", pw)
	}()
	go func(p string) { r.SetBasicAuth("ops", p) }("Amber-Canyon-47")    // want hardcoded-credential -- values/goroutine
	go func(p string) { r.SetBasicAuth(p, k) }("Amber-Canyon-18")        // ok -- values/goroutine
	defer func(p string) { r.SetBasicAuth("ops", p) }("Amber-Canyon-48") // want hardcoded-credential -- values/deferred
	defer func(p string) { r.SetBasicAuth(p, k) }("Amber-Canyon-19")     // ok -- values/deferred
	defer r.SetBasicAuth("ops", "Amber-Canyon-49")                       // want hardcoded-credential -- values/deferred
	wg.Go(func() { r.SetBasicAuth("ops", "Amber-Canyon-50") })           // want hardcoded-credential -- values/goroutine
}

func named() (u, p string, err error) {
	u = "Amber-Canyon-20"
	p = "Amber-Canyon-51" // want hardcoded-credential -- values/named-result
	return
}

func setLater() (p string) {
	defer func() { p = "Amber-Canyon-52" }() // want hardcoded-credential -- values/named-result
	return
}

func pair() (string, string) { return "Amber-Canyon-21", "Amber-Canyon-53" } // want hardcoded-credential -- values/several-results

func results(r *http.Request, k string) {
	u, p, _ := named()
	r.SetBasicAuth(u, p)
	r.SetBasicAuth(u, k) // ok -- values/named-result
	r.SetBasicAuth("ops", setLater())
	r.SetBasicAuth(pair())
	name, _ := pair()
	r.SetBasicAuth(name, k) // ok -- values/several-results
}

func byReference(r *http.Request, k string) {
	var p, q string
	fill := func() { p = "Amber-Canyon-54" } // want hardcoded-credential -- values/captured
	fill()
	r.SetBasicAuth("ops", p)
	func() { q = k }()
	r.SetBasicAuth("ops", q) // ok -- values/captured
	list := []string{k, k}
	r.SetBasicAuth("ops", list[0]) // ok -- values/written-later
	list[0] = "Amber-Canyon-55"
	r.SetBasicAuth(list[0], list[1])
	looped := []string{k, k}
	for i := range looped {
		r.SetBasicAuth("ops", looped[i])
		looped[i] = "Amber-Canyon-56" // want hardcoded-credential -- values/written-later
	}
}
