package httpclear

import (
	"bytes"
	"encoding/json"
	"net/http"
)

type shortMessage struct {
	To   []string `json:"to"`
	Text string   `json:"text"`
}

type shortForecast struct {
	City string `json:"city"`
	Note string `json:"note,omitempty"`
}

func postTyped(where string, v any) {
	b, _ := json.Marshal(v)
	r, _ := http.NewRequest(http.MethodPost, where, bytes.NewReader(b))
	_, _ = http.DefaultClient.Do(r)
}

func typedMessage(m shortMessage) {
	postTyped("http://sms.maplefreight.io/v1/messages", m)  // want message-over-http -- http/json-body-typed
	postTyped("https://sms.maplefreight.io/v1/messages", m) // ok -- http/json-body-typed
}

func typedPointer(m *shortMessage) {
	b, _ := json.Marshal(m)
	_, _ = http.Post("http://sms.maplefreight.io/v1/messages", "application/json", bytes.NewReader(b)) // want message-over-http -- http/json-body-typed
}

func typedBuffer(m shortMessage) {
	var b bytes.Buffer
	_ = json.NewEncoder(&b).Encode(m)
	_, _ = http.Post("http://sms.maplefreight.io/v1/messages", "application/json", &b) // want message-over-http -- http/json-body-typed
}

func typedForecast(f shortForecast) {
	postTyped("http://sms.maplefreight.io/v1/forecast", f) // ok -- http/json-body-typed
}
