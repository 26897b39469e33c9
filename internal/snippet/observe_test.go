package snippet_test

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/snippet"
	"github.com/authlint/authlint/rules"
)

// The fixtures in testdata, a folder for each language and a file for each
// practice, say behind each line what is found on it: want, a rule and the exact
// source text that it is reported at, once for each finding; or ok for a line
// that looks like it and is silent, as all others are. {{random n}} and {{hex n}}
// stand for text that the test makes up.

// cells are the practices that every language has fixtures of.
var cells = []string{"literal", "basic", "plain", "unverified", "transfer", "token", "told", "issued", "signed", "fallback", "kept"}

// rulesOf are rules that the fixtures of a cell must have, twice at least.
var rulesOf = map[string]string{
	"token": "jwt-unverified", "told": "credential-in-", "issued": "token-expiry-ignored", "signed": "locally-signed-token", "fallback": "fallback-credential",
}

// fixtures returns the fixture files, placeholders filled, by their path below testdata.
func fixtures(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel("testdata", path)
		if err != nil || strings.HasPrefix(name, "fuzz") {
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = fill(string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var placeholder = regexp.MustCompile(`\{\{(random|hex|account)( \d+)?\}\}`)

// fill replaces the placeholders, equal ones by equal text.
func fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		kind, rest, _ := strings.Cut(strings.Trim(found, "{}"), " ")
		n, _ := strconv.Atoi(rest)
		switch kind {
		case "hex":
			return made(found, "0123456789abcdef", n)
		case "account":
			return "AC" + made(found, "0123456789abcdef", 32)
		}
		return made(found, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", n)
	})
}

// made returns n characters that depend on seed alone.
func made(seed, alphabet string, n int) string {
	h := fnv.New64a()
	h.Write([]byte(seed))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	out := make([]byte, n)
	for i := range out {
		out[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(out)
}

var (
	wantComment = regexp.MustCompile(`(?:#|//) want (.*)$`)
	wantItem    = regexp.MustCompile(`([a-z0-9-]+) "(.*)"$`)
	okComment   = regexp.MustCompile(`(?:#|//) ok$`)
)

// wanted returns the expectations of a text as "line: rule "source text"", and
// the number of lines that are silent on purpose.
func wanted(text string) (list []string, silent int) {
	for i, line := range strings.Split(text, "\n") {
		if okComment.MatchString(line) {
			silent++
		}
		m := wantComment.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for _, item := range wantItem.FindAllStringSubmatch(m[1], -1) {
			list = append(list, fmt.Sprintf("%d: %s %s", i+1, item[1], item[2]))
		}
	}
	return list, silent
}

func catalogue(t testing.TB) *rules.Catalogue {
	t.Helper()
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// findings returns what is found in a text, as wanted has it.
func findings(cat *rules.Catalogue, name, text string) (list []string) {
	result := snippet.Observe(embed.File(name, []byte(text)), cat)
	for _, n := range result.Notices {
		list = append(list, "notice "+n.Message)
	}
	for _, f := range (&practice.Judge{Catalogue: cat}).Findings(result.Observations) {
		list = append(list, fmt.Sprintf("%d: %s %s", f.Primary.Line, f.Rule, cut(text, f.Primary)))
	}
	return list
}

// cut returns the text at a location.
func cut(text string, at finding.Location) string {
	offset := func(line, column int) int {
		lines := strings.SplitAfter(text, "\n")
		return len(strings.Join(lines[:line-1], "")) + column - 1
	}
	return text[offset(at.Line, at.Column):offset(at.EndLine, at.EndColumn)]
}

// TestFixtures checks what is found in the fixtures, and where.
func TestFixtures(t *testing.T) {
	cat := catalogue(t)
	for name, text := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			want, _ := wanted(text)
			got := findings(cat, name, text)
			slices.Sort(want)
			slices.Sort(got)
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("missing   %s", w)
				}
			}
			for _, g := range got {
				if !slices.Contains(want, g) {
					t.Errorf("unwanted  %s", g)
				}
			}
			if len(got) != len(want) && !t.Failed() {
				t.Errorf("%d findings, %d wanted: some are there twice", len(got), len(want))
			}
		})
	}
}

// narrow are the cells of languages whose programs run on the devices of people and
// have no more than those.
var narrow = map[string][]string{"swift": {"literal", "plain", "unverified", "told"}}

// cellsOf returns the cells that a language has fixtures of.
func cellsOf(language string) []string {
	if list, ok := narrow[language]; ok {
		return list
	}
	return cells
}

// TestTable checks that every language has fixtures of every practice: two lines
// with findings at least, and two that look alike and are silent.
func TestTable(t *testing.T) {
	all := fixtures(t)
	for _, language := range snippet.Languages() {
		for _, cell := range cellsOf(language) {
			positives, negatives, ofRule := 0, 0, 0
			for name, text := range all {
				stem := strings.ToLower(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
				if filepath.Dir(name) != language || stem != cell {
					continue
				}
				list, silent := wanted(text)
				positives += len(list)
				negatives += silent
				for _, w := range list {
					if strings.Contains(w, " "+rulesOf[cell]) {
						ofRule++
					}
				}
			}
			if positives < 2 || negatives < 2 || ofRule < 2 {
				t.Errorf("%s, %s: %d lines with findings, %d of them of the cell's rule, and %d silent ones, want 2 of each", language, cell, positives, ofRule, negatives)
			}
		}
	}
}
