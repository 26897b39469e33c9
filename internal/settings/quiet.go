package settings

import (
	"path"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// isQuietFile reports whether a file holds no settings by its name.
func isQuietFile(table *rules.SettingsTable, name string) bool { return table.Silence.OfFile(name) }

// fileWords returns the words of a file's name without its extension.
func fileWords(name string) []string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return shape.Words(strings.TrimSuffix(base, path.Ext(base)))
}

// isTranslation reports whether a document is texts for people: its name ends
// with a language, or all of it stands below one, and most of it is prose.
func isTranslation(table *rules.SettingsTable, name string, doc *Setting) bool {
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	stem := strings.TrimSuffix(base, path.Ext(base))
	first := strings.IndexAny(stem, "_-.")
	if table.Silence.TranslationStems[stem] || first > 0 && table.Silence.TranslationStems[stem[:first]] && isLanguage(table, stem[first+1:]) {
		return true
	}
	last := strings.LastIndexAny(stem, "_.")
	named := isLanguage(table, stem) || last >= 0 && isLanguage(table, stem[last+1:])
	for _, item := range doc.Items {
		named = named || item.Kind == Mapping && isLanguage(table, item.Name)
	}
	return named && isProse(doc)
}

// isLanguage reports whether a text is the code of a language: en, pt-BR, zh_Hans.
func isLanguage(table *rules.SettingsTable, text string) bool {
	text = strings.ToLower(text)
	code, region, ok := strings.Cut(strings.ReplaceAll(text, "_", "-"), "-")
	if ok && len(region) != 2 && len(region) != 3 && len(region) != 4 {
		return false
	}
	return table.Silence.Languages[code]
}

// isProse reports whether most of the document's texts are words for people.
func isProse(doc *Setting) bool {
	texts, prose := 0, 0
	doc.All(func(s *Setting) {
		if s.Kind != Scalar || s.Text == "" {
			return
		}
		texts++
		if isWords(s.Text) {
			prose++
		}
	})
	return texts > 0 && prose*2 >= texts
}

// isWords reports whether a text is words: letters with blanks between them or
// beyond ASCII, or one capitalised word.
func isWords(text string) bool {
	letters, blanks, others, wide := 0, 0, 0, false
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
			wide = wide || r > unicode.MaxASCII
		case r == ' ':
			blanks++
		default:
			others++
		}
	}
	if letters == 0 || others > letters/2 {
		return false
	}
	return blanks > 0 || wide || others == 0 && text[0] >= 'A' && text[0] <= 'Z'
}

// isVector reports whether a document is test vectors.
func isVector(table *rules.SettingsTable, doc *Setting) bool {
	for _, item := range doc.Items {
		if table.Silence.VectorKeys[item.Name] {
			return true
		}
	}
	return false
}

// isPatterns reports whether a document is the rules of a secret scanner: what
// looks like a credential there is a sample, or a pattern.
func isPatterns(doc *Setting) bool {
	list := doc.Child("rules")
	if list == nil || list.Kind != List {
		return false
	}
	for _, rule := range list.Items {
		if rule.Child("id") != nil && rule.Child("regex") != nil {
			return true
		}
	}
	return false
}

// isDescription reports whether a document describes an API or data, or names
// credentials that are kept elsewhere.
func isDescription(table *rules.SettingsTable, doc *Setting) bool {
	for _, item := range doc.Items {
		switch {
		case table.Silence.DescriptionKeys[item.Name]:
			return true
		case item.Name == "kind" && table.Silence.DescriptionKinds[item.Text]:
			return true
		case item.Name == "$schema":
			for _, part := range table.Silence.DescriptionSchemas {
				if strings.Contains(item.Text, part) {
					return true
				}
			}
		}
	}
	return false
}

// isSchema reports whether a mapping describes a value instead of holding one:
// it has a type and a word that only schemas have.
func isSchema(s *Setting) bool {
	if s.schema == unknown {
		s.schema = no
		kind := s.Child("type")
		if s.Kind == Mapping && kind != nil && isSchemaType(kind) && hasSchemaWord(s) {
			s.schema = yes
		}
	}
	return s.schema == yes
}

// isSchemaType reports whether a value is a type of JSON schema, of OpenAPI or
// of a list of variables.
func isSchemaType(s *Setting) bool {
	switch strings.ToLower(s.Text) {
	case "string", "object", "array", "boolean", "bool", "number", "integer", "int", "null", "password", "text", "securestring", "secret", "list", "map", "keyword":
		return true
	}
	return s.Kind == List
}

// hasSchemaWord reports whether a mapping has a key that only schemas have.
func hasSchemaWord(s *Setting) bool {
	if len(s.Items) == 1 {
		return true
	}
	for _, item := range s.Items {
		switch item.Name {
		case "description", "properties", "format", "items", "example", "default", "minLength", "maxLength", "required", "enum",
			"title", "pattern", "readOnly", "writeOnly", "nullable", "additionalProperties", "deprecated", "label", "$ref", "examples",
			"defaultValue", "metadata", "noEcho", "NoEcho", "allowedValues", "Description", "sensitive", "displayName", "placeholder":
			return true
		}
	}
	return false
}
