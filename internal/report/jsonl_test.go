package report

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// schemaPath is the published schema of the lines.
const schemaPath = "../../docs/jsonl.schema.json"

func TestJSONLKeepsToItsSchema(t *testing.T) {
	for _, run := range []*finding.Run{fullRun(t), manyRun(t, 1), runOf(t, nil)} {
		for line := range strings.Lines(print(t, JSONL, run, Options{ShowSuppressed: true})) {
			checkSchema(t, schemaPath, line)
		}
	}
}

// TestJSONLIsComplete holds the lines to what there is to tell, and the schema
// to the lines.
func TestJSONLIsComplete(t *testing.T) {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[finding.Finding]()) {
		if field.Name == "Primary" || field.Tag.Get("json") == "-" {
			continue // the members of the line itself, and what is no part of the finding for others
		}
		if _, ok := reflect.TypeFor[findingLine]().FieldByName(field.Name); !ok {
			t.Errorf("a finding line has no %s", field.Name)
		}
	}
	data, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]reflect.Type{
		"run": reflect.TypeFor[runLine](), "finding": reflect.TypeFor[findingLine](), "notice": reflect.TypeFor[noticeLine](),
		"summary": reflect.TypeFor[summaryLine](), "location": reflect.TypeFor[finding.Location](), "step": reflect.TypeFor[finding.Step](),
	} {
		known := schema.Defs[name].Properties
		members := members(line)
		for _, member := range members {
			if known[member] == nil {
				t.Errorf("the schema of %s does not tell %s", name, member)
			}
		}
		for member := range known {
			if !slices.Contains(members, member) {
				t.Errorf("the schema of %s tells %s, which no line has", name, member)
			}
		}
	}
}

// members returns the names that a struct has as JSON.
func members(t reflect.Type) []string {
	var names []string
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.Anonymous && name != "-" {
			names = append(names, name)
		}
	}
	return names
}
