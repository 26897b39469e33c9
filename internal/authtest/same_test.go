package authtest_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/report"
)

// manyRuns are the parts of the corpus that are run over twenty times: some that
// import each other, and few enough for that.
var manyRuns = []string{"accounts", "authorization", "httpclear", "lib", "urls"}

// TestOutputIsAlwaysTheSame runs over a part of the corpus and files of other
// kinds again and again, with few processors and many and with the paths in any order, and
// holds the reports in all formats to those of the first run, byte by byte.
func TestOutputIsAlwaysTheSame(t *testing.T) {
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	settings(t, dir)
	bin := program(t)
	listed, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range listed {
		if slices.Contains(manyRuns, entry.Name()) || strings.HasPrefix(entry.Name(), "services-") {
			names = append(names, entry.Name())
		}
	}
	runs := 20
	if testing.Short() {
		runs = 3
	}
	first := reports(t, bin, dir, names, 1)
	if size := len(first["jsonl"]); size < 50_000 {
		t.Fatalf("the report has %d bytes", size)
	}
	random := rand.New(rand.NewPCG(6, 5))
	for i := 1; i < runs; i++ {
		processors := []int{1, 2, 3, 4, 7, 16, 64}[i%7]
		shuffled := slices.Clone(names)
		random.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
		for format, text := range reports(t, bin, dir, shuffled, processors) {
			if !bytes.Equal(text, first[format]) {
				t.Errorf("run %d with %d processors: the %s report differs: %s", i, processors, format, difference(first[format], text))
			}
		}
	}
}

// settings adds files of other kinds than Go.
func settings(t *testing.T, dir string) {
	t.Helper()
	for i := range 60 {
		folder := filepath.Join(dir, fmt.Sprintf("services-%d", i%7), fmt.Sprintf("s%02d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{
			"app.yaml": fmt.Sprintf("db:\n  host: db.shop.example\n  password: Winter-Lake-%d\nbroken: [\n", 20+i),
			".env":     fmt.Sprintf("DB_PASSWORD=Spring-Hill-%d\n", 20+i%5),
			"send.sh":  "curl -u shop:Winter-Lake-25 http://api.shop.example/v1/send # authlint:ignore weak-password -- unused\n",
		} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// reports runs authlint and returns its reports by format.
func reports(t *testing.T, bin, dir string, paths []string, processors int) map[string][]byte {
	t.Helper()
	out := t.TempDir()
	args := []string{"--persona", "auditor", "--show-suppressed"}
	formats := []string{"sarif"}
	for _, f := range report.Formats() {
		formats = append(formats, f.Name)
	}
	for _, f := range formats {
		args = append(args, "--format", f+":"+filepath.Join(out, f))
	}
	cmd := exec.Command(bin, append(args, paths...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", processors))
	if text, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("authlint: %v\n%s", err, text)
	}
	all := map[string][]byte{}
	for _, f := range formats {
		text, err := os.ReadFile(filepath.Join(out, f))
		if err != nil {
			t.Fatal(err)
		}
		all[f] = text
	}
	return all
}

// difference returns the first lines in which two texts differ.
func difference(a, b []byte) string {
	one, two := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			return fmt.Sprintf("line %d:\n%.300s\n%.300s", i+1, one[i], two[i])
		}
	}
	return fmt.Sprintf("%d lines and %d", len(one), len(two))
}
