package flow

import (
	"go/token"
	"math"
	"testing"
	"time"
)

func TestArithmetic(t *testing.T) {
	param := single(Part{Kind: Param, Index: 1, Name: "hours"})
	hour := text("3600000000000")
	now := single(moment(0, 0))
	scaled, _ := arithmetic(token.MUL, param, hour)
	end, _ := arithmetic(token.ADD, now, scaled)
	if !end.open() {
		t.Fatal("a time that an argument decides is not open")
	}
	filled := fillMoment(end.Alts[0].Parts[0], text("48"))
	if d, known, ok := filled.Alts[0].Lifetime(); !ok || !known || d != 48*time.Hour {
		t.Errorf("48 hours: %v %v %v", d, known, ok)
	}
	seconds := counted(now, int64(time.Second))
	later, _ := arithmetic(token.ADD, seconds, text("90"))
	if d, known, _ := later.Alts[0].Lifetime(); !known || d != 90*time.Second {
		t.Errorf("90 seconds: %v %v", d, known)
	}
	configured, _ := arithmetic(token.ADD, now, single(Part{Kind: Setting, Name: "ttl"}))
	if _, known, ok := configured.Alts[0].Lifetime(); known || !ok {
		t.Errorf("a setting is no known time after now: %v %v", known, ok)
	}
}

func TestSaturated(t *testing.T) {
	for _, test := range []struct{ n, count, unit, want int64 }{
		{1, 2, 3, 7}, {0, math.MaxInt64, 2, math.MaxInt64}, {0, math.MaxInt64, -2, math.MinInt64}, {math.MaxInt64, 1, 1, math.MaxInt64},
	} {
		if got := saturated(test.n, test.count, test.unit); got != test.want {
			t.Errorf("%d + %d*%d = %d, want %d", test.n, test.count, test.unit, got, test.want)
		}
	}
}

func TestFoldInts(t *testing.T) {
	for _, test := range []struct {
		op   token.Token
		a, b string
		want string
		ok   bool
	}{
		{token.QUO, "7", "2", "3", true},
		{token.QUO, "7", "0", "", false},
		{token.MUL, "6", "7", "42", true},
		{token.ADD, "x", "1", "", false},
		{token.SHL, "1", "2", "", false},
	} {
		if got, ok := foldInts(test.op, test.a, test.b); got != test.want || ok != test.ok {
			t.Errorf("%s %v %s: %s %v", test.a, test.op, test.b, got, ok)
		}
	}
}
