package literal

import "net/http"

// What reads a literal from somewhere else is for --fix=all: nobody gets it unasked.
func request(r *http.Request) {
	r.SetBasicAuth("reports", "Winter-Lake-22") // want `is hard-coded`
}
