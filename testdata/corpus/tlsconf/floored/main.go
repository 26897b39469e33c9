// Floored lets the toolchain choose the least version.
package main

import (
	"log"
	"net/http"
)

func main() {
	server := &http.Server{Addr: ":8443"} // ok -- tls/server-default
	log.Fatal(server.ListenAndServeTLS("cert.pem", "key.pem"))
}
