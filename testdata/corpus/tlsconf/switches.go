package tlsconf

import "crypto/tls"

// link is how a device is reached.
type link struct {
	scheme      string
	startTLS    bool
	tlsInsecure bool
}

// config has TLS where it is asked for.
func (l link) config() *tls.Config {
	if l.startTLS {
		return &tls.Config{InsecureSkipVerify: true} // want tls-verify-off -- tls/switch
	}
	if l.tlsInsecure {
		return &tls.Config{InsecureSkipVerify: true} // ok -- tls/switch
	}
	if l.scheme == "mqtts" {
		return &tls.Config{InsecureSkipVerify: true} // want tls-verify-off -- tls/switch-scheme
	}
	if l.scheme == "lab" {
		return &tls.Config{InsecureSkipVerify: true} // ok -- tls/switch-scheme
	}
	return nil
}
