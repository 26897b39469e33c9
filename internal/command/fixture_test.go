package command_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/commands")

// The marks of expectations at the end of a line: the findings of the line with
// their columns, or that there is none. A finding on another line of the same
// command has the distance to that line before its column: rule:-2:5.
const (
	wantMark = "# want "
	okMark   = "# ok"
)

// least is how many lines of each sort a command needs.
const least = 8

// observed returns the findings in a file by line, as "rule:column".
func observed(t *testing.T, cat *rules.Catalogue, name string, data []byte) map[int][]string {
	t.Helper()
	seen := dispatch.Observe(embed.File(name, data), cat)
	for _, n := range seen.Notices {
		t.Errorf("%s:%d: %s", name, n.Where.Line, n.Message)
	}
	found := map[int][]string{}
	for _, f := range (&practice.Judge{Catalogue: cat}).Findings(seen.Observations) {
		if f.Rule != "shared-credential" { // all fixtures have one password
			found[f.Primary.Line] = append(found[f.Primary.Line], fmt.Sprintf("%s:%d", f.Rule, f.Primary.Column))
		}
	}
	return found
}

// TestFixtures compares the findings in testdata/commands with the expectations
// at the ends of lines, and sees to it that every command of the catalogue has
// enough lines that are found and enough that are not.
func TestFixtures(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/commands/*")
	if err != nil {
		t.Fatal(err)
	}
	wants, oks := map[string]int{}, map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(file)
		stem := strings.TrimSuffix(base, filepath.Ext(base))
		found := observed(t, cat, base, data)
		lines := strings.Split(string(data), "\n")
		if *update {
			annotate(t, file, lines, found)
			continue
		}
		t.Run(base, func(t *testing.T) {
			want, w, o := expected(t, lines)
			wants[stem] += w
			oks[stem] += o
			for i := range lines {
				slices.Sort(want[i+1])
				slices.Sort(found[i+1])
				if diff := cmp.Diff(want[i+1], found[i+1]); diff != "" {
					t.Errorf("line %d: %s\n(-want +got):\n%s", i+1, lines[i], diff)
				}
			}
		})
	}
	for _, c := range cat.Commands().All() {
		cell := c.Names[0]
		if len(c.Sub) > 0 {
			cell += "-" + c.Sub[0]
		}
		if wants[cell] < least || oks[cell] < least {
			t.Errorf("%s has %d lines with findings and %d without: %d of each are the least", cell, wants[cell], oks[cell], least)
		}
	}
}

// expected returns the findings that lines expect, and how many of them expect
// some and none.
func expected(t *testing.T, lines []string) (want map[int][]string, wants, oks int) {
	t.Helper()
	want = map[int][]string{}
	for i, line := range lines {
		if strings.HasSuffix(line, okMark) {
			oks++
		}
		_, list, ok := strings.Cut(line, wantMark)
		if !ok {
			continue
		}
		wants++
		for item := range strings.FieldsSeq(strings.TrimSuffix(list, "-->")) {
			parts := strings.Split(item, ":")
			at := i + 1
			if len(parts) == 3 {
				n, err := strconv.Atoi(parts[1])
				if err != nil {
					t.Fatalf("line %d: %s", i+1, item)
				}
				at, item = at+n, parts[0]+":"+parts[2]
			}
			want[at] = append(want[at], item)
		}
	}
	return want, wants, oks
}

// annotate writes the findings to the ends of the lines that have expectations.
func annotate(t *testing.T, file string, lines []string, found map[int][]string) {
	t.Helper()
	for i, line := range lines {
		text, _, marked := strings.Cut(line, wantMark)
		if strings.Trim(strings.TrimPrefix(text, "REM"), "<!-#/ ") == "" {
			continue // written by hand, about the lines above
		}
		if !marked {
			if text, marked = strings.CutSuffix(line, okMark); !marked {
				continue
			}
		}
		list := slices.Clone(found[i+1])
		for k := i; k > 0 && strings.HasSuffix(strings.TrimRight(lines[k-1], " "), `\`); k-- {
			for _, item := range found[k] {
				rule, column, _ := strings.Cut(item, ":")
				list = append(list, fmt.Sprintf("%s:%d:%s", rule, k-1-i, column))
			}
		}
		slices.Sort(list)
		lines[i] = text + okMark
		if len(list) > 0 {
			lines[i] = text + wantMark + strings.Join(list, " ")
		}
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
}
