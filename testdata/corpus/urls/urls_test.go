package urls

import (
	"net/http"
	"testing"
)

func TestQuery(t *testing.T) {
	_, _ = http.Get("https://gw.maplefreight.io/t?password=" + t.Name()) // ok -- url/test-file
}
