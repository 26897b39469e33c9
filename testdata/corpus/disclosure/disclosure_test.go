package disclosure

import (
	"log"
	"testing"
)

func TestLogin(t *testing.T) {
	password := read()
	log.Println("login with", password) // ok -- disclosure/test-file
	t.Log(password)                     // ok -- disclosure/test-file
}
