package settings

import (
	"strings"
	"testing"
)

// TestRepair checks that a few characters that are no YAML cost what they stand
// in and nothing else, and that values get back the characters that were taken for
// syntax.
func TestRepair(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"colon in a value", "a:\n  - run: echo this is: bad\n    name: x\n  - run: y\nb: 1\n", "a.0.run=echo this is: bad a.0.name=x a.1.run=y b=1"},
		{"colon at the end", "a:\n  - run: echo note:\n  - run: y\n", "a.0.run=echo note: a.1.run=y"},
		{"two colons", "a: curl -H \"A: b\" -H \"C: d\" x\nb: 1\n", "a=curl -H \"A: b\" -H \"C: d\" x b=1"},
		{"colon on the second line", "a: curl\n  -H \"A: b\" x\nb: 1\n", "a=curl -H \"A: b\" x b=1"},
		{"value with keys below", "a: b\n  c: d\ne: f\n", "a.c=d e=f"},
		{"at sign", "a: @one\nb: 1\n", "a=@one b=1"},
		{"backquote", "a: `one` two\nb: 1\n", "a=`one` two b=1"},
		{"percent", "a: %one\nb: 1\n", "a=%one b=1"},
		{"star", "a:\n  - *.log\n  - x\nb: 1\n", "a.0=*.log a.1=x b=1"},
		{"tab", "a:\n  b: 1\n\tc: 2\nd: 3\n", "a.b=1 d=3"},
		{"open quote", "a: \"abc\nb: 1\nc: 2\n", "a= b=1 c=2"},
		{"open quote before another", "z: 1\na: \"abc\nb: \"x\"\nc: 2\n", "z=1 a= b= c=2"},
		{"text behind a quote", "a: \"abc\" def\nb: 1\n", "a= b=1"},
		{"open list", "a: [b, c\nd: 1\ne: 2\n", "a= d=1 e=2"},
		{"open list at the end", "a: 1\nb: [\n", "a=1 b="},
		{"words alone", "a: b\nfoo\nc: d\n", "a=b c=d"},
		{"marks of a merge", "<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\nd: e\n", "a=b a=c d=e"},
		{"unknown escape", "a: \"\\d\"\nb: c\n", "a= b=c"},
		{"second document", "a: 1\n---\nb: c: d\ne: 1\n---\nf: 1\n", "a=1 b=c: d e=1 f=1"},
		{"no UTF-8", "a: 1\nb: \xff\nc: 2\n", "a=1 b= c=2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			docs, notices := read("a.yaml", []byte(tt.text))
			if len(notices) != 1 {
				t.Errorf("%d notices, want 1", len(notices))
			}
			var got []string
			for _, doc := range docs {
				doc.All(func(s *Setting) {
					checkPlaces(t, s, tt.text)
					if s.Kind == Scalar && s.Parent != nil {
						got = append(got, strings.Join(s.Path(), ".")+"="+s.Text)
					}
				})
			}
			if list := strings.Join(got, " "); list != tt.want {
				t.Errorf("read %q, want %q", list, tt.want)
			}
		})
	}
}
