//go:debug tls10server=1

// Served lets the toolchain choose the least version, which a setting lowers.
package main

import (
	"crypto/tls"
	"log"
	"net/http"
)

func main() {
	floored := &http.Server{Addr: ":8444", TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12}} // ok -- tls/server-default
	go func() { log.Println(floored.ListenAndServeTLS("cert.pem", "key.pem")) }()
	server := &http.Server{Addr: ":8443"} // want weak-tls-version -- tls/server-default
	log.Fatal(server.ListenAndServeTLS("cert.pem", "key.pem"))
}
