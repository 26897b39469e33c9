// Package transfer moves files by FTP and SSH.
package transfer

import (
	"crypto/tls"
	"errors"
	"net"

	"corpus.test/audit/lib"
	"github.com/jlaffaye/ftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

func plain(user, pw string) error {
	c, err := ftp.Dial("ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	return c.Login(user, pw) // want plaintext-ftp -- transfer/ftp-login
}

func anonymous() error {
	c, err := ftp.Dial("ftp.maplefreight.io:21")
	if err != nil {
		return err
	}
	return c.Login("anonymous", "anonymous") // ok -- transfer/ftp-anonymous
}

func protected(user, pw string) error {
	c, err := ftp.Dial("ftp.maplefreight.io:21", ftp.DialWithExplicitTLS(&tls.Config{ServerName: "ftp.maplefreight.io"}))
	if err != nil {
		return err
	}
	return c.Login(user, pw) // ok -- transfer/ftp-tls-option
}

func withOptions(user, pw string) error {
	options := []ftp.DialOption{ftp.DialWithTLS(&tls.Config{ServerName: "ftp.maplefreight.io"})}
	c, err := ftp.Dial("ftp.maplefreight.io:990", options...)
	if err != nil {
		return err
	}
	return c.Login(user, pw) // ok -- transfer/ftp-option-slice
}

func withPlainOptions(user, pw string) error {
	options := []ftp.DialOption{ftp.DialWithTimeout(5)}
	c, err := ftp.Dial("ftp.maplefreight.io:21", options...)
	if err != nil {
		return err
	}
	return c.Login(user, pw) // want plaintext-ftp -- transfer/ftp-option-slice
}

func withTimeout(user, pw string) error {
	c, err := ftp.Dial("ftp.maplefreight.io:21", ftp.DialWithTimeout(5))
	if err != nil {
		return err
	}
	return c.Login(user, pw) // want plaintext-ftp -- transfer/ftp-tls-option
}

func nearby(user, pw string) error {
	c, err := ftp.Dial("127.0.0.1:2121")
	if err != nil {
		return err
	}
	return c.Login(user, pw) // ok -- transfer/ftp-loopback
}

func upload(addr, user, pw string) error {
	c, err := ftp.Dial(addr)
	if err != nil {
		return err
	}
	return c.Login(user, pw) // want plaintext-ftp -- transfer/ftp-wrapper
}

func uploadSafely(addr, user, pw string) error {
	c, err := ftp.Dial(addr, ftp.DialWithExplicitTLS(&tls.Config{ServerName: addr}))
	if err != nil {
		return err
	}
	return c.Login(user, pw) // ok -- transfer/ftp-wrapper
}

func wrapped(user, pw string) {
	_ = lib.Upload("ftp.maplefreight.io:21", user, pw) // ok -- transfer/ftp-wrapper-other-package
	_ = lib.Upload("localhost:2121", user, pw)         // ok -- transfer/ftp-wrapper-other-package
}

type mirror struct{ conn *ftp.ServerConn }

func (m *mirror) dial() (err error) {
	m.conn, err = ftp.Dial("ftp.maplefreight.io:21")
	return err
}

func (m *mirror) login(user, pw string) error {
	return m.conn.Login(user, pw) // want plaintext-ftp -- transfer/ftp-struct-field
}

type safeMirror struct{ conn *ftp.ServerConn }

func (m *safeMirror) dial() (err error) {
	m.conn, err = ftp.Dial("ftp.maplefreight.io:990", ftp.DialWithTLS(&tls.Config{ServerName: "ftp.maplefreight.io"}))
	return err
}

func (m *safeMirror) login(user, pw string) error {
	return m.conn.Login(user, pw) // ok -- transfer/ftp-struct-field
}

func hosts(pw string, key ssh.PublicKey, strict bool) []*ssh.ClientConfig {
	known, _ := knownhosts.New("known_hosts")
	trust := ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-ignore
	list := []*ssh.ClientConfig{
		{HostKeyCallback: ssh.InsecureIgnoreHostKey()}, // want ssh-host-key-unchecked -- transfer/ssh-ignore
		{HostKeyCallback: ssh.FixedHostKey(key)},       // ok -- transfer/ssh-fixed
		{HostKeyCallback: known},                       // ok -- transfer/ssh-known-hosts
		{HostKeyCallback: trust},
		{HostKeyCallback: accept}, // want ssh-host-key-unchecked -- transfer/ssh-const-function
		{HostKeyCallback: refuse}, // ok -- transfer/ssh-const-function
		{HostKeyCallback: helper()},
		{HostKeyCallback: safeHelper(key)}, // ok -- transfer/ssh-helper
		{HostKeyCallback: lib.AnyHost()},   // want ssh-host-key-unchecked -- transfer/ssh-helper-other-package
		{HostKeyCallback: func(string, net.Addr, ssh.PublicKey) error { return nil }},                  // want ssh-host-key-unchecked -- transfer/ssh-callback-nil
		{HostKeyCallback: func(h string, a net.Addr, k ssh.PublicKey) error { return known(h, a, k) }}, // ok -- transfer/ssh-callback-nil
	}
	c := &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.Password(pw)}}
	c.HostKeyCallback = ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-field-assignment
	d := &ssh.ClientConfig{}
	d.HostKeyCallback = ssh.FixedHostKey(key) // ok -- transfer/ssh-field-assignment
	set := func() {
		d.HostKeyCallback = ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-closure
	}
	safe := func() {
		d.HostKeyCallback = known // ok -- transfer/ssh-closure
	}
	set()
	safe()
	return append(list, c, d)
}

func byChoice(strict bool, key ssh.PublicKey) *ssh.ClientConfig {
	c := &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)}
	if !strict {
		c.HostKeyCallback = ssh.InsecureIgnoreHostKey() // ok -- transfer/ssh-conditional
	}
	return c
}

func accept(string, net.Addr, ssh.PublicKey) error { return nil }

func refuse(string, net.Addr, ssh.PublicKey) error { return errors.New("unknown host") }

func helper() ssh.HostKeyCallback { return ssh.InsecureIgnoreHostKey() } // want ssh-host-key-unchecked -- transfer/ssh-helper

func safeHelper(key ssh.PublicKey) ssh.HostKeyCallback { return ssh.FixedHostKey(key) }

func silenced() []*ssh.ClientConfig {
	return []*ssh.ClientConfig{
		//authlint:ignore ssh-host-key-unchecked -- hosts are made anew each time
		{HostKeyCallback: ssh.InsecureIgnoreHostKey()}, // ok -- transfer/ignore
		{HostKeyCallback: ssh.InsecureIgnoreHostKey()}, // want ssh-host-key-unchecked -- transfer/ignore
	}
}
