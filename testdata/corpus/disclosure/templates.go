package disclosure

import (
	"bytes"
	htmltemplate "html/template"
	"net/http"
	"text/template"
)

type guest struct {
	Name     string
	Password string
}

var (
	welcomeText = template.Must(template.New("welcome").Parse("Dear {" + "{.Name}" + "}, your password is {" + "{.Password}" + "}.\n"))
	changedText = template.Must(template.New("changed").Parse("Dear {" + "{.Name}" + "}, {" + "{if .Password}" + "}choose another one{" + "{end}" + "}.\n"))
)

func letter(c Courier, g guest, phone string) error {
	var b bytes.Buffer
	if err := welcomeText.Execute(&b, g); err != nil {
		return err
	}
	if err := c.Send(phone, b.String()); err != nil { // want credential-in-message -- disclosure/template
		return err
	}
	var other bytes.Buffer
	if err := changedText.Execute(&other, g); err != nil {
		return err
	}
	return c.Send(phone, other.String()) // ok -- disclosure/template
}

func page(w http.ResponseWriter, password, name string) error {
	t, err := htmltemplate.New("page").Parse("<p>{" + "{.who}" + "}: {" + "{.what}" + "}</p>")
	if err != nil {
		return err
	}
	if err := t.Execute(w, map[string]string{"who": name, "what": password}); err != nil { // want credential-in-response -- disclosure/template-map
		return err
	}
	return t.Execute(w, map[string]string{"who": name, "other": password}) // ok -- disclosure/template-map
}
