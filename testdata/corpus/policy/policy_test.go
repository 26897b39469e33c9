package policy

import "testing"

func TestShort(t *testing.T) {
	password := t.Name()
	if len(password) < 4 { // ok -- policy/test-file
		t.Fatal("too short")
	}
}
