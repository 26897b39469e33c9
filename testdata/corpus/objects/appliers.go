package objects

import (
	"net/http"
	"os"
)

// applier puts a credential on a request.
type applier interface{ apply(*http.Request) }

type pairApplier struct{ user, word string }

type headerApplier struct{ name, value string }

type parameterApplier struct{ name, value string }

type noApplier struct{}

func (b pairApplier) apply(r *http.Request)   { r.SetBasicAuth(b.user, b.word) }
func (h headerApplier) apply(r *http.Request) { r.Header.Set(h.name, h.value) }
func (noApplier) apply(*http.Request)         {}
func (q parameterApplier) apply(r *http.Request) {
	v := r.URL.Query()
	v.Set(q.name, q.value)
	r.URL.RawQuery = v.Encode()
}

func putWith(address string, c applier) error {
	req, err := http.NewRequest(http.MethodPut, address, nil)
	if err != nil {
		return err
	}
	c.apply(req)
	_, err = http.DefaultClient.Do(req)
	return err
}

func putThrough(address string, c applier) error { return putWith(address, c) }

func putEdited(address string, edit func(*http.Request)) error {
	req, err := http.NewRequest(http.MethodPut, address, nil)
	if err != nil {
		return err
	}
	edit(req)
	_, err = http.DefaultClient.Do(req)
	return err
}

func appliers() {
	k := os.Getenv("DEPOT_KEY")
	_ = putWith("http://north.depot.example.org/rows", pairApplier{"depot", k})                               // want basic-auth-over-http -- objects/applier
	_ = putWith("https://north.depot.example.org/rows", pairApplier{"depot", k})                              // ok -- objects/applier
	_ = putWith("http://east.depot.example.org/rows", headerApplier{"X-Api-Key", k})                          // want credential-over-http -- objects/applier
	_ = putWith("http://east.depot.example.org/rows", headerApplier{"X-Request-Id", "7"})                     // ok -- objects/applier
	_ = putWith("https://south.depot.example.org/rows", parameterApplier{"api_key", k})                       // want credential-in-url -- objects/applier
	_ = putWith("https://south.depot.example.org/rows", parameterApplier{"page", "3"})                        // ok -- objects/applier
	_ = putWith("https://west.depot.example.org/rows", headerApplier{"Authorization", "Beare " + k})          // want malformed-authorization -- objects/applier
	_ = putWith("http://west.depot.example.org/rows", noApplier{})                                            // ok -- objects/applier
	_ = putThrough("http://far.depot.example.org/rows", pairApplier{"depot", k})                              // want basic-auth-over-http -- objects/applier-handed-on
	_ = putThrough("http://far.depot.example.org/rows", noApplier{})                                          // ok -- objects/applier-handed-on
	_ = putEdited("http://near.depot.example.org/rows", func(r *http.Request) { r.SetBasicAuth("depot", k) }) // want basic-auth-over-http -- objects/applier-function
	_ = putEdited("http://near.depot.example.org/rows", func(*http.Request) {})                               // ok -- objects/applier-function
}
