package digest

import (
	"reflect"
	"testing"
	"time"
)

// row is a value with everything that a digest keeps.
type row struct {
	Name    string
	Words   []string
	Numbers []int
	Small   []uint16
	Bytes   []byte
	Share   float64
	Wait    time.Duration
	On      bool
	Below   *row
	Rows    []row
	Table   map[string]row
	inner
}

type inner struct{ Place string }

const text = "name = 'alpha'\nwords = ['beta', 'gamma']\n"

func sample() row {
	return row{
		Name: "alpha", Words: []string{"gamma", "beta", "", "not in the text"}, Numbers: []int{-3, 1 << 40}, Small: []uint16{7, 0},
		Bytes: []byte{0, 255}, Share: 3.5, Wait: time.Hour, On: true, Below: &row{Words: []string{}},
		Rows: []row{{}, {Name: "beta"}}, Table: map[string]row{"gamma": {On: true}, "": {}}, inner: inner{"beta"},
	}
}

func made(t *testing.T) []byte {
	t.Helper()
	var b Builder
	value := sample()
	if err := b.Add("a", text, &value); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "c", "d"} {
		if err := b.Add(name, text, &row{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	table := Open(string(made(t)))
	var got row
	if !table.Read("a", text, &got) || !reflect.DeepEqual(got, sample()) {
		t.Errorf("read\n%+v\nwant\n%+v", got, sample())
	}
	for _, name := range []string{"b", "c", "d"} {
		var got row
		if !table.Read(name, text, &got) || got.Name != name {
			t.Errorf("%s is read as %+v", name, got)
		}
	}
}

// TestReadChanged: what the digest was not made of has to be read anew.
func TestReadChanged(t *testing.T) {
	table := Open(string(made(t)))
	var other struct{ Name, Words string }
	var same row
	switch {
	case table.Read("e", text, &same):
		t.Error("another name is known")
	case table.Read("a", text+" ", &same):
		t.Error("another text is known")
	case table.Read("a", text, &other):
		t.Error("another type is known")
	}
}

// TestReadBroken cuts a digest short and changes bytes of it.
func TestReadBroken(t *testing.T) {
	data := made(t)
	for i := range data {
		for _, broken := range []string{string(data[:i]), string(data[:i]) + "\xff" + string(data[i+1:]), string(data[:i]) + "\x00" + string(data[i+1:])} {
			var got row
			Open(broken).Read("a", text, &got)
		}
	}
}

func TestAddRefuses(t *testing.T) {
	var b Builder
	if err := b.Add("a", "", &struct{ F func() }{func() {}}); err == nil {
		t.Error("a function is kept")
	}
}
