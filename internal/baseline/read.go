package baseline

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/report/redact"
)

// Entry is one finding that a baseline holds.
type Entry struct {
	Marks
	Rule     string
	Absorbed []string // rules that held as well
	File     string   // relative to the root, with slashes
	Message  string
	Level    string // of SARIF
	Persona  string // the first one that sees it, "" if the log does not say
}

// A log as far as it is read. Unknown members are no fault: the log may be of a
// later version.
type (
	sarifLog struct {
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver struct {
				Name string `json:"name"`
			} `json:"driver"`
		} `json:"tool"`
		Results []json.RawMessage `json:"results"`
	}
	sarifResult struct {
		RuleID        string `json:"ruleId"`
		Level         string `json:"level"`
		BaselineState string `json:"baselineState"`
		Message       struct {
			Text string `json:"text"`
		} `json:"message"`
		Locations []struct {
			PhysicalLocation struct {
				ArtifactLocation struct {
					URI string `json:"uri"`
				} `json:"artifactLocation"`
			} `json:"physicalLocation"`
		} `json:"locations"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
		Suppressions        []json.RawMessage `json:"suppressions"`
		Properties          struct {
			Absorbed []string `json:"absorbed"`
			Persona  string   `json:"persona"`
		} `json:"properties"`
	}
)

// toolName is the name of the driver in logs of ours.
const toolName = "authlint"

// maxSize bounds a log in bytes: more than the largest that authlint writes.
const maxSize = 256 << 20

// An Error says what is wrong with a baseline, and where.
type Error struct {
	File    string
	Line    int // 0 if it is about the whole file
	Column  int // in bytes
	Message string
}

// Error returns the place and the message.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Load reads the baseline at path, which messages call name.
func Load(path, name string) ([]Entry, error) {
	file, err := os.Open(path)
	if err != nil {
		var at *os.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, fmt.Errorf("reading the baseline %s: %w", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading the baseline %s: %w", name, err)
	}
	return Parse(name, data)
}

// Parse reads a log of authlint, packed with gzip or not; name is for messages.
// Results that were suppressed or absent at that time are no entries.
func Parse(name string, data []byte) ([]Entry, error) {
	data, err := unpack(name, data)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		return nil, jsonError(name, data, 0, err)
	}
	if log.Version != "2.1.0" || log.Runs == nil {
		return nil, &Error{File: name, Message: `no SARIF log: want a "version" of "2.1.0" and "runs"`}
	}
	r := reader{name: name, data: data}
	for i := range log.Runs {
		if err := r.run(&log.Runs[i]); err != nil {
			return nil, err
		}
	}
	return r.entries, nil
}

// reader collects the entries of one log.
type reader struct {
	name    string
	data    []byte
	at      int // offset behind the result that was read last
	entries []Entry
}

// run reads one run.
func (r *reader) run(run *sarifRun) error {
	if tool := run.Tool.Driver.Name; tool != toolName {
		return &Error{File: r.name, Message: fmt.Sprintf("a log of %s, not of %s", cmp.Or(redact.Printable(tool), "another tool"), toolName)}
	}
	for _, raw := range run.Results {
		// Results are found in their order, each behind the one before it.
		at := r.at + max(bytes.Index(r.data[r.at:], raw), 0)
		r.at = at
		var result sarifResult
		if err := json.Unmarshal(raw, &result); err != nil {
			return jsonError(r.name, r.data, at, err)
		}
		r.at += len(raw)
		if len(result.Suppressions) > 0 || result.BaselineState == "absent" {
			continue
		}
		entry, fault := entryOf(&result)
		if fault != "" {
			return errorAt(r.name, r.data, at, fault)
		}
		r.entries = append(r.entries, entry)
	}
	return nil
}

// entryOf returns the entry that a result gives, or what it lacks.
func entryOf(r *sarifResult) (entry Entry, fault string) {
	e := Entry{
		Marks: marksOf(r.PartialFingerprints), Rule: r.RuleID, Absorbed: r.Properties.Absorbed,
		Message: r.Message.Text, Level: r.Level, Persona: r.Properties.Persona,
	}
	switch {
	case e.Rule == "":
		return e, `a result without "ruleId"`
	case e.Print == "":
		return e, fmt.Sprintf("a result without the fingerprint %q", printMark)
	case len(r.Locations) == 0:
		return e, `a result without "locations"`
	}
	address := r.Locations[0].PhysicalLocation.ArtifactLocation.URI
	file, err := url.PathUnescape(address)
	if err != nil || file == "" {
		return e, "a result without the address of a file"
	}
	e.File = path.Clean(strings.TrimPrefix(file, "/.")) // as sarif writes what begins with //
	return e, ""
}

// unpack returns the content of what gzip packed, and other data as it is.
func unpack(name string, data []byte) ([]byte, error) {
	if len(data) > maxSize {
		return nil, tooLarge(name)
	}
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, &Error{File: name, Message: "broken gzip: " + err.Error()}
	}
	out, err := io.ReadAll(io.LimitReader(z, maxSize+1))
	switch {
	case err != nil:
		return nil, &Error{File: name, Message: "broken gzip: " + err.Error()}
	case len(out) > maxSize:
		return nil, tooLarge(name)
	}
	return out, nil
}

func tooLarge(name string) error {
	return &Error{File: name, Message: fmt.Sprintf("larger than the %d MB that a baseline may have", maxSize>>20)}
}

// jsonError returns what is wrong with JSON, with its place. It quotes nothing
// of the text but one character.
func jsonError(name string, data []byte, start int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return errorAt(name, data, start+max(int(syntax.Offset)-1, 0), "broken JSON: "+syntax.Error())
	case errors.As(err, &kind):
		return errorAt(name, data, start+int(kind.Offset), fmt.Sprintf("no SARIF log: %q cannot be %s", kind.Field, article(kind.Value)))
	}
	return &Error{File: name, Message: "broken JSON"}
}

// article returns a kind of JSON value, which may be followed by the value, with its article.
func article(kind string) string {
	kind, _, _ = strings.Cut(kind, " ")
	if strings.ContainsAny(kind[:1], "ao") {
		return "an " + kind
	}
	return "a " + kind
}

// errorAt returns an error at an offset of the data.
func errorAt(name string, data []byte, offset int, message string) error {
	before := data[:min(offset, len(data))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return &Error{File: name, Line: line, Column: column, Message: redact.Printable(message)}
}
