// Command relay sends what the billing system has to say: as messages, as mail
// and as files.
package main

import (
	"errors"
	"fmt"
	"os"

	"example.com/relay/account"
	"example.com/relay/mail"
)

// settings are read from the environment, and there are no defaults.
type settings struct {
	APIKey       string
	MailUser     string
	MailPassword string
	MailHost     string
}

func readSettings() (settings, error) {
	s := settings{
		APIKey:       os.Getenv("RELAY_API_KEY"),
		MailUser:     os.Getenv("RELAY_MAIL_USER"),
		MailPassword: os.Getenv("RELAY_MAIL_PASSWORD"),
		MailHost:     os.Getenv("RELAY_MAIL_HOST"),
	}
	if s.APIKey == "" || s.MailPassword == "" {
		return settings{}, errors.New("RELAY_API_KEY and RELAY_MAIL_PASSWORD must be set")
	}
	return s, nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: relay <recipient> <text>")
	}
	s, err := readSettings()
	if err != nil {
		return err
	}
	if err := account.CheckNew(args[0], os.Getenv("RELAY_NEW_PASSWORD")); err != nil {
		return err
	}
	client := newClient(s.APIKey)
	if err := client.send(args[0], args[1]); err != nil {
		return err
	}
	return mail.Send(s.MailHost, s.MailUser, s.MailPassword, args[1])
}
