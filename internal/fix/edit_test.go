package fix

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// span returns the place from column to column of a line.
func span(line, from, to int) finding.Location {
	return finding.Location{File: "f", Line: line, Column: from, EndLine: line, EndColumn: to}
}

func TestApply(t *testing.T) {
	const text = "one two\nthree\n"
	tests := []struct {
		name  string
		text  string
		edits []finding.Edit
		want  string // "" for an error
	}{
		{"none", text, nil, text},
		{"replace", text, []finding.Edit{{Location: span(1, 5, 8), NewText: "2"}}, "one 2\nthree\n"},
		{"equal edits", text, []finding.Edit{{Location: span(1, 1, 4), NewText: "1"}, {Location: span(1, 1, 4), NewText: "1"}}, "1 two\nthree\n"},
		{"side by side", text, []finding.Edit{{Location: span(1, 4, 8), NewText: "-"}, {Location: span(1, 1, 4), NewText: "1"}}, "1-\nthree\n"},
		{"insertions at one place", text, []finding.Edit{{Location: span(2, 1, 1), NewText: "b"}, {Location: span(2, 1, 1), NewText: "a"}}, "one two\nabthree\n"},
		{"insertion at an edge", text, []finding.Edit{{Location: span(1, 1, 4), NewText: "1"}, {Location: span(1, 1, 1), NewText: "x"}, {Location: span(1, 4, 4), NewText: "y"}}, "x1y two\nthree\n"},
		{"insertion inside", text, []finding.Edit{{Location: span(1, 1, 4), NewText: "1"}, {Location: span(1, 2, 2), NewText: "x"}}, ""},
		{"overlap", text, []finding.Edit{{Location: span(1, 1, 4), NewText: "1"}, {Location: span(1, 3, 6), NewText: "x"}}, ""},
		{"one in the other", text, []finding.Edit{{Location: span(1, 3, 4), NewText: "1"}, {Location: span(1, 1, 8), NewText: "x"}}, ""},
		{"the other way to end it", text, []finding.Edit{{Location: span(1, 1, 4), NewText: "1"}, {Location: span(1, 1, 4), NewText: "2"}}, ""},
		{"the end", text, []finding.Edit{{Location: span(3, 1, 1), NewText: "end"}}, "one two\nthree\nend"},
		{"the end as Go counts it", text, []finding.Edit{{Location: span(2, 7, 7), NewText: "end"}}, "one two\nthree\nend"},
		{"several lines", text, []finding.Edit{{Location: finding.Location{File: "f", Line: 1, Column: 4, EndLine: 2, EndColumn: 3}, NewText: "\n"}}, "one\nree\n"},
		{"line breaks", "a\r\nb\r\n", []finding.Edit{{Location: span(1, 1, 2), NewText: "x\ny\r\nz"}}, "x\r\ny\r\nz\r\nb\r\n"},
		{"behind the line", text, []finding.Edit{{Location: span(1, 5, 20), NewText: "2"}}, ""},
		{"behind the file", text, []finding.Edit{{Location: span(9, 1, 1), NewText: "2"}}, ""},
		{"nowhere", text, []finding.Edit{{NewText: "2"}}, ""},
		{"backwards", text, []finding.Edit{{Location: span(1, 5, 2), NewText: "2"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Apply([]byte(tt.text), tt.edits)
			if err != nil {
				got = nil
			}
			if string(got) != tt.want {
				t.Errorf("%q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

// FuzzApply holds edits to be made or refused whatever they are, in any order,
// and to change nothing but their places.
func FuzzApply(f *testing.F) {
	f.Add("one two\nthree\n", 1, 1, 1, 4, "1", 1, 4, 2, 2, "x\n")
	f.Add("a\r\nb", 1, 2, 2, 1, "", 2, 1, 2, 1, "é")
	f.Add("\xef\xbb\xbfa", 1, 4, 1, 5, "b", 0, -1, 9, 9, "")
	f.Fuzz(func(t *testing.T, text string, l1, c1, m1, d1 int, n1 string, l2, c2, m2, d2 int, n2 string) {
		edits := []finding.Edit{
			{Location: finding.Location{File: "f", Line: l1, Column: c1, EndLine: m1, EndColumn: d1}, NewText: n1},
			{Location: finding.Location{File: "f", Line: l2, Column: c2, EndLine: m2, EndColumn: d2}, NewText: n2},
		}
		got, err := Apply([]byte(text), edits)
		other, otherErr := Apply([]byte(text), []finding.Edit{edits[1], edits[0], edits[0]})
		if (err == nil) != (otherErr == nil) || !bytes.Equal(got, other) {
			t.Fatalf("%q (%v) or %q (%v), as the order is", got, err, other, otherErr)
		}
		if err != nil {
			return
		}
		// What is not deleted stays, in its order.
		source := newText([]byte(text))
		var kept []byte
		at := 0
		var cuts [][2]int
		for _, e := range edits {
			start, end, _ := source.between(e.Location)
			cuts = append(cuts, [2]int{start, end})
		}
		slices.SortFunc(cuts, func(a, b [2]int) int { return a[0] - b[0] })
		for _, cut := range cuts {
			kept = append(kept, text[at:max(at, cut[0])]...)
			at = max(at, cut[1])
		}
		kept = append(kept, text[at:]...)
		rest := got
		for _, b := range kept {
			i := bytes.IndexByte(rest, b)
			if i < 0 {
				t.Fatalf("%q has lost a part of %q", got, kept)
			}
			rest = rest[i+1:]
		}
	})
}

// newRun returns a run over files with one safe fix each: what stands in line 1,
// columns 1 to 4 becomes "new".
func newRun(t *testing.T, files map[string]string) *finding.Run {
	t.Helper()
	run := &finding.Run{Root: t.TempDir()}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		full := filepath.Join(run.Root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(files[name]), 0o640); err != nil {
			t.Fatal(err)
		}
		at := span(1, 1, 4)
		at.File = name
		run.Findings = append(run.Findings, finding.Finding{
			Rule: "rule-a", Severity: finding.Low, Primary: at, Fingerprint: name,
			Fixes: []finding.Fix{{Title: "do", Safe: true, Edits: []finding.Edit{{Location: at, NewText: "new"}}}},
		})
	}
	return run
}

// TestWhichFiles: only text of the tree that people write is changed.
func TestWhichFiles(t *testing.T) {
	run := newRun(t, map[string]string{
		"a.txt": "old", "bom.txt": "old\r\n\xef\xbb\xbf", "vendor/b.txt": "old", "node_modules/x/c.txt": "old",
		"made.txt": "old\n# Code generated by x. DO NOT EDIT.\n", "binary": "old\x00", "sub/d.txt": "old é\xff\r\n",
	})
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link", "../outside"} {
		f := run.Findings[0]
		f.Fixes = []finding.Fix{{Safe: true, Edits: []finding.Edit{{Location: f.Primary, NewText: "new"}}}}
		f.Fixes[0].Edits[0].Location.File = name
		run.Findings = append(run.Findings, f)
	}
	if err := os.Symlink(outside, filepath.Join(run.Root, "link")); err != nil {
		t.Skip(err)
	}
	plan, err := New(t.Context(), run, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range plan.Changes {
		names = append(names, c.File)
	}
	if got, want := strings.Join(names, " "), "a.txt bom.txt sub/d.txt"; got != want {
		t.Errorf("changed %s, want %s", got, want)
	}
	if err := plan.Write(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a.txt": "new", "sub/d.txt": "new é\xff\r\n", "vendor/b.txt": "old", "link": "old"} {
		if got, err := os.ReadFile(filepath.Join(run.Root, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q (%v), want %q", name, got, err, want)
		}
	}
	info, err := os.Stat(filepath.Join(run.Root, "a.txt"))
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("permissions %v (%v)", info.Mode(), err)
	}
	entries, err := os.ReadDir(run.Root)
	if err != nil || len(entries) != 8 {
		t.Errorf("%d files at the root (%v), a temporary one among them?", len(entries), err)
	}
}

// TestWriteRefuses what has changed since the plan was made.
func TestWriteRefuses(t *testing.T) {
	run := newRun(t, map[string]string{"a.txt": "old", "b.txt": "old"})
	plan, err := New(t.Context(), run, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(run.Root, "a.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := plan.Write(); err == nil || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("error %v, want one about a.txt", err)
	}
	for name, want := range map[string]string{"a.txt": "mine", "b.txt": "new"} {
		if got, _ := os.ReadFile(filepath.Join(run.Root, name)); string(got) != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
}

// TestWhichFixes: the graver finding has the place, silenced and known ones have
// none, and what needs a look is made only if it is asked for.
func TestWhichFixes(t *testing.T) {
	run := newRun(t, map[string]string{"a.txt": "old", "b.txt": "old", "c.txt": "old", "d.txt": "old"})
	graver := run.Findings[0]
	graver.Severity = finding.High
	graver.Fixes = []finding.Fix{{Safe: true, Edits: []finding.Edit{{Location: graver.Primary, NewText: "high"}}}}
	run.Findings = append(run.Findings, graver)
	run.Findings[1].Suppressed = &finding.Suppression{}
	run.Findings[2].Baseline = finding.BaselineUnchanged
	run.Findings[3].Fixes[0].Safe = false
	plan, err := New(t.Context(), run, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Changes) != 1 || string(plan.Changes[0].After) != "high" || plan.Later != 1 || len(plan.Fixed) != 1 {
		t.Errorf("plan %+v", plan)
	}
	if plan, err = New(t.Context(), run, Options{All: true}); err != nil || len(plan.Changes) != 2 || plan.Changes[1].File != "d.txt" {
		t.Errorf("plan with all %+v: %v", plan, err)
	}
}
