package main

import (
	"errors"
	"net"
	"os"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// uploader copies files to the archive.
type uploader struct {
	host, user, password string
}

// dial logs in to the archive, whose key must be known.
func (u *uploader) dial(known string) (*ssh.Client, error) {
	check, err := knownhosts.New(known)
	if err != nil {
		return nil, err
	}
	config := &ssh.ClientConfig{
		User:            u.user,
		Auth:            []ssh.AuthMethod{ssh.Password(u.password)},
		HostKeyCallback: check,
	}
	return ssh.Dial("tcp", net.JoinHostPort(u.host, "22"), config)
}

// archiveToken returns the token of the archive's own interface.
func archiveToken() (string, error) {
	token := os.Getenv("ARCHIVE_TOKEN")
	if token == "" {
		return "", errors.New("ARCHIVE_TOKEN must be set")
	}
	return token, nil
}
