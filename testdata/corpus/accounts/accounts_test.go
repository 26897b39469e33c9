package accounts

import (
	"net/http"
	"testing"
)

func TestShared(t *testing.T) {
	r, _ := http.NewRequest("GET", "https://maplefreight.io/", nil)
	r.SetBasicAuth("anna", "test-password")  // ok -- shared/test-file
	r.SetBasicAuth("boris", "test-password") // ok -- shared/test-file
}
