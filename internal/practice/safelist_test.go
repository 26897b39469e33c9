package practice

import (
	"strings"
	"testing"
)

func TestSafelist(t *testing.T) {
	const open, regular = "open-safelist medium regular [certain]", "open-safelist note auditor [private-host]"
	for _, test := range []struct{ text, want string }{
		{"0.0.0.0/0", open},
		{" 0.0.0.0/0 ", open},
		{"::/0", open},
		{"*", open},
		{"*.*.*.*", open},
		{"0.0.0.0/1", open},
		{"44.0.0.0/8", open},
		{"44.0.0.0/9", ""},
		{"2000::/3", open},
		{"2a00::/16", open},
		{"2a00::/17", ""},
		{"192.0.2.0/24", ""},
		{"192.0.2.7", ""},
		{"10.0.0.0/8", regular},
		{"fc00::/7", regular},
		{"127.0.0.0/8", ""},
		{"::1/128", ""},
		{"fe80::/10", ""},
		{"224.0.0.0/4", ""},
		{"0.0.0.0-255.255.255.255", open},
		{"44.0.0.0 - 45.255.255.255", open},
		{"10.0.0.0-10.255.255.255", ""},
		{"192.0.2.4-192.0.2.9", ""},
		{"::1-::2", ""},
		{"", ""},
		{"any-where", ""},
		{"reports.example.com", ""},
	} {
		for _, purpose := range []SafelistPurpose{AllowsAccess, TrustsProxy} {
			for _, use := range []string{"", "field AllowedIPs", strings.Repeat("field ", 40)} {
				o := &Safelist{Source: source(1), Range: test.text, Purpose: purpose, Use: use}
				if got := show(judged(t, &Judge{}, o)); got != test.want {
					t.Errorf("%q: got %s, want %s", test.text, got, test.want)
				}
			}
		}
	}
	for condition, want := range map[Condition]string{
		Conditional: "open-safelist low regular [conditional]",
		Configured:  "open-safelist note auditor [configured]",
	} {
		o := &Safelist{Source: Source{At: at(1), Condition: condition}, Range: "0.0.0.0/0"}
		if got := show(judged(t, &Judge{}, o)); got != want {
			t.Errorf("condition %d: got %s, want %s", condition, got, want)
		}
	}
}
