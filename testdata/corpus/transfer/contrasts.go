package transfer

import (
	"log"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

func nearbyHost(pw string) (*ssh.Client, error) {
	return ssh.Dial("tcp", "127.0.0.1:2222", &ssh.ClientConfig{
		User: "ops", Auth: []ssh.AuthMethod{ssh.Password(pw)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), // ok -- transfer/ssh-ignore
	})
}

func fixedAtFirst(key ssh.PublicKey) *ssh.ClientConfig {
	c := &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)}
	c.HostKeyCallback = ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-fixed
	return c
}

func knownIfThere() *ssh.ClientConfig {
	check, err := knownhosts.New("/etc/ssh/ssh_known_hosts")
	if err != nil {
		log.Println("no known hosts:", err)
		check = ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-known-hosts
	}
	return &ssh.ClientConfig{User: "ops", HostKeyCallback: check}
}

func untilTimedOut(c *ssh.ClientConfig) {
	if c.User == "" {
		c.HostKeyCallback = ssh.InsecureIgnoreHostKey() // want ssh-host-key-unchecked -- transfer/ssh-conditional
	}
}

// TestUpload is what a button of the settings does.
func TestUpload(address, pw string) (*ssh.Client, error) {
	return ssh.Dial("tcp", address, &ssh.ClientConfig{
		User: "ops", Auth: []ssh.AuthMethod{ssh.Password(pw)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), // want ssh-host-key-unchecked -- transfer/test-file
	})
}
