package authtest

// insertions returns the operators that add bad practices. The phrasings are
// what people write, whether or not anything finds it: a phrasing that is never
// found stays, and is a miss.
func insertions() []insertion {
	return append(append(requestInsertions(), credentialInsertions()...), connectionInsertions()...)
}

// operatorRules returns the rules of which one must be reported for a mutation.
func operatorRules(name string) []string {
	for _, op := range insertions() {
		if op.name == name {
			return op.rules
		}
	}
	return replacementRules[name]
}

func requestInsertions() []insertion {
	return []insertion{
		{name: "basic-over-http", rules: []string{"basic-auth-over-http"}, phrasings: basicOverHTTP},
		{name: "credential-over-http", rules: []string{"credential-over-http"}, phrasings: credentialOverHTTP},
		{name: "credential-in-url", rules: []string{"credential-in-url"}, phrasings: credentialInURL},
		{name: "message-by-get", rules: []string{"get-message-send"}, phrasings: messageByGet},
		{name: "message-over-http", rules: []string{"message-over-http"}, phrasings: messageOverHTTP},
	}
}

var basicOverHTTP = []phrasing{
	{stmt: `if req, err := @http.NewRequest("POST", "http://$host/v1/"+$text, nil); err == nil { req.SetBasicAuth($user, $secret); _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `{ endpoint := @fmt.Sprintf("http://%s/rest/%s", "$host", $text); r, err := @http.NewRequest(@http.MethodGet, endpoint, nil); if err == nil { r.SetBasicAuth($user, $secret); if resp, err := (&@http.Client{Timeout: 10 * @time.Second}).Do(r); err == nil { _ = resp.Body.Close() } } }`},
	{stmt: `{ pair := @base64.StdEncoding.EncodeToString([]byte($user + ":" + $secret)); req, err := @http.NewRequest("GET", "http://$host/api/status", nil); if err == nil { req.Header.Set("Authorization", "Basic "+pair); _, _ = @http.DefaultClient.Do(req) } }`},
	{decl: `type $nameClient struct { user, password string; http *@http.Client }; func (c *$nameClient) get(path string) (*@http.Response, error) { req, err := @http.NewRequest(@http.MethodGet, "http://$host"+path, nil); if err != nil { return nil, err }; req.SetBasicAuth(c.user, c.password); return c.http.Do(req) }`},
	{stmt: `if req, err := @http.NewRequest("POST", $nameEndpoint, @strings.NewReader($text)); err == nil { req.SetBasicAuth($user, $secret); req.Header.Set("Content-Type", "text/xml"); _, _ = @http.DefaultClient.Do(req) }`,
		decl: `const $nameEndpoint = "http://$host/soap"`},
	{stmt: `if r, err := @http.NewRequest("DELETE", "http://$inside/queues/"+$text, nil); err == nil { _, _ = @http.DefaultClient.Do($nameSigned(r, $user, $secret)) }`,
		decl: `func $nameSigned(r *@http.Request, user, password string) *@http.Request { r.SetBasicAuth(user, password); return r }`},
	{stmt: `{ u := @url.URL{Scheme: "http", Host: "$host", Path: "/reports", User: @url.UserPassword($user, $secret)}; if resp, err := @http.Get(u.String()); err == nil { resp.Body.Close() } }`,
		rules: []string{"basic-auth-over-http", "credential-in-url", "credential-over-http"}},
	{decl: `type $nameTransport struct{ user, pass string }; func (t $nameTransport) RoundTrip(r *@http.Request) (*@http.Response, error) { r = r.Clone(r.Context()); r.SetBasicAuth(t.user, t.pass); return @http.DefaultTransport.RoundTrip(r) }; func $nameFetch(user, pass, id string) (*@http.Response, error) { return (&@http.Client{Transport: $nameTransport{user, pass}}).Get("http://$host/orders/" + id) }`},
	{stmt: `{ creds := $user + ":" + $secret; req := &@http.Request{Method: "GET", URL: &@url.URL{Scheme: "http", Host: "$host", Path: "/v2/list"}, Header: @http.Header{"Authorization": {"Basic " + @base64.StdEncoding.EncodeToString([]byte(creds))}}}; if resp, err := @http.DefaultTransport.RoundTrip(req); err == nil { resp.Body.Close() } }`},
	{stmt: `{ base := "http://" + $text; login := func(path string) error { req, err := @http.NewRequest("POST", base+path, nil); if err != nil { return err }; req.SetBasicAuth($user, $secret); resp, err := @http.DefaultClient.Do(req); if err != nil { return err }; return resp.Body.Close() }; _ = login("/session") }`},
}

var credentialOverHTTP = []phrasing{
	{stmt: `if r, err := @http.NewRequest("GET", "http://$host/items", nil); err == nil { r.Header.Set("Authorization", "Bearer "+$secret); _, _ = @http.DefaultClient.Do(r) }`},
	{stmt: `{ req, err := @http.NewRequestWithContext(@context.Background(), @http.MethodPost, @fmt.Sprintf("%s://%s/hooks/%s", "http", "$host", $text), nil); if err == nil { req.Header.Add("X-Api-Key", $secret); if res, err := @http.DefaultClient.Do(req); err == nil { defer res.Body.Close() } } }`},
	{stmt: `if resp, err := @http.PostForm("http://$host/login", @url.Values{"username": {$user}, "password": {$secret}}); err == nil { _ = resp.Body.Close() }`},
	{stmt: `{ payload := @fmt.Sprintf("{\"username\":%q,\"password\":%q}", $user, $secret); resp, err := @http.Post("http://$host/auth/1/session", "application/json", @strings.NewReader(payload)); if err == nil { resp.Body.Close() } }`},
	{decl: `type $nameAPI struct{ base, token string }; func new$NameAPI(token string) *$nameAPI { return &$nameAPI{base: "http://$host/api", token: token} }; func (a *$nameAPI) do(method, path string) (*@http.Response, error) { req, err := @http.NewRequest(method, a.base+path, nil); if err != nil { return nil, err }; req.Header.Set("Authorization", "Bearer "+a.token); return @http.DefaultClient.Do(req) }`},
	{stmt: `{ headers := @http.Header{}; headers.Set("Authorization", @fmt.Sprintf("App %s", $secret)); req, err := @http.NewRequest("POST", "http://$host/sms/2/text/advanced", nil); if err == nil { req.Header = headers; _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `if target, err := @url.Parse("http://$inside/api/" + $text); err == nil { req := (&@http.Request{Method: "PUT", URL: target, Header: make(@http.Header)}).WithContext(@context.TODO()); req.Header["Authorization"] = []string{"Token " + $secret}; _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `if full, err := @url.JoinPath($nameURL, "v1", $text); err == nil { if req, err := @http.NewRequest("PATCH", full, nil); err == nil { req.Header.Set("X-Auth-Token", $secret); _, _ = @http.DefaultClient.Do(req) } }`,
		decl: `var $nameURL = "http://$host"`},
	{stmt: `{ form := @url.Values{}; form.Set("grant_type", "client_credentials"); form.Set("client_id", $user); form.Set("client_secret", $secret); req, err := @http.NewRequest("POST", "http://$host/oauth2/token", @strings.NewReader(form.Encode())); if err == nil { req.Header.Set("Content-Type", "application/x-www-form-urlencoded"); _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `{ send := func(r *@http.Request) { r.Header.Set("Authorization", "Bearer "+$secret); if resp, err := @http.DefaultClient.Do(r); err == nil { resp.Body.Close() } }; if r, err := @http.NewRequest("GET", "http://$host/me", nil); err == nil { send(r) } }`},
	{stmt: `{ body, err := @json.Marshal(map[string]string{"login": $user, "password": $secret}); if err == nil { _, _ = @http.Post("http://$host/token", "application/json", @bytes.NewReader(body)) } }`},
}

var credentialInURL = []phrasing{
	{stmt: `_, _ = @http.Get("https://$host/login?user=" + $user + "&password=" + $secret)`},
	{stmt: `if resp, err := @http.Get(@fmt.Sprintf("https://%s/api/status?api_key=%s&id=%s", "$host", $secret, $text)); err == nil { resp.Body.Close() }`},
	{stmt: `{ q := @url.Values{}; q.Set("username", $user); q.Set("password", $secret); _, _ = @http.Get("https://$host/http/balance?" + q.Encode()) }`},
	{stmt: `if req, err := @http.NewRequest(@http.MethodGet, "https://$host/v3/accounts/"+$text, nil); err == nil { q := req.URL.Query(); q.Add("access_token", $secret); req.URL.RawQuery = q.Encode(); _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `if u, err := @url.Parse("https://$host/report"); err == nil { u.RawQuery = "token=" + @url.QueryEscape($secret); if resp, err := @http.Get(u.String()); err == nil { resp.Body.Close() } }`},
	{stmt: `if resp, err := @http.Head("https://" + $user + ":" + $secret + "@$host/archive.zip"); err == nil { resp.Body.Close() }`,
		rules: []string{"credential-in-url", "basic-auth-discouraged"}},
	{stmt: `{ params := map[string]string{"login": $user, "psw": $secret, "phones": $text}; q := @url.Values{}; for k, v := range params { q.Set(k, v) }; _, _ = @http.Get("https://$host/sys/balance.php?" + q.Encode()) }`},
	{stmt: `{ query := @strings.Join([]string{"user=" + $user, "passwd=" + $secret}, "&"); req, err := @http.NewRequest("GET", "https://$host/export?"+query, nil); if err == nil { _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `if req, err := @http.NewRequest("GET", $nameWithKey("https://$host/v1/lookup", $secret), nil); err == nil { _, _ = @http.DefaultClient.Do(req) }`,
		decl: `func $nameWithKey(base, apiKey string) string { return base + "?apikey=" + apiKey }`},
	{stmt: `{ var b @strings.Builder; b.WriteString("https://$host/poll?client_secret="); b.WriteString($secret); b.WriteString("&since=0"); if resp, err := @http.Get(b.String()); err == nil { resp.Body.Close() } }`},
	{decl: `type $nameGateway struct{ base, apiKey string }; func (g $nameGateway) balance(account string) (*@http.Response, error) { v := @url.Values{"account": {account}, "api_key": {g.apiKey}}; u := @url.URL{Scheme: "https", Host: "$host", Path: "/balance", RawQuery: v.Encode()}; return @http.Get(u.String()) }`},
}

var messageByGet = []phrasing{
	{stmt: `if resp, err := @http.Get("https://sms.$host/send?to=" + $text + "&text=" + @url.QueryEscape($other)); err == nil { resp.Body.Close() }`},
	{stmt: `{ q := @url.Values{}; q.Set("from", "Orders"); q.Set("to", $text); q.Set("text", $other); _, _ = @http.Get("https://abcdef.api.infobip.com/sms/1/text/query?" + q.Encode()) }`},
	{stmt: `if req, err := @http.NewRequest(@http.MethodGet, @fmt.Sprintf("https://%s/sendsms?msisdn=%s&message=%s", "$host", $text, @url.QueryEscape($other)), nil); err == nil { _, _ = @http.DefaultClient.Do(req) }`},
	{decl: `func $nameSendSMS(to, text string) error { q := @url.Values{"destination": {to}, "message": {text}}; resp, err := @http.Get("https://$host/messages?" + q.Encode()); if err != nil { return err }; return resp.Body.Close() }`},
	{decl: `type $nameNotifier struct { endpoint string; client *@http.Client }; func (n *$nameNotifier) Notify(recipient, text string) error { req, err := @http.NewRequest("GET", n.endpoint+"/sms/send", nil); if err != nil { return err }; q := req.URL.Query(); q.Add("recipient", recipient); q.Add("text", text); req.URL.RawQuery = q.Encode(); resp, err := n.client.Do(req); if err != nil { return err }; return resp.Body.Close() }`},
	{stmt: `{ gateway := "https://" + "$host" + "/http/send-message"; if u, err := @url.Parse(gateway); err == nil { u.RawQuery = "to=" + $text + "&message-type=sms.automatic&message=" + @url.QueryEscape($other); if resp, err := @http.Get(u.String()); err == nil { resp.Body.Close() } } }`},
	{stmt: `{ message := @url.QueryEscape($other); go func() { if resp, err := @http.Get("https://$host/api/v2/sms?number=" + $text + "&message=" + message); err == nil { resp.Body.Close() } }() }`},
}

var messageOverHTTP = []phrasing{
	{stmt: `if resp, err := @http.PostForm("http://sms.$host/send", @url.Values{"to": {$text}, "text": {$other}}); err == nil { resp.Body.Close() }`},
	{stmt: `{ body := @fmt.Sprintf("to=%s&message=%s", @url.QueryEscape($text), @url.QueryEscape($other)); if resp, err := @http.Post("http://$host/sms/messages", "application/x-www-form-urlencoded", @strings.NewReader(body)); err == nil { resp.Body.Close() } }`},
	{stmt: `if resp, err := @http.Post("http://abcdef.api.infobip.com/sms/3/messages", "application/json", @strings.NewReader($text)); err == nil { resp.Body.Close() }`},
	{decl: `func $nameNotifySMS(to, text string) error { form := @url.Values{}; form.Set("recipient", to); form.Set("text", text); resp, err := @http.DefaultClient.PostForm("http://$host/notify", form); if err != nil { return err }; return resp.Body.Close() }`},
}
