package values

import "net/http"

// copied takes what a prefix selects of the options; a key that is put together
// can only be one that begins and ends so.
func copied(r *http.Request, options map[string]string, prefix string) {
	own := map[string]string{}
	for k, v := range options {
		own[k] = v
	}
	own[prefix+"_query"] = "Winter-Lake-81"
	enter(r, own["db_user"], own["db_password"]) // ok -- values/joined-key
}

func replaced(r *http.Request, options map[string]string, prefix string) {
	own := map[string]string{}
	for k, v := range options {
		own[k] = v
	}
	own[prefix+"_password"] = "Winter-Lake-82" // want hardcoded-credential -- values/joined-key
	enter(r, own["db_user"], own["db_password"])
}
