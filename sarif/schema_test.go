package sarif

import (
	"bytes"
	"os"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiledSchema is the OASIS schema, compiled once for all tests.
var compiledSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	f, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURI, doc); err != nil {
		return nil, err
	}
	return c.Compile(schemaURI)
})

// validate returns what the schema has against a log.
func validate(t testing.TB, log []byte) error {
	t.Helper()
	schema, err := compiledSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	return schema.Validate(doc)
}

func TestSchemaRefusesTheKnownBadLog(t *testing.T) {
	bad, err := os.ReadFile("testdata/known-bad.sarif")
	if err != nil {
		t.Fatal(err)
	}
	if validate(t, bad) == nil {
		t.Error("the schema takes a log that is wrong in four places, so it proves nothing of ours")
	}
	badURI := []byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"artifacts":[{"location":{"uri":"a b%zz"}}]}]}`)
	if validate(t, badURI) == nil {
		t.Error("the schema takes an address that is no URI, so formats are not checked")
	}
}
