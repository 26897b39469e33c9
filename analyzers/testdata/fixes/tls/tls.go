package tls

import "crypto/tls"

func weak() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS10} // want `sets the minimum to TLS 1.0`
}

func assigned() *tls.Config {
	c := new(tls.Config)
	c.MaxVersion = 0x0302 // want `sets the maximum to TLS 1.1`
	return c
}

func fine() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS13}
}
