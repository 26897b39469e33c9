package authorization

import (
	"net/http"
	"testing"
)

func TestWords(t *testing.T) {
	r, _ := http.NewRequest("GET", "https://api.maplefreight.io/", nil)
	r.Header.Set("Authorization", "Barer "+t.Name()) // ok -- authorization/test-file
}
