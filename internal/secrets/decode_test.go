package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// acme finds tokens of a form that nobody issues.
const acme = "[[rules]]\nid = 'acme'\nregex = 'acme_[a-z0-9]{12}'\nkeywords = ['acme_']\n"

// TestDecode pins what is found in encoded text, where, and what is said of it.
func TestDecode(t *testing.T) {
	const token = "acme_k3v9q2m8x1w7"
	in64 := base64.StdEncoding.EncodeToString([]byte(token))
	url64 := base64.RawURLEncoding.EncodeToString([]byte("~~~???" + token))
	inHex := hex.EncodeToString([]byte(token))
	escaped, points := "", ""
	for _, c := range token {
		escaped += fmt.Sprintf(`\u%04x`, c)
		points += fmt.Sprintf("U+%04X ", c)
	}
	twice := base64.StdEncoding.EncodeToString([]byte("x: " + in64))
	tests := []struct{ name, text, want string }{
		{"plain", "a " + token, "1:2-19"},
		{"base64", "a\nkey = " + in64 + "\n", "2:8-32 decoded:base64 decode-depth:1"},
		{"base64 of URLs", "k " + url64 + "\n", "1:2-33 decoded:base64 decode-depth:1"},
		{"hex", "k " + inHex + "\n", "1:2-36 decoded:hex decode-depth:1"},
		{"upper hex", strings.ToUpper(inHex), "1:0-34 decoded:hex decode-depth:1"},
		{"percent", "q=%61cme_k3v9q2m8x1w%37&b", "1:2-23 decoded:percent decode-depth:1"},
		{"escapes", escaped, "1:0-102 decoded:unicode decode-depth:1"},
		{"escaped escapes", strings.ReplaceAll(escaped, `\`, `\\`), "1:0-119 decoded:unicode decode-depth:1"},
		{"code points", points + "\n", "1:0-119 decoded:unicode decode-depth:1"},
		{"twice", twice, "1:0-36 decoded:base64 decode-depth:2"},
		{"base64 in percent", "%22" + strings.ReplaceAll(in64, "=", "%3D"), "1:0-29 decoded:percent decoded:base64 decode-depth:2"},
		{"half of it", "acme_" + `\u006b3v9q2m8x1w7`, "1:0-22 decoded:unicode decode-depth:1"},
		{"no text", base64.StdEncoding.EncodeToString([]byte(token + "\x01\x02")), ""},
		{"odd hex", inHex + "6", ""},
		{"wrong padding", in64 + "=", ""},
	}
	e := mustNew(t, Options{Name: "c.toml", Config: []byte(acme), NoPacks: true})
	never := mustNew(t, Options{Name: "c.toml", Config: []byte(acme), NoPacks: true, DecodeDepth: -1})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var list []string
			for _, m := range e.Scan("x", []byte(tt.text)) {
				list = append(list, strings.TrimSpace(fmt.Sprintf("%d:%d-%d %s", m.Line, m.Start, m.End, strings.Join(m.Tags, " "))))
				if m.Secret.Reveal() != token || m.Text.Reveal()[m.SecretAt:] != token {
					t.Errorf("the secret is not the token")
				}
				if m.Depth > 0 && !strings.HasSuffix(m.Tags[len(m.Tags)-1], fmt.Sprint(m.Depth)) {
					t.Errorf("depth %d", m.Depth)
				}
			}
			if got := strings.Join(list, ", "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
			if plain := never.Scan("x", []byte(tt.text)); len(plain) > 0 && tt.name != "plain" {
				t.Errorf("found without decoding")
			}
		})
	}
}

// TestFoldedLetters pins that letters that fold to ASCII ones are found, and that
// a text that holds one is not searched whole.
func TestFoldedLetters(t *testing.T) {
	e := mustNew(t, Options{Name: "c.toml", Config: []byte("[[rules]]\nid = 'k'\nregex = '(?i)key_[a-z]{3}s'\nkeywords = ['key_']\n"), NoPacks: true})
	filler := strings.Repeat("let x = key + 1\n", 1000)
	for text, want := range map[string]int{"\u212aey_abcs": 1, "key_abcſ": 1, "\u212aey_ſ\u212aſſ": 1, "kez_abcs": 0} {
		data := []byte(filler + text + "\n" + filler)
		if got := e.Scan("x", data); len(got) != want {
			t.Errorf("%q: %d matches, want %d", text, len(got), want)
		}
		size := 0
		for _, w := range firstPass(e.rules(), data).windows(e.rules().rules[0]) {
			size += w.end - w.start
		}
		if size > 100 {
			t.Errorf("%q: %d bytes of %d searched", text, size, len(data))
		}
	}
}

// TestAnchors pins the words that stand in for keywords.
func TestAnchors(t *testing.T) {
	for expression, want := range map[string]string{
		`AKIA[0-9A-Z]{16}`: "akia", `(?i)(?:foo|barbaz)=\w+`: "barbaz foo", `(?:xy)+long_[0-9]{4}`: "long_",
		`[0-9]{4}`: "", `(?:abc)?[0-9]`: "", `abc*[0-9]{3}`: "", `é{3}abc`: "abc", `(?s)abc.*def`: "abc",
	} {
		if got := strings.Join(anchorsOf(expression), " "); got != want {
			t.Errorf("%s: anchors %q, want %q", expression, got, want)
		}
	}
}

// encodingExpression is what gitleaks says encoded text is.
func encodingExpression() *regexp.Regexp {
	return regexp.MustCompile(`(%[0-9A-Fa-f]{2}(?:.*%[0-9A-Fa-f]{2})?)` +
		`|((?:U\+[a-fA-F0-9]{4}(?:\s|$))+|(?:\\{1,2}[uU][a-fA-F0-9]{4})+)` +
		`|([0-9A-Fa-f]{32,})` +
		`|([\w/+-]{16,}={0,2})`)
}

// FuzzDecoders holds the finder of encoded text and the decoders to gitleaks'
// description, written down as an expression.
func FuzzDecoders(f *testing.F) {
	for _, seed := range []string{
		"%41%zz%42 %", `\u0041\\u0042\U0043\\\u0044`, "U+0041 U+0042\tU+004", "aGVsbG8gd29ybGQgMTIz==", "abcdefABCDEF0123456789abcdefABCDEFxyz_/+-====",
		"0123456789abcdef0123456789abcdefg%41", "handleRequestForUser%2F", "U+0041", "é%C3%A9U+00e9\n",
	} {
		f.Add([]byte(seed))
	}
	expression := encodingExpression()
	f.Fuzz(func(t *testing.T, text []byte) {
		var want, got []string
		for _, at := range expression.FindAllSubmatchIndex(text, -1) {
			for kind := range 4 {
				if at[2+2*kind] >= 0 {
					want = append(want, fmt.Sprint(at[0], at[1], kinds(1)<<kind))
				}
			}
		}
		found := newEncodings(text)
		for e, ok := found.next(); ok; e, ok = found.next() {
			got = append(got, fmt.Sprint(e.start, e.end, e.kind))
			plain := appendDecoded(nil, text[e.start:e.end], e.kind)
			if len(plain) > e.end-e.start {
				t.Errorf("%q grows when it is decoded", text[e.start:e.end])
			}
			if more := appendDecoded([]byte("before"), text[e.start:e.end], e.kind); string(more) != "before"+string(plain) {
				t.Errorf("%q is decoded otherwise behind other text", text[e.start:e.end])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	})
}
