package tlsconf

import (
	"crypto/tls"
	"testing"
)

func TestConfig(t *testing.T) {
	_ = &tls.Config{InsecureSkipVerify: true}     // ok -- tls/test-file
	_ = &tls.Config{MinVersion: tls.VersionTLS10} // ok -- tls/test-file
}
