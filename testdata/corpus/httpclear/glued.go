package httpclear

import "net/http"

func glued(path, suffix, user, pw string) {
	a, _ := http.NewRequest("GET", "http://orders.example.com"+path, nil)
	a.SetBasicAuth(user, pw) // want basic-auth-over-http -- http/glued-path
	b, _ := http.NewRequest("GET", "http://localhost"+path, nil)
	b.SetBasicAuth(user, pw) // ok -- http/glued-path
	c, _ := http.NewRequest("GET", "https://api.infobip.com"+path, nil)
	c.SetBasicAuth(user, pw) // want basic-auth-discouraged -- http/glued-path
	d, _ := http.NewRequest("GET", "https://api.infobip.com"+suffix, nil)
	d.SetBasicAuth(user, pw) // ok -- http/glued-path
}
