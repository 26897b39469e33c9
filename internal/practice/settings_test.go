package practice

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

func TestTLS(t *testing.T) {
	for _, test := range []struct {
		name string
		o    TLS
		want string
	}{
		{"minimum 1.0", TLS{Aspect: MinVersion, Version: 0x0301}, "weak-tls-version high regular [certain]"},
		{"minimum 1.1", TLS{Aspect: MinVersion, Version: 0x0302}, "weak-tls-version high regular [certain]"},
		{"SSL", TLS{Aspect: MinVersion, Version: 0x0300}, "weak-tls-version high regular [certain]"},
		{"SSL 2", TLS{Aspect: MinVersion, Version: 0x0200}, "weak-tls-version high regular [certain]"},
		{"minimum 1.2", TLS{Aspect: MinVersion, Version: 0x0303}, ""},
		{"minimum 1.3", TLS{Aspect: MinVersion, Version: 0x0304}, ""},
		{"no minimum", TLS{Aspect: MinVersion}, ""},
		{"maximum 1.1", TLS{Aspect: MaxVersion, Version: 0x0302}, "weak-tls-version high regular [certain]"},
		{"maximum 1.2", TLS{Aspect: MaxVersion, Version: 0x0303}, ""},
		{"toolchain", TLS{Aspect: ServerDefault, Role: ServerSide, GoLine: "1.18"}, "weak-tls-version low regular [toolchain]"},
		{"condition", TLS{Source: Source{Condition: Conditional}, Aspect: MinVersion, Version: 0x0301}, "weak-tls-version note auditor [conditional]"},
		{"configuration", TLS{Source: Source{Condition: Configured}, Aspect: MinVersion, Version: 0x0301}, "weak-tls-version note auditor [configured]"},
		{"loopback", TLS{Aspect: MinVersion, Version: 0x0301, Host: "localhost"}, ""},
		{"test", TLS{Source: Source{Test: true}, Aspect: MinVersion, Version: 0x0301}, "weak-tls-version low auditor [test]"},
		{"unchecked", TLS{Aspect: PeerUnchecked, Role: ClientSide}, "tls-verify-off high regular [certain]"},
		{"unchecked, side not known", TLS{Aspect: PeerUnchecked}, "tls-verify-off high regular [certain]"},
		{"unchecked by a server", TLS{Aspect: PeerUnchecked, Role: ServerSide}, ""},
		{"callback", TLS{Aspect: CallbackAcceptsAll}, "tls-verify-off high regular [certain]"},
		{"unchecked under a condition", TLS{Source: Source{Condition: Conditional}, Aspect: PeerUnchecked}, "tls-verify-off note auditor [conditional]"},
		{"unchecked by configuration", TLS{Source: Source{Condition: Configured}, Aspect: PeerUnchecked}, "tls-verify-off note auditor [configured]"},
		{"unchecked at loopback", TLS{Aspect: PeerUnchecked, Host: "127.0.0.1"}, ""},
		{"unchecked in a private network", TLS{Aspect: PeerUnchecked, Host: "10.0.0.1"}, "tls-verify-off medium regular [private-host]"},
		{"unchecked in a cluster", TLS{Aspect: PeerUnchecked, Host: "billing"}, "tls-verify-off low auditor [cluster-host]"},
	} {
		test.o.At = at(1)
		for _, use := range []string{"", "field MinVersion of tls.Config", strings.Repeat("key ", 40)} {
			test.o.Use = use
			if got := show(judged(t, &Judge{}, &test.o)); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
		}
	}
	f := judged(t, &Judge{}, &TLS{Source: source(1), Aspect: ServerDefault, GoLine: "1.18"})[0]
	for _, want := range []string{"TLS 1.0", "Go before 1.27", "go 1.18", "tls.VersionTLS12"} {
		if !strings.Contains(f.Message, want) {
			t.Errorf("message has no %q: %s", want, f.Message)
		}
	}
	j := &Judge{Scope: everywhere(Scope{Thresholds: map[string]int{"tls-min-version": 0x0304}})}
	if got := show(judged(t, j, &TLS{Source: source(1), Aspect: MinVersion, Version: 0x0303})); got != "weak-tls-version high regular [certain]" {
		t.Errorf("with an own threshold: %s", got)
	}
}

func TestConnection(t *testing.T) {
	const server = "files.host.tld:21"
	for _, test := range []struct {
		name, address string
		o             Connection
		want          string
	}{
		{"login", server, Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp high regular [certain]"},
		{"login by URL", "ftp://files.host.tld/x", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp high regular [certain]"},
		{"address not known", "{addr}", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp high regular [certain]"},
		{"TLS", server, Connection{Protocol: "ftp", TLS: TLSOn, Login: true}, ""},
		{"TLS not known", server, Connection{Protocol: "ftp", TLS: TLSUnknown, Login: true}, "plaintext-ftp medium regular [weak-evidence]"},
		{"anonymous", server, Connection{Protocol: "ftp", TLS: TLSOff, Anonymous: true}, "plaintext-ftp low auditor [anonymous]"},
		{"no login seen", server, Connection{Protocol: "ftp", TLS: TLSOff}, ""},
		{"export", server, Connection{Protocol: "ftp", TLS: TLSOff, Export: true}, "plaintext-ftp high regular [certain]"},
		{"loopback", "localhost:21", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, ""},
		{"loopback without port", "127.0.0.1", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, ""},
		{"private", "10.0.0.7:21", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp low regular [private-host]"},
		{"cluster", "ftp:21", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp low auditor [cluster-host]"},
		{"declared", "ftp.partner.tld:21", Connection{Protocol: "ftp", TLS: TLSOff, Login: true}, ""},
		{"condition", server, Connection{Source: Source{Condition: Conditional}, Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp low regular [conditional]"},
		{"test", server, Connection{Source: Source{Test: true}, Protocol: "ftp", TLS: TLSOff, Login: true}, "plaintext-ftp low auditor [test]"},
		{"SFTP", server, Connection{Protocol: "sftp", Login: true}, ""},
		{"host key, password", server, Connection{Protocol: "ssh", HostKeyUnchecked: true, ByPassword: true}, "ssh-host-key-unchecked high regular [certain]"},
		{"host key, key", server, Connection{Protocol: "ssh", HostKeyUnchecked: true}, "ssh-host-key-unchecked medium regular [weak-evidence]"},
		{"host key of sftp", server, Connection{Protocol: "sftp", HostKeyUnchecked: true, ByPassword: true}, "ssh-host-key-unchecked high regular [certain]"},
		{"host key at loopback", "[::1]:22", Connection{Protocol: "ssh", HostKeyUnchecked: true, ByPassword: true}, ""},
		{"host key checked", server, Connection{Protocol: "ssh", ByPassword: true}, ""},
		{"host key under a condition", server, Connection{Source: Source{Condition: Conditional}, Protocol: "ssh", HostKeyUnchecked: true, ByPassword: true},
			"ssh-host-key-unchecked note auditor [conditional]"},
		{"other protocol", server, Connection{Protocol: "scp", TLS: TLSOff, Login: true}, ""},
	} {
		test.o.At = at(1)
		test.o.Address = str(test.address)
		for _, use := range []string{"", "ssh.ClientConfig", strings.Repeat("key ", 40)} {
			test.o.Use = use
			if got := show(judged(t, &Judge{VPNHosts: []string{"*.partner.tld"}}, &test.o)); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
		}
	}
}

func TestPolicy(t *testing.T) {
	profile, provider := &Judge{Messaging: true}, func(p Policy) Policy { p.Provider = "infobip"; return p }
	for _, test := range []struct {
		name  string
		judge *Judge
		o     Policy
		want  string
	}{
		{"below eight", nil, Policy{Kind: MinLength, Value: 6}, "weak-password-policy medium regular [certain]"},
		{"two", nil, Policy{Kind: MinLength, Value: 2}, "weak-password-policy medium regular [certain]"},
		{"required", nil, Policy{Kind: MinLength, Value: 1}, ""},
		{"nothing", nil, Policy{Kind: MinLength, Value: 0}, ""},
		{"eight", nil, Policy{Kind: MinLength, Value: 8}, "weak-password-policy note regular [near-threshold]"},
		{"nine", nil, Policy{Kind: MinLength, Value: 9}, "weak-password-policy note regular [near-threshold]"},
		{"ten", nil, Policy{Kind: MinLength, Value: 10}, ""},
		{"nine beside a provider", nil, provider(Policy{Kind: MinLength, Value: 9}), "weak-password-policy medium regular [certain]"},
		{"nine under the profile", profile, Policy{Kind: MinLength, Value: 9}, "weak-password-policy medium regular [certain]"},
		{"ten under the profile", profile, Policy{Kind: MinLength, Value: 10}, ""},
		{"eleven for files", nil, Policy{Kind: MinLength, Value: 11, Transfer: true}, "weak-password-policy note auditor [no-provider]"},
		{"eleven for files under the profile", profile, Policy{Kind: MinLength, Value: 11, Transfer: true}, "weak-password-policy medium regular [certain]"},
		{"eight for files", nil, Policy{Kind: MinLength, Value: 8, Transfer: true}, "weak-password-policy note regular [near-threshold]"},
		{"twelve for files", profile, Policy{Kind: MinLength, Value: 12, Transfer: true}, ""},
		{"configuration", nil, Policy{Source: Source{Condition: Configured}, Kind: MinLength, Value: 6}, "weak-password-policy note auditor [configured]"},
		{"test", nil, Policy{Source: Source{Test: true}, Kind: MinLength, Value: 6}, "weak-password-policy note auditor [test]"},
		{"own threshold", &Judge{Scope: everywhere(Scope{Thresholds: map[string]int{"password-min-length": 12}})}, Policy{Kind: MinLength, Value: 11}, "weak-password-policy medium regular [certain]"},
		{"two classes", nil, Policy{Kind: MinClasses, Value: 2}, "weak-password-policy note auditor [no-provider]"},
		{"two classes under the profile", profile, Policy{Kind: MinClasses, Value: 2}, "weak-password-policy medium regular [certain]"},
		{"all classes", profile, Policy{Kind: MinClasses, Value: 4}, ""},
		{"five attempts", nil, Policy{Kind: MaxAttempts, Value: 5}, ""},
		{"ten attempts", nil, Policy{Kind: MaxAttempts, Value: 10}, "excessive-login-attempts low auditor [no-provider]"},
		{"eleven attempts", nil, Policy{Kind: MaxAttempts, Value: 11}, "excessive-login-attempts low regular [beyond]"},
		{"ten attempts under the profile", profile, Policy{Kind: MaxAttempts, Value: 10}, "excessive-login-attempts medium regular [certain]"},
		{"no limit", nil, Policy{Kind: MaxAttempts, Value: 0}, "excessive-login-attempts medium regular [certain]"},
		{"negative", nil, Policy{Kind: MaxAttempts, Value: -1}, "excessive-login-attempts medium regular [certain]"},
		{"forty bits", nil, Policy{Kind: MinEntropy, Value: 40}, "weak-password-policy medium regular [certain]"},
		{"fifty bits", nil, Policy{Kind: MinEntropy, Value: 50}, "weak-password-policy note regular [near-threshold]"},
		{"sixty bits", profile, Policy{Kind: MinEntropy, Value: 60}, ""},
		{"score of two", nil, Policy{Kind: MinScore, Value: 2}, "weak-password-policy medium regular [certain]"},
		{"score of three", profile, Policy{Kind: MinScore, Value: 3}, ""},
		{"a year", nil, Policy{Kind: MaxAge, Value: 365}, "slow-rotation low auditor [no-provider]"},
		{"more than a year", nil, Policy{Kind: MaxAge, Value: 99999}, "slow-rotation low regular [beyond]"},
		{"half a year, by a service", nil, Policy{Kind: MaxAge, Value: 180, Machine: true}, "slow-rotation low regular [beyond]"},
		{"a quarter, by a service", nil, Policy{Kind: MaxAge, Value: 90, Machine: true}, ""},
		{"a year beside a provider", nil, provider(Policy{Kind: MaxAge, Value: 365}), "slow-rotation low regular [certain]"},
		{"a quarter", profile, Policy{Kind: MaxAge, Value: 92}, ""},
		{"never or by default", profile, Policy{Kind: MaxAge}, ""},
		{"no second factor", nil, Policy{Kind: SecondFactor}, "mfa-disabled low auditor [weak-evidence]"},
		{"no second factor in an identity provider", nil, Policy{Kind: SecondFactor, Identity: true}, "mfa-disabled medium regular [certain]"},
		{"no second factor by configuration", nil, Policy{Source: Source{Condition: Configured}, Kind: SecondFactor, Identity: true}, "mfa-disabled note auditor [configured]"},
		{"second factor", nil, Policy{Kind: SecondFactor, Value: 1, Identity: true}, ""},
	} {
		if test.judge == nil {
			test.judge = &Judge{}
		}
		test.o.At = at(1)
		for _, use := range []string{"", "validate tag of SignUp.Password", strings.Repeat("key ", 40)} {
			test.o.Use = use
			if got := show(judged(t, test.judge, &test.o)); got != test.want {
				t.Errorf("%s: got %s, want %s", test.name, got, test.want)
			}
		}
	}
	f := judged(t, &Judge{}, &Policy{Source: source(1), Kind: MinLength, Value: 6, Use: "constant minPassword"})[0]
	if !strings.Contains(f.Message, "6 characters") || !strings.Contains(f.Message, "8 or more") || f.Evidence["source"] == "" {
		t.Errorf("finding %+v", f)
	}
}

func TestSecretMatch(t *testing.T) {
	random := made(alnum, 36)
	for _, test := range []struct {
		name, text string
		o          SecretMatch
		want       string
	}{
		{"issued", random, SecretMatch{RuleID: "github-pat"}, "github-pat high regular [certain]"},
		{"issued in a test", random, SecretMatch{Source: Source{Test: true}, RuleID: "github-pat"}, "github-pat low regular [test]"},
		{"issued, live, in a test", "sk" + "_live_" + random, SecretMatch{Source: Source{Test: true}, RuleID: "stripe-access-token"},
			"stripe-access-token high regular [certain]"},
		{"issued, in a document", random, SecretMatch{Source: Source{Document: true}, RuleID: "github-pat"}, "github-pat medium regular [document]"},
		{"issued, placeholder", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxx", SecretMatch{RuleID: "github-pat"}, ""},
		{"issued, run", "1234567890abcdef1234567890abcdef", SecretMatch{RuleID: "github-pat"}, ""},
		{"generic", random, SecretMatch{RuleID: "generic-api-key", Generic: true}, "generic-api-key medium regular [certain]"},
		{"generic in a test", random, SecretMatch{Source: Source{Test: true}, RuleID: "generic-api-key", Generic: true}, "generic-api-key low auditor [test]"},
		{"generic, reference", "${API_KEY}", SecretMatch{RuleID: "generic-api-key", Generic: true}, ""},
		{"variable", "INFOBIP_API_KEY", SecretMatch{RuleID: "infobip-named-secret", Generic: true}, ""},
		{"password", "Winter-Lake-22", SecretMatch{RuleID: "generic-api-key", Generic: true}, "generic-api-key medium regular [certain]"},
		{"file name", "", SecretMatch{RuleID: "pkcs12-file", Generic: true}, "pkcs12-file medium regular [certain]"},
		{"several patterns", random, SecretMatch{RuleID: "github-pat", Also: []string{"generic-api-key"}}, "github-pat high regular [certain] +generic-api-key"},
		{"curl", "admin:hunter2", SecretMatch{RuleID: "curl-auth-user", Generic: true}, "curl-auth-user medium regular [certain]"},
		{"sample", "x", SecretMatch{RuleID: "jwt", Generic: true, Value: shape.Value{Form: shape.JWT, Sample: "jwt.io"}}, "jwt note auditor [sample]"},
	} {
		test.o.At = at(1)
		if test.o.Value.Form == shape.Empty {
			test.o.Value = value(t, test.text)
		}
		found := judged(t, &Judge{}, &test.o)
		if got := show(found); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
		for _, f := range found {
			if !strings.Contains(f.Message, "rotate") {
				t.Errorf("%s: %s", test.name, f.Message)
			}
		}
	}
	long := &SecretMatch{Source: source(1), RuleID: strings.Repeat("very-long-", 30) + "id", Value: value(t, random)}
	judged(t, &Judge{}, long)
}

// literalAt returns an observation of a literal in columns a to b of line 3.
func literalAt(a, b int) finding.Location {
	return finding.Location{File: "main.go", Line: 3, Column: a, EndLine: 3, EndColumn: b}
}

func TestAbsorption(t *testing.T) {
	random := made(alnum, 36)
	credential := func(origin finding.Location, edit func(*Credential)) *Credential {
		o := &Credential{Source: Source{At: at(1), Origin: origin}, Kind: shape.Password, Value: value(t, random), Sink: true}
		if edit != nil {
			edit(o)
		}
		return o
	}
	match := func(where finding.Location, id string) *SecretMatch {
		return &SecretMatch{Source: Source{At: where}, RuleID: id, Value: value(t, random)}
	}
	inTest := func(o *Credential) { o.Test = true }
	weak := func(o *Credential) { o.Value = value(t, "lake42") }
	for _, test := range []struct {
		name  string
		judge *Judge
		list  []Observation
		want  string
	}{
		{"pattern within the literal", &Judge{}, []Observation{match(literalAt(12, 48), "github-pat"), credential(literalAt(10, 50), nil)},
			"hardcoded-credential high regular [certain] +github-pat"},
		{"pattern around the literal", &Judge{}, []Observation{credential(literalAt(12, 48), nil), match(literalAt(5, 60), "generic-api-key")},
			"hardcoded-credential high regular [certain] +generic-api-key"},
		{"pattern elsewhere", &Judge{}, []Observation{credential(literalAt(10, 50), nil), match(literalAt(50, 60), "github-pat")},
			"hardcoded-credential high regular [certain]\ngithub-pat high regular [certain]"},
		{"what is seen stays seen", &Judge{}, []Observation{credential(literalAt(10, 50), inTest), match(literalAt(10, 50), "github-pat")},
			"github-pat high regular [certain] +hardcoded-credential"},
		{"two literals in one call", &Judge{}, []Observation{credential(literalAt(10, 20), nil), credential(literalAt(30, 40), weak)},
			"hardcoded-credential high regular [certain]\nhardcoded-credential high regular [certain] +weak-password"},
		{"one literal in two places", &Judge{}, []Observation{
			credential(literalAt(10, 20), nil), credential(literalAt(10, 20), func(o *Credential) { o.At = at(8) }),
		}, "hardcoded-credential high regular [certain] places 1"},
		{"the same twice", &Judge{}, []Observation{credential(literalAt(10, 20), nil), credential(literalAt(10, 20), nil)},
			"hardcoded-credential high regular [certain]"},
		{"skipped with what it absorbs", &Judge{Scope: everywhere(Scope{Disabled: map[string]bool{"hardcoded-credential": true}})},
			[]Observation{credential(literalAt(10, 20), weak), match(literalAt(10, 20), "github-pat")}, ""},
		{"only the absorbed one wanted", &Judge{Enabled: map[string]bool{"github-pat": true}},
			[]Observation{credential(literalAt(10, 20), nil), match(literalAt(10, 20), "github-pat")}, "github-pat high regular [certain]"},
		{"request and client of one call", &Judge{}, []Observation{
			&Request{Source: source(1), URL: str("http://k3x9qz.api.infobip.com/sms/3/reports"), Auth: []Auth{{Scheme: "basic"}}},
			&Request{Source: source(1), URL: str("http://k3x9qz.api.infobip.com"), Auth: []Auth{{Scheme: "bearer"}}, Client: true},
		}, "basic-auth-over-http critical regular [certain] +basic-auth-discouraged +credential-over-http"},
		{"requests of two calls", &Judge{}, []Observation{
			&Request{Source: source(1), URL: str(public), Auth: []Auth{{Scheme: "basic"}}},
			&Request{Source: source(2), URL: str(public), Auth: []Auth{{Scheme: "bearer"}}},
		}, "basic-auth-over-http critical regular [certain] +credential-over-http\ncredential-over-http high regular [certain]"},
		{"discouraged stays seen where plain is for auditors", &Judge{}, []Observation{
			&Request{Source: source(1), URL: str("http://gateway/sms/2/text/advanced"), Auth: []Auth{{Scheme: "basic"}}, Provider: "infobip"},
		}, "basic-auth-over-http low regular [private-host] +basic-auth-discouraged +credential-over-http +message-over-http"},
	} {
		found := judged(t, test.judge, test.list...)
		if got := show(found); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	for _, test := range []struct {
		a, b finding.Location
		want bool
	}{
		{literalAt(1, 5), literalAt(5, 9), false},
		{literalAt(1, 6), literalAt(5, 9), true},
		{literalAt(1, 9), literalAt(3, 4), true},
		{finding.Location{File: "main.go", Line: 2, Column: 1, EndLine: 4, EndColumn: 1}, literalAt(3, 4), true},
		{finding.Location{File: "main.go", Line: 2, Column: 1, EndLine: 3, EndColumn: 3}, literalAt(3, 4), false},
		{finding.Location{}, literalAt(3, 4), false},
		{finding.Location{File: "x.go", Line: 3, Column: 1, EndLine: 3, EndColumn: 9}, literalAt(3, 4), false},
	} {
		if got := overlap(test.a, test.b); got != test.want {
			t.Errorf("overlap(%v, %v) = %t", test.a, test.b, got)
		}
		if got := overlap(test.b, test.a); got != test.want && !test.b.IsZero() && !test.a.IsZero() {
			t.Errorf("overlap(%v, %v) = %t", test.b, test.a, got)
		}
	}
}

func TestIsDeclared(t *testing.T) {
	for _, test := range []struct {
		declared, host string
		want           bool
	}{
		{"smsc.tld", "SMSC.tld", true},
		{"smsc.tld", "smsc.tld.", true},
		{"smsc.tld", "a.smsc.tld", false},
		{"*.smsc.tld", "a.b.smsc.tld", true},
		{".smsc.tld", "a.smsc.tld", true},
		{"*.smsc.tld", "smsc.tld", false},
		{"10.1.0.0/16", "10.1.2.3", true},
		{"10.1.0.0/16", "10.2.2.3", false},
		{"fd00::/8", "[fd00::1]", true},
		{"10.1.2.3", "10.1.2.3", true},
		{"10.1.0.0/16", "smsc", false},
		{"", "", false},
	} {
		if got := isDeclared([]string{test.declared}, test.host); got != test.want {
			t.Errorf("isDeclared(%q, %q) = %t", test.declared, test.host, got)
		}
	}
}
