// Package tomlfile decodes TOML files strictly: an unknown key or a value of
// the wrong type is an error with the file, the line and what was meant.
package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/authlint/authlint/internal/nearest"
)

// Error is one fault of a file, at its place.
type Error struct {
	File    string
	Line    int // 0 if the place is not known
	Message string
}

// Error returns "file:line: message".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// Decode reads the TOML text data into the struct that into points to. Fields
// are named by their toml tags. Errors are *Error, joined if there are several.
func Decode(name string, data []byte, into any) error {
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		return nil
	}
	var missing *toml.StrictMissingError
	if errors.As(err, &missing) {
		var all []error
		for i := range missing.Errors {
			all = append(all, unknownKey(name, &missing.Errors[i], reflect.TypeOf(into)))
		}
		return errors.Join(all...)
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		line, _ := decode.Position()
		message := strings.TrimPrefix(decode.Error(), "toml: ")
		if key := decode.Key(); len(key) > 0 {
			message = fmt.Sprintf("%s: %s", strings.Join(key, "."), message)
		}
		return &Error{name, line, message}
	}
	return &Error{File: name, Message: err.Error()}
}

// Encode returns v as TOML text, the same for equal values.
func Encode(v any) ([]byte, error) {
	data, err := toml.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encoding TOML: %w", err)
	}
	return data, nil
}

// unknownKey returns the error for a key that no field takes.
func unknownKey(name string, err *toml.DecodeError, into reflect.Type) error {
	line, _ := err.Position()
	key := err.Key()
	message := fmt.Sprintf("unknown key %q", strings.Join(key, "."))
	if len(key) > 0 {
		message += nearest.Hint(key[len(key)-1], keysAt(into, key[:len(key)-1]))
	}
	return &Error{name, line, message}
}

// keysAt returns the keys that the table at path may have.
func keysAt(t reflect.Type, path []string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		if t.Kind() == reflect.Map && len(path) > 0 {
			path = path[1:]
		}
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range t.NumField() {
		key, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ",")
		if t.Field(i).Anonymous && key == "" { // its fields are the table's own
			keys = append(keys, keysAt(t.Field(i).Type, path)...)
			continue
		}
		if len(path) > 0 && key == path[0] {
			return keysAt(t.Field(i).Type, path[1:])
		}
		if len(path) == 0 && key != "" && key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
}

// LineOf returns the line on which the key at path stands in data, or the line
// of element if the key's value is an array that holds this string. It returns
// 0 if there is no such key. It is for errors that only the reader of the
// decoded file can see; keys of arrays of tables are found by their first place.
func LineOf(data []byte, path []string, element string) int {
	var p unstable.Parser
	p.Reset(data)
	var table []string
	for p.NextExpression() {
		expr := p.Expression()
		key, line := keyOf(&p, expr)
		if expr.Kind != unstable.KeyValue {
			table = key
			if slices.Equal(table, path) {
				return line
			}
			continue
		}
		if found := lineIn(&p, expr, table, path, element); found != 0 {
			return found
		}
	}
	return 0
}

// lineIn is LineOf within one key and its value.
func lineIn(p *unstable.Parser, expr *unstable.Node, table, path []string, element string) int {
	key, line := keyOf(p, expr)
	full := append(append([]string(nil), table...), key...)
	value := expr.Value()
	if slices.Equal(full, path) {
		if at := elementLine(p, value, element); at != 0 {
			return at
		}
		return line
	}
	if value.Kind != unstable.InlineTable || len(full) >= len(path) || !slices.Equal(full, path[:len(full)]) {
		return 0
	}
	for it := value.Children(); it.Next(); {
		if found := lineIn(p, it.Node(), full, path, element); found != 0 {
			return found
		}
	}
	return 0
}

// keyOf returns the parts of an expression's key and the line of the first.
func keyOf(p *unstable.Parser, expr *unstable.Node) (key []string, line int) {
	if expr.Kind != unstable.KeyValue && expr.Kind != unstable.Table && expr.Kind != unstable.ArrayTable {
		return nil, 0
	}
	for it := expr.Key(); it.Next(); {
		if line == 0 {
			line = p.Shape(it.Node().Raw).Start.Line
		}
		key = append(key, string(it.Node().Data))
	}
	return key, line
}

// elementLine returns the line of the array element with this text, or 0.
func elementLine(p *unstable.Parser, value *unstable.Node, element string) int {
	if value.Kind != unstable.Array || element == "" {
		return 0
	}
	for it := value.Children(); it.Next(); {
		if node := it.Node(); node.Kind == unstable.String && string(node.Data) == element {
			return p.Shape(node.Raw).Start.Line
		}
	}
	return 0
}

// LineIn returns the line of key in the n-th table, from 0, of the array of
// tables called table; the line of its header if it has no such key, and 0 if
// there is no such table.
func LineIn(data []byte, table string, n int, key string) int {
	var p unstable.Parser
	p.Reset(data)
	at, header := -1, 0
	for p.NextExpression() {
		expr := p.Expression()
		found, line := keyOf(&p, expr)
		isTable := expr.Kind != unstable.KeyValue
		switch {
		case expr.Kind == unstable.ArrayTable && slices.Equal(found, []string{table}):
			if at++; at > n {
				return header
			}
			header = line
		case isTable && at == n:
			return header // a table within or after the n-th one
		case at == n && len(found) > 0 && found[0] == key:
			return line
		}
	}
	if at < n {
		return 0
	}
	return header
}

// LineWithin is LineOf within the n-th table, from 0, of the array of tables
// called table: the path begins behind its name.
func LineWithin(data []byte, table string, n int, path []string, element string) int {
	var p unstable.Parser
	p.Reset(data)
	at := -1
	var inside []string // path of the present table below the n-th one
	for p.NextExpression() {
		expr := p.Expression()
		key, line := keyOf(&p, expr)
		switch {
		case expr.Kind == unstable.ArrayTable && slices.Equal(key, []string{table}):
			at, inside = at+1, nil
			if at == n && len(path) == 0 {
				return line
			}
		case expr.Kind != unstable.KeyValue:
			if len(key) == 0 || key[0] != table {
				inside = []string{"\x00"} // another table: nothing of ours follows
				continue
			}
			inside = key[1:]
			if at == n && slices.Equal(inside, path) {
				return line
			}
		case at == n:
			if found := lineIn(&p, expr, inside, path, element); found != 0 {
				return found
			}
		}
	}
	return 0
}
