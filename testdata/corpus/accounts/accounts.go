// Package accounts holds users with their passwords, and links to secrets.
package accounts

import (
	"fmt"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5/middleware"
)

var guard = gin.BasicAuth(gin.Accounts{
	"billing": "Maple-Garden-51",             // want hardcoded-credential -- shared/map-entry
	"support": "Maple-Garden-51",             // want hardcoded-credential shared-credential -- shared/map-entry
	"reports": os.Getenv("REPORTS_PASSWORD"), // ok -- shared/map-entry
})

var other = gin.BasicAuth(gin.Accounts{
	"orders": "Copper-Garden-17", // want hardcoded-credential -- shared/one-user
	"parcel": "Silver-Garden-17", // want hardcoded-credential -- shared/one-user
})

func plainMap() func(http.Handler) http.Handler {
	return middleware.BasicAuth("portal", map[string]string{
		"anna":  "Orchid-Candle-33", // want hardcoded-credential -- shared/plain-map
		"boris": "Orchid-Candle-33", // want hardcoded-credential shared-credential -- shared/plain-map
		"clara": os.Getenv("CLARA"), // ok -- shared/plain-map
	})
}

var byUser = map[string]string{
	"mona": "Walnut-Breeze-19", // want hardcoded-credential -- shared/plain-map
	"nils": "Walnut-Breeze-19", // want hardcoded-credential shared-credential -- shared/plain-map
}

const seasonal = "Cedar-Window-86" // want hardcoded-credential shared-credential -- shared/const

var constants = map[string]string{"olga": seasonal, "paul": seasonal}

var bySite = map[string]string{
	"harbour": "Quartz-Ladder-52", // want hardcoded-credential -- shared/one-user
	"station": "Quartz-Ladder-52", // want hardcoded-credential -- shared/one-user
}

func looked(r, s, t *http.Request, login, site string) {
	r.SetBasicAuth(login, byUser[login])
	s.SetBasicAuth(login, constants[login])
	t.SetBasicAuth(login, bySite[site])
}

type user struct {
	Name     string
	Password string
}

func users(password string) []user {
	return []user{
		{Name: "dora", Password: "Willow-Harbor-64"},  // want hardcoded-credential -- shared/struct-list
		{Name: "emil", Password: "Willow-Harbor-64"},  // want hardcoded-credential shared-credential -- shared/struct-list
		{Name: "frida", Password: password},           // ok -- shared/struct-list
		{Name: "gustav", Password: "Meadow-Stone-28"}, // want hardcoded-credential -- shared/one-user
	}
}

const common = "Lantern-Falcon-77" // want hardcoded-credential shared-credential -- shared/const

const single = "Lantern-Orchid-78" // want hardcoded-credential -- shared/const

func requests(r, s, t *http.Request) {
	r.SetBasicAuth("hanna", common)
	s.SetBasicAuth("igor", common)
	t.SetBasicAuth("julia", single)
	r.SetBasicAuth("julia", single)
}

func arguments(r, s *http.Request, pw string) {
	r.SetBasicAuth("karl", "Thunder-Copper-5") // want hardcoded-credential -- shared/argument
	s.SetBasicAuth("lena", "Thunder-Copper-5") // want hardcoded-credential shared-credential -- shared/argument
	s.SetBasicAuth("lena", pw)                 // ok -- shared/argument
}

func silenced(r, s *http.Request) {
	r.SetBasicAuth("mona", "Ember-Willow-19") // want hardcoded-credential -- shared/ignore
	//authlint:ignore hardcoded-credential,shared-credential -- accounts of a demonstration
	s.SetBasicAuth("nils", "Ember-Willow-19") // ok -- shared/ignore
}

const note = "https://onetimesecret.com/secret/{{alnum31}}1" // want one-time-secret-link -- shared/link

const service = "https://onetimesecret.com/" // ok -- shared/link

func send(token string) {
	fmt.Println("https://onetimesecret.com/secret/" + token)            // ok -- shared/link-argument
	fmt.Println("https://pwpush.com/p/{{alnum20}}7")                    // want one-time-secret-link -- shared/link-argument
	fmt.Println("https://maplefreight.io/secret/{{alnum20}}7", service) // ok -- shared/link
}
