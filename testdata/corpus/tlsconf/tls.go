// Package tlsconf sets versions and peer checks of TLS.
package tlsconf

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"

	"corpus.test/audit/lib"
)

const oldFloor = tls.VersionTLS11

const newFloor = tls.VersionTLS13

var floor uint16 = tls.VersionTLS10

var safeFloor uint16 = tls.VersionTLS12

func literals() []*tls.Config {
	return []*tls.Config{
		{MinVersion: tls.VersionTLS10}, // want weak-tls-version -- tls/literal
		{MinVersion: tls.VersionTLS12}, // ok -- tls/literal
		{MinVersion: tls.VersionTLS13}, // ok -- tls/literal
		{MinVersion: oldFloor},         // want weak-tls-version -- tls/const
		{MinVersion: newFloor},         // ok -- tls/const
		{MinVersion: floor},            // want weak-tls-version -- tls/package-variable
		{MinVersion: safeFloor},        // ok -- tls/package-variable
		{MinVersion: 0x0301},           // want weak-tls-version -- tls/raw-number
		{MinVersion: 0x0304},           // ok -- tls/raw-number
		{MaxVersion: tls.VersionTLS11}, // want weak-tls-version -- tls/max-version
		{MaxVersion: tls.VersionTLS12}, // ok -- tls/max-version
		{MinVersion: tls.VersionSSL30}, // want weak-tls-version -- tls/literal
		{ServerName: "gw"},             // ok -- tls/literal
	}
}

func assigned() (*tls.Config, *tls.Config) {
	c := &tls.Config{}
	c.MinVersion = tls.VersionTLS11 // want weak-tls-version -- tls/field-assignment
	d := &tls.Config{}
	d.MinVersion = tls.VersionTLS12 // ok -- tls/field-assignment
	return c, d
}

func either(first bool) (*tls.Config, *tls.Config) {
	version := uint16(tls.VersionTLS10)
	if first {
		version = tls.VersionTLS11
	}
	safe := uint16(tls.VersionTLS12)
	if first {
		safe = tls.VersionTLS13
	}
	return &tls.Config{MinVersion: version}, // want weak-tls-version -- tls/phi
		&tls.Config{MinVersion: safe} // ok -- tls/phi
}

func inClosures() {
	c, d := &tls.Config{}, &tls.Config{}
	func() {
		c.MinVersion = tls.VersionTLS10 // want weak-tls-version -- tls/closure
		d.MinVersion = tls.VersionTLS12 // ok -- tls/closure
	}()
}

func withFloor(v uint16) *tls.Config { return &tls.Config{MinVersion: v} }

func wrapped() {
	_ = withFloor(tls.VersionTLS10)     // want weak-tls-version -- tls/wrapper
	_ = withFloor(tls.VersionTLS12)     // ok -- tls/wrapper
	_ = lib.WithFloor(tls.VersionTLS11) // want weak-tls-version -- tls/wrapper-other-package
	_ = lib.WithFloor(tls.VersionTLS13) // ok -- tls/wrapper-other-package
}

type options struct{ floor uint16 }

func weakOptions() options { return options{floor: tls.VersionTLS10} }

func (o options) config() *tls.Config {
	return &tls.Config{MinVersion: o.floor} // want weak-tls-version -- tls/struct-field
}

type safeOptions struct{ floor uint16 }

func strongOptions() safeOptions { return safeOptions{floor: tls.VersionTLS12} }

func (o safeOptions) config() *tls.Config {
	return &tls.Config{MinVersion: o.floor} // ok -- tls/struct-field
}

func minimum() uint16 { return tls.VersionTLS11 }

func safeMinimum() uint16 { return tls.VersionTLS12 }

func returned() (*tls.Config, *tls.Config) {
	return &tls.Config{MinVersion: minimum()}, // want weak-tls-version -- tls/helper-returns
		&tls.Config{MinVersion: safeMinimum()} // ok -- tls/helper-returns
}

func raised() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS10} // ok -- tls/raised-later
	c.MinVersion = tls.VersionTLS12
	return c
}

func lowered() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	c.MinVersion = tls.VersionTLS10 // want weak-tls-version -- tls/raised-later
	return c
}

func unchecked() []*tls.Config {
	return []*tls.Config{
		{InsecureSkipVerify: true},                                  // want tls-verify-off -- tls/skip-verify
		{InsecureSkipVerify: false},                                 // ok -- tls/skip-verify
		{InsecureSkipVerify: true, VerifyConnection: check},         // ok -- tls/skip-verify-callback
		{InsecureSkipVerify: true, VerifyPeerCertificate: anything}, // want tls-verify-off -- tls/skip-verify-callback
	}
}

func check(s tls.ConnectionState) error {
	if len(s.PeerCertificates) == 0 {
		return errors.New("no certificate")
	}
	_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{})
	return err
}

func anything([][]byte, [][]*x509.Certificate) error { return nil }

func transports() {
	_ = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // want tls-verify-off -- tls/transport
	_ = &http.Transport{TLSClientConfig: &tls.Config{ServerName: "gw"}}         // ok -- tls/transport
	tr := &http.Transport{TLSClientConfig: &tls.Config{}}
	tr.TLSClientConfig.InsecureSkipVerify = true // want tls-verify-off -- tls/transport
}

func byChoice(insecure bool, old string) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if insecure {
		c.InsecureSkipVerify = true // ok -- tls/conditional
	}
	if old == "1.0" {
		c.MinVersion = tls.VersionTLS10 // ok -- tls/conditional
	}
	if c.ServerName != "" {
		c.MaxVersion = tls.VersionTLS11 // want weak-tls-version -- tls/conditional
	}
	return c
}

type flags struct {
	Insecure bool
	Floor    uint16
}

func fromFlags(f flags) *tls.Config {
	return &tls.Config{InsecureSkipVerify: f.Insecure, MinVersion: f.Floor} // ok -- tls/configured
}

func silenced() []*tls.Config {
	return []*tls.Config{
		//authlint:ignore tls-verify-off -- the appliance has no certificate
		{InsecureSkipVerify: true}, // ok -- tls/ignore
		{InsecureSkipVerify: true}, // want tls-verify-off -- tls/ignore
	}
}
