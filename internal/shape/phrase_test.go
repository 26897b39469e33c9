package shape

import "testing"

// TestPhrase tells passwords of joined words from names.
func TestPhrase(t *testing.T) {
	tests := []struct {
		text         string
		strict, wide bool
	}{
		{"Winter_and_Lake", true, true},
		{"Heron_7_lakes", true, true},
		{"Heron.Lakeside", true, true},
		{"winter-lake-willow-heron", true, true},
		{"winter-lake-willow", false, true},
		{"winter-lake", false, false},
		{"my_db_password", false, false},
		{"login.password.label", false, false},
		{"app-secret-key-prod", false, false},
		{"SMTP_RELAY_WINTER", false, false},
		{"spring.datasource.url", false, false},
		{"secretmanager", false, false},
	}
	for _, tt := range tests {
		if got := Phrase(tt.text, false); got != tt.strict {
			t.Errorf("Phrase(%q, false) = %v", tt.text, got)
		}
		if got := Phrase(tt.text, true); got != tt.wide {
			t.Errorf("Phrase(%q, true) = %v", tt.text, got)
		}
	}
}
