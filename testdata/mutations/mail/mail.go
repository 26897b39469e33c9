// Package mail sends mail by a server that it trusts.
package mail

import (
	"crypto/tls"
	"fmt"
	"net/smtp"
)

// Send sends text to the address of the user itself.
func Send(host, user, password, text string) error {
	c, err := smtp.Dial(host + ":587")
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS13}); err != nil {
		return err
	}
	if err := c.Auth(smtp.PlainAuth("", user, password, host)); err != nil {
		return err
	}
	return deliver(c, user, text)
}

func deliver(c *smtp.Client, address, text string) error {
	if err := c.Mail(address); err != nil {
		return err
	}
	if err := c.Rcpt(address); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "Subject: relay\r\n\r\n%s\r\n", text); err != nil {
		return err
	}
	return w.Close()
}
