package rules_test

import (
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/authlint/authlint/rules"
)

// goodPage is a page without fault; the tests below break one line of it.
const goodPage = `+++
title = "A thing"
security-severity = "7.5"
precision = "high"
cwe = [319]
since = "0.1"
observation = "request"
absorbs = ["other-thing"]

[grades]
certain = "high"
test = "low auditor"
loopback = "off"
+++

It is bad.

## Reported

- This.

## Not reported

That.

## Bad

` + "```go main.go\npackage main\n```" + `

## Good

` + "```go\npackage main\n```\n\n```yaml a.yaml\na: 1\n```" + `

## Fix

Do it.

## Source

- IETF, *RFC 1*: Section
`

// known are the ids of rules that the pages under test may refer to.
func known(id string) bool { return id == "other-thing" || id == "third-thing" }

func TestParsePage(t *testing.T) {
	rule, err := rules.ParsePage("a-thing.md", []byte(goodPage), known)
	if err != nil {
		t.Fatal(err)
	}
	if rule.ID != "a-thing" || rule.Summary != "It is bad." || rule.Reported != "- This." || rule.NotReported != "That." || rule.Fix != "Do it." {
		t.Errorf("page read as %+v", rule)
	}
	if len(rule.Bad) != 1 || len(rule.Good) != 2 {
		t.Fatalf("%d bad and %d good examples, want 1 and 2", len(rule.Bad), len(rule.Good))
	}
	if got, want := rule.Good[1], (rules.Example{Lang: "yaml", Name: "a.yaml", Text: "a: 1\n", Line: 39}); got != want {
		t.Errorf("example %+v, want %+v", got, want)
	}
	if got := rule.Sources[0].String(); got != "IETF, RFC 1: Section" {
		t.Errorf("source %q", got)
	}
	if !strings.HasPrefix(rule.Markdown, "It is bad.\n") || strings.Contains(rule.Markdown, "+++") {
		t.Errorf("Markdown begins with %.20q", rule.Markdown)
	}
}

// TestParsePageLineEnds: a checkout with CRLF reads the same.
func TestParsePageLineEnds(t *testing.T) {
	rule, err := rules.ParsePage("a-thing.md", []byte(strings.ReplaceAll(goodPage, "\n", "\r\n")), known)
	if err != nil {
		t.Fatal(err)
	}
	if rule.Bad[0].Text != "package main\n" || rule.Bad[0].Line != 29 {
		t.Errorf("example %+v", rule.Bad[0])
	}
}

func TestParsePageFaults(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"no front matter", "+++\ntitle", "title", `1: no front matter`},
		{"front matter without end", "\n+++\n\nIt", "\n\nIt", `1: no line +++ ends`},
		{"TOML", `title = "A thing"`, `title = `, `2: `},
		{"wrong type", `cwe = [319]`, `cwe = "319"`, `5: `},
		{"unknown key", `since =`, `sinc =`, `6: unknown key "sinc", did you mean "since"?`},
		{"duplicate key", `since = "0.1"`, "since = \"0.1\"\nsince = \"0.2\"", `7: `},
		{"missing title", `title = "A thing"`, ``, `1: missing key "title"`},
		{"empty title", `"A thing"`, `""`, `2: key "title" is empty`},
		{"missing precision", `precision = "high"`, ``, `1: missing key "precision"`},
		{"unknown precision", `precision = "high"`, `precision = "hihg"`, `4: unknown precision "hihg", did you mean "high"?`},
		{"missing observation", `observation = "request"`, ``, `1: missing key "observation"`},
		{"unknown observation", `"request"`, `"requests"`, `7: unknown observation "requests", did you mean "request"?`},
		{"missing cwe", `cwe = [319]`, ``, `1: missing key "cwe"`},
		{"cwe twice", `[319]`, `[319, 319]`, `5: cwe 319`},
		{"cwe below one", `[319]`, `[0]`, `5: cwe 0`},
		{"missing since", `since = "0.1"`, ``, `1: missing key "since"`},
		{"since is no version", `"0.1"`, `"soon"`, `6: since "soon"`},
		{"missing security-severity", `security-severity = "7.5"`, ``, `1: missing key "security-severity"`},
		{"security-severity is no number", `"7.5"`, `"high"`, `3: security-severity "high" is not`},
		{"security-severity without decimal", `"7.5"`, `"7"`, `3: security-severity "7" is not`},
		{"security-severity too high", `"7.5"`, `"10.1"`, `3: security-severity "10.1" is not`},
		{"security-severity of another band", `"7.5"`, `"4.5"`, `3: security-severity 4.5 is medium, but grade certain is high`},
		{"dead reference in absorbs", `["other-thing"]`, `["no-thing"]`, `8: absorbs names "no-thing", which is no rule`},
		{"absorbs itself", `["other-thing"]`, `["a-thing"]`, `8: absorbs names the rule itself`},
		{"absorbs twice", `["other-thing"]`, "[\n\"other-thing\",\n\"other-thing\"]", `9: absorbs names "other-thing" twice`},
		{"dead reference in also", `observation =`, "also = [\"no-thing\"]\nobservation =", `7: also names "no-thing", which is no rule`},
		{"no grades", "[grades]\ncertain = \"high\"\ntest = \"low auditor\"\nloopback = \"off\"", ``, `1: missing key "grades.certain"`},
		{"missing certain", `certain = "high"`, ``, `10: missing key "grades.certain"`},
		{"unknown grade", `test = `, `tests = `, `12: unknown grade "tests", did you mean "test"?`},
		{"unknown severity", `"low auditor"`, `"lwo auditor"`, `12: grade "test": unknown severity "lwo"`},
		{"unknown persona", `"low auditor"`, `"low audit"`, `12: grade "test": unknown persona "audit"`},
		{"too many words", `"low auditor"`, `"low auditor now"`, `12: grade "test": "low auditor now" is not a severity`},
		{"off with a persona", `"off"`, `"off auditor"`, `13: grade "loopback": "off" has no persona`},
		{"no summary", "It is bad.\n\n", ``, `15: the page must begin with a paragraph`},
		{"summary is a list", "It is bad.", `- It is bad.`, `15: the page must begin with a paragraph`},
		{"missing section", "## Fix\n\nDo it.\n\n", ``, `1: missing section "Fix"`},
		{"unknown section", `## Fix`, `## Fixes`, `42: unknown section "Fixes"`},
		{"second section", "## Fix\n", "## Good\n\nx\n\n## Fix\n", `42: second section "Good"`},
		{"section out of order", "## Fix\n\nDo it.\n\n## Source\n\n- IETF, *RFC 1*: Section\n", "## Source\n\n- IETF, *RFC 1*: Section\n\n## Fix\n\nDo it.\n", `46: section "Fix" must come before "Source"`},
		{"empty section", "That.\n\n", ``, `22: section "Not reported" is empty`},
		{"heading of another level", `## Fix`, `### Fix`, `42: only headings of the second level`},
		{"underlined heading", "Do it.\n", "Do it.\n---\n", `44: only headings of the second level`},
		{"section without example", "```go main.go\npackage main\n```", `Nothing.`, `26: section "Bad" has no example`},
		{"example without language", "```go main.go", "```", `28: a fence must name its language`},
		{"example with two names", "```go main.go", "```go main.go other.go", `28: a fence must name its language and at most a file`},
		{"empty example", "```go main.go\npackage main\n```", "```go main.go\n```", `28: empty example`},
		{"indented code", "Do it.", "Do it:\n\n    rm -r", `46: indented code block`},
		{"line break in a paragraph", "Do it.", "Do\nit.", `44: line break within a paragraph`},
		{"line break in a list", "- This.", "- This\n  too.", `20: line break within a paragraph`},
		{"tag in a paragraph", "Do it.", "Do <b>it</b>.", `44: HTML is not shown`},
		{"HTML block", "Do it.", "<div>Do it.</div>", `44: HTML is not shown`},
		{"quotation", "Do it.", "> Do it.", `44: quotation`},
		{"source is a paragraph", "- IETF, *RFC 1*: Section", "IETF, *RFC 1*: Section", `48: a source is a list item`},
		{"source without title", "*RFC 1*: Section", "RFC 1: Section", `48: a source has the form`},
		{"source without heading", "*RFC 1*: Section", "*RFC 1*", `48: a source has the form`},
		{"source without publisher", "IETF, *RFC 1*", "*RFC 1*", `48: a source has the form`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(goodPage, tt.old, tt.new, 1)
			if text == goodPage {
				t.Fatalf("%q is not in the page", tt.old)
			}
			_, err := rules.ParsePage("a-thing.md", []byte(text), known)
			wantFault(t, err, "a-thing.md:"+tt.want)
		})
	}
}

func TestParsePageID(t *testing.T) {
	for _, file := range []string{"thing.md", "A-thing.md", "a--thing.md", "1-thing.md", "a_b-thing.md"} {
		if _, err := rules.ParsePage(file, []byte(goodPage), known); err == nil {
			t.Errorf("%s: no error", file)
		}
	}
}

// TestParsePageAllFaults: whoever writes a page is told of every fault at once.
func TestParsePageAllFaults(t *testing.T) {
	text := strings.NewReplacer(`"0.1"`, `"soon"`, "Do it.", "Do\nit.", "tests", "").Replace(goodPage)
	_, err := rules.ParsePage("a-thing.md", []byte(text), known)
	wantFault(t, err, `a-thing.md:6: since "soon"`)
	wantFault(t, err, `a-thing.md:44: line break`)
}

// goodProvider is a provider file without fault.
const goodProvider = `name = "Acme"
hosts = ["acme.test", "*.api.acme.example"]
brands = ["acme"]
schemes = ["bearer", "basic"]
rotation = "Make a new one."
basic-paths = ["/keys/*"]

[parameters]
secret = ["acmekey"]

[samples]
hosts = ["api.acme.test", "a.api.acme.example"]
other-hosts = ["notacme.test"]

[[send]]
path = "/send"
method = "POST"

[[published]]
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
what = "a sample"

[[rules]]
id = "acme-key"
description = "Acme key"
regex = '''acme_([a-z]{8})'''
keywords = ["acme_"]
secretGroup = 1
match = ["{{acme}}"]
no-match = ["acme"]
advice = "Make another."

[[rules]]
id = "acme-token"
description = "Acme token"
regex = '''tok'''

[[rules.allowlists]]
regexes = ['''x''']
`

func TestParseProvider(t *testing.T) {
	p, err := rules.ParseProvider("providers/acme.toml", []byte(goodProvider))
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != "acme" || len(p.Send) != 1 || len(p.SecretRules) != 2 {
		t.Fatalf("provider read as %+v", p)
	}
	if r := p.SecretRules[0]; r.Provider != "acme" || r.SecretGroup != 1 || r.Match[0] != "{{acme}}" || r.Advice != "Make another." {
		t.Errorf("rule read as %+v", r)
	}
	if list := p.SecretRules[1].Allowlists; len(list) != 1 || list[0].Regexes[0] != "x" {
		t.Errorf("allowlists read as %+v", list)
	}
}

func TestParseProviderFaults(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"unknown key", `brands =`, `brand =`, `3: unknown key "brand", did you mean "brands"?`},
		{"unknown key of a rule", `secretGroup`, `secretgroup-`, `28: unknown key "rules.secretgroup-"`},
		{"unknown table", `[samples]`, `[sample]`, `11: unknown key "sample"`},
		{"duplicate key", `brands = ["acme"]`, "name = \"x\"", `3: `},
		{"missing name", `name = "Acme"`, ``, `1: missing or empty key "name"`},
		{"missing hosts", `hosts = ["acme.test", "*.api.acme.example"]`, ``, `1: missing or empty key "hosts"`},
		{"missing rotation", `rotation = "Make a new one."`, ``, `1: missing or empty key "rotation"`},
		{"host with scheme", `"acme.test"`, `"https://acme.test"`, `2: hosts: "https://acme.test" is not a host name`},
		{"host in capitals", `"acme.test"`, `"Acme.test"`, `2: hosts: "Acme.test" is not`},
		{"host of one label", `"acme.test"`, `"acme"`, `2: hosts: "acme" is not`},
		{"pattern of a whole domain", `"*.api.acme.example"`, `"*.example"`, `2: hosts: "*.example" is not`},
		{"host twice", `"acme.test"`, `"acme.test", "acme.test"`, `2: hosts: "acme.test" is there twice`},
		{"scheme in capitals", `"bearer"`, `"Bearer"`, `4: schemes: "Bearer" is not`},
		{"host of tokens with scheme", `basic-paths = ["/keys/*"]`, `own-tokens = ["https://api.acme.test"]`, `6: own-tokens: "https://api.acme.test" is not`},
		{"path of keys without slash", `basic-paths = ["/keys/*"]`, `key-paths = ["keys"]`, `6: key-paths: "keys" is not`},
		{"path without slash", `"/keys/*"`, `"keys/*"`, `6: basic-paths: "keys/*" is not`},
		{"parameter with separator", `"acmekey"`, `"acme_key"`, `9: parameters.secret: "acme_key" is not`},
		{"parameter of two kinds", `secret = ["acmekey"]`, "secret = [\"acmekey\"]\nuser = [\"acmekey\"]", `10: parameter "acmekey" is of two kinds`},
		{"sample that does not match", `"api.acme.test"`, `"api.acme.com"`, `12: sample "api.acme.com" matches none`},
		{"other host that matches", `"notacme.test"`, `"x.acme.test"`, `13: sample "x.acme.test" matches the hosts`},
		{"endpoint without slash", `"/send"`, `"send"`, `16: path "send"`},
		{"endpoint without method", `method = "POST"`, ``, `15: unknown method ""`},
		{"hash of another length", `"e3b0`, `"e3b`, `20: sha256 is not`},
		{"hash in capitals", `"e3b0`, `"E3B0`, `20: sha256 is not`},
		{"sample without words", `what = "a sample"`, ``, `20: a published example must say what it is`},
		{"rule id", `"acme-key"`, `"acmekey"`, `24: rule id "acmekey"`},
		{"rule twice", `"acme-token"`, `"acme-key"`, `34: rule "acme-key" is there twice`},
		{"rule without description", `description = "Acme token"`, ``, `33: rule "acme-token" has no description`},
		{"rule without regex", `regex = '''tok'''`, ``, `34: rule "acme-token" has neither regex nor path`},
		{"broken regex", `'''tok'''`, `'''tok('''`, `36: rule "acme-token": error parsing regexp`},
		{"broken regex of an allowlist", `'''x'''`, `'''x('''`, `34: rule "acme-token": error parsing regexp`},
		{"no such group", `secretGroup = 1`, `secretGroup = 2`, `28: rule "acme-key" has no group 2`},
		{"keyword in capitals", `"acme_"`, `"ACME_"`, `27: rule "acme-key": keyword "ACME_"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(goodProvider, tt.old, tt.new, 1)
			if text == goodProvider {
				t.Fatalf("%q is not in the file", tt.old)
			}
			_, err := rules.ParseProvider("acme.toml", []byte(text))
			wantFault(t, err, "acme.toml:"+tt.want)
		})
	}
}

func TestParseThresholdsFaults(t *testing.T) {
	good, err := os.ReadFile("thresholds.toml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "value = 8", "valeu = 8", `unknown key "password-min-length.valeu", did you mean "value"?`},
		{"unknown threshold", "[login-attempts]", "[login-attempt]", `unknown threshold "login-attempt", did you mean "login-attempts"?`},
		{"missing threshold", "[login-attempts]", "[login-attempt]", `1: missing threshold "login-attempts"`},
		{"no value", "value = 8", "", `threshold "password-min-length" has no value above 0`},
		{"no source", `source = "NIST, SP 800-63B: Memorized secret verifiers"`, "", `threshold "password-min-length" has no source`},
		{"twice", "[login-attempts]", "[password-classes]", `password-classes`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(string(good), tt.old, tt.new, 1)
			_, err := rules.ParseThresholds("t.toml", []byte(text))
			if err == nil || !strings.HasPrefix(err.Error(), "t.toml:") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

func TestParseParametersFaults(t *testing.T) {
	const good = "[secret]\nnames = ['pass']\nvague = ['p']\n[user]\nnames = ['user']\n[message]\nnames = ['text']\n[recipient]\nnames = ['to']\n[messaging]\nwords = ['sms']\n"
	if _, err := rules.ParseParameters("p.toml", []byte(good)); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"unknown key", "vague", "vage", `3: unknown key "secret.vage", did you mean "vague"?`},
		{"separator", "'user'", "'user_name'", `5: "user_name" is not a name of`},
		{"capitals", "'user'", "'userName'", `5: "userName" is not a name of`},
		{"twice", "'user'", "'pass'", `5: "pass" is there twice`},
		{"missing names", "names = ['to']", "", `1: missing key "recipient.names"`},
		{"missing words", "words = ['sms']", "", `1: missing key "messaging.words"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rules.ParseParameters("p.toml", []byte(strings.Replace(good, tt.old, tt.new, 1)))
			wantFault(t, err, "p.toml:"+tt.want)
		})
	}
}

func TestParsePublishedFaults(t *testing.T) {
	const sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	const good = "[[published]]\nsha256 = '" + sum + "'\nwhat = 'x'\npublisher = 'Acme'\n"
	tests := []struct{ name, text, want string }{
		{"no publisher", strings.Replace(good, "publisher = 'Acme'\n", "", 1), `2: a published example must name its publisher`},
		{"twice", good + good, `6: this example is there twice`},
		{"text instead of hash", strings.Replace(good, sum, "a", 1), `2: sha256 is not 64 hexadecimal digits`},
		{"unknown key", good + "text = 'x'\n", `5: unknown key "published.text"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := rules.ParsePublished("p.toml", []byte(tt.text))
			wantFault(t, err, "p.toml:"+tt.want)
		})
	}
}

// TestLoadFaults: what only the whole catalogue shows.
func TestLoadFaults(t *testing.T) {
	acme := strings.NewReplacer(`"acme.test", `, ``, `"api.acme.test", `, ``).Replace(goodProvider)
	rule := "\n[[rules]]\nid = \"plaintext-ftp\"\ndescription = \"x\"\nregex = '''x'''\n"
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"page", map[string]string{"a-thing.md": strings.Replace(goodPage, "other-thing", "no-thing", 1)}, `a-thing.md:8: absorbs names "no-thing"`},
		{"rules that absorb each other", map[string]string{
			"a-thing.md":     strings.Replace(goodPage, "other-thing", "other-thing", 1),
			"other-thing.md": strings.Replace(goodPage, "other-thing", "a-thing", 1),
		}, `a-thing.md: absorbs itself through other rules`},
		{"host of two providers", map[string]string{"providers/acme.toml": strings.Replace(acme, `hosts = ["*.api.acme.example"]`, `hosts = ["*.api.acme.example", "sinch.com"]`, 1)}, `host "sinch.com" belongs to`},
		{"secret rule with the id of a page", map[string]string{"providers/acme.toml": acme + rule}, `providers/acme.toml:42: rule "plaintext-ftp" is a page already`},
		{"secret rule of two providers", map[string]string{"providers/acme.toml": acme, "providers/bcme.toml": strings.NewReplacer(`.acme.`, `.bcme.`, `e3b0`, `e3b1`).Replace(acme)}, `providers/bcme.toml:24: rule "acme-key" is in providers/acme.toml already`},
		{"example of two publishers", map[string]string{"providers/acme.toml": acme, "providers/bcme.toml": strings.NewReplacer(`.acme.`, `.bcme.`, `acme-`, `bcme-`).Replace(acme)}, `is published by Acme already`},
		{"template page", map[string]string{"secrets/issued.md": goodPage}, `secrets/issued.md:26: unknown section "Bad"`},
		{"spelling", map[string]string{"secrets/names.toml": "speling = {}\n"}, `secrets/names.toml:1: unknown key "speling"`},
		{"thresholds", map[string]string{"thresholds.toml": "x = 1\n"}, `thresholds.toml:1: `},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := files(t)
			for name, text := range tt.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := rules.Load(fsys)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// withAcme returns the catalogue's own files and one more provider.
func withAcme(t *testing.T) fstest.MapFS {
	t.Helper()
	all := files(t)
	all["providers/acme.toml"] = &fstest.MapFile{Data: []byte(goodProvider)}
	return all
}

// files returns the catalogue's own files, for a test to add to.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	root := os.DirFS(".")
	all := fstest.MapFS{}
	for _, pattern := range []string{"*-*.md", "*.toml", "providers/*.toml", "secrets/*"} {
		names, err := fs.Glob(root, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			all[name] = &fstest.MapFile{Data: data}
		}
	}
	if _, err := rules.Load(maps.Clone(all)); err != nil {
		t.Fatalf("without a fault: %v", err)
	}
	return all
}

// wantFault fails unless some line of err begins with want.
func wantFault(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %q", want)
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if strings.HasPrefix(line, want) {
			return
		}
	}
	t.Errorf("error\n%v\nwant %q", err, want)
}
