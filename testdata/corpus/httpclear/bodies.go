package httpclear

import (
	"bytes"
	"encoding/json"
	"net/http"
)

type account struct {
	Name     string `json:"name"`
	Password string `json:"password"`
}

func signIn(pw string) {
	b, _ := json.Marshal(account{"billing", pw})
	_, _ = http.Post("http://login.maplefreight.io/session", "application/json", bytes.NewReader(b))  // want credential-over-http -- http/json-body
	_, _ = http.Post("https://login.maplefreight.io/session", "application/json", bytes.NewReader(b)) // ok -- http/json-body
}

func notice(to, text string) {
	b, _ := json.Marshal(map[string]any{"to": to, "text": text})
	_, _ = http.Post("http://sms.maplefreight.io/send", "application/json", bytes.NewReader(b))  // want message-over-http -- http/json-body
	_, _ = http.Post("https://sms.maplefreight.io/send", "application/json", bytes.NewReader(b)) // ok -- http/json-body
}

func notices(numbers []string, text string) {
	b, _ := json.Marshal(map[string]any{"recipients": numbers, "message": text})
	_, _ = http.Post("http://sms.maplefreight.io/send", "application/json", bytes.NewReader(b))  // want message-over-http -- http/json-body
	_, _ = http.Post("https://sms.maplefreight.io/send", "application/json", bytes.NewReader(b)) // ok -- http/json-body
}
