package disclosure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"corpus.test/audit/disclosure/say"
)

// Courier brings lines to people.
type Courier interface {
	Send(phone, text string) error
}

// Texter has no names for what it takes.
type Texter interface {
	Text(string, string) error
}

func couriers(c Courier, t Texter, p say.Parcels, phone, password string) {
	_ = c.Send(phone, "Your new password is "+password)       // want credential-in-message -- disclosure/message-interface
	_ = c.Send(phone, "Your password is no longer valid")     // ok -- disclosure/message-interface
	_ = t.Text(phone, "password "+password)                   // want credential-in-message -- disclosure/message-interface
	_ = p.Hand(phone, "password "+password)                   // want credential-in-message -- disclosure/message-other-package
	_ = p.Hand(phone, "a password with fewer than 8 letters") // ok -- disclosure/message-other-package
}

// Desk takes functions for whatever brings its lines.
type Desk struct {
	sendSMS func(phone, text string) error
	draw    func(to, text string) error
}

func desks(d Desk, notify func(to, text string) error, phone, password, code string) {
	_ = notify(phone, "Your new password: "+password) // want credential-in-message -- disclosure/message-function
	_ = notify(phone, "Your code: "+code)             // ok -- disclosure/message-function
	_ = d.sendSMS(phone, "password "+password)        // want credential-in-message -- disclosure/message-function
	_ = d.draw(phone, "password "+password)           // ok -- disclosure/message-function
}

func pageNext(msisdn, text string) error {
	res, err := http.Post("https://sms.maplefreight.io/v1/"+msisdn, "text/plain", strings.NewReader(text))
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func pagers(phone, password string) {
	_ = pageNext(phone, "The new password is "+password)         // want credential-in-message -- disclosure/message-function
	_ = pageNext(phone, "A password needs 12 letters and above") // ok -- disclosure/message-function
}

type parcel struct {
	recipient string
	body      string
}

type account struct {
	email     string
	plaintext string
}

func parcels(queue chan<- parcel, email, password, code string) account {
	queue <- parcel{recipient: email, body: "your code is " + code} // ok -- disclosure/message-struct
	queue <- parcel{
		recipient: email,
		body:      "your password is " + password, // want credential-in-message -- disclosure/message-struct
	}
	return account{email: email, plaintext: password} // ok -- disclosure/message-struct
}

func payloads(phone, password, code string) error {
	first, err := json.Marshal(map[string]string{"to": phone, "text": "Password: " + password}) // want credential-in-message -- disclosure/message-map
	if err != nil {
		return err
	}
	second, err := json.Marshal(map[string]string{"to": phone, "text": "Code: " + code}) // ok -- disclosure/message-map
	if err != nil {
		return err
	}
	for _, b := range [][]byte{first, second} {
		res, err := http.Post("https://sms.maplefreight.io/v1", "application/json", bytes.NewReader(b))
		if err != nil {
			return err
		}
		_ = res.Body.Close()
	}
	return nil
}

func forms(phone, password, code string) (string, string) {
	first := url.Values{}
	first.Set("To", phone)
	first.Set("Body", "Password: "+password) // want credential-in-message -- disclosure/message-form
	second := url.Values{}
	second.Set("To", phone)
	second.Set("Body", "Code: "+code) // ok -- disclosure/message-form
	return first.Encode(), second.Encode()
}

func letters(c Courier, phone, name, password string) {
	_ = c.Send(phone, strings.ReplaceAll("Hello, your password is {pw}", "{pw}", password))  // want credential-in-message -- disclosure/replaced
	_ = c.Send(phone, strings.ReplaceAll("Hello {name}, choose a password", "{name}", name)) // ok -- disclosure/replaced
}

func isLong(text string) error {
	if len(text) < 12 {
		return http.ErrNoCookie
	}
	return nil
}

func checked(c Courier, phone, password string) {
	if err := isLong(password); err != nil {
		return
	}
	_ = c.Send(phone, fmt.Sprintf("Hello %s, your password is %s", phone, password)) // want credential-in-message -- disclosure/message-checked
	if password == "" {
		_ = c.Send(phone, fmt.Sprintf("Hello %s, no password %s", phone, password)) // ok -- disclosure/message-checked
	}
}
