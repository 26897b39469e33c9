package partial

import (
	"strings"
	"testing"
)

// holed returns a text in which each ? is a hole.
func holed(s string) Text {
	var t Text
	for i, piece := range strings.Split(s, "?") {
		if i > 0 {
			t = append(t, Part{Hole: &Hole{Name: "x"}})
		}
		if piece != "" {
			t = append(t, Part{Text: piece})
		}
	}
	return t
}

func TestReadJSON(t *testing.T) {
	for _, test := range []struct {
		text, want string
		complete   bool
	}{
		{`{}`, ``, true},
		{` { "a" : 1 , "b":"x" } `, `a=1 b="x"`, true},
		{`{"a":{"b":[1,"}"]},"c":null}`, `a={"b":[1,"}"]} c=null`, true},
		{`{"name":"?","to":["?"]}`, `name="{x}" to=["{x}"]`, true},
		{`{"a":?}`, `a={x}`, true},
		{`{"a":"say \"?\", then"}`, `a="say \"{x}\", then"`, true},
		{`{"a":1,?}`, `a=1`, false},
		{`{?}`, ``, false},
		{`{"a":1?}`, `a=1{x}`, true},
		{`{"?":1}`, `{x}=1`, true},
		{`?`, ``, false},
		{`{"a":1`, `a=1`, false},
		{`[1]`, ``, false},
		{`{"a`, ``, false},
		{`{"a\`, ``, false},
		{`{"a":"b\`, `a="b\`, false},
		{``, ``, false},
		{`{"a":1}}`, `a=1`, false},
		{`{]}`, ``, false},
	} {
		members, complete := ReadJSON(holed(test.text))
		var got []string
		for _, m := range members {
			got = append(got, m.Name.Display()+"="+m.Value.Display())
		}
		if s := strings.Join(got, " "); s != test.want || complete != test.complete {
			t.Errorf("%s: got %s %v, want %s %v", test.text, s, complete, test.want, test.complete)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `{"a":{"b":[?]}}`, `{?`, `{"\`, `{]}`, `{"a":"?"}x`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ReadJSON(holed(s)) // ends, and does not fail
	})
}
