package config

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// SchemaURL is where editors find the schema of .authlint.toml.
const SchemaURL = "https://raw.githubusercontent.com/authlint/authlint/main/docs/config.schema.json"

// object is a JSON object; encoding/json sorts its keys.
type object = map[string]any

// Schema returns the JSON schema of .authlint.toml as text. Rule ids are those
// that are built in, unless a file adds providers or secret rules of its own.
func Schema(known Names) ([]byte, error) {
	s := schema{known: known}
	root := s.table(reflect.TypeFor[File](), "")
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = SchemaURL
	root["title"] = "Settings of authlint (" + FileName + ")"
	root["$defs"] = object{
		"rule":     object{"type": "string", "anyOf": []any{object{"enum": known.Rules}, object{"minLength": 1}}},
		"built-in": object{"enum": known.Rules},
	}
	builtIn := object{"$ref": "#/$defs/built-in"}
	selection := func(keys ...string) object {
		properties := object{"severity": object{"propertyNames": builtIn}}
		for _, key := range keys {
			properties[key] = object{"items": builtIn}
		}
		return object{"properties": properties}
	}
	has := func(key string) object {
		return object{"required": []string{"extend"}, "properties": object{"extend": object{"required": []string{key}}}}
	}
	root["if"] = object{"not": object{"anyOf": []any{has("secrets"), has("providers")}}}
	root["then"] = object{"properties": object{
		"rules":     selection("only", "skip"),
		"locked":    object{"items": builtIn},
		"overrides": object{"items": object{"properties": object{"rules": selection("skip")}}},
	}}
	data, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encoding the schema: %w", err)
	}
	return append(data, '\n'), nil
}

// schema makes the parts of the schema.
type schema struct{ known Names }

// table returns the schema of a table.
func (s *schema) table(t reflect.Type, path string) object {
	properties := object{}
	for i := range t.NumField() {
		field := t.Field(i)
		own := join(path, nameOf(field))
		value := s.value(field.Type, own)
		value["description"] = field.Tag.Get("doc")
		if d := defaultOf(own); d != "" {
			value["default"] = d
		}
		properties[nameOf(field)] = value
	}
	table := object{"type": "object", "additionalProperties": false, "properties": properties}
	switch path {
	case "overrides":
		table["required"], table["minProperties"] = []string{"paths"}, 2
	case "hosts":
		table["required"] = []string{"transport"}
	}
	return table
}

// value returns the schema of the values of a key.
func (s *schema) value(t reflect.Type, path string) object {
	switch t.Kind() {
	case reflect.Struct:
		return s.table(t, path)
	case reflect.Slice:
		list := object{"type": "array", "items": s.value(t.Elem(), path)}
		if path == "overrides.paths" {
			list["minItems"] = 1
		}
		return list
	case reflect.Map:
		table := object{"type": "object", "additionalProperties": s.value(t.Elem(), path)}
		switch entryOf(path) {
		case "threshold":
			table["propertyNames"] = object{"enum": s.known.Thresholds}
		case "rule":
			table["propertyNames"] = object{"$ref": "#/$defs/rule"}
		}
		return table
	case reflect.Int:
		return object{"type": "integer", "minimum": 0}
	}
	if words := wordsOf(path); words != nil {
		return object{"enum": words}
	}
	switch path {
	case "rules.only", "rules.skip", "locked", "overrides.rules.skip":
		return object{"$ref": "#/$defs/rule"}
	}
	return object{"type": "string"}
}
