package transfer

import (
	"golang.org/x/crypto/ssh"
)

// drop is a place to leave files at, with its own check of the host.
type drop struct {
	host  string
	auth  []ssh.AuthMethod
	check ssh.HostKeyCallback
}

func (d drop) config() *ssh.ClientConfig {
	return &ssh.ClientConfig{Auth: d.auth, HostKeyCallback: d.check}
}

func payrollDrop(pw string) drop {
	return drop{
		host:  "payroll.maplefreight.io:22",
		auth:  []ssh.AuthMethod{ssh.Password(pw)},
		check: accept, // want ssh-host-key-unchecked -- transfer/ssh-struct-field
	}
}

func pensionDrop(pw string, key ssh.PublicKey) drop {
	return drop{
		host:  "pension.maplefreight.io:22",
		auth:  []ssh.AuthMethod{ssh.Password(pw)},
		check: ssh.FixedHostKey(key), // ok -- transfer/ssh-struct-field
	}
}

type target struct {
	host  string
	check ssh.HostKeyCallback
}

func (t target) config(pw string) *ssh.ClientConfig {
	return &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.Password(pw)}, HostKeyCallback: t.check}
}

func targets(pw string, key ssh.PublicKey) []*ssh.ClientConfig {
	var list []*ssh.ClientConfig
	for _, t := range []target{
		{"a.maplefreight.io:22", ssh.FixedHostKey(key)},       // ok -- transfer/ssh-struct-list
		{"b.maplefreight.io:22", accept},                      // want ssh-host-key-unchecked -- transfer/ssh-struct-list
		{"c.maplefreight.io:22", ssh.InsecureIgnoreHostKey()}, // want ssh-host-key-unchecked -- transfer/ssh-struct-list
		{"d.maplefreight.io:22", refuse},                      // ok -- transfer/ssh-struct-list
	} {
		list = append(list, t.config(pw))
	}
	return list
}

type station struct {
	check ssh.HostKeyCallback
}

func (s station) config(pw string) *ssh.ClientConfig {
	return &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.Password(pw)}, HostKeyCallback: s.check}
}

func replaced(pw string, key ssh.PublicKey) *ssh.ClientConfig {
	s := station{check: ssh.InsecureIgnoreHostKey()} // ok -- transfer/ssh-struct-replaced
	if key != nil {
		s.check = ssh.FixedHostKey(key)
	}
	return s.config(pw)
}

type courierOption func(*courier)

type courier struct {
	check ssh.HostKeyCallback
}

func withKey(key ssh.PublicKey) courierOption {
	return func(c *courier) { c.check = ssh.FixedHostKey(key) }
}

func newCourier(options ...courierOption) *courier {
	c := &courier{check: ssh.InsecureIgnoreHostKey()} // ok -- transfer/ssh-struct-option
	for _, o := range options {
		o(c)
	}
	return c
}

func (c *courier) config(pw string) *ssh.ClientConfig {
	return &ssh.ClientConfig{Auth: []ssh.AuthMethod{ssh.Password(pw)}, HostKeyCallback: c.check}
}
