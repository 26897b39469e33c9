package token

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

type newKey struct {
	Name       string   `json:"name"`
	ValidTo    string   `json:"validTo,omitempty"`
	AllowedIPs []string `json:"allowedIPs,omitempty"`
	ScopeGuids []string `json:"scopeGuids,omitempty"`
}

func postJSON(url string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(r)
	return err
}

// makeKey knows the type of what it sends; what is in it its callers say.
func makeKey(k newKey) error {
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodPost, "https://api.infobip.com/settings/2/api-keys", bytes.NewReader(data))
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(r)
	return err
}

func makeTyped(addresses, scopes []string) {
	end := time.Now().AddDate(0, 2, 0).Format(time.RFC3339)
	_ = makeKey(newKey{Name: "a", AllowedIPs: addresses, ScopeGuids: scopes})               // want api-key-without-expiry -- token/key-struct
	_ = makeKey(newKey{Name: "a", ValidTo: end, AllowedIPs: addresses, ScopeGuids: scopes}) // ok -- token/key-struct
}

func makeKeys(host string, addresses, scopes []string, given map[string]any) {
	const keys = "https://api.infobip.com/settings/2/api-keys"
	end := time.Now().AddDate(0, 2, 0).Format(time.RFC3339)
	_ = postJSON(keys, newKey{Name: "a", AllowedIPs: addresses, ScopeGuids: scopes})                   // want api-key-without-expiry -- token/key-struct
	_ = postJSON(keys, newKey{Name: "a", ValidTo: end, ScopeGuids: scopes})                            // want api-key-unrestricted -- token/key-struct
	_ = postJSON(keys, newKey{Name: "a", ValidTo: end, AllowedIPs: addresses, ScopeGuids: scopes})     // ok -- token/key-struct
	_ = postJSON(keys, map[string]any{"name": "a", "allowedIPs": addresses, "scopeGuids": scopes})     // want api-key-without-expiry -- token/key-map
	_ = postJSON(keys, map[string]any{"validTo": end, "allowedIPs": addresses, "scopeGuids": scopes})  // ok -- token/key-map
	_ = postJSON("https://"+host+".api.infobip.com/settings/1/accounts/a/api-keys", newKey{Name: "a"}) // want api-key-without-expiry api-key-unrestricted -- token/key-host
	_ = postJSON("https://"+host+".api.infobip.com/sms/3/messages", newKey{Name: "a"})                 // ok -- token/key-host
	_ = postJSON("https://keys.maplefreight.io/settings/2/api-keys", newKey{Name: "a"})                // ok -- token/key-host
	_ = postJSON(keys, given)                                                                          // ok -- token/key-map
	text := `{"name": "a", "validTo": "2099-12-31", "allowedIPs": ["203.0.113.7"], "permissions": ["PUBLIC_API"]}`
	_, _ = http.Post(keys, "application/json", strings.NewReader(text))                                                                                           // want api-key-without-expiry api-key-unrestricted -- token/key-text
	_, _ = http.Post(keys, "application/json", strings.NewReader(`{"validTo": "2027-01-01", "allowedIPs": ["203.0.113.7"], "scopeGuids": ["sms:message:send"]}`)) // ok -- token/key-text
}

// keyMaker makes keys of what it is given.
type keyMaker struct{ client *http.Client }

func (k keyMaker) post(payload any) error {
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(payload); err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodPost, "https://k3x9qz.api.infobip.com/settings/2/api-keys", &body)
	if err != nil {
		return err
	}
	_, err = k.client.Do(r)
	return err
}

func (k keyMaker) endless(name string, addresses []string) error {
	return k.post(map[string]any{"name": name, "allowedIPs": addresses, "scopeGuids": []string{"sms:message:send"}, "validTo": nil}) // want api-key-without-expiry -- token/key-map
}

func (k keyMaker) ending(name, end string, addresses []string) error {
	return k.post(map[string]any{"name": name, "allowedIPs": addresses, "scopeGuids": []string{"sms:message:send"}, "validTo": end}) // ok -- token/key-map
}
