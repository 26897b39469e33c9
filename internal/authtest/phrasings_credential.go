package authtest

func credentialInsertions() []insertion {
	hard := []string{"hardcoded-credential"}
	either := []string{"hardcoded-credential", "fallback-credential"}
	return []insertion{
		{name: "literal-in-request", rules: hard, phrasings: literalInRequest},
		{name: "literal-in-store", rules: hard, phrasings: literalInStore},
		{name: "literal-in-data", rules: hard, phrasings: literalInData},
		{name: "fallback", rules: either, phrasings: fallback},
		{name: "weak-minimum", rules: []string{"weak-password-policy"}, phrasings: weakMinimum},
		{
			name: "password-logged", rules: []string{"credential-in-log"}, off: "disclosure has no rule yet",
			phrasings: []phrasing{{stmt: `@log.Printf("login of %s with %s", $user, $secret)`}},
		},
	}
}

const commandLines = "command lines have no front end yet"

var literalInRequest = []phrasing{
	{stmt: `if r, err := @http.NewRequest("GET", "https://$host/v1", nil); err == nil { r.SetBasicAuth("reporting", $lit); _, _ = @http.DefaultClient.Do(r) }`},
	{stmt: `{ token := $key; req, err := @http.NewRequest("POST", "https://$host/events", nil); if err == nil { req.Header.Set("Authorization", "Bearer "+token); _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `if req, err := @http.NewRequest("GET", "https://$host/items/"+$text, nil); err == nil { req.Header.Set("X-API-Key", $nameKey); _, _ = @http.DefaultClient.Do(req) }`,
		decl: `const $nameKey = $key`},
	{stmt: `{ password := $lit; if resp, err := @http.PostForm("https://$host/login", @url.Values{"user": {"batch"}, "password": {password}}); err == nil { resp.Body.Close() } }`},
	{stmt: `if req, err := @http.NewRequest("GET", "https://$host/jobs", nil); err == nil { req.Header = @http.Header{"Authorization": []string{"Basic " + @base64.StdEncoding.EncodeToString([]byte("jobs:$rawlit"))}}; _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `if req, err := @http.NewRequest("POST", "https://$host/sms/2/text/advanced", nil); err == nil { req.Header.Add("Authorization", "App $rawkey"); _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `if req, err := @http.NewRequest("GET", "https://$host/me", nil); err == nil { req.SetBasicAuth($nameCredentials()); _, _ = @http.DefaultClient.Do(req) }`,
		decl: `func $nameCredentials() (string, string) { return "ingest", $lit }`},
	{decl: `type $nameAuth struct{ apiKey string }; func new$NameAuth() *$nameAuth { return &$nameAuth{apiKey: $key} }; func (a *$nameAuth) apply(r *@http.Request) { r.Header.Set("X-Api-Key", a.apiKey) }`},
	{stmt: `{ headers := map[string]string{"Accept": "application/json", "X-Auth-Token": $key}; if req, err := @http.NewRequest("GET", "https://$host/", nil); err == nil { for k, v := range headers { req.Header.Set(k, v) }; _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `_, _ = @http.Get("https://monitor:$rawlit@$host/health")`, rules: []string{"hardcoded-credential", "credential-in-url"}},
	{stmt: `{ login := func(user, password string) { if req, err := @http.NewRequest("POST", "https://$host/session", nil); err == nil { req.SetBasicAuth(user, password); _, _ = @http.DefaultClient.Do(req) } }; login($user, $lit) }`},
	{stmt: `{ auth := @smtp.PlainAuth("", "noreply@$host", $lit, "smtp.$host"); _ = @smtp.SendMail("smtp.$host:587", auth, "noreply@$host", []string{$text}, []byte($other)) }`},
}

var literalInStore = []phrasing{
	{stmt: `if db, err := @sql.Open("postgres", "postgres://app:$rawkey@db.$host/app?sslmode=verify-full"); err == nil { _ = db.Close() }`},
	{stmt: `{ dsn := @fmt.Sprintf("%s:%s@tcp(%s:3306)/orders", "orders", $lit, "mysql.$host"); if db, err := @sql.Open("mysql", dsn); err == nil { defer db.Close() } }`},
	{stmt: `if db, err := @sql.Open("pgx", $nameDSN); err == nil { _ = db.Ping() }`,
		decl: `const $nameDSN = "host=db.$host user=app password=$rawlit dbname=app sslmode=verify-full"`},
	{stmt: `{ dsn := @url.URL{Scheme: "postgres", User: @url.UserPassword("writer", $lit), Host: "pg.$host:5432", Path: "/ledger"}; if db, err := @sql.Open("postgres", dsn.String()); err == nil { _ = db.Close() } }`},
	{decl: `var $nameRedisURL = "redis://:$rawkey@cache.$host:6379/0"`},
	{decl: `type $nameStore struct{ Host, User, Password string }; func default$NameStore() $nameStore { return $nameStore{Host: "db.$host", User: "app", Password: $lit} }`},
	{decl: `var $nameBroker = struct { URL string; Username string; Password string }{"amqps://mq.$host:5671/", "worker", $lit}`},
	{stmt: `{ cmd := @exec.Command("psql", "-h", "db.$host", "-U", "app", "-c", $text); cmd.Env = append(cmd.Env, "PGPASSWORD=$rawlit"); _ = cmd.Run() }`},
}

var literalInData = []phrasing{
	{decl: `const $nameAdminPassword = $lit`},
	{decl: `var $nameConfig = map[string]string{"endpoint": "https://$host", "client_id": "reports", "client_secret": $key}`},
	{stmt: `{ mac := @hmac.New(@sha256.New, []byte($key)); _, _ = mac.Write([]byte($text)); _ = mac.Sum(nil) }`},
	{stmt: `_ = @os.Setenv("$ENV_PASSWORD", $lit)`},
	{stmt: `{ isAdmin := @subtle.ConstantTimeCompare([]byte($secret), []byte($lit)) == 1; _ = isAdmin }`},
	{stmt: `{ apiKey := $key; if @os.Getenv("STAGE") == "test" { apiKey = $key2 }; _ = @os.Setenv("API_KEY", apiKey) }`},
	{decl: `func $nameSigningSecret() []byte { return []byte($key) }`},
	{decl: `func (o $nameOptions) withDefaults() $nameOptions { o.secretKey = $key; return o }; type $nameOptions struct { accessKey, secretKey string }`},
	{stmt: `{ password := $lit; if len($text) > 0 { password = $secret }; _ = @os.Setenv("SMTP_PASSWORD", password) }`, rules: []string{"hardcoded-credential", "fallback-credential"}},
	{stmt: `_ = @exec.Command("curl", "--user", "sync:$rawlit", "https://$host/sync").Run()`, off: commandLines},
}

var fallback = []phrasing{
	{stmt: `{ dbPassword := @os.Getenv("DB_PASSWORD"); if dbPassword == "" { dbPassword = $lit }; _ = @os.Setenv("PGPASSWORD", dbPassword) }`},
	{stmt: `if req, err := @http.NewRequest("GET", "https://$host/", nil); err == nil { req.SetBasicAuth("app", @cmp.Or(@os.Getenv("$ENV_PASSWORD"), $lit)); _, _ = @http.DefaultClient.Do(req) }`},
	{stmt: `{ token, ok := @os.LookupEnv("$ENV_TOKEN"); if !ok { token = $key }; if req, err := @http.NewRequest("GET", "https://$host/", nil); err == nil { req.Header.Set("Authorization", "Bearer "+token); _, _ = @http.DefaultClient.Do(req) } }`},
	{stmt: `{ secret := $nameEnv("CLIENT_SECRET", $key); if resp, err := @http.PostForm("https://$host/oauth2/token", @url.Values{"client_secret": {secret}}); err == nil { resp.Body.Close() } }`,
		decl: `func $nameEnv(key, def string) string { if v, ok := @os.LookupEnv(key); ok && v != "" { return v }; return def }`},
	{stmt: `{ get := func(name, otherwise string) string { if v := @os.Getenv(name); len(v) > 0 { return v }; return otherwise }; auth := @smtp.PlainAuth("", get("SMTP_USER", "mailer"), get("SMTP_PASSWORD", $lit), "smtp.$host"); _ = auth }`},
	{stmt: `{ flags := @flag.NewFlagSet("login", @flag.ContinueOnError); password := flags.String("password", $lit, "password of the account"); _ = flags.Parse(nil); _ = @os.Setenv("LOGIN_PASSWORD", *password) }`},
	{stmt: `if $field == "" { $field = $lit }`},
	{decl: `func $nameToken() string { switch v := @os.Getenv("$ENV_API_TOKEN"); { case v != "": return v; default: return $key } }`},
	{decl: "type $nameSettings struct { Host string `env:\"DB_HOST\"`; Password string `env:\"DB_PASSWORD\" envDefault:$lit` }"},
	{stmt: `{ settings := map[string]string{}; password, ok := settings["password"]; if !ok { password = $lit }; if db, err := @sql.Open("postgres", "user=app password="+password+" host=db.$host"); err == nil { _ = db.Close() } }`},
}

var weakMinimum = []phrasing{
	{stmt: `{ validate := func(password string) error { if len(password) < 6 { return @errors.New("the password is too short") }; return nil }; if err := validate($text); err != nil { @os.Stderr.WriteString(err.Error()) } }`},
	{decl: `func check$NamePassword(password string) error { if @utf8.RuneCountInString(password) < 6 { return @fmt.Errorf("password must have at least %d characters", 6) }; return nil }`},
	{decl: `const $nameMinPasswordLength = 6; func valid$NamePassword(pw string) bool { return len(pw) >= $nameMinPasswordLength }`},
	{decl: "type $nameSignUp struct { Name string `json:\"name\" validate:\"required\"`; Password string `json:\"password\" validate:\"required,min=6,max=64\"` }"},
	{decl: "type $nameForm struct { Email string `form:\"email\" binding:\"required\"`; NewPassword string `form:\"new_password\" binding:\"required,min=5\"` }"},
	{decl: `func $nameStrong(passwd string) bool { switch { case len(passwd) < 4: return false; case @strings.ToLower(passwd) == passwd: return false }; return true }`},
	{decl: `type $namePolicy struct { MinLength, MaxAge int }; var $namePasswordPolicy = $namePolicy{MinLength: 6, MaxAge: 90}`},
	{decl: `func ($nameUser *$nameAccount) setPassword(newPassword string) error { if n := len([]rune(newPassword)); n < 6 { return @errors.New("choose a longer password") }; $nameUser.password = newPassword; return nil }; type $nameAccount struct{ password string }`},
	{decl: "func $namePasswordOK(password string) bool { ok, _ := @regexp.MatchString(`^[A-Za-z0-9]{6,}$`, password); return ok }"},
}
