package values

import (
	"net/http"
	"os"
)

type person struct {
	login, password, variable string
}

var people = []person{
	{login: "hazel", password: "Barley-Ridge-22"}, // want hardcoded-credential -- values/table-rows
	{login: "rowan", password: os.Getenv("ROWAN_PASSWORD")},
	{login: "olive"},
	{login: "Barley-Ridge-01", variable: "WILLOW_PASSWORD"},
}

func (p person) word() string {
	if p.variable != "" {
		return os.Getenv(p.variable)
	}
	return p.password
}

func enterRow(r *http.Request, p person) { r.SetBasicAuth(p.login, p.word()) }

func everyRow(r *http.Request) {
	for _, p := range people {
		r.SetBasicAuth(p.login, p.password) // ok -- values/table-rows
		enterRow(r, p)                      // ok -- values/table-names
	}
	named := map[string]person{
		"a": {login: "hazel", password: "Barley-Ridge-23"}, // want hardcoded-credential -- values/table-names
		"b": {login: "rowan", variable: "ROWAN_PASSWORD"},
	}
	for _, p := range named {
		r.SetBasicAuth(p.login, p.word())
	}
	both := []person{
		{login: "hazel", variable: "HAZEL_PASSWORD", password: "Barley-Ridge-24"}, // want fallback-credential -- values/table-fallback
		{login: "rowan", variable: "ROWAN_PASSWORD"},
	}
	for _, p := range both {
		word := os.Getenv(p.variable)
		if word == "" {
			word = p.password
		}
		r.SetBasicAuth(p.login, word) // ok -- values/table-fallback
	}
}

func schemes(r *http.Request) {
	word := os.Getenv("DEPOT_TOKEN")
	if word == "" {
		word = "Barley-Ridge-25" // want fallback-credential -- values/table-fallback
	}
	r.Header.Set("Authorization", "Bearer "+word)
}
