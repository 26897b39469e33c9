package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/shape"
)

// TestDisclosure judges what is told, where, and how sure it is.
func TestDisclosure(t *testing.T) {
	for _, test := range []struct {
		name string
		obs  Disclosure
		want string
	}{
		{"log", Disclosure{Kind: shape.Password, Certain: true}, "credential-in-log medium regular [certain]"},
		{"log, a common word", Disclosure{Kind: shape.Token}, "credential-in-log low auditor [weak-evidence]"},
		{"log, fresh", Disclosure{Kind: shape.Password, Certain: true, Fresh: true}, "credential-in-log medium regular [certain]"},
		{"terminal", Disclosure{Channel: ToTerminal, Kind: shape.Key, Certain: true}, "credential-in-log medium regular [certain]"},
		{"terminal, fresh", Disclosure{Channel: ToTerminal, Kind: shape.Password, Certain: true, Fresh: true}, "credential-in-log low auditor [weak-evidence]"},
		{"terminal, bare", Disclosure{Channel: ToTerminal, Kind: shape.Token, Certain: true, Bare: true}, "credential-in-log low auditor [weak-evidence]"},
		{"switch", Disclosure{Kind: shape.Token, Certain: true, Debug: true}, "credential-in-log medium regular [certain]"},
		{"error", Disclosure{Channel: InError, Kind: shape.Password, Certain: true}, "credential-in-error medium regular [certain]"},
		{"response, password", Disclosure{Channel: InResponse, Kind: shape.Password, Certain: true}, "credential-in-response high regular [certain]"},
		{"response, token", Disclosure{Channel: InResponse, Kind: shape.Token, Certain: true}, "credential-in-response low auditor [weak-evidence]"},
		{"response, new password", Disclosure{Channel: InResponse, Kind: shape.Password, Certain: true, Fresh: true}, "credential-in-response low auditor [weak-evidence]"},
		{"message, password", Disclosure{Channel: InMessage, Kind: shape.Password, Certain: true}, "credential-in-message medium regular [certain]"},
		{"message, code", Disclosure{Channel: InMessage, Kind: shape.Token, Certain: true}, ""},
		{"token, password", Disclosure{Channel: InToken, Kind: shape.Password, Certain: true}, "credential-in-token medium regular [certain]"},
		{"token, token", Disclosure{Channel: InToken, Kind: shape.Token, Certain: true}, ""},
		{"command, literal", Disclosure{Channel: OnCommandLine, Kind: shape.Password, Certain: true, Literal: true}, "credential-on-command-line medium regular [certain]"},
		{"command, own machine", Disclosure{Channel: OnCommandLine, Kind: shape.Password, Certain: true, Literal: true, Host: "127.0.0.1"}, "credential-on-command-line low auditor [loopback]"},
		{"command, default", Disclosure{Channel: OnCommandLine, Kind: shape.Password, Certain: true, Literal: true, Value: shape.Value{LocalDefault: true}}, "credential-on-command-line low auditor [local-default]"},
		{"token, key", Disclosure{Channel: InToken, Kind: shape.Key, Certain: true}, "credential-in-token medium regular [certain]"},
		{"message, key", Disclosure{Channel: InMessage, Kind: shape.Key, Certain: true}, "credential-in-message medium regular [certain]"},
		{"message, a common word", Disclosure{Channel: InMessage, Kind: shape.Key}, ""},
		{"response, keys", Disclosure{Channel: InResponse, Kind: shape.Key, Certain: true, Listed: true}, "credential-in-response high regular [certain]"},
		{"command, variable", Disclosure{Channel: OnCommandLine, Kind: shape.Password, Certain: true}, "credential-on-command-line low auditor [weak-evidence]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.obs.Source, test.obs.What, test.obs.Use = source(1), "parameter password", "Printf"
			if got := show(judged(t, &Judge{}, &test.obs)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestDisclosureGrades grades by the place.
func TestDisclosureGrades(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Source)
		want   string
	}{
		{"test", func(s *Source) { s.Test = true }, "credential-in-log low auditor [test]"},
		{"debug switch", func(s *Source) { s.Condition = Conditional }, "credential-in-log low regular [conditional]"},
		{"configured", func(s *Source) { s.Condition = Configured }, "credential-in-log low auditor [configured]"},
		{"document", func(s *Source) { s.Document = true }, "credential-in-log low auditor [document]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			obs := &Disclosure{Source: source(1), Kind: shape.Password, What: "parameter password", Certain: true}
			test.change(&obs.Source)
			if got := show(judged(t, &Judge{}, obs)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestDisclosureMessages holds the messages of long names to the house rules.
func TestDisclosureMessages(t *testing.T) {
	for channel := ToLog; channel <= OnCommandLine; channel++ {
		for _, whole := range []string{"", "ConfigurationOfTheMessagingGateway"} {
			obs := &Disclosure{
				Source: source(1), Channel: channel, Kind: shape.Password, Certain: true, Literal: true, Whole: whole,
				What: "field DatabaseAdministratorPassword of DatabaseConfiguration", Use: "field PlainTextContent of SingleEmailMessage",
			}
			if len(judged(t, &Judge{}, obs)) != 1 {
				t.Errorf("channel %d: no finding", channel)
			}
		}
	}
}
