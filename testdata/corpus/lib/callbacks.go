package lib

import (
	"bytes"
	"errors"
	"log"
	"net"

	"golang.org/x/crypto/ssh"
)

// TrustAnyone is a callback that accepts every host key.
func TrustAnyone(string, net.Addr, ssh.PublicKey) error { return nil }

// Logged returns a callback that writes a line and leaves the rest to another.
func Logged(next ssh.HostKeyCallback) ssh.HostKeyCallback {
	return func(host string, addr net.Addr, key ssh.PublicKey) error {
		log.Println("connecting to", host)
		return next(host, addr, key)
	}
}

// Noted returns a callback that writes the fingerprint to a log.
func Noted(prefix string) ssh.HostKeyCallback {
	return func(host string, _ net.Addr, key ssh.PublicKey) error {
		log.Println(prefix, host, ssh.FingerprintSHA256(key))
		return nil
	}
}

// Pins are the host keys that are known.
type Pins struct {
	Keys   map[string][]byte
	Strict bool
}

// Check compares a key with the known one.
func (p *Pins) Check(host string, _ net.Addr, key ssh.PublicKey) error {
	if !bytes.Equal(p.Keys[host], key.Marshal()) {
		return errors.New("host key differs")
	}
	return nil
}

// Nod accepts every key.
func (p *Pins) Nod(string, net.Addr, ssh.PublicKey) error { return nil }
