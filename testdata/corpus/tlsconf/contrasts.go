package tlsconf

import (
	"crypto/tls"
	"flag"
)

func halfConfigured(f flags) *tls.Config {
	return &tls.Config{
		InsecureSkipVerify: f.Insecure,       // ok -- tls/configured
		MinVersion:         tls.VersionTLS10, // want weak-tls-version -- tls/configured
	}
}

func fromCommandLine() *tls.Config {
	insecure := flag.Bool("insecure", false, "do not check the server")
	flag.Parse()
	return &tls.Config{InsecureSkipVerify: *insecure} // ok -- tls/configured
}

// TestServer is what a button of the settings does.
func TestServer(address string) error {
	c, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true}) // want tls-verify-off -- tls/test-file
	if err != nil {
		return err
	}
	return c.Close()
}
