package shape

import "strings"

// isConcealed reports whether w before a head says that the value is a digest,
// cipher text or masked, or the name of where values are kept.
func isConcealed(w string) bool {
	switch w {
	case "encrypted", "enc", "hashed", "hash", "masked", "redacted", "obfuscated", "sealed", "crypted", "salted", "digest",
		"table", "tbl", "column", "collection", "bcrypt", "scrypt", "argon2", "argon", "pbkdf2", "md5", "sha", "sha1", "sha256", "sha512":
		return true
	}
	return false
}

// isOneTime reports whether w before a head says that the value serves once or
// protects a form, so that it is no long-lived credential.
func isOneTime(w string) bool {
	switch w {
	case "csrf", "xsrf", "antiforgery", "nonce", "otp", "totp", "captcha", "recaptcha", "turnstile", "once", "verification",
		"activation", "reset", "recovery", "unsubscribe", "invite", "invitation", "onetime", "form", "state", "challenge":
		return true
	}
	return false
}

// isOneTimePassword reports whether w before password makes it a code that
// serves once.
func isOneTimePassword(w string) bool {
	switch w {
	case "otp", "totp", "onetime", "time", "once", "csrf":
		return true
	}
	return false
}

// isTokenModifier reports whether w before token makes it a mark in a text, a
// place in a list, a unit or a handle.
func isTokenModifier(w string) bool {
	switch w {
	case "page", "pagination", "next", "continue", "continuation", "cancellation", "cancel", "cancelation", "sync", "delta", "start",
		"end", "open", "close", "opening", "closing", "left", "right", "lex", "lexer", "lexical", "syntax", "parser", "peek",
		"eof", "identifier", "ident", "operator", "keyword", "delimiter", "separator", "comment", "whitespace", "space", "brace",
		"paren", "bracket", "comma", "semicolon", "colon", "newline", "xml", "json", "html", "css", "markdown", "idempotency",
		"idempotent", "request", "resume", "cursor", "upload", "prompt", "completion", "input", "output", "stop", "special",
		"pad", "padding", "bos", "eos", "unk", "mask", "erc20", "nft", "crypto", "native", "sub", "concurrency", "fencing",
		"lock", "template", "client", "position", "ast", "go", "num", "max", "min", "total", "count", "cached", "reasoning",
		"change", "reply", "watermark", "sequence", "string", "number", "literal", "punctuation", "tree", "node", "design", "color":
		return true
	}
	return false
}

// isReferenceModifier reports whether w before secret makes it the name of an
// object that holds secrets.
func isReferenceModifier(w string) bool {
	switch w {
	case "pull", "image", "tls", "kubernetes", "k8s", "kube", "external", "sealed", "existing", "opaque", "docker", "dockerconfig":
		return true
	}
	return false
}

// isPassModifier reports whether w before pass makes it a passage or a stage.
func isPassModifier(w string) bool {
	switch w {
	case "first", "second", "third", "last", "next", "prev", "multi", "single", "render", "shadow", "opt", "optimization",
		"analysis", "compiler", "low", "high", "band", "all", "final", "pre", "post", "lint", "sub", "two", "one", "boarding",
		"ski", "season", "day", "free", "depth", "geometry", "lighting", "blur", "post_process", "zip", "area", "country":
		return true
	}
	return false
}

// takesAuth reports whether "auth" after w means a value for a header.
func takesAuth(w string) bool {
	switch w {
	case "basic", "proxy", "http", "registry", "bearer":
		return true
	}
	return false
}

// isKeyModifier reports whether a key with w before it is a credential.
func isKeyModifier(w string) bool {
	switch w {
	case "api", "xapi", "access", "secret", "auth", "authentication", "authorization", "authorisation", "signing", "signature", "sign",
		"encryption", "encrypt", "encrypting", "decryption", "cipher", "crypto", "cryptographic", "hmac", "jwt", "license", "licence",
		"account", "shared", "symmetric", "master", "session", "webhook", "app", "integration", "subscription", "write", "aes",
		"des", "consumer", "ingest", "ingestion", "sas", "unseal", "activation", "deploy", "server", "sdk", "maps", "geocoding",
		"wpa", "psk", "preshared", "developer", "vault":
		return true
	}
	return isVendorWord(w)
}

// isStackWord reports whether w names a service or a product, as names of
// credentials often do before or after the head.
func isStackWord(w string) bool { return isVendorWord(w) || isStoreWord(w) }

// isVendorWord reports whether w names a service that issues keys.
func isVendorWord(w string) bool {
	switch w {
	case "github", "gitlab", "bitbucket", "gitea", "slack", "discord", "telegram", "aws", "gcp", "azure", "google", "firebase",
		"openai", "anthropic", "huggingface", "stripe", "paypal", "braintree", "square", "twilio", "sendgrid", "mailgun", "mailjet",
		"mailchimp", "postmark", "infobip", "sinch", "vonage", "nexmo", "messagebird", "plivo", "telnyx", "clickatell", "clicksend",
		"bandwidth", "kaleyra", "gupshup", "msg91", "datadog", "newrelic", "sentry", "algolia", "cloudflare", "digitalocean", "heroku",
		"fastly", "netlify", "vercel", "npm", "pypi", "dockerhub", "quay", "sonar", "okta", "auth0", "hubspot", "zendesk",
		"pagerduty", "shopify", "facebook", "twitter", "linkedin", "dropbox", "wechat", "alipay", "weixin", "dingtalk":
		return true
	}
	return false
}

// isStoreWord reports whether w names a product that one logs in to; its keys
// are keys of entries.
func isStoreWord(w string) bool {
	switch w {
	case "docker", "harbor", "jenkins", "jira", "confluence", "keycloak", "consul", "grafana", "prometheus", "elastic",
		"elasticsearch", "kibana", "mysql", "mariadb", "postgres", "postgresql", "pg", "redis", "mongo", "mongodb", "rabbitmq",
		"kafka", "nats", "minio", "s3", "smtp", "ldap", "ftp", "sftp", "ssh", "smpp", "imap", "mqtt":
		return true
	}
	return false
}

// isNameWord reports whether w may be a part of a compound that is written
// without a break: dbpassword, authtokenfile.
func isNameWord(w string) bool {
	if isHead(w) || isKeyModifier(w) || isStackWord(w) || isCodeWord(w) {
		return true
	}
	switch w {
	case "api", "db", "my", "user", "admin", "root", "http", "smtp", "mail", "web", "proxy", "store", "keystore", "trust",
		"truststore", "file", "hash", "field", "path", "url", "uri", "id", "name", "policy", "reset", "expiry", "confirm", "confirmation",
		"old", "new", "current", "default", "test", "prod", "dev", "base64", "private", "priv", "public", "pub", "client", "access",
		"auth", "csrf", "xsrf", "session", "refresh", "bot", "app", "sdk", "access_token", "primary", "foreign", "cache", "sort",
		"partition", "port", "text", "type", "len", "length", "max", "min", "next", "page", "sub", "multi", "wifi", "guest", "bind",
		"super", "top", "login", "system", "sys", "service", "svc", "source", "master", "slave", "replica", "repl", "secret", "ssh",
		"rsa", "ssl", "tls", "pem", "signing", "encryption", "license", "licence", "value", "oauth", "basic", "bearer", "sudo", "demo", "temp":
		return true
	}
	return false
}

// splitCompound takes a word apart that is made of several ones written without
// a break. A word that holds no head stays whole, as do bypass and tokenizer.
func splitCompound(w string) []string {
	if isNameWord(w) || len(w) > 48 || !isASCIILower(w) || !holdsHead(w) {
		return []string{w}
	}
	if parts := segment(w); parts != nil {
		return parts
	}
	for _, head := range [...]string{"password", "passwords", "passwd", "passphrase", "passwort", "apikey", "token", "secret"} {
		if rest, ok := strings.CutSuffix(w, head); ok && rest != "" {
			if head == "apikey" {
				return []string{rest, "api", "key"}
			}
			return []string{rest, head}
		}
	}
	return []string{w}
}

// holdsHead reports whether a head noun stands somewhere in w.
func holdsHead(w string) bool {
	for _, head := range [...]string{"pass", "secret", "token", "key", "pwd", "cred", "dsn", "pw", "jwt"} {
		if strings.Contains(w, head) {
			return true
		}
	}
	return false
}

// segment returns the fewest name words that make up w, nil if none do.
func segment(w string) []string {
	type step struct{ from, count int }
	best := make([]step, len(w)+1)
	for end := 1; end <= len(w); end++ {
		best[end].count = len(w) + 1
		for from := range end {
			known := from == 0 || best[from].count <= len(w)
			if known && best[from].count+1 < best[end].count && end-from > 1 && isNameWord(w[from:end]) {
				best[end] = step{from, best[from].count + 1}
			}
		}
	}
	if best[len(w)].count > len(w) {
		return nil
	}
	var parts []string
	for end := len(w); end > 0; end = best[end].from {
		parts = append([]string{w[best[end].from:end]}, parts...)
	}
	return parts
}

// isCodeWord reports whether w is at home in identifiers and key names, so that
// a text made of words with this one among them is a name, no passphrase.
func isCodeWord(w string) bool {
	if isHead(w) {
		return true
	}
	switch w {
	case "field", "input", "form", "label", "button", "header", "headers", "type", "name", "names", "id", "ids", "file", "path", "url",
		"uri", "value", "values", "user", "users", "username", "email", "login", "logout", "signin", "signup", "register", "invalid",
		"required", "reset", "forgot", "change", "update", "create", "delete", "old", "current", "confirm", "confirmation", "missing",
		"empty", "error", "errors", "message", "msg", "config", "settings", "setting", "default", "enable", "enabled", "disable",
		"disabled", "param", "params", "query", "body", "request", "response", "method", "handler", "service", "server", "client",
		"provider", "manager", "policy", "grant", "scope", "scopes", "code", "state", "refresh", "access", "session", "cookie", "account",
		"role", "roles", "permission", "metric", "count", "total", "seconds", "table", "column", "row", "index", "event", "action",
		"page", "view", "list", "item", "hash", "policies", "rotation", "length", "length_min", "strength", "validator", "validation",
		"prompt", "oauth", "basic", "digest", "saml", "oidc", "ldap", "api", "authentication", "authorization", "authenticator",
		"generate", "generator", "expiry", "expired", "expires", "attempts", "protected", "encrypted", "plaintext", "plain",
		"text", "string", "hidden", "optional", "auto", "interactive", "keyring", "keychain", "stdin", "env", "vault", "static",
		"public", "private", "primary", "flow", "mode", "option", "options", "flag", "spec", "status", "tls", "ssl", "ssh":
		return true
	}
	return false
}
