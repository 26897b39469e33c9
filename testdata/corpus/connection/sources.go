package connection

import (
	"database/sql"

	"corpus.test/audit/lib"
)

func sources(s lib.Source) {
	_, _ = sql.Open("postgres", lib.Ledger())  // want credential-over-plaintext -- connection/url-parts-other-package
	_, _ = sql.Open("postgres", lib.Payroll()) // ok -- connection/url-parts-other-package
	_, _ = sql.Open("postgres", s.Open())      // want credential-over-plaintext -- connection/dsn-other-package
	_, _ = sql.Open("postgres", s.Closed())    // ok -- connection/dsn-other-package
}
