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
		{partial.Text{{Text: "Server=db.maplefreight.io;Integrated Security=true;Encrypt=True;TrustServerCertificate=True"}}, true},
		{partial.Text{{Text: "Server=db.maplefreight.io;Integrated Security=true;Encrypt=False;TrustServerCertificate=True"}}, false},
		{partial.Text{{Text: "Host=db.maplefreight.io;SSL Mode=Require;Trust Server Certificate=true"}}, true},
		{partial.Text{{Text: "sqlserver://db.maplefreight.io:1433;databaseName=x;encrypt=true;trustServerCertificate=true"}}, true},
		{partial.Text{{Text: "mysql://db.maplefreight.io/x?useSSL=true&verifyServerCertificate=false"}}, true},
		{partial.Text{{Text: "postgresql://db.maplefreight.io/x?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory"}}, true},
		{partial.Text{{Text: "x?tls="}, hole}, false},
	} {
		if got := SkipsVerification(c.text); got != c.want {
			t.Errorf("%s: %v, want %v", c.text.Display(), got, c.want)
		}
	}
}
