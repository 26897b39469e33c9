package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/partial"
)

func TestSkipsVerification(t *testing.T) {
	hole := partial.Part{Hole: &partial.Hole{}}
	for _, c := range []struct {
		text partial.Text
		want bool
	}{
		{partial.Text{{Text: "skip-verify"}}, true},
		{partial.Text{{Text: "true"}}, false},
		{partial.Text{{Text: "shop:"}, hole, {Text: "@tcp(db.maplefreight.io:3306)/shop?parseTime=true&tls=skip-verify"}}, true},
		{partial.Text{{Text: "shop:"}, hole, {Text: "@tcp(db.maplefreight.io:3306)/shop?tls=true"}}, false},
		{partial.Text{{Text: "clickhouse://db.maplefreight.io:9440/x?secure=true&skip_verify=1"}}, true},
		{partial.Text{{Text: "mongodb://db.maplefreight.io/?tls=true&tlsInsecure=true"}}, true},
		{partial.Text{{Text: "sqlserver://db.maplefreight.io?encrypt=true&TrustServerCertificate=false"}}, false},
		{partial.Text{{Text: "x?tls="}, hole}, false},
	} {
		if got := SkipsVerification(c.text); got != c.want {
			t.Errorf("%s: %v, want %v", c.text.Display(), got, c.want)
		}
	}
}
