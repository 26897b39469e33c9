package transfer

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"time"

	"corpus.test/audit/lib"
	"github.com/jlaffaye/ftp"
)

// open leaves it to its callers how the connection is made.
func open(addr, user, pw string, options ...ftp.DialOption) (*ftp.ServerConn, error) {
	c, err := ftp.Dial(addr, options...)
	if err != nil {
		return nil, err
	}
	return c, c.Login(user, pw)
}

func dialled(user, pw string) {
	_, _ = open("ftp.maplefreight.io:21", user, pw)                                                                                   // want plaintext-ftp -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:21", user, pw, ftp.DialWithTimeout(time.Second))                                                 // want plaintext-ftp -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:21", user, pw, ftp.DialWithDialFunc(net.Dial))                                                   // want plaintext-ftp -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:21", user, pw, ftp.DialWithDialFunc(lib.Unprotected))                                            // want plaintext-ftp -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:990", user, pw, ftp.DialWithDialFunc(lib.Protected))                                             // ok -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:990", user, pw, ftp.DialWithDialFunc((&tls.Dialer{}).Dial))                                      // ok -- transfer/ftp-dialer
	_, _ = open("ftp.maplefreight.io:21", user, pw, ftp.DialWithExplicitTLS(&tls.Config{ServerName: "ftp.maplefreight.io"}))          // ok -- transfer/ftp-dialer
	_, _ = open("localhost:2121", user, pw)                                                                                           // ok -- transfer/ftp-loopback
	_, _ = open("localhost.maplefreight.io:21", user, pw, ftp.DialWithTimeout(time.Second))                                           // want plaintext-ftp -- transfer/ftp-loopback
	_, _ = open("ftp.maplefreight.io:21", "ftpexport", pw)                                                                            // want plaintext-ftp -- transfer/ftp-anonymous
	_, _ = open("ftp.maplefreight.io:990", user, pw, ftp.DialWithTimeout(time.Second), ftp.DialWithTLS(&tls.Config{ServerName: "x"})) // ok -- transfer/ftp-login
}

func handed(options []ftp.DialOption, user, pw string) error {
	c, err := ftp.Dial("ftp.maplefreight.io:21", options...)
	if err != nil {
		return err
	}
	return c.Login(user, pw) // ok -- transfer/ftp-option-slice
}

func byHand(user, pw string) error {
	c, err := net.Dial("tcp", "ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c, "USER %s\r\n", user); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c, "PASS %s\r\n", pw) // want plaintext-ftp -- transfer/ftp-by-hand
	return err
}

func byHandOverTLS(user, pw string) error {
	c, err := tls.Dial("tcp", "ftp.maplefreight.io:990", nil)
	if err != nil {
		return err
	}
	text := textproto.NewConn(c)
	if err := text.PrintfLine("USER %s", user); err != nil {
		return err
	}
	return text.PrintfLine("PASS %s", pw) // ok -- transfer/ftp-by-hand
}

func byHandWithAuthTLS(user, pw string) error {
	c, err := net.Dial("tcp", "ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(c, "AUTH TLS\r\n"); err != nil {
		return err
	}
	t := tls.Client(c, &tls.Config{ServerName: "ftp.maplefreight.io"})
	if _, err := io.WriteString(t, "USER "+user+"\r\n"); err != nil {
		return err
	}
	_, err = io.WriteString(t, "PASS "+pw+"\r\n") // ok -- transfer/ftp-by-hand
	return err
}

type session struct{ text *textproto.Conn }

func newSession(addr string) (*session, error) {
	c, err := textproto.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &session{c}, nil
}

func (s *session) say(format string, args ...any) error {
	id, err := s.text.Cmd(format, args...)
	if err != nil {
		return err
	}
	s.text.StartResponse(id)
	defer s.text.EndResponse(id)
	_, _, err = s.text.ReadResponse(0)
	return err
}

func (s *session) login(user, pw string) error {
	if err := s.say("USER %s", user); err != nil {
		return err
	}
	return s.say("PASS %s", pw)
}

func sessions(user, pw string) error {
	s, err := newSession("ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	return s.login(user, pw) // want plaintext-ftp -- transfer/ftp-by-hand
}
