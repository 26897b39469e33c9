package disclosure

import (
	"encoding/json"
	"log"
	"os"

	"github.com/davecgh/go-spew/spew"
	"github.com/gofiber/fiber/v2"
	"github.com/hashicorp/vault/api"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

type mailConfig struct {
	Host     string
	Password string
}

func dumpedSettings(cmd *cobra.Command) error {
	log.Println("mail through", viper.GetString("mail.host")) // ok -- disclosure/settings-dump
	if viper.GetString("mail.password") == "" {
		log.Println(viper.AllSettings()) // want credential-in-log -- disclosure/settings-dump
	}
	log.Printf("%d settings", len(viper.AllSettings()))                       // ok -- disclosure/settings-dump
	return json.NewEncoder(cmd.OutOrStdout()).Encode(viper.GetString("mail")) // ok -- disclosure/settings-dump
}

func dumpedValues(cmd *cobra.Command, c mailConfig) error {
	spew.Dump(c)                                        // want credential-in-log -- disclosure/value-dump
	spew.Dump(c.Host)                                   // ok -- disclosure/value-dump
	return json.NewEncoder(cmd.OutOrStdout()).Encode(c) // want credential-in-log -- disclosure/settings-dump
}

func denied(password, user string) error {
	if user == "" {
		return fiber.NewError(400, "password without a user: "+password) // want credential-in-error -- disclosure/framework-error
	}
	return fiber.NewError(401, "wrong password of "+user) // ok -- disclosure/framework-error
}

type sealed struct{ PasswordFile, CertFile, KeyFile string }

func unsealed(s sealed, home string) error {
	content, err := os.ReadFile(s.PasswordFile)
	if err != nil {
		return err
	}
	log.Printf("read %d bytes of %s", len(content), s.PasswordFile) // ok -- disclosure/secret-file-setting
	log.Printf("read %s", content)                                  // want credential-in-log -- disclosure/secret-file-setting
	cert, err := os.ReadFile(s.CertFile)
	if err != nil {
		return err
	}
	log.Printf("certificate %s", cert) // ok -- disclosure/secret-file-setting
	opened, err := os.ReadFile(s.KeyFile)
	if err != nil {
		return err
	}
	secret := string(opened)
	log.Printf("seal with %s", secret) // want credential-in-log -- disclosure/secret-file-setting
	return nil
}

func vaulted(c *api.Client, kept *api.Secret) {
	log.Printf("lease %v", kept.Data["lease"]) // ok -- disclosure/secret-store
	log.Printf("read %v", kept.Data)           // want credential-in-log -- disclosure/secret-store
	log.Printf("%d entries", len(kept.Data))   // ok -- disclosure/secret-store
}
