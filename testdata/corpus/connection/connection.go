// Package connection logs in over protocols other than HTTP.
package connection

import (
	"context"
	"crypto/tls"
	"database/sql"
	"fmt"
	"net"
	"net/smtp"
	"os"

	"corpus.test/audit/lib"
	"github.com/emersion/go-sasl"
	mail "github.com/emersion/go-smtp"
	"github.com/fiorix/go-smpp/smpp"
	"github.com/go-ldap/ldap/v3"
	"github.com/go-sql-driver/mysql"
	"github.com/linxGnu/gosmpp"
	"github.com/nats-io/nats.go"
	"github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

func transmitters(pw string) []*smpp.Transmitter {
	config := &tls.Config{ServerName: "smsc.maplefreight.io"}
	late := &smpp.Transmitter{Addr: "smsc.maplefreight.io:8887", User: "billing", Passwd: pw} // ok -- connection/field-assignment
	late.TLS = config
	never := &smpp.Transmitter{Addr: "smsc.maplefreight.io:2775"} // want plaintext-smpp -- connection/field-assignment
	never.User, never.Passwd = "billing", pw
	return []*smpp.Transmitter{
		{Addr: "smsc.maplefreight.io:2775", User: "billing", Passwd: pw},              // want plaintext-smpp -- connection/smpp-struct
		{Addr: "smsc.maplefreight.io:8887", User: "billing", Passwd: pw, TLS: config}, // ok -- connection/smpp-struct
		{Addr: "localhost:2775", User: "billing", Passwd: pw},                         // ok -- connection/loopback-host
		{Addr: os.Getenv("SMSC"), User: "billing", Passwd: pw},                        // want plaintext-smpp -- connection/unknown-host
		late, never,
	}
}

func dialers(pw string) []gosmpp.Connector {
	auth := gosmpp.Auth{SMSC: "smsc.maplefreight.io:2775", SystemID: "billing", Password: pw}
	return []gosmpp.Connector{
		gosmpp.TRXConnector(gosmpp.NonTLSDialer, auth),                                                      // want plaintext-smpp -- connection/smpp-dialer
		gosmpp.TRXConnector(overTLS, auth),                                                                  // ok -- connection/smpp-dialer
		gosmpp.TXConnector(func(addr string) (net.Conn, error) { return net.Dial("tcp", addr) }, auth),      // want plaintext-smpp -- connection/closure
		gosmpp.RXConnector(func(addr string) (net.Conn, error) { return tls.Dial("tcp", addr, nil) }, auth), // ok -- connection/closure
	}
}

func overTLS(addr string) (net.Conn, error) { return tls.Dial("tcp", addr, &tls.Config{}) }

func directory(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // want credential-over-plaintext -- connection/ldap-scheme
}

func directorySafely(pw string) error {
	c, err := ldap.DialURL("ldaps://directory.maplefreight.io")
	if err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // ok -- connection/ldap-scheme
}

func directoryUpgraded(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	if err := c.StartTLS(&tls.Config{ServerName: "directory.maplefreight.io"}); err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // ok -- connection/starttls
}

func directoryInClear(addr, pw string) error {
	c, err := ldap.Dial("tcp", addr)
	if err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // want credential-over-plaintext -- connection/starttls
}

func directoryUpgradedPlainly(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	if err := c.StartTLS(nil); err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // ok -- connection/starttls
}

func directoryByChoice(pw string, upgrade bool) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	if upgrade {
		err = c.StartTLS(&tls.Config{ServerName: "directory.maplefreight.io"})
	}
	if err != nil {
		return err
	}
	return c.Bind("cn=billing", pw) // ok -- connection/conditional
}

func directoryByProof(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	return c.NTLMBind("MAPLE", "billing", pw) // ok -- connection/proof
}

type directoryClient struct{ conn *ldap.Conn }

func (d *directoryClient) open() (err error) {
	d.conn, err = ldap.DialURL("ldap://directory.maplefreight.io")
	return err
}

func (d *directoryClient) login(pw string) error {
	return d.conn.Bind("cn=billing", pw) // want credential-over-plaintext -- connection/struct-field
}

type safeClient struct{ conn *ldap.Conn }

func (d *safeClient) open() (err error) {
	d.conn, err = ldap.DialURL("ldaps://directory.maplefreight.io")
	return err
}

func (d *safeClient) login(pw string) error {
	return d.conn.Bind("cn=billing", pw) // ok -- connection/struct-field
}

func mailing(pw string) error {
	auth := smtp.PlainAuth("", "alerts", pw, "mail.maplefreight.io")
	if err := smtp.SendMail("mail.maplefreight.io:25", auth, "a@maplefreight.io", nil, nil); err != nil { // ok -- connection/smtp
		return err
	}
	c, err := mail.Dial("mail.maplefreight.io:25")
	if err != nil {
		return err
	}
	return c.Auth(sasl.NewPlainClient("", "alerts", pw)) // want credential-over-plaintext -- connection/smtp
}

func mailingSafely(pw string) error {
	c, err := mail.DialStartTLS("mail.maplefreight.io:587", nil)
	if err != nil {
		return err
	}
	return c.Auth(sasl.NewPlainClient("", "alerts", pw)) // ok -- connection/smtp
}

const plainSource = "postgres://billing:%s@db.maplefreight.io/billing?sslmode=disable"

func databases(host, pw string) {
	_, _ = sql.Open("postgres", "postgres://billing:"+pw+"@db.maplefreight.io/billing?sslmode=disable")            // want credential-over-plaintext -- connection/dsn-url
	_, _ = sql.Open("postgres", "postgres://billing:"+pw+"@db.maplefreight.io/billing?sslmode=verify-full")        // ok -- connection/dsn-url
	_, _ = sql.Open("postgres", fmt.Sprintf("host=%s user=billing password=%s sslmode=disable", host, pw))         // want credential-over-plaintext -- connection/dsn-pairs
	_, _ = sql.Open("postgres", fmt.Sprintf("host=%s user=billing password=%s sslmode=require", host, pw))         // ok -- connection/dsn-pairs
	_, _ = sql.Open("postgres", fmt.Sprintf(plainSource, pw))                                                      // want credential-over-plaintext -- connection/const
	_, _ = sql.Open("postgres", fmt.Sprintf("postgres://billing:%s@localhost/billing?sslmode=disable", pw))        // ok -- connection/loopback-host
	_, _ = sql.Open("mysql", fmt.Sprintf("billing:%s@tcp(db.maplefreight.io:3306)/billing", pw))                   // want credential-over-plaintext -- connection/dsn-mysql
	_, _ = sql.Open("mysql", fmt.Sprintf("billing:%s@tcp(db.maplefreight.io:3306)/billing?tls=true", pw))          // ok -- connection/dsn-mysql
	_, _ = sql.Open("mysql", fmt.Sprintf("billing:%s@tcp(db.maplefreight.io:3306)/billing?tls=preferred", pw))     // want credential-over-plaintext -- connection/opportunistic
	_, _ = sql.Open("mysql", fmt.Sprintf("billing:%s@unix(/run/mysqld/mysqld.sock)/billing", pw))                  // ok -- connection/opportunistic
	_, _ = sql.Open("sqlserver", "sqlserver://billing:"+pw+"@db.maplefreight.io?database=billing&encrypt=disable") // want credential-over-plaintext -- connection/dsn-url
	_, _ = sql.Open("postgres", os.Getenv("DATABASE_URL"))                                                         // ok -- connection/unknown-host
	_, _ = sql.Open("postgres", "postgres://billing:"+pw+"@10.20.0.7/billing?sslmode=disable")                     // want credential-over-plaintext -- connection/private-host
	_, _ = sql.Open("postgres", "postgres://billing:"+pw+"@postgres:5432/billing?sslmode=disable")                 // ok -- connection/private-host
	_, _ = sql.Open("postgres", "postgres://billing@db.maplefreight.io/billing?sslmode=disable")                   // ok -- connection/no-login
	_, _ = mysql.NewConnector(&mysql.Config{User: "billing", Addr: "db.maplefreight.io"})                          // ok -- connection/no-login
	_, _ = mysql.NewConnector(&mysql.Config{User: "billing", Passwd: pw, Addr: "db.maplefreight.io"})              // want credential-over-plaintext -- connection/no-login
}

var source = "postgres://billing:" + os.Getenv("DB_PASSWORD") + "@db.maplefreight.io/billing?sslmode=disable"

var safeSource = "postgres://billing:" + os.Getenv("DB_PASSWORD") + "@db.maplefreight.io/billing?sslmode=require"

func variables() {
	_, _ = sql.Open("postgres", source)     // want credential-over-plaintext -- connection/package-variable
	_, _ = sql.Open("postgres", safeSource) // ok -- connection/package-variable
}

func open(source string) (*sql.DB, error) { return sql.Open("postgres", source) }

func wrapped(pw string) {
	_, _ = open("postgres://billing:" + pw + "@db.maplefreight.io/billing?sslmode=disable")         // want credential-over-plaintext -- connection/wrapper
	_, _ = open("postgres://billing:" + pw + "@db.maplefreight.io/billing?sslmode=require")         // ok -- connection/wrapper
	_, _ = lib.Database("postgres://billing:" + pw + "@db.maplefreight.io/billing?sslmode=disable") // want credential-over-plaintext -- connection/wrapper-other-package
	_, _ = lib.Database("postgres://billing:" + pw + "@db.maplefreight.io/billing?sslmode=require") // ok -- connection/wrapper-other-package
}

func caches(pw string, config *tls.Config) []*redis.Client {
	options := &redis.Options{Addr: "cache.maplefreight.io:6379", Password: pw}
	return []*redis.Client{
		redis.NewClient(options), // want credential-over-plaintext -- connection/option
		redis.NewClient(&redis.Options{Addr: "cache.maplefreight.io:6379", Password: pw, TLSConfig: &tls.Config{}}), // ok -- connection/option
		redis.NewClient(&redis.Options{Addr: "cache.maplefreight.io:6379", Password: pw, TLSConfig: config}),        // ok -- connection/configured
		redis.NewClient(&redis.Options{Addr: "cache.maplefreight.io:6379"}),                                         // ok -- connection/no-login
		redis.NewClient(&redis.Options{Addr: os.Getenv("REDIS_ADDR"), Password: pw}),                                // ok -- connection/unknown-host
		redis.NewClient(&redis.Options{Addr: "redis:6379", Password: pw}),                                           // ok -- connection/private-host
	}
}

func queues(pw string) {
	_, _ = amqp091.Dial("amqp://billing:" + pw + "@mq.maplefreight.io:5672/")                                          // want credential-over-plaintext -- connection/url-scheme
	_, _ = amqp091.Dial("amqps://billing:" + pw + "@mq.maplefreight.io:5671/")                                         // ok -- connection/url-scheme
	_, _ = nats.Connect("tls://mq.maplefreight.io:4222", nats.UserInfo("billing", pw))                                 // ok -- connection/option
	_, _ = nats.Connect("ws://mq.maplefreight.io:8080", nats.UserInfo("billing", pw))                                  // want credential-over-plaintext -- connection/option
	_, _ = amqp091.DialConfig("amqp://mq.maplefreight.io/", amqp091.Config{SASL: []amqp091.Authentication{login(pw)}}) // want credential-over-plaintext -- connection/helper-returns
}

func login(pw string) *amqp091.PlainAuth {
	return &amqp091.PlainAuth{Username: "billing", Password: pw}
}

func services(token string) {
	_, _ = grpc.NewClient("api.maplefreight.io:80", grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithPerRPCCredentials(perCall(token)))                  // want credential-over-plaintext -- connection/grpc
	_, _ = grpc.NewClient("api.maplefreight.io:443", grpc.WithTransportCredentials(credentials.NewClientTLSFromCert(nil, "")), grpc.WithPerRPCCredentials(perCall(token))) // ok -- connection/grpc
	_, _ = grpc.NewClient("unix:///run/api.sock", grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithPerRPCCredentials(perCall(token)))                    // ok -- connection/loopback-host
	_, _ = grpc.NewClient("api.maplefreight.io:80", grpc.WithTransportCredentials(insecure.NewCredentials()))                                                              // ok -- connection/no-login
}

type perCall string

func (t perCall) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(t)}, nil
}

func (perCall) RequireTransportSecurity() bool { return false }

func silenced(pw string) {
	//authlint:ignore plaintext-smpp -- the network is a tunnel
	_ = &smpp.Receiver{Addr: "smsc.maplefreight.io:2775", User: "billing", Passwd: pw} // ok -- connection/ignore
	_ = &smpp.Receiver{Addr: "smsc.maplefreight.io:2775", User: "billing", Passwd: pw} // want plaintext-smpp -- connection/ignore
}
