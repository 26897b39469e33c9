package shape

import "testing"

func TestLooks(t *testing.T) {
	looks := NewLooks("pass", "://", "密")
	for text, want := range map[string]bool{
		"DB_PASSWORD=x": true, "http://a": true, "a 密 b": true, "pas s": false, "": false, "pas": false, "Pa": false, "key": false,
	} {
		if got := looks.In([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
