package connection

import (
	"bytes"
	"crypto/tls"
	"net"
	"time"
)

// bindSMPP spells out a bind over a connection.
func bindSMPP(conn net.Conn, id, password string) error {
	var b bytes.Buffer
	b.WriteString(id)
	b.WriteByte(0)
	b.WriteString(password)
	b.WriteByte(0)
	_, err := conn.Write(b.Bytes())
	return err
}

func bindByHand(id, password string) error {
	conn, err := net.DialTimeout("tcp", "smpp.maplefreight.io:2775", 5*time.Second) // want plaintext-smpp -- connection/smpp-by-hand
	if err != nil {
		return err
	}
	return bindSMPP(conn, id, password)
}

func openSMPP(addr, id, password string) error {
	conn, err := net.Dial("tcp", addr) // ok -- connection/smpp-by-hand
	if err != nil {
		return err
	}
	return bindSMPP(conn, id, password)
}

func bindElsewhere(id, password string) {
	_ = openSMPP("smpp.maplefreight.io:2775", id, password) // want plaintext-smpp -- connection/smpp-by-hand
	_ = openSMPP("127.0.0.1:2775", id, password)            // ok -- connection/smpp-by-hand
	_ = openSMPP("smpp.maplefreight.io:3550", id, password) // ok -- connection/smpp-by-hand
}

func bindInside(id, password string) error {
	conn, err := net.Dial("tcp", "smpps.maplefreight.io:2775") // ok -- connection/smpp-by-hand
	if err != nil {
		return err
	}
	return bindSMPP(tls.Client(conn, &tls.Config{ServerName: "smpps.maplefreight.io"}), id, password)
}
