package transfer

import (
	"testing"

	"golang.org/x/crypto/ssh"
)

func TestHosts(t *testing.T) {
	_ = &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()} // ok -- transfer/test-file
}
