package authtest

import (
	"regexp"
	"strings"
	"sync"
)

// The rules that several practices expect.
var (
	asCredential = []string{"hardcoded-credential"}
	asFallback   = []string{"fallback-credential"}
	inClear      = []string{"credential-over-http", "basic-auth-over-http"}
	inURL        = []string{"credential-in-url"}
	unverified   = []string{"tls-verify-off"}
	oldTLS       = []string{"weak-tls-version"}
	anyHostKey   = []string{"ssh-host-key-unchecked"}
	plainFTP     = []string{"plaintext-ftp"}
)

// form returns a form that inserts.
func form(practice string, rules []string, where, kind, text string) fileForm {
	return fileForm{practice: practice, rules: rules, kinds: []string{kind}, where: where, text: text}
}

// groupMark stands before the number of a group in the text of a form.
const groupMark = "\x01"

// change returns a form that changes what is there; @1 in the text stands for
// the first group.
func change(practice string, rules []string, from, text string, kinds ...string) fileForm {
	return fileForm{practice: practice, rules: rules, kinds: kinds, from: regexp.MustCompile(from), text: strings.ReplaceAll(text, "@", groupMark)}
}

// fileForms returns all forms.
var fileForms = sync.OnceValue(func() []fileForm {
	return append(append(append(credentialForms(), requestForms()...), transportForms()...), changedForms()...)
})

func credentialForms() []fileForm {
	const literal, fallback = "password literal", "fallback secret"
	return []fileForm{
		form(literal, asCredential, "line", "yaml", `smtp_password: "$pw"`),
		form(literal, asCredential, "line", "yaml", `mail: {host: $host, username: $word, password: "$pw"}`),
		form(literal, asCredential, "line", "yaml", `client_secret: "$key"`),
		form(literal, asCredential, "variable", "compose", `RELAY_PASSWORD=$pw`),
		form(literal, asCredential, "variable", "compose", `SMS_API_TOKEN=$key`),
		form(literal, asCredential, "line", "env", `RELAY_PASSWORD=$pw`),
		form(literal, asCredential, "line", "properties", `spring.mail.password=$pw`),
		form(literal, asCredential, "line", "hcl", `master_password = "$pw"`),
		form(literal, asCredential, "line", "hcl", `client_secret = "$key"`),
		form(literal, asCredential, "line", "dockerfile", `ENV RELAY_PASSWORD=$pw`),
		form(literal, asCredential, "line", "dockerfile", `ARG API_TOKEN=$key`),
		form(literal, asCredential, "line", "shell", `export RELAY_PASSWORD='$pw'`),
		form(literal, asCredential, "line", "shell", `mysql -h $host -u $word -p'$pw' relay < /tmp/relay.sql`),
		form(literal, asCredential, "line", "shell", `sshpass -p '$pw' scp report.csv $word@$host:in/`),
		form(literal, asCredential, "line", "tasks", `- {name: Report, uri: {url: "https://$host/status", user: $word, password: "$pw"}}`),
		form(literal, asCredential, "line", "workflow", `- run: curl -u '$word:$pw' https://$host/status`),
		form(literal, asCredential, "behind", "json", `"smtpPassword": "$pw",`),
		form(literal, asCredential, "behind", "xml", `<password>$pw</password>`),
		form(literal, asCredential, "behind", "python", `; client = connect("$host", username="$word", password="$pw")`),
		form(literal, asCredential, "behind", "javascript", `connect({ host: "$host", username: "$word", password: "$pw" });`),
		form(literal, asCredential, "behind", "java", `java.sql.DriverManager.getConnection("jdbc:postgresql://$host/relay", "$word", "$pw");`),
		form(literal, asCredential, "behind", "php", `$$pdo = new PDO('mysql:host=$host;dbname=relay', '$word', '$pw');`),
		form(literal, asCredential, "behind", "ruby", `; Relay.connect(host: "$host", password: "$pw")`),
		form(fallback, asFallback, "variable", "compose", `RELAY_PASSWORD=$${RELAY_PASSWORD:-$pw}`),
		form(fallback, asFallback, "line", "shell", `RELAY_PASSWORD="$${RELAY_PASSWORD:-$pw}"`),
		form(fallback, asFallback, "line", "yaml", `smtp_password: "{{ relay_pass | default('$pw') }}"`),
		form(fallback, asFallback, "line", "properties", `spring.mail.password=$${MAIL_PASSWORD:$pw}`),
		form(fallback, append(asFallback, asCredential...), "behind", "python", `; password = os.environ.get("RELAY_PASSWORD", "$pw")`),
		form(fallback, append(asFallback, asCredential...), "behind", "javascript", `const relayPassword = process.env.RELAY_PASSWORD || "$pw";`),
		form(fallback, append(asFallback, asCredential...), "behind", "php", `$$password = env('RELAY_PASSWORD', '$pw');`),
		form(fallback, append(asFallback, asCredential...), "behind", "ruby", `; password = ENV.fetch("RELAY_PASSWORD", "$pw")`),
	}
}

func requestForms() []fileForm {
	const clear, header, token = "http beside a credential", "Basic header", "token in URL"
	basic := append(inClear, asCredential...)
	return []fileForm{
		form(clear, inClear, "line", "yaml", `relay: {url: "http://$host/v1", api_key: "$${RELAY_KEY}"}`),
		form(clear, inClear, "line", "shell", `curl -H "Authorization: Bearer $$RELAY_TOKEN" http://$host/v1/report`),
		form(clear, inClear, "line", "workflow", `- run: curl -u "$$RELAY_USER:$$RELAY_PASSWORD" http://$host/v1/report`),
		form(clear, inClear, "line", "tasks", `- {name: Report, uri: {url: "http://$host/status", url_username: "{{ relay_user }}", url_password: "{{ relay_password }}"}}`),
		form(clear, inClear, "behind", "python", `; requests.get("http://$host/v1", auth=(user, password))`),
		form(clear, inClear, "behind", "javascript", `fetch("http://$host/v1", { headers: { Authorization: "Bearer " + token } });`),
		form(clear, inClear, "behind", "java", `java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://$host/v1")).header("Authorization", "Bearer " + token).build();`),
		form(clear, inClear, "behind", "php", `(new \GuzzleHttp\Client())->get('http://$host/v1', ['auth' => [$$user, $$password]]);`),
		form(header, basic, "line", "shell", `curl -H 'Authorization: Basic $basic' https://$host/v1/report`),
		form(header, basic, "line", "nginx", `proxy_set_header Authorization "Basic $basic";`),
		form(header, basic, "line", "yaml", `headers: {Authorization: "Basic $basic"}`),
		form(header, basic, "behind", "json", `"Authorization": "Basic $basic",`),
		form(header, basic, "behind", "javascript", `fetch("http://$host/v1", { headers: { Authorization: "Basic $basic" } });`),
		form(token, inURL, "line", "shell", `curl "https://$host/v1/report?access_token=$$RELAY_TOKEN"`),
		form(token, inURL, "line", "workflow", `- run: curl "https://$host/v1/report?api_key=$${{ secrets.RELAY_KEY }}"`),
		form(token, inURL, "line", "yaml", `report_url: "https://$host/hook?api_key=$${HOOK_KEY}"`),
		form(token, inURL, "behind", "python", `; requests.get(f"https://$host/v1?access_token={token}")`),
		form(token, inURL, "behind", "javascript", "fetch(`https://$host/v1?access_token=$${token}`);"),
		form("secret printed", []string{"credential-in-log"}, "line", "shell", `echo "the password is $$RELAY_PASSWORD"`),
	}
}

func transportForms() []fileForm {
	const verify, floor, ssh, ftp, ldap = "verification off", "old TLS", "any host key", "FTP", "LDAP in clear"
	return []fileForm{
		form(verify, unverified, "line", "yaml", `tls_config: {insecure_skip_verify: true}`),
		form(verify, unverified, "line", "tasks", `- {name: Fetch, get_url: {url: "https://$host/a.tgz", dest: /tmp/a.tgz, validate_certs: false}}`),
		form(verify, unverified, "variable", "compose", `NODE_TLS_REJECT_UNAUTHORIZED=0`),
		form(verify, unverified, "line", "hcl", `skip_tls_verify = true`),
		form(verify, unverified, "line", "shell", `wget --no-check-certificate -O /tmp/a.tgz https://$host/a.tgz`),
		form(verify, unverified, "line", "dockerfile", `RUN curl -k -o /tmp/a.tgz https://$host/a.tgz`),
		form(verify, unverified, "line", "workflow", `- run: curl -fsSLk -o a.tgz https://$host/a.tgz`),
		form(verify, unverified, "behind", "python", `; requests.post("https://$host/v1", json=data, verify=False)`),
		form(verify, unverified, "behind", "javascript", `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";`),
		form(verify, unverified, "behind", "php", `curl_setopt($$ch, CURLOPT_SSL_VERIFYPEER, false);`),
		form(verify, unverified, "behind", "ruby", `; http.verify_mode = OpenSSL::SSL::VERIFY_NONE`),
		form(verify, unverified, "behind", "java", `builder.setSSLHostnameVerifier(org.apache.http.conn.ssl.NoopHostnameVerifier.INSTANCE);`),
		form(floor, oldTLS, "line", "yaml", `tls: {min_version: "TLSv1.0"}`),
		form(floor, oldTLS, "line", "nginx", `ssl_protocols TLSv1 TLSv1.1 TLSv1.2;`),
		form(floor, oldTLS, "line", "hcl", `minimum_tls_version = "TLS1_0"`),
		form(floor, oldTLS, "line", "properties", `server.ssl.enabled-protocols=TLSv1,TLSv1.2`),
		form(floor, oldTLS, "line", "shell", `curl --tlsv1.0 --tls-max 1.1 https://$host/status`),
		form(floor, oldTLS, "behind", "python", `; context.minimum_version = ssl.TLSVersion.TLSv1`),
		form(ssh, anyHostKey, "line", "shell", `ssh -o StrictHostKeyChecking=no $word@$host uptime`),
		form(ssh, anyHostKey, "line", "workflow", `- run: scp -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no a.tgz $word@$host:/srv/`),
		form(ssh, anyHostKey, "line", "yaml", `ansible_ssh_common_args: "-o StrictHostKeyChecking=no"`),
		form(ssh, anyHostKey, "behind", "python", `; client.set_missing_host_key_policy(paramiko.AutoAddPolicy())`),
		form(ftp, plainFTP, "line", "shell", `curl -T report.csv -u "$$FTP_USER:$$FTP_PASSWORD" ftp://$host/in/`),
		form(ftp, plainFTP, "line", "yaml", `report: {url: "ftp://$host/out", username: $word, password: "$${FTP_PASSWORD}"}`),
		form(ftp, plainFTP, "behind", "python", `; ftplib.FTP("$host", user, password)`),
		form(ftp, plainFTP, "behind", "php", `ftp_login(ftp_connect('$host'), $$user, $$password);`),
		form(ldap, []string{"credential-over-plaintext"}, "line", "yaml", `ldap: {url: "ldap://$host:389", bind_dn: cn=reader, bind_password: "$${LDAP_PASSWORD}"}`),
		form("short passwords", []string{"weak-password-policy"}, "line", "yaml", `password_policy: {min_length: 6}`),
		form("short passwords", []string{"weak-password-policy"}, "line", "hcl", `minimum_password_length = 6`),
		form("short passwords", []string{"weak-password-policy"}, "behind", "json", `"passwordMinLength": 6,`),
		form("open safelist", []string{"open-safelist"}, "line", "yaml", `allowed_ips: ["0.0.0.0/0"]`),
		form("open safelist", []string{"open-safelist"}, "line", "hcl", `authorized_ip_ranges = ["0.0.0.0/0"]`),
	}
}

func changedForms() []fileForm {
	const secret = `(?:[\w.-]*[_.-])?(?:password|passwd|secret_key|api_key|auth_token)`
	return []fileForm{
		change("literal for a reference", asCredential, `(?i)^(\s*(?:- )?`+secret+`\s*: )["']?(?:\$\{[A-Z_]+\}|\{\{ ?[\w.]+ ?\}\})["']?$`, `@{1}"$pw"`, "yaml", "compose", "tasks"),
		change("literal for a reference", asCredential, `(?i)^(\s*`+secret+`\s*= )(?:var\.[\w.]+|random_password\.[\w.]+)$`, `@{1}"$pw"`, "hcl"),
		change("fallback for a reference", asFallback, `\$\{([A-Z_]*(?:PASSWORD|SECRET|TOKEN))\}`, `$${@{1}:-$pw}`, "compose", "shell"),
		change("switch turned", unverified, `^(\s*(?:validate_certs|verify_ssl|ssl_verify)\s*[:=]\s*)(?:true|yes|on)$`, `@{1}false`, "yaml", "tasks", "hcl"),
		change("switch turned", unverified, `^(\s*(?:insecure_skip_verify|insecureSkipVerify|skip_tls_verify|insecure_skip_tls_verify)\s*[:=]\s*)(?:false|no)$`, `@{1}true`, "yaml", "tasks", "hcl"),
		change("lower TLS", oldTLS, `^(.*(?:ssl_protocols|min_tls|minimum_protocol|ssl_min|tls_min|TLS_MIN|min_version).*)TLSv1\.2`, `@{1}TLSv1`, "yaml", "nginx", "hcl", "compose", "env"),
		change("curl made careless", unverified, `^(\s*(?:RUN |- run: |run: )?curl )(-[A-Za-z]+ .*https://[a-z])`, `@{1}-k @2`, "shell", "dockerfile", "workflow"),
		change("curl made careless", asCredential, `^(\s*(?:RUN |- run: |run: )?curl )(-[A-Za-z]+ .*https://[a-z])`, `@{1}-u $word:$pw @2`, "shell", "dockerfile", "workflow"),
		change("ssh made careless", anyHostKey, `^(\s*(?:ssh|scp) )([-\w$"@{]+.*)$`, `@{1}-o StrictHostKeyChecking=no @2`, "shell"),
		change("list opened", []string{"open-safelist"}, `^(\s*(?:allowed_ips|allowed_cidrs|authorized_networks|trusted_ips|whitelist)\s*[:=]\s*\[?["'])(?:10|172|192)\.[0-9./]+`, `@{1}0.0.0.0/0`, "yaml", "hcl"),
	}
}
