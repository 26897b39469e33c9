package safelist

import "testing"

func TestOpen(t *testing.T) {
	k := Key{Name: t.Name(), AllowedIPs: []string{"0.0.0.0/0"}} // ok -- safelist/test-file
	if len(k.AllowedIPs) != 1 {
		t.Fatal("not open")
	}
}
