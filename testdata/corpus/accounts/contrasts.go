package accounts

import (
	"net/http"
	"os"
)

const fromEnvironment = "PORTAL_PASSWORD" // ok -- shared/const

func contrasts(r, s *http.Request) {
	r.SetBasicAuth("olga", os.Getenv(fromEnvironment))
	s.SetBasicAuth("paul", os.Getenv(fromEnvironment))
	r.SetBasicAuth("olga", os.Getenv("OLGA_PASSWORD")) // ok -- shared/one-user
}

// TestUsers is what a button of the settings does.
func TestUsers(r, s *http.Request) {
	r.SetBasicAuth("quinn", "Amber-Meadow-46") // want hardcoded-credential -- shared/test-file
	s.SetBasicAuth("rosa", "Amber-Meadow-46")  // want hardcoded-credential shared-credential -- shared/test-file
}
