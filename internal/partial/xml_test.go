package partial

import (
	"strings"
	"testing"
)

func TestReadXML(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`<a><b>1</b><n:c> ? </n:c></a>`, `b=1 c={x}`},
		{`<send><auth user="ops" password="?"/><to>49?</to><text></text></send>`, `user=ops password={x} to=49{x}`},
		{`<a>text<b>1</b>more</a>`, `b=1`},
		{`<a><b>1</a>`, ``},
		{`<a><b>1`, ``},
		{`?<a>1</a>`, `a=1`},
		{`not a document`, ``},
	} {
		var got []string
		for _, m := range ReadXML(holed(test.text)) {
			got = append(got, m.Name.Display()+"="+m.Value.Display())
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: got %s, want %s", test.text, s, test.want)
		}
	}
}

// TestReadXMLHead reads a document that names its encoding.
func TestReadXMLHead(t *testing.T) {
	got := ReadXML(Text{{Text: "<?xml version=\"1.0\" encoding=\"ISO-8859-9\"?>\n<login>ops</login>"}})
	if len(got) != 1 || got[0].Value.Display() != "ops" {
		t.Errorf("got %v", got)
	}
}

func FuzzReadXML(f *testing.F) {
	for _, s := range []string{`<a>1</a>`, `<a b="?">?</a>`, `<?`, `<a`, `</a>`, `<!--`, `<![CDATA[?]]>`} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) { ReadXML(holed(s)) }) // ends, and does not fail
}
