package gopass

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/suppress"
)

const source = `package p

var plain = 1

//authlint:ignore rule-a until=2001-01-01 -- over, but a pass has no clock
var silenced = 2

//line made.y:100
var moved = 3
`

// newPass returns a pass as bare as that of nogo: no ReadFile, no Module.
func newPass(t *testing.T) (pass *analysis.Pass, reported func() []analysis.Diagnostic) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "/src/p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("example.com/p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []analysis.Diagnostic
	return &analysis.Pass{
		Analyzer: &analysis.Analyzer{Name: "authtest"},
		Fset:     fset, Files: []*ast.File{file}, Pkg: pkg,
		Report: func(d analysis.Diagnostic) { list = append(list, d) },
	}, func() []analysis.Diagnostic { return list }
}

// on returns the location of a variable of source, from its name to its value.
func on(pass *analysis.Pass, name string) finding.Location {
	for _, decl := range pass.Files[0].Decls {
		spec := decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
		if spec.Names[0].Name == name {
			return Location(pass, spec.Pos(), spec.End())
		}
	}
	panic("no variable " + name)
}

func TestLocationAndBack(t *testing.T) {
	pass, _ := newPass(t)
	tests := []struct {
		name string
		want finding.Location
	}{
		{"plain", finding.Location{File: "/src/p.go", Line: 3, Column: 5, EndLine: 3, EndColumn: 14}},
		{"moved", finding.Location{File: "/src/made.y", Line: 100, Column: 0, EndLine: 100, EndColumn: 0}},
	}
	for _, tt := range tests {
		at := on(pass, tt.name)
		if tt.want.Column == 0 { // after a //line comment without column there is none
			at.Column, at.EndColumn = 0, 0
		}
		if diff := cmp.Diff(tt.want, at); diff != "" {
			t.Error(diff)
		}
		pos, end, ok := placesOf(pass).find(on(pass, tt.name))
		if !ok || pos == end && tt.want.Column != 0 {
			t.Errorf("%s not found again: %v %v", tt.name, pos, end)
		}
		if got := pass.Fset.Position(pos); got.Filename != tt.want.File || got.Line != tt.want.Line {
			t.Errorf("%s found again at %v", tt.name, got)
		}
	}
	if !Location(pass, token.NoPos, token.NoPos).IsZero() {
		t.Error("no position has a location")
	}
}

func TestPlacesOutside(t *testing.T) {
	pass, _ := newPass(t)
	for _, at := range []finding.Location{
		{},
		{File: "/src/other.go", Line: 1, Column: 1},
		{File: "/src/p.go", Line: 1000, Column: 1},
		{File: "p.go", Line: 1, Column: 1, Package: "example.com/other"},
	} {
		if _, _, ok := placesOf(pass).find(at); ok {
			t.Errorf("%+v was found", at)
		}
	}
}

func TestReport(t *testing.T) {
	pass, reported := newPass(t)
	edit := finding.Edit{Location: on(pass, "plain"), NewText: "plain = 0"}
	elsewhere := finding.Location{File: "x.go", Line: 1, Column: 1, EndLine: 1, EndColumn: 2, Package: "example.com/x"}
	found := []finding.Finding{{
		Rule: "rule-a", Message: "one is not good", Primary: on(pass, "plain"),
		Steps: []finding.Step{
			{Kind: finding.Origin, Location: on(pass, "silenced"), Text: "from here"},
			{Kind: finding.Pass, Location: elsewhere, Text: "in another package"},
			{Kind: finding.Sink, Location: on(pass, "plain"), Text: "to here"},
		},
		Fixes: []finding.Fix{
			{Title: "Be bold", Edits: []finding.Edit{edit}},
			{Title: "Be careful", Safe: true, Edits: []finding.Edit{edit}},
			{Title: "Reach out", Safe: true, Edits: []finding.Edit{{Location: elsewhere}}},
		},
	}, {
		Rule: "rule-b", Message: "for auditors", Persona: finding.Auditor, Primary: on(pass, "plain"),
	}, {
		Rule: "rule-c", Message: "silenced", Suppressed: &finding.Suppression{}, Primary: on(pass, "plain"),
	}, {
		Rule: "rule-d", Message: "nowhere", Primary: elsewhere,
	}, {
		Rule: "rule-e", Message: "embedded", Primary: finding.Location{File: "/src/conf/a.yaml", Line: 7, Column: 3, EndLine: 8, EndColumn: 1},
	}}
	report(pass, config.Default(), found)
	list := reported()
	if len(list) != 3 {
		t.Fatalf("%d diagnostics, want 3: %+v", len(list), list)
	}
	d := list[0]
	if d.Message != "one is not good (rule-a)" || d.Category != "rule-a" || !strings.Contains(d.URL, "/rules/") {
		t.Errorf("message %q, category %q, URL %q", d.Message, d.Category, d.URL)
	}
	if got := pass.Fset.Position(d.Pos).String() + "-" + pass.Fset.Position(d.End).String(); got != "/src/p.go:3:5-/src/p.go:3:14" {
		t.Errorf("place %s", got)
	}
	if len(d.Related) != 2 || d.Related[0].Message != "from here" || d.Related[1].Message != "to here" {
		t.Errorf("related %+v", d.Related)
	}
	if len(d.SuggestedFixes) != 1 || d.SuggestedFixes[0].Message != "Be careful" {
		t.Errorf("fixes %+v", d.SuggestedFixes)
	}
	if list[1].Message != "nowhere (rule-d)" || !list[1].Pos.IsValid() {
		t.Errorf("a finding outside the package: %+v", list[1])
	}
	if got := pass.Fset.Position(list[2].Pos).String() + "-" + pass.Fset.Position(list[2].End).String(); got != "/src/conf/a.yaml:7:3-/src/conf/a.yaml:8:1" {
		t.Errorf("a finding in an embedded file is at %s", got)
	}
}

func TestReportForOthers(t *testing.T) {
	pass, reported := newPass(t)
	cfg := config.Default()
	cfg.Persona, cfg.Golangci = finding.Auditor, true
	report(pass, cfg, []finding.Finding{{
		Rule: "rule-b", Message: "for auditors", Persona: finding.Auditor, Primary: on(pass, "plain"),
		Steps: []finding.Step{{Location: on(pass, "silenced"), Text: "from here"}},
	}})
	if list := reported(); len(list) != 1 || len(list[0].Related) != 0 {
		t.Errorf("diagnostics %+v", list)
	}
}

// TestNoLintIsGolangcis holds that golangci-lint sees what its own comment
// silences, and no other driver does.
func TestNoLintIsGolangcis(t *testing.T) {
	for _, golangci := range []bool{false, true} {
		pass, reported := newPass(t)
		cfg := config.Default()
		cfg.Golangci = golangci
		report(pass, cfg, []finding.Finding{
			{Rule: "rule-a", Primary: on(pass, "plain"), Suppressed: &finding.Suppression{Kind: suppress.NoLint}},
			{Rule: "rule-b", Primary: on(pass, "plain"), Suppressed: &finding.Suppression{Kind: suppress.Ignore}},
		})
		if list := reported(); (len(list) == 1 && list[0].Category == "rule-a") != golangci || len(list) > 1 {
			t.Errorf("for golangci-lint %t: diagnostics %+v", golangci, list)
		}
	}
}

func TestSilence(t *testing.T) {
	pass, _ := newPass(t)
	found := []finding.Finding{{Rule: "rule-a", Primary: on(pass, "plain")}, {Rule: "rule-a", Primary: on(pass, "silenced")}}
	silence(pass, config.Default(), found)
	if found[0].Suppressed != nil || found[1].Suppressed == nil {
		t.Errorf("suppressed: %v, %v", found[0].Suppressed, found[1].Suppressed)
	}
}

// TestRunSurvives holds Run to what drivers need: a typed result, no error, no
// panic, and nothing of the program's text in what is told.
func TestRunSurvives(t *testing.T) {
	tests := []struct {
		name    string
		observe func() []practice.Observation
		want    string
	}{
		{"nothing", func() []practice.Observation { return nil }, ""},
		{"a runtime error", func() []practice.Observation { return []practice.Observation{}[len(source):] }, "slice bounds out of range"},
		{"a value", func() []practice.Observation { panic("text of the program") }, "panic with a string"},
		{"an error", func() []practice.Observation { panic(fmt.Errorf("text of the program")) }, "panic with a *errors"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pass, reported := newPass(t)
			result, err := Run(pass, config.Default(), tt.observe)
			if err != nil {
				t.Fatal(err)
			}
			found, ok := result.([]finding.Finding)
			if !ok || found == nil {
				t.Fatalf("result %#v", result)
			}
			var messages string
			for _, d := range reported() {
				messages += d.Message
			}
			if tt.want == "" {
				if len(found) != 0 || messages != "" {
					t.Errorf("findings %v, diagnostics %q", found, messages)
				}
				return
			}
			if len(found) != 1 || found[0].Rule != InternalError || !strings.Contains(messages, tt.want) {
				t.Errorf("findings %v, diagnostics %q", found, messages)
			}
			if strings.Contains(messages, "text of the program") || !strings.Contains(messages, "run_test.go") && !strings.Contains(messages, "TestRunSurvives") {
				t.Errorf("diagnostics %q", messages)
			}
		})
	}
}

func TestRunSkipsDependencies(t *testing.T) {
	pass, _ := newPass(t)
	pass.Module = &analysis.Module{Path: "example.com/p", Version: "v1.2.3"}
	result, err := Run(pass, config.Default(), func() []practice.Observation { t.Error("a dependency was observed"); return nil })
	if err != nil || len(result.([]finding.Finding)) != 0 {
		t.Errorf("%v, %v", result, err)
	}
}
