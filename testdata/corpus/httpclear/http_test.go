package httpclear

import (
	"net/http"
	"testing"
)

func TestPlain(t *testing.T) {
	r, _ := http.NewRequest("GET", "http://gw.maplefreight.io/test", nil) // ok -- http/test-file
	r.SetBasicAuth("u", t.Name())
	send(r)
}
