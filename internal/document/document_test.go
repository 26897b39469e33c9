package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/document"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// TestObserve shows what of a document is handed on, as what, and where it begins.
func TestObserve(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, file, text, want string }{
		{"fence", "a.md", "# Use\n\n```yaml\na: 1\n```\n", `4:1 yaml "a: 1\n" below Use`},
		{"fence in a list", "a.md", "- so:\n\n  ```bash\n  curl -k a\n    -s\n  ```\n", `4:3 shell "curl -k a\n  -s\n" below `},
		{"fence in a quote", "a.md", "> ```sh\n> ls\n> ls\n> ```\n", `2:3 shell "ls\nls\n" below `},
		{"session", "a.md", "```sh\n$ ls -l\na\n```\n", `2:1 console "$ ls -l\na\n" below `},
		{"indented", "a.md", "Run\n\n    curl -k https://a.example/\n", `3:5 prose "curl -k https://a.example/\n" below ; 3:5 shell "curl -k https://a.example/" below `},
		{"prose", "a.txt", "Call it:\n\ncurl -u a:b \\\n  https://a.example/\nand wait\n", `3:1 shell "curl -u a:b \\\n  https://a.example/" below `},
		{"slash", "a.txt", "curl 'https://a.example/' /\n-H 'A: b'\nString a;\n", `1:1 shell "curl 'https://a.example/' /\n-H 'A: b'" below `},
		{"body over lines", "a.txt", "curl https://a.example/ -d '{\n \"a\": 1\n}'\nend\n", `1:1 shell "curl https://a.example/ -d '{\n \"a\": 1\n}'" below `},
		{"apostrophe", "a.txt", "curl -k https://a.example/ isn't\nsafe\n\nend\n", `1:1 shell "curl -k https://a.example/ isn't" below `},
		{"header", "a.txt", "Send\nAuthorization: Bearer abc\nwith it\n", `2:1 http "Authorization: Bearer abc" below `},
		{"sentence", "a.txt", "curl is a client.\nssh to the host and look.\nAuthorization: the way in which users are let in.\n", ""},
		{"other file", "a.go", "curl -k https://a.example/\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, part := range document.Observe(embed.File(tt.file, []byte(tt.text)), cat).Texts {
				at := part.Locate(0, 1)
				got = append(got, fmt.Sprintf("%d:%d %s %q below %s", at.Line, at.Column, part.Kind, part.Data, part.Symbol))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("texts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWords shows what sentences say of schemes.
func TestWords(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	const call = "\n\ncurl -X POST https://api.infobip.com/sms/3/messages\n"
	tests := []struct{ name, text, want string }{
		{"misspelled", "Infobip wants IBSSO, not IBBSO, says Infobip." + call, "1:26-1:31"},
		{"right", "Infobip wants IBSSO before the token, says Infobip." + call, ""},
		{"never named", "Infobip wants IBBSO before the token, says Infobip." + call, ""},
		{"other words", "Infobip has IBSSO and INFO, IBM, BASE and IDs." + call, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, o := range document.Observe(embed.File("a.txt", []byte(tt.text)), cat).Observations {
				r := o.(*practice.Request)
				got = append(got, fmt.Sprintf("%d:%d-%d:%d", r.At.Line, r.At.Column, r.At.EndLine, r.At.EndColumn))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLinks: a link that is read once is found in any file, a page of the same
// service is none.
func TestLinks(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	text := "The password: https://onetimesecret.com/secret/q7rk2vxw9zpl4mtn8bhc6d.\nSee https://onetimesecret.com/about and https://a.example/secret/x.\n"
	var got []string
	for _, o := range document.ObserveLinks(embed.File("a.yml", []byte(text)), cat).Observations {
		c := o.(*practice.Credential)
		got = append(got, fmt.Sprintf("%s %d:%d-%d", c.Link, c.At.Line, c.At.Column, c.At.EndColumn))
	}
	if diff := cmp.Diff([]string{"One-Time Secret 1:15-70"}, got); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

// FuzzObserve: documents are read without a panic, and what is handed on stands
// within them.
func FuzzObserve(f *testing.F) {
	cat, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"- ```sh\n  curl -k a\n", "> - > 1. ```\n", "\tcurl 'a\n", "```\n```\n\n~~~bash\n", "Authorization: a\n"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, isMarkdown bool) {
		file := embed.File(map[bool]string{true: "a.md", false: "a.txt"}[isMarkdown], []byte(text))
		for _, part := range document.Observe(file, cat).Texts {
			at := part.Locate(0, len(part.Data))
			if at.Line < 1 || at.EndLine < at.Line || at.EndLine > strings.Count(text, "\n")+1 {
				t.Errorf("part at %d to %d of %d lines", at.Line, at.EndLine, strings.Count(text, "\n")+1)
			}
		}
		document.ObserveLinks(file, cat)
	})
}
