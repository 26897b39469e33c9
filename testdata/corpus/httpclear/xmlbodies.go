package httpclear

import (
	"fmt"
	"net/http"
	"strings"
)

func order(user, pw, to, text string) error {
	body := fmt.Sprintf(`<?xml version="1.0"?><request><username>%s</username><password>%s</password><to>%s</to><body>%s</body></request>`, user, pw, to, text)
	_, err := http.Post("http://sms.maplefreight.io/xml", "text/xml", strings.NewReader(body)) // want credential-over-http -- http/xml-body
	return err
}

func orderSafely(user, pw string) error {
	body := `<request user="` + user + `" password="` + pw + `"/>`
	_, err := http.Post("https://sms.maplefreight.io/xml", "text/xml", strings.NewReader(body)) // ok -- http/xml-body
	return err
}

func status(id string) error {
	_, err := http.Post("http://sms.maplefreight.io/xml", "text/xml", strings.NewReader("<status><id>"+id+"</id></status>")) // ok -- http/xml-body
	return err
}
