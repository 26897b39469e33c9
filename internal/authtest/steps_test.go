package authtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/finding"
)

// chain holds two modules, the second put in the place of a requirement of the
// first. Comments say which steps the findings of the first have: "a2 pass:
// passed to Once" is the second step of the way a.
const chain = "../../testdata/steps"

// TestSteps follows findings from the literal or the source in one package
// through a second to the sink in a third, in another module: in JSON lines, in
// the code flows of SARIF, and in text.
func TestSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode: no binary")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(chain)); err != nil {
		t.Fatal(err)
	}
	want := readWays(t, dir)
	bin := program(t)
	log := filepath.Join(dir, "authlint.sarif")
	lines := scanChain(t, bin, dir, "jsonl")
	scanChain(t, bin, dir, "sarif:"+log)
	prose := scanChain(t, bin, dir, "text")
	if diff := cmp.Diff(want, linesWays(t, lines)); diff != "" {
		t.Errorf("JSON lines (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, flowWays(t, log)); diff != "" {
		t.Errorf("code flows (-want +got):\n%s", diff)
	}
	for _, way := range want {
		for i := range way {
			way[i] = stepKind.ReplaceAllString(way[i], ": ")
		}
	}
	if diff := cmp.Diff(want, textWays(prose)); diff != "" {
		t.Errorf("text (-want +got):\n%s\n%s", diff, prose)
	}
}

// stepKind is the kind of a step, which the text does not tell.
var stepKind = regexp.MustCompile(` (origin|pass|sink): `)

// TestStepsDrivers finds the same in the chain of modules through go vet as
// through the command line: facts survive a module that a directory replaces.
func TestStepsDrivers(t *testing.T) {
	if testing.Short() {
		t.Skip("short mode: no binary")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(chain)); err != nil {
		t.Fatal(err)
	}
	bin := program(t)
	app := filepath.Join(dir, "app")
	want, err := authtest.CommandLine(bin, app)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) == 0 {
		t.Fatal("the command line finds nothing")
	}
	vet, err := authtest.Vet(bin, app)
	if err != nil {
		t.Fatal(err)
	}
	checked, err := authtest.Checker(app)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]map[authtest.Key]bool{"go vet": vet, "checker": checked} {
		for _, k := range slices.Concat(authtest.Difference(want, got), authtest.Difference(got, want)) {
			t.Errorf("%s differs from the command line: %s", name, k)
		}
	}
}

// scanChain runs the binary over the first module and returns what it prints.
func scanChain(t *testing.T, bin, dir, format string) string {
	t.Helper()
	cmd := exec.Command(bin, "--format", format, "app")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	return string(out)
}

// stepComment is one step in a comment of the chain.
var stepComment = regexp.MustCompile(`\b([a-z])([1-9]) (origin|pass|sink): ([^;]+)`)

// readWays returns the ways that the comments tell, sorted; a step is
// "file:line kind: text".
func readWays(t *testing.T, dir string) [][]string {
	t.Helper()
	ways := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			_, comment, _ := strings.Cut(line, " // ")
			for _, m := range stepComment.FindAllStringSubmatch(comment, -1) {
				n := int(m[2][0] - '0')
				way := ways[m[1]]
				for len(way) < n {
					way = append(way, "")
				}
				way[n-1] = fmt.Sprintf("%s:%d %s: %s", filepath.ToSlash(rel), i+1, m[3], strings.TrimSpace(m[4]))
				ways[m[1]] = way
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ways) == 0 {
		t.Fatal("no comment tells a way")
	}
	var list [][]string
	for _, way := range ways {
		list = append(list, way)
	}
	return sorted(list)
}

func sorted(ways [][]string) [][]string {
	slices.SortFunc(ways, slices.Compare)
	return ways
}

// linesWays returns the steps of each finding in JSON lines.
func linesWays(t *testing.T, text string) [][]string {
	t.Helper()
	var ways [][]string
	for line := range strings.Lines(text) {
		var f struct {
			Type  string
			Steps []finding.Step
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Type != "finding" {
			continue
		}
		var way []string
		for _, s := range f.Steps {
			way = append(way, fmt.Sprintf("%s:%d %s: %s", s.Location.File, s.Location.Line, s.Kind, s.Text))
		}
		ways = append(ways, way)
	}
	return sorted(ways)
}

// flowWays returns the steps of each result's code flow; the first is the
// origin, the last the sink.
func flowWays(t *testing.T, file string) [][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine int }
	}
	var log struct {
		Runs []struct {
			Results []struct {
				CodeFlows []struct {
					ThreadFlows []struct {
						Locations []struct {
							Location struct {
								PhysicalLocation place
								Message          struct{ Text string }
							}
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	var ways [][]string
	for _, r := range log.Runs[0].Results {
		var way []string
		steps := r.CodeFlows[0].ThreadFlows[0].Locations
		for i, s := range steps {
			kind := finding.Pass
			switch i {
			case 0:
				kind = finding.Origin
			case len(steps) - 1:
				kind = finding.Sink
			}
			at := s.Location.PhysicalLocation
			way = append(way, fmt.Sprintf("%s:%d %s: %s", at.ArtifactLocation.URI, at.Region.StartLine, kind, s.Location.Message.Text))
		}
		ways = append(ways, way)
	}
	return sorted(ways)
}

// The lines of a frame: its head, the place of a snippet, a row of source, and a
// label below one.
var (
	frameHead  = regexp.MustCompile(`^[a-z]+\[`)
	frameFile  = regexp.MustCompile(`^ +(?:-->|:::) (.+?):\d+:\d+`)
	frameRow   = regexp.MustCompile(`^ *(\d+) \|`)
	frameLabel = regexp.MustCompile(`^ +\|.*\((\d)\) (.+)$`)
)

// textWays returns the steps that each frame of the text labels.
func textWays(text string) [][]string {
	var ways [][]string
	file, row := "", ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if frameHead.MatchString(line) {
			ways = append(ways, nil)
		} else if m := frameFile.FindStringSubmatch(line); m != nil {
			file = m[1]
		} else if m := frameRow.FindStringSubmatch(line); m != nil {
			row = m[1]
		} else if m := frameLabel.FindStringSubmatch(line); m != nil && len(ways) > 0 {
			way, n := &ways[len(ways)-1], int(m[1][0]-'0')
			for len(*way) < n {
				*way = append(*way, "")
			}
			(*way)[n-1] = fmt.Sprintf("%s:%s: %s", file, row, m[2])
		}
	}
	return sorted(ways)
}
