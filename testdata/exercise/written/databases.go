// Package written opens databases by what other packages make.
package written

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/go-sql-driver/mysql"
	oldpool "github.com/jackc/pgx/v4/pgxpool"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func format(password, mode string) string {
	return fmt.Sprintf("postgres://portal:%s@db.maplefreight.io/portal?sslmode=%s", password, mode)
}

func connector(password string) (*sql.DB, error) {
	c, err := mysql.NewConnector(&mysql.Config{User: "portal", Passwd: password, Net: "tcp", Addr: "db.maplefreight.io:3306"}) // want credential-over-plaintext
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil
}

func connectorSafely(password string) (*sql.DB, error) {
	c, err := mysql.NewConnector(&mysql.Config{User: "portal", Passwd: password, Net: "tcp", Addr: "db.maplefreight.io:3306", TLSConfig: "true"})
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil // ok
}

func connectorOnSocket(password string) (*sql.DB, error) {
	c, err := mysql.NewConnector(&mysql.Config{User: "portal", Passwd: password, Net: "unix", Addr: "/run/mysqld/mysqld.sock"})
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(c), nil // ok
}

func withConfig(ctx context.Context, password string) (*pgx.Conn, error) {
	c, err := pgx.ParseConfig(format(password, "disable"))
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, c) // want credential-over-plaintext
}

func withConfigSafely(ctx context.Context, password string) (*pgx.Conn, error) {
	c, err := pgx.ParseConfig(format(password, "verify-full"))
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, c) // ok
}

func lowLevel(ctx context.Context, password string) (*pgconn.PgConn, error) {
	c, err := pgconn.ParseConfig(format(password, "disable"))
	if err != nil {
		return nil, err
	}
	return pgconn.ConnectConfig(ctx, c) // want credential-over-plaintext
}

func lowLevelSafely(ctx context.Context, password string) (*pgconn.PgConn, error) {
	c, err := pgconn.ParseConfig(format(password, "verify-full"))
	if err != nil {
		return nil, err
	}
	return pgconn.ConnectConfig(ctx, c) // ok
}

func pooled(ctx context.Context, password string) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(format(password, "disable"))
	if err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, c) // want credential-over-plaintext
}

func pooledSafely(ctx context.Context, password string) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(format(password, "verify-full"))
	if err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, c) // ok
}

func oldPooled(ctx context.Context, password string) (*oldpool.Pool, error) {
	c, err := oldpool.ParseConfig(format(password, "disable"))
	if err != nil {
		return nil, err
	}
	return oldpool.ConnectConfig(ctx, c) // want credential-over-plaintext
}

func oldPooledSafely(ctx context.Context, password string) (*oldpool.Pool, error) {
	c, err := oldpool.ParseConfig(format(password, "verify-full"))
	if err != nil {
		return nil, err
	}
	return oldpool.ConnectConfig(ctx, c) // ok
}

func standard(password string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(format(password, "disable"))
	if err != nil {
		return nil, err
	}
	return stdlib.OpenDB(*c), nil // want credential-over-plaintext
}

func standardSafely(password string) (*sql.DB, error) {
	c, err := pgx.ParseConfig(format(password, "verify-full"))
	if err != nil {
		return nil, err
	}
	return stdlib.OpenDB(*c), nil // ok
}

func mapped(password string) (*gorm.DB, error) {
	return gorm.Open(postgres.New(postgres.Config{DSN: format(password, "disable")})) // want credential-over-plaintext
}

func mappedSafely(password string) (*gorm.DB, error) {
	return gorm.Open(postgres.New(postgres.Config{DSN: format(password, "verify-full")})) // ok
}

func changed(ctx context.Context, password string) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig("postgres://db.maplefreight.io/portal?sslmode=disable")
	if err != nil {
		return nil, err
	}
	c.ConnConfig.Config.Password = "Winter-Lake-22" // want hardcoded-credential
	return pgxpool.NewWithConfig(ctx, c)            // want credential-over-plaintext
}

func changedSafely(ctx context.Context, password string) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig("postgres://db.maplefreight.io/portal?sslmode=verify-full")
	if err != nil {
		return nil, err
	}
	c.ConnConfig.Config.Password = password
	return pgxpool.NewWithConfig(ctx, c) // ok
}
