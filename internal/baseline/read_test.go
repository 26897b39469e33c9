package baseline

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

const log = `{
  "version": "2.1.0",
  "runs": [{
    "tool": {"driver": {"name": "authlint"}},
    "results": [
      {"ruleId": "weak-password", "level": "warning", "message": {"text": "One."},
       "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a%20b/c%25.yaml"}}}],
       "partialFingerprints": {"authlint/v1": "1", "authlint.key/v1": "2", "primaryLocationLineHash": "3:1"},
       "properties": {"absorbed": ["other"], "persona": "auditor"}},
      {"ruleId": "silenced", "suppressions": [{"kind": "inSource"}]},
      {"ruleId": "of-old", "baselineState": "absent"}
    ]
  }]
}
`

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestParse(t *testing.T) {
	for name, data := range map[string][]byte{
		"plain": []byte(log), "gzip": packed(t, log), "byte order mark": []byte("\xef\xbb\xbf" + log),
	} {
		entries, err := Parse("b.sarif", data)
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: %d entries and error %v, want 1", name, len(entries), err)
			continue
		}
		e := entries[0]
		if e.Rule != "weak-password" || e.File != "a b/c%.yaml" || e.Print != "1" || e.Key != "2" || e.Persona != "auditor" || len(e.Absorbed) != 1 {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestFaultsAreToldWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ what, text, want string }{
		{"nothing", "", "b.sarif:1:1: broken JSON: unexpected end of JSON input"},
		{"cut short", log[:strings.Index(log, `"level"`)], "b.sarif:6:34: broken JSON: unexpected end of JSON input"},
		{"a comma too many", strings.Replace(log, "\"absent\"}", "\"absent\"},", 1), "b.sarif:12:5: broken JSON: invalid character ']' looking for beginning of value"},
		{"another kind", "[]", `b.sarif:1:2: no SARIF log: "" cannot be an array`},
		{"another version", strings.Replace(log, "2.1.0", "2.2.0", 1), `b.sarif: no SARIF log: want a "version" of "2.1.0" and "runs"`},
		{"another tool", strings.Replace(log, `"authlint"}}`, `"gitl\u001b[31meaks"}}`, 1), `b.sarif: a log of gitl\x1b[31meaks, not of authlint`},
		{"no fingerprint", strings.Replace(log, "authlint/v1", "other/v1", 1), `b.sarif:6:7: a result without the fingerprint "authlint/v1"`},
		{"no place", strings.Replace(log, `"locations"`, `"places"`, 1), `b.sarif:6:7: a result without "locations"`},
		{"a number for a text", strings.Replace(log, `"authlint/v1": "1"`, `"authlint/v1": 1`, 1), `b.sarif:8:48: no SARIF log: "partialFingerprints" cannot be a number`},
		{"broken gzip", string(packed(t, log)[:60]), "b.sarif: broken gzip: unexpected EOF"},
	} {
		_, err := Parse("b.sarif", []byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\n got %v\nwant %s", c.what, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(log))
	f.Add([]byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"authlint"}},"results":[null,{},{}]}]}`))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := Parse("b.sarif", data)
		if err != nil && strings.ContainsAny(err.Error(), "\x1b\r\n") {
			t.Errorf("the error %q would reach a terminal raw", err)
		}
		Compare(nil, nil, entries, func(string) bool { return false })
	})
}
