package disclosure

import (
	"bytes"
	"html/template"
	"net/http"
)

var (
	invitation = template.Must(template.New("invitation").Parse("<p>Log in as {" + "{.Login}" + "} with {" + "{.Start}" + "}.</p>"))
	reminder   = template.Must(template.New("reminder").Parse("<p>You log in as {" + "{.Login}" + "}.</p>"))
)

// filled puts data into a template that callers choose.
func filled(t *template.Template, data any) string {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return ""
	}
	return b.String()
}

func invite(c Courier, phone, login, password string) error {
	if err := c.Send(phone, filled(reminder, map[string]string{"Login": login, "Start": password})); err != nil { // ok -- disclosure/template-handed-over
		return err
	}
	return c.Send(phone, filled(invitation, map[string]string{"Login": login, "Start": password})) // want credential-in-message -- disclosure/template-handed-over
}

func fromFiles(w http.ResponseWriter, pages *template.Template, login, password string) error {
	if err := pages.ExecuteTemplate(w, "name.html", map[string]any{"Login": login, "Set": password != ""}); err != nil { // ok -- disclosure/template-unknown
		return err
	}
	return pages.ExecuteTemplate(w, "start.html", map[string]any{"Login": login, "Start": password}) // want credential-in-response -- disclosure/template-unknown
}
