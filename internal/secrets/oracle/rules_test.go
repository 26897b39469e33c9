package oracle

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
	theirregexp "github.com/zricethezav/gitleaks/v8/regexp"

	"github.com/authlint/authlint/internal/secrets"
)

// FuzzRules compares any rule on any text.
func FuzzRules(f *testing.F) {
	f.Add(`(?i)key[ :=]+([a-z0-9]{8,})`, "key", "", 0, "KEY = a1b2c3d4e5\n")
	f.Add(`\b(?:foo|barbaz)-\d{4}$`, "", "", 1, "foo-1234\nbarbaz-12345")
	f.Add(`(?s)begin.{3,}?end\n+`, "end", "^x", 2, "x begin a end\n\nbegin abcdef end\n")
	f.Add(`[a-z]{4}(s|k)`, "s k", "line", 3, "abcdſ K abcd\u212a abcds")
	f.Add(`(a)?(b*)c`, "c", "", 4, "abbbc bc c ac\n")
	f.Add(`(?m)^\s*pass\W+(\S+)$`, "PASS", "gitleaks", 0, "pass: cGFzczogd2ludGVyMjI= \npass=%70ass%3A")
	f.Fuzz(func(t *testing.T, expression, keywords, allow string, kind int, text string) {
		compiled, err := regexp.Compile(expression)
		if err != nil || !utf8.ValidString(expression) || !utf8.ValidString(keywords) || !utf8.ValidString(allow) || compiled.MatchString("") || len(text) > 1000 || strings.Contains(text, "\x00") || hasMark([]byte(text)) {
			t.Skip()
		}
		list := &config.Allowlist{}
		rule := config.Rule{RuleID: "r", Regex: theirregexp.MustCompile(expression), Keywords: strings.Fields(keywords)}
		source := map[string]any{"id": "r", "regex": expression, "keywords": rule.Keywords}
		if words := strings.Fields(allow); len(words) > 0 {
			switch kind & 3 {
			case 0:
				list.StopWords = words
				source["allowlists"] = []any{map[string]any{"stopwords": words}}
			default:
				target := []string{"", "match", "line"}[kind&3-1]
				if _, err := regexp.Compile(words[0]); err != nil {
					t.Skip()
				}
				list.Regexes, list.RegexTarget = []*theirregexp.Regexp{theirregexp.MustCompile(words[0])}, target
				source["allowlists"] = []any{map[string]any{"regexes": words[:1], "regexTarget": target}}
			}
			if list.Validate() != nil {
				t.Skip()
			}
			rule.Allowlists = []*config.Allowlist{list}
		}
		data, err := toml.Marshal(map[string]any{"rules": []any{source}})
		if err != nil {
			t.Skip()
		}
		cfg := config.Config{Rules: map[string]config.Rule{"r": rule}, Keywords: map[string]struct{}{}, OrderedRules: []string{"r"}}
		for _, word := range rule.Keywords {
			cfg.Keywords[strings.ToLower(word)] = struct{}{}
		}
		detector := detect.NewDetector(cfg)
		for _, depth := range depths {
			p := newPair(t, detector, depth, secrets.Options{Name: "c.toml", Config: data, NoPacks: true})
			p.theirs.MaxDecodeDepth = depth
			isEmpty := func(c compared) bool { return c.match == "" }
			if slices.ContainsFunc(theirs(p.theirs, "a.txt", text+"\n"), isEmpty) || slices.ContainsFunc(ours(p.ours, "a.txt", text+"\n"), isEmpty) {
				t.Skip() // gitleaks does not know where nothing ends, nor on which line it is
			}
			p.compare(t, "rule "+expression, "a.txt", text+"\n")
		}
	})
}
