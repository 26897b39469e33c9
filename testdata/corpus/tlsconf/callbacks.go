package tlsconf

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log"
)

func peerCallbacks(pin []byte, roots *x509.CertPool, lax bool) []*tls.Config {
	return []*tls.Config{
		{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error { // want tls-verify-off -- tls/callback-logs
			for _, der := range raw {
				cert, err := x509.ParseCertificate(der)
				if err != nil {
					return err
				}
				log.Println("peer", cert.Subject)
			}
			return nil
		}},
		{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error { // ok -- tls/callback-logs
			for _, der := range raw {
				cert, err := x509.ParseCertificate(der)
				if err != nil {
					return err
				}
				log.Println("peer", cert.Subject)
				if _, err := cert.Verify(x509.VerifyOptions{Roots: roots}); err != nil {
					return err
				}
			}
			return nil
		}},
		{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error { // want tls-verify-off -- tls/callback-presence
			if len(raw) == 0 {
				return errors.New("no certificate")
			}
			return nil
		}},
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // ok -- tls/callback-presence
			if len(s.PeerCertificates) == 0 || !bytes.Equal(s.PeerCertificates[0].Raw, pin) {
				return errors.New("another certificate")
			}
			return nil
		}},
		{InsecureSkipVerify: true, VerifyPeerCertificate: pinned(pin)}, // ok -- tls/callback-helper
		{InsecureSkipVerify: true, VerifyPeerCertificate: noted(pin)},  // want tls-verify-off -- tls/callback-helper
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // ok -- tls/callback-conditional
			if lax {
				return nil
			}
			_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, DNSName: s.ServerName})
			return err
		}},
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // want tls-verify-off -- tls/callback-conditional
			if lax {
				return nil
			}
			log.Println(s.ServerName)
			return nil
		}},
	}
}

func pinned(pin []byte) func([][]byte, [][]*x509.Certificate) error {
	return func(raw [][]byte, _ [][]*x509.Certificate) error {
		for _, der := range raw {
			sum := sha256.Sum256(der)
			if bytes.Equal(sum[:], pin) {
				return nil
			}
		}
		return errors.New("no pinned certificate")
	}
}

func noted(pin []byte) func([][]byte, [][]*x509.Certificate) error {
	return func(raw [][]byte, _ [][]*x509.Certificate) error {
		log.Printf("%d certificates, pin %x", len(raw), pin)
		return nil
	}
}
