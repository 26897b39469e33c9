package authtest_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/cmd/gclplugin"
	"github.com/authlint/authlint/internal/authtest"
)

// planted is a module full of secrets and everything that running authlint on
// it may write to.
type planted struct {
	dir, bin, out, home, temp, cache string
	old                              map[string]bool // what the cache began with
	secrets                          []*authtest.Planted
	search                           *authtest.Search
}

// plant writes the module and builds the binary.
func plant(t *testing.T) *planted {
	t.Helper()
	p := &planted{out: t.TempDir(), home: t.TempDir(), temp: t.TempDir(), cache: t.TempDir()}
	planter := authtest.NewPlanter(6)
	source, dir := t.TempDir(), t.TempDir()
	if err := authtest.WriteTree(source, authtest.PlantTree(planter)); err != nil {
		t.Fatal(err)
	}
	if err := authtest.Materialise(source, dir); err != nil {
		t.Fatal(err)
	}
	var err error
	if p.dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	p.bin = program(t)
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	if p.old, err = authtest.CopyCache(strings.TrimSpace(string(cache)), p.cache); err != nil {
		t.Fatal(err)
	}
	p.secrets, p.search = planter.Secrets, authtest.NewSearch(planter.Secrets)
	return p
}

// env returns the environment of every door: all that it can write to is private.
func (p *planted) env() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local",
		"GOCACHE="+p.cache, "TMPDIR="+p.temp, "HOME="+p.home, "XDG_CACHE_HOME="+filepath.Join(p.home, "cache"), "XDG_CONFIG_HOME="+filepath.Join(p.home, "config"))
}

// run calls a program and searches what it prints.
func (p *planted) run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.dir, p.env()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	door := filepath.Base(name) + " " + strings.Join(args, " ")
	p.check(t, "standard output of "+door, stdout.Bytes())
	p.check(t, "standard error of "+door, stderr.Bytes())
	return append(stdout.Bytes(), stderr.Bytes()...)
}

// check searches the output of a door.
func (p *planted) check(t *testing.T, door string, data []byte) {
	t.Helper()
	for _, leak := range p.search.Find(data) {
		t.Errorf("%s: %s: %s", door, leak, around(data, leak.Offset))
	}
}

// around returns the line of a leak. All secrets are made up.
func around(data []byte, at int) string {
	from, to := max(bytes.LastIndexByte(data[:at], '\n')+1, at-80), min(at+40, len(data))
	return strconv.Quote(string(data[from:to]))
}

// checkFiles searches the files below dir but for those that skip names.
func (p *planted) checkFiles(t *testing.T, dir string, skip map[string]bool) {
	t.Helper()
	files, err := authtest.FilesBelow(dir, skip)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if p.mayHold(t, path) {
			continue
		}
		leaks, err := p.search.FindFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, leak := range leaks {
			t.Errorf("%s: %s", path, leak)
		}
	}
}

// mayHold reports whether a file may hold secrets: a package that the compiler
// made, which has the constants of the program. The types and facts in vetx
// files are looked at by goVet.
func (p *planted) mayHold(t *testing.T, path string) bool {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	head := make([]byte, 8)
	n, _ := file.Read(head)
	return string(head[:n]) == "!<arch>\n" || strings.HasPrefix(string(head[:n]), vetxMagic)
}

// TestNoLeak plants secrets of many kinds, runs every door, and finds none of
// them in anything that is printed or written.
func TestNoLeak(t *testing.T) {
	p := plant(t)
	if len(p.secrets) < 20 {
		t.Fatalf("only %d secrets", len(p.secrets))
	}
	t.Run("canary", p.canary)
	t.Run("command line", p.commandLine)
	t.Run("other commands", p.otherCommands)
	if !testing.Short() { // it analyses the standard library as well
		t.Run("go vet", p.goVet)
	}
	t.Run("plugin", p.plugin)
	t.Run("files", func(t *testing.T) {
		p.checkFiles(t, p.out, nil)
		p.checkFiles(t, p.home, nil)
		p.checkFiles(t, p.temp, nil)
		p.checkFiles(t, p.cache, p.old)
	})
}

// canary holds the search to finding each secret, in each form.
func (p *planted) canary(t *testing.T) {
	for _, secret := range p.secrets {
		for _, core := range secret.Cores {
			piece := core[len(core)/2-3 : len(core)/2+3]
			percent := ""
			for i := range len(piece) {
				percent += fmt.Sprintf("%%%02x", piece[i])
			}
			for form, text := range map[string]string{
				"whole": core, "piece": piece, "hex": hex.EncodeToString([]byte(core)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(piece))),
				"base64 1": base64.StdEncoding.EncodeToString([]byte(core)), "base64 2": base64.URLEncoding.EncodeToString([]byte("u:" + core)),
				"base64 3": base64.StdEncoding.EncodeToString([]byte("abcd" + piece + "ef")), "percent": percent, "query": url.QueryEscape("!" + core),
			} {
				found := p.search.Find([]byte("message: " + text + " (rule)"))
				if !slices.ContainsFunc(found, func(l authtest.Leak) bool {
					return l.Secret == secret || strings.Contains(strings.Join(l.Secret.Cores, " "), piece)
				}) {
					t.Errorf("%s: the search misses it in the form %s", secret.Kind, form)
				}
			}
		}
	}
	if found := p.search.Find([]byte("password given to SetBasicAuth for user \"alice\" is hard-coded 4f*** (20 characters)")); len(found) != 0 {
		t.Errorf("the search finds %v in a plain message", found)
	}
}

// commandLine runs every format for every persona, to standard output and to files.
func (p *planted) commandLine(t *testing.T) {
	formats := []string{"text", "oneline", "jsonl", "sarif"}
	for i, format := range formats {
		args := []string{"--persona", "auditor", "--show-suppressed", "--format", format}
		if i == 0 {
			args = append(args, toFiles(formats[1:], filepath.Join(p.out, "auditor"))...)
		}
		p.report(t, format == "jsonl", args)
	}
	p.report(t, false, append([]string{"--persona", "regular"}, toFiles(formats, filepath.Join(p.out, "regular"))...))
	p.report(t, false, append([]string{"--show-suppressed", "--format", "oneline"}, toFiles([]string{"text", "sarif"}, filepath.Join(p.out, "suppressed"))...))
}

// toFiles returns the flags for reports in files.
func toFiles(formats []string, stem string) []string {
	var args []string
	for _, format := range formats {
		args = append(args, "--format", format+":"+stem+"."+format)
	}
	return args
}

// report makes the reports of one run.
func (p *planted) report(t *testing.T, countFindings bool, args []string) {
	t.Helper()
	output := p.run(t, p.bin, append(args, ".")...)
	if countFindings {
		p.checkFound(t, output)
	}
	if len(output) < 300 {
		t.Errorf("%s: hardly a report: %s", strings.Join(args, " "), output)
	}
}

// checkFound holds the report to finding something in most files, so that the
// absence of secrets says something.
func (p *planted) checkFound(t *testing.T, report []byte) {
	t.Helper()
	found := map[string]int{}
	suppressed := 0
	for line := range bytes.Lines(report) {
		var f struct {
			Type       string
			File       string
			Suppressed *struct{}
		}
		if json.Unmarshal(line, &f) == nil && f.Type == "finding" {
			found[f.File]++
			if f.Suppressed != nil {
				suppressed++
			}
		}
	}
	for file, least := range map[string]int{
		"sound/store/store.go": 8, "sound/store/embedded.env": 1, "sound/client/client.go": 1, "sound/use/use.go": 10, "sound/use/use_test.go": 1,
		"sound/conn/conn.go": 4, "config/app.yaml": 4, "config/.env": 2, "config/app.json": 1, "config/app.toml": 1, "config/app.properties": 1,
		"config/huge.json": 1, "scripts/send.sh": 2, "scripts/more.sh": 12, "scripts/Dockerfile": 3, "scripts/Makefile": 3,
		"scripts/run.ps1": 4, "scripts/run.bat": 3, "scripts/run.http": 3, "docs/use.md": 2, "scripts/deploy.pem": 1, "README.md": 1, "broken/types/types.go": 1,
	} {
		if found[file] < least {
			t.Errorf("%d findings in %s, want %d", found[file], file, least)
		}
	}
	if suppressed == 0 {
		t.Error("no suppressed finding is shown")
	}
	if t.Failed() {
		t.Logf("findings by file: %v; %d suppressed", found, suppressed)
	}
}

// otherCommands are those that do not scan, and scans of single files, some of
// them as what they are not.
func (p *planted) otherCommands(t *testing.T) {
	for _, line := range []string{
		"explain hardcoded-credential", "rules", "version",
		"broken", "sound/store/store.go",
		"--config config/.env .", "--config config/app.toml .", "--config broken/conf/bad.toml .", "--config config/app.yaml .",
		"vet ./sound/...", "vet --persona auditor ./sound/...", "vet ./broken/types ./broken/syntax", "vet ./sound/... -- -c=3",
	} {
		if out := p.run(t, p.bin, strings.Fields(line)...); len(out) == 0 {
			t.Errorf("authlint %s says nothing", line)
		}
	}
}

// vetxMagic begins the file in which unitchecker keeps what it knows of a package.
const vetxMagic = "vetx"

// inTypes are the kinds of secrets that are part of a package's types. Since
// v0.50 of x/tools a vetx file holds the types of the package, which the
// library writes without asking: exported constants with their values, and
// struct tags. The compiler's package in the same cache holds both, too, and
// whoever reads the one can read the other.
var inTypes = []string{authtest.KindExportedConst, authtest.KindStructTag}

// goVet runs go vet, whose cache keeps facts and output. Its flag -c is left
// out: the go command itself quotes source lines then, and no tool is asked.
func (p *planted) goVet(t *testing.T) {
	tool := "-vettool=" + p.bin
	for _, args := range [][]string{
		{"vet", tool, "./sound/..."},
		{"vet", tool, "-json", "./sound/..."},
		{"vet", tool, "-json", "./broken/types", "./broken/syntax"},
		{"vet", tool, "./broken/types", "./broken/syntax"},
	} {
		if out := p.run(t, "go", args...); len(out) == 0 {
			t.Errorf("%v prints nothing", args)
		}
	}
	files, err := authtest.FilesBelow(p.cache, p.old)
	if err != nil {
		t.Fatal(err)
	}
	ours := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(data, []byte(vetxMagic)) {
			continue
		}
		types, facts := splitVetx(t, data)
		if bytes.Contains(facts, []byte("example.com/planted/sound")) {
			ours++
		}
		p.check(t, "facts in "+path, facts)
		for _, leak := range p.search.Find(types) {
			if !slices.Contains(inTypes, leak.Secret.Kind) {
				t.Errorf("types in %s: %s: %s", path, leak, around(types, leak.Offset))
			}
		}
	}
	if ours < 2 {
		t.Errorf("the cache holds facts of %d packages, want 2 or more", ours)
	}
}

// splitVetx returns the two parts of a vetx file.
func splitVetx(t *testing.T, data []byte) (types, facts []byte) {
	t.Helper()
	if len(data) < 12 {
		t.Fatalf("a vetx file of %d bytes", len(data))
	}
	n, m := int(binary.LittleEndian.Uint32(data[4:8])), int(binary.LittleEndian.Uint32(data[8:12]))
	if 12+n+m != len(data) {
		t.Fatalf("a vetx file of %d bytes, with %d and %d in it: its format has changed", len(data), n, m)
	}
	return data[12 : 12+n], data[12+n:]
}

// plugin runs the plugin of golangci-lint in process and searches all that its
// passes hand out: diagnostics with fixes, facts, and results.
func (p *planted) plugin(t *testing.T) {
	linter, err := gclplugin.New(map[string]any{"persona": "auditor"})
	if err != nil {
		t.Fatal(err)
	}
	analyzers, err := linter.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: p.dir, Tests: true, Env: p.env()}, "./sound/...", "./broken/types")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(analyzers, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var diagnostics, facts, results int
	for act := range graph.All() {
		if act.Err != nil {
			p.check(t, act.String(), []byte(act.Err.Error()))
		}
		for _, d := range act.Diagnostics {
			diagnostics++
			p.check(t, "diagnostic of "+act.String(), fmt.Appendf(nil, "%+v", d))
			for _, fix := range d.SuggestedFixes {
				for _, edit := range fix.TextEdits {
					p.check(t, "fix of "+act.String(), edit.NewText)
				}
			}
		}
		for _, f := range act.AllObjectFacts() {
			facts++
			p.check(t, "fact of "+f.Object.Name(), encoded(t, f.Fact))
		}
		for _, f := range act.AllPackageFacts() {
			facts++
			p.check(t, "fact of "+f.Package.Path(), encoded(t, f.Fact))
		}
		if act.IsRoot {
			results++
			p.check(t, "result of "+act.String(), fmt.Appendf(nil, "%+v", act.Result))
		}
	}
	if diagnostics == 0 || facts == 0 || results == 0 {
		t.Errorf("%d diagnostics, %d facts, %d results", diagnostics, facts, results)
	}
}

// encoded returns a fact as drivers store it.
func encoded(t *testing.T, fact any) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
