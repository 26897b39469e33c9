module corpus.test/audit

go 1.26
