package tlsconf

import "crypto/tls"

// Link is how a device is reached.
type Link struct {
	Scheme      string
	StartTLS    bool
	TLSInsecure bool
}

// Config has TLS where it is asked for.
func (l Link) Config() *tls.Config {
	if l.StartTLS {
		return &tls.Config{InsecureSkipVerify: true} // want tls-verify-off -- tls/switch
	}
	if l.TLSInsecure {
		return &tls.Config{InsecureSkipVerify: true} // ok -- tls/switch
	}
	return nil
}

// ByScheme has TLS where the URL says so.
func (l Link) ByScheme() *tls.Config {
	if l.Scheme == "mqtts" {
		return &tls.Config{InsecureSkipVerify: true} // want tls-verify-off -- tls/switch-scheme
	}
	if l.Scheme == "lab" {
		return &tls.Config{InsecureSkipVerify: true} // ok -- tls/switch-scheme
	}
	return nil
}
