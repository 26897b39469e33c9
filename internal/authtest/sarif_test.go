package authtest_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/authlint/authlint/internal/authtest"
)

// TestCorpusSARIF holds the report of the corpus against the OASIS schema,
// beside a log that the schema must refuse.
func TestCorpusSARIF(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../sarif/testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	bad, err := os.ReadFile("../../sarif/testdata/known-bad.sarif")
	if err != nil {
		t.Fatal(err)
	}
	if valid(t, schema, bad) == nil {
		t.Fatal("the schema takes a bad log")
	}
	dir := t.TempDir()
	if err := authtest.Materialise(corpus, dir); err != nil {
		t.Fatal(err)
	}
	bin := program(t)
	log := filepath.Join(t.TempDir(), "corpus.sarif")
	cmd := exec.Command(bin, "--persona", "auditor", "--show-suppressed", "--format", "sarif:"+log)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("authlint: %v\n%s", err, out)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(text, []byte(`"ruleIndex"`)); n < 100 {
		t.Fatalf("the report has %d results", n)
	}
	if err := valid(t, schema, text); err != nil {
		t.Error(err)
	}
}

func valid(t *testing.T, schema *jsonschema.Schema, log []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}
