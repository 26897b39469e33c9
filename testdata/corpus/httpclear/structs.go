package httpclear

import (
	"net/http"
	"os"
)

// supplier is where a request goes, with its login.
type supplier struct{ base, user, pass string }

var (
	corks  = supplier{base: "https://corks.maplefreight.io", user: "cellar", pass: os.Getenv("CORKS_PW")}
	labels = supplier{base: "http://labels.maplefreight.io", user: "cellar", pass: os.Getenv("LABELS_PW")}
	boxes  = &supplier{base: "https://boxes.maplefreight.io", user: "cellar", pass: os.Getenv("BOXES_PW")}
)

func (s supplier) request(path string) *http.Request {
	r, _ := http.NewRequest("GET", s.base+path, nil)
	return r
}

func packageStructs() {
	r := corks.request("/orders")
	r.SetBasicAuth(corks.user, corks.pass) // ok -- http/package-structs
	s := labels.request("/orders")
	s.SetBasicAuth(labels.user, labels.pass) // want basic-auth-over-http -- http/package-structs
	t := boxes.request("/orders")
	t.SetBasicAuth(boxes.user, boxes.pass) // ok -- http/package-structs
	own := supplier{base: "https://own.maplefreight.io"}
	u := own.request("/orders")
	u.SetBasicAuth("cellar", os.Getenv("OWN_PW")) // ok -- http/package-structs
	send(r, s, t, u)
}
