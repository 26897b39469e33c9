package tlsconf

import "database/sql"

func inWords(pw string) {
	_, _ = sql.Open("mysql", "shop:"+pw+"@tcp(db.maplefreight.io:3306)/shop?parseTime=true&tls=skip-verify") // want tls-verify-off -- tls/dsn
	_, _ = sql.Open("mysql", "shop:"+pw+"@tcp(db.maplefreight.io:3306)/shop?parseTime=true&tls=true")        // ok -- tls/dsn
}
