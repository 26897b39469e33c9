package tlsconf

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"
)

var errPeer = errors.New("another peer")

func superficial(name string, roots *x509.CertPool, known *x509.Certificate) []*tls.Config {
	return []*tls.Config{
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // want tls-verify-off -- tls/callback-superficial
			if s.PeerCertificates[0].Subject.CommonName != name {
				return errPeer
			}
			return nil
		}},
		{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error { // want tls-verify-off -- tls/callback-superficial
			cert, err := x509.ParseCertificate(raw[0])
			if err != nil {
				return err
			}
			return inTime(cert)
		}},
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // ok -- tls/callback-superficial
			if err := inTime(s.PeerCertificates[0]); err != nil {
				return err
			}
			_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots})
			return err
		}},
		{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error { // ok -- tls/callback-superficial
			if inTime(s.PeerCertificates[0]) != nil || !s.PeerCertificates[0].Equal(known) {
				return errPeer
			}
			return nil
		}},
	}
}

func inTime(cert *x509.Certificate) error {
	if time.Now().After(cert.NotAfter) {
		return errors.New("the certificate has run out")
	}
	return nil
}
