package connection

import (
	"crypto/tls"
	"database/sql"
	"fmt"

	"github.com/fiorix/go-smpp/smpp"
	"github.com/go-ldap/ldap/v3"
	"github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
)

const safeFormat = "postgres://billing:%s@db.maplefreight.io/billing?sslmode=verify-full"

func bindIfGiven(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	if pw != "" {
		return c.Bind("cn=billing", pw) // want credential-over-plaintext -- connection/conditional
	}
	return c.UnauthenticatedBind("cn=billing")
}

func bindIfRefused(pw string) error {
	c, err := ldap.DialURL("ldap://directory.maplefreight.io:389")
	if err != nil {
		return err
	}
	if err := c.NTLMBind("MAPLE", "billing", pw); err == nil { // ok -- connection/proof
		return nil
	}
	return c.Bind("cn=billing", pw) // want credential-over-plaintext -- connection/proof
}

func noTLS() *tls.Config { return nil }

func contrasts(pw string) []*redis.Client {
	_, _ = sql.Open("postgres", fmt.Sprintf(safeFormat, pw))                                                            // ok -- connection/const
	_, _ = amqp091.DialConfig("amqps://mq.maplefreight.io/", amqp091.Config{SASL: []amqp091.Authentication{login(pw)}}) // ok -- connection/helper-returns
	_ = &smpp.Transmitter{Addr: "localhost.maplefreight.io:2775", User: "billing", Passwd: pw}                          // want plaintext-smpp -- connection/loopback-host
	return []*redis.Client{
		redis.NewClient(&redis.Options{Addr: "cache.maplefreight.io:6379", Password: pw, TLSConfig: noTLS()}), // want credential-over-plaintext -- connection/configured
	}
}

// TestBindOf is what a button of the settings does.
func TestBindOf(address, pw string) *smpp.Transmitter {
	return &smpp.Transmitter{Addr: address, User: "billing", Passwd: pw} // want plaintext-smpp -- connection/test-file
}
