package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteTo(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report")
	if err := os.WriteFile(path, []byte("an older and longer report"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := output{format: "text", path: path}
	broken := errors.New("broken off")
	err := o.writeTo(nil, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken })
	if data, _ := os.ReadFile(path); !errors.Is(err, broken) || string(data) != "an older and longer report" {
		t.Errorf("after a failure: %q, %v", data, err)
	}
	err = o.writeTo(nil, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	if data, _ := os.ReadFile(path); err != nil || string(data) != "new" {
		t.Errorf("%q, %v", data, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	if err := (output{format: "text", path: filepath.Join(dir, "absent", "report")}).writeTo(nil, nil); err == nil {
		t.Error("no error for a folder that is not there")
	}
	if err := (output{format: "text", path: os.DevNull}).writeTo(nil, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Errorf("writing to a device: %v", err)
	}
	var stdout bytes.Buffer
	if err := (output{format: "text"}).writeTo(&stdout, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil || stdout.String() != "x" {
		t.Errorf("standard output: %q, %v", stdout.String(), err)
	}
}

func TestParseOutputs(t *testing.T) {
	got, err := parseOutputs([]string{"sarif:C:\\x.sarif", "text:-", "jsonl:out"})
	want := []output{{format: "sarif", path: "C:\\x.sarif"}, {format: "text"}, {format: "jsonl", path: "out"}}
	if err != nil || len(got) != len(want) {
		t.Fatalf("%v, %v", got, err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}
