package authtest

func connectionInsertions() []insertion {
	return []insertion{
		{name: "tls-floor", rules: []string{"weak-tls-version"}, phrasings: tlsFloor},
		{name: "tls-unchecked", rules: []string{"tls-verify-off"}, phrasings: tlsUnchecked},
		{name: "ssh-unchecked", rules: []string{"ssh-host-key-unchecked"}, phrasings: sshUnchecked},
		{name: "ftp", rules: []string{"plaintext-ftp"}, phrasings: ftpInClear},
		{
			name: "many-attempts", rules: []string{"excessive-login-attempts"}, off: "only auditors see limits that are set",
			phrasings: []phrasing{{decl: `const $nameMaxLoginAttempts = 50`}},
		},
		{
			name: "token-without-expiry", rules: []string{"long-lived-token"}, off: "tokens have no rule yet",
			phrasings: []phrasing{{decl: `var $nameClaims = map[string]any{"sub": "batch", "iat": 0}`}},
		},
	}
}

var tlsFloor = []phrasing{
	{stmt: `{ conf := &@tls.Config{MinVersion: @tls.VersionTLS10}; if c, err := @tls.Dial("tcp", "$host:443", conf); err == nil { _ = c.Close() } }`},
	{stmt: `{ transport := @http.DefaultTransport.(*@http.Transport).Clone(); transport.TLSClientConfig = &@tls.Config{MinVersion: @tls.VersionTLS11, ServerName: $text}; client := &@http.Client{Transport: transport}; _, _ = client.Get("https://$host/") }`},
	{decl: `func $nameServer(handler @http.Handler) *@http.Server { return &@http.Server{Addr: ":8443", Handler: handler, TLSConfig: &@tls.Config{MinVersion: 0x0301}} }`},
	{stmt: `{ var conf @tls.Config; conf.MinVersion = @tls.VersionTLS10; conf.ServerName = $text; if l, err := @tls.Listen("tcp", ":9443", &conf); err == nil { _ = l.Close() } }`},
	{decl: `func $nameTLS() *@tls.Config { c := @tls.Config{}; c.MaxVersion = @tls.VersionTLS11; return &c }`},
	{stmt: `_ = &@tls.Config{MinVersion: $nameMinTLS, ServerName: $text}`, decl: `const $nameMinTLS uint16 = @tls.VersionTLS11`},
	{decl: `var $nameVersions = map[string]uint16{"modern": @tls.VersionTLS13, "legacy": @tls.VersionTLS10}; func $nameLegacy() *@tls.Config { return &@tls.Config{MinVersion: $nameVersions["legacy"]} }`},
	{decl: `func $nameConfig(insecure bool) *@tls.Config { min := uint16(@tls.VersionTLS10); return &@tls.Config{MinVersion: min} }`},
}

var tlsUnchecked = []phrasing{
	{stmt: `{ client := &@http.Client{Transport: &@http.Transport{TLSClientConfig: &@tls.Config{InsecureSkipVerify: true}}}; _, _ = client.Get("https://$host/") }`},
	{stmt: `{ conf := &@tls.Config{}; conf.InsecureSkipVerify = true; if c, err := @tls.Dial("tcp", $text, conf); err == nil { _ = c.Close() } }`},
	{stmt: `{ tr := @http.DefaultTransport.(*@http.Transport).Clone(); tr.TLSClientConfig = &@tls.Config{ServerName: $text, InsecureSkipVerify: true}; @http.DefaultClient.Transport = tr }`},
	{decl: `func $nameTrust(skip bool) *@tls.Config { skip = true; return &@tls.Config{InsecureSkipVerify: skip} }`},
	{stmt: `if c, err := @smtp.Dial("smtp.$host:587"); err == nil { _ = c.StartTLS(&@tls.Config{ServerName: "smtp.$host", InsecureSkipVerify: true}); _ = c.Close() }`},
	{stmt: `{ conf := @tls.Config{InsecureSkipVerify: $nameInsecure, ServerName: $text}; _, _ = @tls.Dial("tcp", "$host:8883", &conf) }`, decl: `const $nameInsecure = true`},
	{decl: `func $nameHTTP(opts ...func(*@tls.Config)) *@http.Client { c := &@tls.Config{}; for _, o := range opts { o(c) }; return &@http.Client{Transport: &@http.Transport{TLSClientConfig: c}} }; var $nameClient = $nameHTTP(func(c *@tls.Config) { c.InsecureSkipVerify = true })`},
	{decl: `type $nameDialer struct{ tls @tls.Config }; func (d *$nameDialer) relax() { d.tls.InsecureSkipVerify = true }`},
}

var sshUnchecked = []phrasing{
	{stmt: `{ conf := &@ssh.ClientConfig{User: $user, Auth: []@ssh.AuthMethod{@ssh.Password($secret)}, HostKeyCallback: @ssh.InsecureIgnoreHostKey()}; if c, err := @ssh.Dial("tcp", "$host:22", conf); err == nil { _ = c.Close() } }`},
	{stmt: `{ conf := @ssh.ClientConfig{User: $user, HostKeyCallback: func(hostname string, remote @net.Addr, key @ssh.PublicKey) error { return nil }}; conf.Auth = append(conf.Auth, @ssh.Password($secret)); if c, err := @ssh.Dial("tcp", $text+":22", &conf); err == nil { _ = c.Close() } }`},
	{stmt: `{ var conf @ssh.ClientConfig; conf.User = $user; conf.Auth = []@ssh.AuthMethod{@ssh.Password($secret)}; conf.HostKeyCallback = @ssh.InsecureIgnoreHostKey(); _, _ = @ssh.Dial("tcp", "sftp.$host:22", &conf) }`},
	{stmt: `{ conf := &@ssh.ClientConfig{User: "backup", Auth: []@ssh.AuthMethod{@ssh.Password($secret)}, HostKeyCallback: $nameAnyKey}; _, _ = @ssh.Dial("tcp", "$host:2022", conf) }`,
		decl: `func $nameAnyKey(_ string, _ @net.Addr, _ @ssh.PublicKey) error { return nil }`},
	{decl: `func $nameSSH(user string, signer @ssh.Signer) *@ssh.ClientConfig { accept := @ssh.InsecureIgnoreHostKey(); return &@ssh.ClientConfig{User: user, Auth: []@ssh.AuthMethod{@ssh.PublicKeys(signer)}, HostKeyCallback: accept} }`},
	{decl: `type $nameHosts struct{}; func ($nameHosts) check(host string, _ @net.Addr, key @ssh.PublicKey) error { @log.Printf("key of %s: %s", host, @ssh.FingerprintSHA256(key)); return nil }; func $nameDial(addr, user, password string) (*@ssh.Client, error) { return @ssh.Dial("tcp", addr, &@ssh.ClientConfig{User: user, Auth: []@ssh.AuthMethod{@ssh.Password(password)}, HostKeyCallback: $nameHosts{}.check}) }`},
}

var ftpInClear = []phrasing{
	{stmt: `if c, err := @ftp.Dial("ftp.$host:21"); err == nil { _ = c.Login($user, $secret); _ = c.Quit() }`},
	{stmt: `{ addr := @fmt.Sprintf("%s:%d", $text, 21); c, err := @ftp.Dial(addr, @ftp.DialWithTimeout(5*@time.Second)); if err == nil { if err = c.Login($user, $secret); err == nil { _ = c.Stor("upload.csv", @strings.NewReader($other)) } } }`},
	{decl: `type $nameUploader struct { host, user, password string }; func (u *$nameUploader) connect() (*@ftp.ServerConn, error) { conn, err := @ftp.DialTimeout(u.host+":21", 10*@time.Second); if err != nil { return nil, err }; return conn, conn.Login(u.user, u.password) }`},
	{stmt: `{ put := func(c *@ftp.ServerConn, user, pass string) error { if err := c.Login(user, pass); err != nil { return err }; return c.Stor("report.csv", @strings.NewReader($text)) }; if c, err := @ftp.Dial("$host:21", @ftp.DialWithContext(@context.Background())); err == nil { _ = put(c, $user, $secret) } }`},
	{stmt: `if c, err := @textproto.Dial("tcp", "ftp.$host:21"); err == nil { _ = c.PrintfLine("USER %s", $user); _ = c.PrintfLine("PASS %s", $secret); _ = c.Close() }`},
	{stmt: `if conn, err := @net.Dial("tcp", $text+":21"); err == nil { _, _ = @fmt.Fprintf(conn, "USER %s\r\n", $user); _, _ = @fmt.Fprintf(conn, "PASS %s\r\n", $secret); _ = conn.Close() }`},
	{stmt: `_ = @exec.Command("curl", "-T", "report.csv", "-u", $user+":"+$secret, "ftp://$host/in/").Run()`, off: commandLines},
}
