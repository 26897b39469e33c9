package oracle

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// encoded returns a text encoded at random, up to three times, in whole or in part.
func encoded(text string, random *rand.Rand) string {
	for range 1 + random.IntN(3) {
		from := 0
		if random.IntN(3) == 0 {
			from = random.IntN(len(text) + 1)
		}
		text = text[:from] + encode(text[from:], random)
	}
	return text
}

func encode(text string, random *rand.Rand) string {
	switch random.IntN(7) {
	case 0:
		return base64.StdEncoding.EncodeToString([]byte(text))
	case 1:
		return base64.RawURLEncoding.EncodeToString([]byte(text))
	case 2:
		return hex.EncodeToString([]byte(text))
	case 3:
		return url.QueryEscape(text)
	}
	var b strings.Builder
	style := []string{`%%%02x`, `\u%04x`, `\\U%04X`, "U+%04x "}[random.IntN(4)]
	all := random.IntN(2) == 0
	for _, c := range []byte(text) {
		if all || random.IntN(4) == 0 {
			fmt.Fprintf(&b, style, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// edited returns a text with one byte taken out, put in or changed.
func edited(text string, random *rand.Rand) string {
	at := random.IntN(len(text))
	more := string("aZ0-_. \n'=%\\é"[random.IntN(13)])
	switch random.IntN(3) {
	case 0:
		return text[:at] + text[at+1:]
	case 1:
		return text[:at] + more + text[at:]
	}
	return text[:at] + more + text[at+1:]
}

// TestEncoded compares matches of all default rules in encoded text.
func TestEncoded(t *testing.T) {
	both := pairs(t)
	random := rand.New(rand.NewPCG(9, 10))
	found, coded := 0, 0
	for _, id := range both[0].theirs.Config.OrderedRules {
		rule := both[0].theirs.Config.Rules[id]
		if rule.Regex == nil {
			continue
		}
		for n := range 12 {
			var b strings.Builder
			for range 1 + random.IntN(2) {
				b.WriteString([]string{"", "\n", "key = ", "x%20", "data: |\n  ", "a-long-name-in-front/", "gitleaks:allow "}[random.IntN(7)])
				b.WriteString(encoded(rule.Keywords[0]+" "+secrettest.Matching(rule.Regex.String(), random)+"\n", random))
				b.WriteString([]string{"", "\n", "'", "%3D", " # gitleaks:allow\n"}[random.IntN(5)])
			}
			text := b.String() + "\n"
			for _, p := range both {
				for _, c := range p.compare(t, fmt.Sprintf("%s, text %d", id, n), "a.yaml", text) {
					found++
					if strings.Contains(c.tags, "decoded:") {
						coded++
					}
				}
			}
		}
	}
	t.Logf("%d findings, %d of them in decoded text", found, coded)
	if coded < 1000 {
		t.Error("the texts tell too little")
	}
}

// FuzzMatcher compares any text.
func FuzzMatcher(f *testing.F) {
	both := pairs(f)
	random := rand.New(rand.NewPCG(11, 12))
	for _, id := range both[0].theirs.Config.OrderedRules {
		if rule := both[0].theirs.Config.Rules[id]; rule.Regex != nil {
			text := surround(rule.Regex.String(), rule.Keywords, random)
			f.Add(text)
			f.Add(encoded(text, random))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > fragmentLimit || strings.Contains(text, "\x00") || hasMark([]byte(text)) {
			t.Skip()
		}
		for _, p := range both {
			p.compare(t, "text", "a.yaml", text+"\n")
		}
	})
}
