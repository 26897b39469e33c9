package rules_test

import (
	"slices"
	"testing"

	"github.com/authlint/authlint/rules"
)

// packRows are the providers that messages go through, each with the files that
// hold the patterns of its credentials, or with why there is none.
var packRows = []struct {
	provider string
	files    []string
	reason   string
}{
	{"Infobip", []string{"infobip"}, ""},
	{"Sinch: token, SMS, Conversation, Voice, Verification, Numbers, Fax and the rest", []string{"sinch"}, ""},
	{"Twilio", []string{"twilio"}, ""},
	{"Vonage, Nexmo", []string{"vonage"}, ""},
	{"MessageBird, Bird", []string{"messagebird"}, ""},
	{"Plivo", []string{"plivo"}, ""},
	{"Telnyx", []string{"telnyx"}, ""},
	{"Bandwidth", []string{"bandwidth"}, ""},
	{"Clickatell", []string{"clickatell"}, ""},
	{"ClickSend", []string{"clicksend"}, ""},
	{"TextMagic", []string{"textmagic"}, ""},
	{"46elks", []string{"46elks"}, ""},
	{"Africa's Talking", []string{"africastalking"}, ""},
	{"Kaleyra", []string{"kaleyra"}, ""},
	{"Gupshup", []string{"gupshup"}, ""},
	{"MSG91", []string{"msg91"}, ""},
	{"BulkSMS", []string{"bulksms"}, ""},
	{"SMSGlobal", []string{"smsglobal"}, ""},
	{"Unifonic", []string{"unifonic"}, ""},
	{"CM.com", []string{"cm"}, ""},
	{"tyntec", []string{"tyntec"}, ""},
	{"Route Mobile", []string{"routemobile"}, ""},
	{"AWS SNS, Pinpoint, End User Messaging", []string{"aws"}, ""},
	{"Azure Communication Services", []string{"azure-communication"}, ""},
	{"SendGrid", []string{"sendgrid"}, ""},
	{"Mailgun", []string{"mailgun"}, ""},
	{"Mailjet", []string{"mailjet"}, ""},
	{"Postmark", []string{"postmark"}, ""},
	{"Kavenegar", []string{"kavenegar"}, ""},
	{"smsc.ru", []string{"smsc"}, ""},
	{"smsbao", []string{"smsbao"}, ""},
	{"M3Tech", []string{"m3tech"}, ""},
	{"mTarget", []string{"mtarget"}, ""},
	{"Free Mobile", []string{"freemobile"}, ""},
	{"Yo! Uganda", []string{"yo-uganda"}, ""},
	{"Textlocal", []string{"textlocal"}, ""},
	{"SMSAPI", []string{"smsapi"}, ""},
	{"D7 Networks", []string{"d7networks"}, ""},
	{"Kannel, Jasmin", nil, "run by oneself: no host, and a password of one's own choice, which the rules about credentials in URLs find by its parameter"},
	{"NowSMS", nil, "run by oneself: no host, and a password of one's own choice, which the rules about credentials in URLs find by its parameter"},
	{"SFR", nil, "the password stands in a JSON object in the query, with names that other gateways have too; no form of its own is known"},
	{"DartMedia", nil, "neither a host nor a form of the credential is known for certain"},
}

// TestPackRows: every provider has patterns that can be reported, or a reason
// why not, and no pack is without a row.
func TestPackRows(t *testing.T) {
	c := catalogue(t)
	var seen []string
	for _, row := range packRows {
		if len(row.files) == 0 && row.reason == "" {
			t.Errorf("%s has neither patterns nor a reason", row.provider)
		}
		for _, id := range row.files {
			seen = append(seen, id)
			p, ok := c.Provider(id)
			if !ok {
				t.Errorf("%s: no file %s.toml", row.provider, id)
				continue
			}
			told := 0
			for _, r := range p.SecretRules {
				if !r.SkipReport {
					told++
				}
			}
			if told == 0 || p.Rotation == "" {
				t.Errorf("%s: %d patterns that can be reported, advice %q", row.provider, told, p.Rotation)
			}
		}
	}
	for _, p := range c.Providers() {
		if !slices.Contains(seen, p.ID) {
			t.Errorf("%s.toml belongs to no row", p.ID)
		}
	}
}

// TestPackParts: a part that a pattern requires is of its own file and is not
// reported by itself, so that each file works alone.
func TestPackParts(t *testing.T) {
	for _, p := range catalogue(t).Providers() {
		for _, r := range p.SecretRules {
			for _, part := range r.Required {
				at := slices.IndexFunc(p.SecretRules, func(o rules.SecretRule) bool { return o.ID == part.ID })
				if at < 0 || !p.SecretRules[at].SkipReport || part.WithinLines == nil {
					t.Errorf("%s: %s requires %s, which is not a part of this file with a limit", r.File, r.ID, part.ID)
				}
			}
		}
	}
}
