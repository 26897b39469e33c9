package authpolicy

import "testing"

func TestReadPattern(t *testing.T) {
	for _, test := range []struct {
		text    string
		least   int
		classes int
		whole   bool
	}{
		{`^.{6,}$`, 6, 0, true},
		{`^[a-z]{4,8}$`, 4, 1, true},
		{`^[A-Za-z0-9]{8,16}$`, 8, 0, true},
		{`^(?:[a-z]{8,}|[A-Z]{6})$`, 6, 0, true},
		{`^[A-Z][a-z]+\d{4}$`, 6, 3, true},
		{`^\S+$`, 1, 0, true},
		{`.{5,}`, 5, 0, true},
		{`[a-z]{5,}`, 5, 1, false},
		{`^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{6,}$`, 6, 2, true},
		{`^(?=.{10,})(?=.*[a-z]).*$`, 10, 1, true},
		{`^(?!.*password)(?=.*[!-/]).{7,}$`, 7, 1, true},
		{`^password=(\S+)`, 10, 0, false},
		{`^(?=.*[A-Z]`, 0, 0, false},
		{`^[`, 0, 0, false},
		{``, 0, 0, false},
	} {
		p, whole := readPattern(test.text)
		if !whole {
			p.least, test.least = 0, 0
			p.classes, test.classes = 0, 0
		}
		if p.least != test.least || whole != test.whole || p.classes.count() != test.classes {
			t.Errorf("%s: least %d, %d classes, whole %v", test.text, p.least, p.classes.count(), whole)
		}
	}
}

func TestTagMinimum(t *testing.T) {
	c := &collector{aliases: map[string]string{"pwd": "required,min=7", "loop": "loop", "deep": "pwd"}}
	for _, test := range []struct {
		grammar, text string
		want          int
	}{
		{"validator", "required,min=6", 6},
		{"validator", "omitempty,gt=5,lt=64", 6},
		{"validator", "min=8|len=4", 4},
		{"validator", "min=8|eqfield=Other", 0},
		{"validator", "dive,min=6", 0},
		{"validator", "pwd", 7},
		{"validator", "deep", 7},
		{"validator", "loop", 0},
		{"validator", "max=6", 0},
		{"validator", "minLen:6", 6},
		{"govalidator", "length(6|72),required", 6},
		{"govalidator", "required,minstringlength(5)", 5},
		{"govalidator", "matches(^[a-z,]{6,9}$)", 6},
		{"govalidator", "MinSize(6);MaxSize(20)", 6},
		{"minimum", "6", 6},
		{"minimum", "six", 0},
		{"env", "6", 0},
	} {
		if got, _ := c.tagMinimum(test.grammar, test.text, 0); got != test.want {
			t.Errorf("%s %q: %d, want %d", test.grammar, test.text, got, test.want)
		}
	}
}
