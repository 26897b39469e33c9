package lib

import (
	"net/url"
	"os"
)

// Ledger is the data source of the ledger, without TLS.
func Ledger() string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword("ledger", os.Getenv("LEDGER_PASSWORD")),
		Host: "ledger.maplefreight.io:5432", Path: "ledger",
	}
	q := u.Query()
	q.Set("application_name", os.Getenv("APPLICATION"))
	q.Set("sslmode", "disable")
	u.RawQuery = q.Encode()
	return u.String()
}

// Payroll is the data source of the payroll, with TLS.
func Payroll() string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword("payroll", os.Getenv("PAYROLL_PASSWORD")),
		Host: "payroll.maplefreight.io:5432", Path: "payroll",
	}
	u.RawQuery = url.Values{"sslmode": {"verify-full"}}.Encode()
	return u.String()
}

// Source says where a database is.
type Source struct{ Host, User, Password, Name string }

// Open is the connection string without TLS.
func (s Source) Open() string {
	return "host=" + s.Host + " user=" + s.User + " password=" + s.Password + " dbname=" + s.Name + " sslmode=disable"
}

// Closed is the connection string with TLS.
func (s Source) Closed() string {
	return "host=" + s.Host + " user=" + s.User + " password=" + s.Password + " dbname=" + s.Name + " sslmode=verify-full"
}
