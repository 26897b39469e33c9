package disclosure

import (
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"strings"

	"github.com/jlaffaye/ftp"
)

func encoded(user, apiKey string) {
	var b strings.Builder
	b.WriteString("key of ")
	b.WriteString(user)
	log.Println(b.String())                                      // ok -- disclosure/builder
	log.Println(base64.StdEncoding.EncodeToString([]byte(user))) // ok -- disclosure/encoding
	text, _ := json.Marshal(map[string]string{"user": user})
	log.Println(string(text))                            // ok -- disclosure/json
	log.Printf("%x", apiKey)                             // want credential-in-log -- disclosure/hash
	log.Printf("%d characters: %s", len(apiKey), apiKey) // want credential-in-log -- disclosure/length
	log.Println(apiKey)                                  // want credential-in-log -- disclosure/ignore
}

func quietTransfer(user, password string) error {
	trace, err := os.CreateTemp("", "ftp")
	if err != nil {
		return err
	}
	log.Println("tracing to", trace.Name())
	c, err := ftp.Dial("ftp.maplefreight.io:990", ftp.DialWithTLS(&tls.Config{ServerName: "ftp.maplefreight.io"}), ftp.DialWithDebugOutput(io.Discard)) // ok -- disclosure/debug-writer
	if err != nil {
		return err
	}
	return c.Login(user, password)
}

func environmentOf(password string) error {
	cmd := exec.Command("mysqldump", "--all-databases")
	cmd.Env = append(os.Environ(), "MYSQL_PWD=Winter-Lake-22") // want hardcoded-credential -- disclosure/command-env
	if err := cmd.Run(); err != nil {
		return err
	}
	secret := "Winter-Lake-23"
	return exec.Command("mysql", "-p"+secret).Run() // want credential-on-command-line -- disclosure/command-variable
}

func about(password string) error {
	return fmt.Errorf("wrong password given: %q", password) // want credential-in-error -- disclosure/error-about
}

func named(passwordFile, keyID, apiKey, pageToken, accessToken, secretName, clientSecret string) {
	password, _ := os.ReadFile(passwordFile)
	log.Printf("read %s from %s", password, passwordFile) // want credential-in-log -- disclosure/file-path
	log.Println("key", keyID, apiKey)                     // want credential-in-log -- disclosure/key-id
	log.Println("next", pageToken, "with", accessToken)   // want credential-in-log -- disclosure/page-token
	log.Println("secret", secretName, "is", clientSecret) // want credential-in-log -- disclosure/secret-name
	if accessToken != "" {
		log.Println("have", accessToken) // want credential-in-log -- disclosure/presence
	}
	fmt.Print("Password: ")
	typed := readPassword()
	log.Println("typed", typed) // want credential-in-log -- disclosure/prompt
}

// TestMailbox is what a button of the settings does.
func TestMailbox(password string) {
	log.Println("login with", password) // want credential-in-log -- disclosure/test-file
}

func signedIn(w http.ResponseWriter, password string) {
	json.NewEncoder(w).Encode(map[string]any{"token": read(), "password": password}) // want credential-in-response -- disclosure/token-response
	out := io.MultiWriter(os.Stderr, io.Discard)
	fmt.Fprintf(out, "PASS %s\r\n", password) // want credential-in-log -- disclosure/writer
}
