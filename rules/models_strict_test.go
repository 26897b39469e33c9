package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const strictHeader = "module: example.com/m v1.0.0\n\nProse.\n\n-- example.com/m/model.go --\npackage m\n"

// The parser refuses what it does not know, with file and line.
func TestModelsAreStrict(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"unknown verb", "//authlint:make http-client\nfunc F()", `m.txtar:7: F: unknown verb "make"`},
		{"no verb", "//authlint: new http-client\nfunc F()", "m.txtar:7: F: a verb must follow"},
		{"blank before", "// authlint:new http-client\nfunc F()", "m.txtar:7: directive belongs to no declaration"},
		{"unknown kind", "//authlint:new teapot\nfunc F()", `unknown object kind "teapot"`},
		{"unknown role", "//authlint:new login\n//authlint:on new brew value=0\nfunc F(a int)", `m.txtar:8: F: unknown role "brew"`},
		{"unknown value", "//authlint:value tea\nfunc F() int", `unknown value role "tea"`},
		{"unknown operation", "//authlint:transfer brew value=0\nfunc F(s string) string", `unknown operation "brew"`},
		{"unknown policy", "//authlint:policy brew value=0\nfunc F(s string) string", `unknown policy "brew"`},
		{"unknown target", "//authlint:on sender send\nfunc F()", "target sender is neither a known word nor a package variable"},
		{"unknown argument", "//authlint:on recv basic user=0 colour=1\nfunc (T) F(a, b string)\ntype T int", `verb on takes no argument "colour"`},
		{"unknown argument word", "//authlint:on recv basic user=me\nfunc (T) F(a, b string)\ntype T int", `unknown word "me"`},
		{"missing argument", "//authlint:on arg0 url\nfunc F(a string)", `argument "value" is missing`},
		{"missing one of", "//authlint:on arg0 basic\nfunc F(a string)", "one of the arguments user, password is missing"},
		{"argument twice", "//authlint:on arg0 url value=0 value=0\nfunc F(a string)", `argument "value" is given twice`},
		{"word after argument", "//authlint:on arg0 url value=0 quickly\nfunc F(a string)", `word "quickly" after an argument`},
		{"too few words", "//authlint:on recv\nfunc (T) F()\ntype T int", "verb on takes 2 words, not 1"},
		{"too many words", "//authlint:new login now\nfunc F()", "verb new takes one word, not 2"},
		{"position beyond", "//authlint:on arg0 url value=1\nfunc F(a string)", "position 1 of a signature with 1 parameters"},
		{"target beyond", "//authlint:on arg2 send\nfunc F(a, b string)", "position 2 of a signature with 2 parameters"},
		{"result beyond", "//authlint:value env name=0 result=1\nfunc F(a string) string", "result 1 of a signature with 1 results"},
		{"rest of a plain signature", "//authlint:transfer concat parts=0...\nfunc F(a []string) string", "not variadic"},
		{"negative position", "//authlint:on arg0 url value=-1\nfunc F(a string)", "neither a position nor a word"},
		{"huge position", "//authlint:on arg0 url value=99999999999999999999\nfunc F(a string)", "neither a position nor a word"},
		{"open quote", "//authlint:on arg0 method value=\"GET\nfunc F(a string)", "bad quoted text"},
		{"text behind quote", "//authlint:on arg0 method value=\"GET\"x\nfunc F(a string)", "text after the closing quote"},
		{"receiver of a function", "//authlint:on recv send\nfunc F()", "target recv at a declaration without receiver"},
		{"receiver as argument", "//authlint:transfer same value=recv\nfunc F() string", "recv at a declaration without receiver"},
		{"new without new", "//authlint:on new send\nfunc F()", "m.txtar:7: F: on new without new"},
		{"parent without new", "//authlint:parent arg0\nfunc F(a int)", "F: parent arg0 without new"},
		{"parent of itself", "//authlint:new login\n//authlint:parent new\nfunc F(a int)", `target "new" makes no sense here`},
		{"two objects", "//authlint:new login\n//authlint:new env\nfunc F()", "a call makes one object, not 2"},
		{"no such variable", "//authlint:on Default send\nfunc F()", "target Default is neither a known word nor a package variable"},
		{"field verb at a function", "//authlint:field basic user\nfunc F()", "verb field cannot stand here"},
		{"entry at a function type", "//authlint:entry header name=key value=elem\ntype T func()", "map and struct types only"},
		{"entry word elsewhere", "//authlint:on arg0 header name=key value=0\nfunc F(a string)", `unknown word "key"`},
		{"field of no argument", "type T struct {\n\t//authlint:field basic colour\n\tA string\n}", `m.txtar:8: T.A: role basic has no argument "colour"`},
		{"field without argument", "type T struct {\n\t//authlint:field basic\n\tA string\n}", "wants the name of the argument"},
		{"position at a field", "type T struct {\n\t//authlint:field api-key key header=0\n\tA string\n}", "a position at a declaration without parameters"},
		{"tag at a type", "//authlint:tag valid validator\ntype T int", "verb tag cannot stand here"},
		{"trailing comment", "type T struct {\n\tA string //authlint:part\n}", "m.txtar:8: directive belongs to no declaration"},
		{"inside a body", "func F() {\n\t//authlint:new login\n}", "m.txtar:8: directive belongs to no declaration"},
		{"detached", "//authlint:new login\n\nfunc F()", "m.txtar:7: directive belongs to no declaration"},
		{"at a group", "//authlint:value env name=\"A\"\nvar (\n\tA int\n)", "directive belongs to no declaration"},
		{"bad Go", "func F(", "m.txtar:7: parsing example.com/m"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseModels("m.txtar", []byte(strictHeader+c.body+"\n"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestModelFilesAreStrict(t *testing.T) {
	section := "\n-- example.com/m/model.go --\npackage m\n"
	for _, c := range []struct{ name, text, want string }{
		{"no header", "Prose.\n" + section, "header line"},
		{"no module", "provider: p\n\nProse.\n" + section, "names no module"},
		{"no version", "module: example.com/m\n\nProse.\n" + section, "header line"},
		{"two providers", "module: example.com/m v1\nprovider: p\nprovider: q\n\nProse.\n" + section, "m.txtar:3: header line"},
		{"no prose", "module: example.com/m v1\n" + section, "no prose"},
		{"no section", "module: example.com/m v1\n\nProse.\n", "no section"},
		{"section name", "module: example.com/m v1\n\nProse.\n\n-- m.go --\npackage m\n", "m.txtar:5: section \"m.go\""},
		{"section twice", "module: example.com/m v1\n\nProse.\n" + section + section, "second section for package example.com/m"},
		{"same with declarations", "module: example.com/m v1\n\nProse.\n\n-- example.com/m/model.go --\n//authlint:same example.com/n\npackage m\n\nfunc F()\n", "declares nothing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseModels("m.txtar", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// A directive that parses is written back and read again as itself, and
// nothing makes the parser panic.
func FuzzDirective(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(modelDir, "*"+modelExt))
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, directivePrefix) {
				f.Add(strings.TrimPrefix(line, directivePrefix))
			}
		}
	}
	places := []modelPlace{
		{kind: onPackage},
		{kind: onFunc, params: 3, results: 2, variadic: true},
		{kind: onMethod, params: 2, results: 1},
		{kind: onType, entries: true},
		{kind: onField},
		{kind: onVar},
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\n\r") {
			return // a comment line has none
		}
		for _, at := range places {
			d, err := parseDirective(directivePrefix+text, at)
			if err != nil {
				continue
			}
			again, err := parseDirective(directivePrefix+d.String(), at)
			if err != nil || again.String() != d.String() {
				t.Fatalf("%q is written as %q, which reads as %q: %v", text, d.String(), again.String(), err)
			}
		}
	})
}

// No text makes the file parser panic.
func FuzzParseModels(f *testing.F) {
	f.Add(strictHeader)
	f.Add(strictHeader + "//authlint:new login\nfunc F()\n")
	f.Add("module: std go1\n\nx\n-- fmt/model.go --\n//authlint:same strings\npackage fmt\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParseModels("m.txtar", []byte(text))
		if err == nil && len(list) == 0 {
			t.Fatal("no model and no error")
		}
	})
}
