package lib

import (
	"crypto/tls"
	"net"
	"time"
)

// Unprotected makes a connection without TLS.
func Unprotected(network, address string) (net.Conn, error) {
	return net.DialTimeout(network, address, time.Second)
}

// Protected makes a connection with TLS.
func Protected(network, address string) (net.Conn, error) {
	return tls.Dial(network, address, &tls.Config{MinVersion: tls.VersionTLS12})
}
