package settings_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/rules"
)

var gateTree = flag.String("tree", "../..", "the tree in whose files the gate must lose nothing")

// TestGate holds the gate to what is found without it: in every file of the
// repository that has a format of ours, in those of archives, and in each part of
// them alone, because a whole file of examples passes by its first.
func TestGate(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	files, told := 0, 0
	err = filepath.WalkDir(*gateTree, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(name, ".go") || strings.Contains(name, "/.git/") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, text := range textsIn(name, data) {
			files++
			told += compareGate(t, cat, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts, %d findings", files, told)
	if *gateTree == "../.." && told < 500 {
		t.Errorf("only %d findings without the gate", told)
	}
}

// textsIn returns a file and its parts, or those of the files of an archive.
func textsIn(name string, data []byte) []*embed.Text {
	var out []*embed.Text
	if strings.HasSuffix(name, ".txtar") {
		for _, file := range txtar.Parse(data).Files {
			out = append(out, textsIn(file.Name, file.Data)...)
		}
		return out
	}
	rel, err := filepath.Rel(*gateTree, name)
	if err != nil {
		rel = name
	}
	rel = filepath.ToSlash(rel)
	text := embed.File(rel, data)
	if !settings.ReadsText(text) || len(data) > 1<<20 {
		return nil
	}
	out = append(out, text)
	for _, part := range partsOf(data) {
		out = append(out, embed.File(rel, part))
	}
	return out
}

// partsOf returns what begins with each line without an indent.
func partsOf(data []byte) [][]byte {
	const most = 400
	var out [][]byte
	from := 0
	for at := 0; at < len(data) && len(out) < most; {
		end := len(data)
		if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		if at > from && strings.IndexByte(" \t\r\n-}])", data[at]) < 0 {
			out = append(out, data[from:at])
			from = at
		}
		at = end
	}
	return append(out, data[from:])
}

// compareGate compares what is found in a text with the gate and without, and
// returns how much that is.
func compareGate(t *testing.T, cat *rules.Catalogue, text *embed.Text) int {
	t.Helper()
	want := foundIn(cat, settings.ObserveWhole(text, cat))
	if len(want) == 0 {
		return 0
	}
	got := foundIn(cat, settings.ObserveText(text, cat))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-without +with the gate):\n%s%s", text.Name, diff, text.Data[:min(len(text.Data), 600)])
	}
	return len(want)
}

// foundIn returns the findings of what a text shows and of the texts in it.
func foundIn(cat *rules.Catalogue, seen embed.Result) []string {
	all := seen.Observations
	for _, inner := range seen.Texts {
		all = append(all, dispatch.Observe(inner, cat).Observations...)
	}
	var out []string
	for _, f := range (&practice.Judge{Catalogue: cat, Messaging: true}).Findings(all) {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Primary.Line, f.Primary.Column, f.Rule))
	}
	slices.Sort(out)
	return out
}
