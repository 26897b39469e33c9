// Package written logs in over connections that several objects make together.
package written

import (
	"crypto/tls"

	"github.com/gocql/gocql"
	"github.com/gorilla/sessions"
	"github.com/melbahja/goph"
	"github.com/nats-io/nats.go"
	"github.com/rabbitmq/amqp091-go"
	"github.com/secsy/goftp"
	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/plain"
	oldamqp "github.com/streadway/amqp"
	"golang.org/x/crypto/ssh"
	"gopkg.in/gomail.v2"
)

func queue(password string) {
	amqp091.DialConfig("amqp://mq.maplefreight.io/", amqp091.Config{ // want credential-over-plaintext
		SASL: []amqp091.Authentication{&amqp091.PlainAuth{Username: "svc-mail", Password: password}},
	})
}

func queueSafely(password string) {
	amqp091.DialConfig("amqps://mq.maplefreight.io/", amqp091.Config{ // ok
		SASL: []amqp091.Authentication{&amqp091.PlainAuth{Username: "svc-mail", Password: password}},
	})
}

func oldQueue(password string) {
	oldamqp.DialConfig("amqp://mq.maplefreight.io/", oldamqp.Config{ // want credential-over-plaintext
		SASL: []oldamqp.Authentication{&oldamqp.PlainAuth{Username: "svc-mail", Password: password}},
	})
}

func oldQueueSafely(password string) {
	oldamqp.DialConfig("amqps://mq.maplefreight.io/", oldamqp.Config{ // ok
		SASL: []oldamqp.Authentication{&oldamqp.PlainAuth{Username: "svc-mail", Password: password}},
	})
}

func stream(password string) *kafka.Writer {
	return &kafka.Writer{ // want credential-over-plaintext
		Addr:      kafka.TCP("broker.maplefreight.io:9092"),
		Transport: &kafka.Transport{SASL: plain.Mechanism{Username: "svc-mail", Password: password}},
	}
}

func streamSafely(password string) *kafka.Writer {
	return &kafka.Writer{ // ok
		Addr:      kafka.TCP("broker.maplefreight.io:9093"),
		Transport: &kafka.Transport{TLS: &tls.Config{}, SASL: plain.Mechanism{Username: "svc-mail", Password: password}},
	}
}

func bus(password string) {
	o := nats.GetDefaultOptions()
	o.Url = "ws://bus.maplefreight.io:8080"
	o.User, o.Password, o.Secure = "svc-mail", password, false
	o.Connect() // want credential-over-plaintext
}

func busSafely(password string) {
	o := nats.GetDefaultOptions()
	o.Url = "nats://bus.maplefreight.io:4222"
	o.User, o.Password, o.Secure = "svc-mail", password, true
	o.Connect() // ok
}

func busRoots(password string) {
	nats.Connect("ws://bus.maplefreight.io:8080", nats.UserInfo("svc-mail", password)) // want credential-over-plaintext
	nats.Connect("tls://bus.maplefreight.io:4222", nats.RootCAs("ca.pem"), nats.UserInfo("svc-mail", password))
}

func busRootsSafely(password string) {
	nats.Connect("nats://bus.maplefreight.io:4222", nats.RootCAs("ca.pem"), nats.UserInfo("svc-mail", password)) // ok
}

func rows(password string) *gocql.ClusterConfig {
	c := gocql.NewCluster("db.maplefreight.io") // want credential-over-plaintext
	c.Authenticator = gocql.PasswordAuthenticator{Username: "svc-mail", Password: password}
	return c
}

func rowsUnchecked(password string) *gocql.ClusterConfig {
	c := gocql.NewCluster("db.maplefreight.io")
	c.Authenticator = gocql.PasswordAuthenticator{Username: "svc-mail", Password: password}
	c.SslOpts = &gocql.SslOptions{Config: &tls.Config{InsecureSkipVerify: true}} // want tls-verify-off
	return c
}

func rowsSafely(password string) *gocql.ClusterConfig {
	c := gocql.NewCluster("db.maplefreight.io") // ok
	c.Authenticator = gocql.PasswordAuthenticator{Username: "svc-mail", Password: password}
	c.SslOpts = &gocql.SslOptions{Config: &tls.Config{ServerName: "db.maplefreight.io"}}
	return c
}

func posted(m *gomail.Message) error {
	d := &gomail.Dialer{Host: "mail.maplefreight.io", Port: 25, Username: "svc-mail", Password: "Winter-Lake-22", SSL: false} // want hardcoded-credential
	if _, err := d.Dial(); err != nil {
		return err
	}
	return d.DialAndSend(m)
}

func postedSafely(m *gomail.Message, password string) error {
	d := &gomail.Dialer{Host: "mail.maplefreight.io", Port: 465, Username: "svc-mail", Password: password, SSL: true} // ok
	if _, err := d.Dial(); err != nil {
		return err
	}
	return d.DialAndSend(m)
}

func files(password string) {
	goftp.DialConfig(goftp.Config{User: "export", Password: password}, "ftp.maplefreight.io") // want plaintext-ftp
	goftp.Dial("ftp.maplefreight.io")
}

func filesOfAll() {
	goftp.Dial("ftp.maplefreight.io") // ok
}

func cookies(key []byte) *sessions.CookieStore {
	s := sessions.NewCookieStore(key)
	s.Options = &sessions.Options{Path: "/", MaxAge: 31536000} // want long-lived-token
	return s
}

func cookiesSafely(key []byte) *sessions.CookieStore {
	s := sessions.NewCookieStore(key)
	s.Options = &sessions.Options{Path: "/", MaxAge: 3600} // ok
	return s
}

func stored(key []byte) *sessions.FilesystemStore {
	s := sessions.NewFilesystemStore("/var/lib/portal", key)
	s.Options = &sessions.Options{Path: "/", MaxAge: 31536000} // want long-lived-token
	return s
}

func storedSafely(key []byte) *sessions.FilesystemStore {
	s := sessions.NewFilesystemStore("/var/lib/portal", key)
	s.Options = &sessions.Options{Path: "/", MaxAge: 3600} // ok
	return s
}

func shell(password string) {
	goph.NewConn(&goph.Config{
		User: "ops", Addr: "gw.maplefreight.io", Port: 22, Auth: goph.Password(password),
		Callback: ssh.InsecureIgnoreHostKey(), // want ssh-host-key-unchecked
	})
	goph.New("ops", "gw.maplefreight.io", goph.Password("Winter-Lake-22")) // want hardcoded-credential
}

func shellSafely(password string) {
	check, _ := goph.DefaultKnownHosts()
	goph.NewConn(&goph.Config{ // ok
		User: "ops", Addr: "gw.maplefreight.io", Port: 22, Auth: goph.Password(password), Callback: check,
	})
	goph.New("ops", "gw.maplefreight.io", goph.Password(password))
}
