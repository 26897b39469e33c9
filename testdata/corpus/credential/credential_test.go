package credential

import (
	"net/http"
	"testing"
)

func TestLogin(t *testing.T) {
	r, err := http.NewRequest(http.MethodGet, "https://api.maplefreight.io", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("ops", "Falcon-Harbor-24") // ok -- credential/test-file
	password := "Falcon-Harbor-25"            // ok -- credential/test-file
	_ = password
}
