package config

import (
	"reflect"
	"strings"
)

// Key is one key of the settings, as its documentation has it.
type Key struct {
	// Path is the key as it is written: "rules.skip", "hosts.<host>.transport",
	// "overrides.paths" for a key in each of the [[overrides]].
	Path string
	// Type is what a value is: a word, a number, a list of words.
	Type string
	// Doc says what it does.
	Doc string
	// Words are the words that it may have, none if it is free.
	Words []string
	// Default is what holds without it.
	Default string

	// bare is the path without the names that users choose.
	bare string
}

// Keys returns all keys of the settings, in the order of the file.
func Keys() []Key { return keysOf(reflect.TypeFor[File](), "", "") }

// keysOf returns the keys of a table.
func keysOf(t reflect.Type, path, bare string) []Key {
	var keys []Key
	for i := range t.NumField() {
		field := t.Field(i)
		name := nameOf(field)
		own, ownBare := join(path, name), join(bare, name)
		key := Key{Path: own, bare: ownBare, Doc: field.Tag.Get("doc"), Words: wordsOf(ownBare), Default: defaultOf(ownBare)}
		switch kind := field.Type; kind.Kind() {
		case reflect.Struct:
			keys = append(keys, keysOf(kind, own, ownBare)...)
			continue
		case reflect.Slice:
			if kind.Elem().Kind() == reflect.Struct {
				keys = append(keys, keysOf(kind.Elem(), own, ownBare)...)
				continue
			}
			key.Type = "list of words"
		case reflect.Map:
			own = join(own, "<"+entryOf(ownBare)+">")
			if kind.Elem().Kind() == reflect.Struct {
				keys = append(keys, keysOf(kind.Elem(), own, ownBare)...)
				continue
			}
			key.Path, key.Type = own, typeOf(kind.Elem())
		default:
			key.Type = typeOf(kind)
		}
		keys = append(keys, key)
	}
	return keys
}

// nameOf returns the name of a field in a file.
func nameOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("toml"), ",")
	return name
}

// join joins a path and a key.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// typeOf returns the word for a type.
func typeOf(t reflect.Type) string {
	if t.Kind() == reflect.Int {
		return "number"
	}
	return "word"
}

// entryOf returns what the keys of a table are.
func entryOf(path string) string {
	switch {
	case strings.HasSuffix(path, "thresholds"):
		return "threshold"
	case strings.HasSuffix(path, "severity"):
		return "rule"
	case path == "hosts":
		return "host"
	}
	return "file"
}

// wordsOf returns the words that a key may have.
func wordsOf(path string) []string {
	switch strings.TrimPrefix(path, "overrides.") {
	case "persona":
		return personaWords()
	case "profile":
		return []string{Messaging}
	case "fail-on":
		return failWords()
	case "rules.severity":
		return severityWords()
	case "hosts.transport":
		return []string{VPN}
	case "ignores.honour":
		return ForeignTools()
	}
	return nil
}

// defaultOf returns what holds without a key.
func defaultOf(path string) string {
	switch path {
	case "persona":
		return "regular"
	case "fail-on":
		return "low"
	}
	return ""
}
