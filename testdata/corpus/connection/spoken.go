package connection

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/smtp"

	"github.com/go-ldap/ldap/v3"
)

// plainLogin gives the password to whoever asks for it.
type plainLogin struct{ user, password string }

func (a plainLogin) Start(*smtp.ServerInfo) (string, []byte, error) {
	return "LOGIN", []byte(a.user), nil
}

func (a plainLogin) Next([]byte, bool) ([]byte, error) { return []byte(a.password), nil }

// tlsLogin refuses without TLS.
type tlsLogin struct{ plainLogin }

func (a tlsLogin) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errors.New("no TLS")
	}
	return a.plainLogin.Start(server)
}

func newLogin(user, password string) smtp.Auth { return plainLogin{user, password} }

func mailByHand(pw string) error {
	c, err := smtp.Dial("mail.maplefreight.io:25")
	if err != nil {
		return err
	}
	if err := c.Auth(tlsLogin{plainLogin{"alerts", pw}}); err == nil { // ok -- connection/smtp
		return nil
	}
	return c.Auth(newLogin("alerts", pw)) // want credential-over-plaintext -- connection/smtp
}

func mailAfterTLS(pw string) error {
	c, err := smtp.Dial("mail.maplefreight.io:25")
	if err != nil {
		return err
	}
	if err := c.StartTLS(&tls.Config{ServerName: "mail.maplefreight.io"}); err != nil {
		return err
	}
	return c.Auth(newLogin("alerts", pw)) // ok -- connection/starttls
}

func bindTooEarly(pw string) error {
	c, err := ldap.DialURL("ldap://ldap.maplefreight.io")
	if err != nil {
		return err
	}
	if err := c.Bind("cn=billing", pw); err != nil { // want credential-over-plaintext -- connection/starttls
		return err
	}
	return c.StartTLS(&tls.Config{ServerName: "ldap.maplefreight.io"})
}

func mailbox(pw string) error {
	c, err := net.Dial("tcp", "imap.maplefreight.io:143")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c, "a1 LOGIN billing %s\r\n", pw) // want credential-over-plaintext -- connection/spoken
	return err
}

func mailboxOverTLS(pw string) error {
	c, err := tls.Dial("tcp", "imap.maplefreight.io:993", nil)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c, "a1 LOGIN billing %s\r\n", pw) // ok -- connection/spoken
	return err
}
