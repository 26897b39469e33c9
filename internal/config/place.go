package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// place is where a key of a file stands: at its top, or in the n-th table of
// the overrides.
type place struct{ override int } // from 1; 0 is the file itself

// valueError is a wrong value at a key, before its line is known.
type valueError struct {
	place
	path    []string
	element string // of an array
	message string
}

// Error returns the key and what is wrong with it.
func (e *valueError) Error() string {
	key := keyPath(e.path)
	if e.override > 0 {
		key = strings.TrimSuffix("overrides."+key, ".")
	}
	return key + ": " + e.message
}

// fault returns an error at a key, or at an element of its list.
func (p place) fault(message, element string, path ...string) *valueError {
	return &valueError{place: p, path: path, element: element, message: message}
}

// wrong returns the error for a word that is none of those allowed.
func (p place) wrong(got string, allowed []string, path ...string) *valueError {
	return p.fault(fmt.Sprintf("%q is none of %s%s", got, strings.Join(allowed, ", "), nearest.Hint(got, allowed)), "", path...)
}

// line returns the line of a key in a file's text, or of the table that it
// would stand in; 0 if that is not there either.
func (p place) line(data []byte, path []string, element string) int {
	for ; ; path = path[:len(path)-1] {
		line := exactLine(data, p, path, element)
		if line != 0 || len(path) == 0 {
			return line
		}
	}
}

// exactLine returns the line of a key in a file's text, 0 if it is not there.
func exactLine(data []byte, p place, path []string, element string) int {
	switch {
	case p.override > 0:
		return tomlfile.LineWithin(data, "overrides", p.override-1, path, element)
	case len(path) == 0:
		return 0
	}
	return tomlfile.LineOf(data, path, element)
}

// located gives every valueError joined in err its line in the file.
func located(name string, data []byte, err error) error {
	if err == nil || data == nil { // no file, no line
		return err
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, located(name, data, e))
		}
		return errors.Join(all...)
	}
	var value *valueError
	if !errors.As(err, &value) {
		return err
	}
	return &tomlfile.Error{File: name, Line: value.line(data, value.path, value.element), Message: value.Error()}
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
