package shape

import "strings"

// IsPublicSetting reports whether a variable of the environment is one that a
// tool builds into what it makes for browsers, by the prefix of its name.
func IsPublicSetting(name string) bool { return behindPrefix(name) != name }

// behindPrefix returns a name without the prefix by which a tool builds the variable
// into what it makes for browsers.
func behindPrefix(name string) string {
	for _, prefix := range [...]string{
		"VITE_", "REACT_APP_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "VUE_APP_", "EXPO_PUBLIC_", "GATSBY_", "NG_APP_", "NX_PUBLIC_", "STORYBOOK_", "RAZZLE_", "PUBLIC_",
	} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return rest
		}
	}
	return name
}

// MadePublic reports whether a name is that of a key which is made to stand in
// pages.
func MadePublic(name string) bool {
	return HasWord(behindPrefix(name), "public", "publishable", "anon", "site", "sitekey", "client", "map", "maps", "mapbox", "maptiler", "analytics", "recaptcha", "turnstile", "posthog", "sentry", "algolia", "search", "firebase", "csrf")
}

// NeverPublic reports whether a name is that of a credential which no page may
// hold. Keys and tokens often are made for pages; passwords and secrets never.
func NeverPublic(name string) bool {
	name = behindPrefix(name)
	switch OfName(name) {
	case Password, PrivateKey:
		return true
	case Secret:
		return !HasWord(name, "public", "publishable", "site")
	case Key, Token:
		return isServerOnly(name) && !HasWord(name, "public", "publishable", "site", "anon", "client", "browser")
	}
	return false
}

// isServerOnly reports whether a name has that of a service whose keys open all of
// an account, and which makes none for pages.
func isServerOnly(name string) bool {
	return HasWord(
		name, "infobip", "twilio", "vonage", "nexmo", "plivo", "messagebird", "clickatell", "sinch", "telnyx", "bandwidth", "clicksend", "openai", "anthropic", "claude", "mistral", "groq",
		"cohere", "replicate", "huggingface", "pinecone", "sendgrid", "mailgun", "mailjet", "postmark", "resend", "brevo", "sendinblue", "github", "gitlab", "aws", "airtable", "notion", "discord",
		"telegram", "slack", "cloudinary", "digitalocean", "heroku", "netlify", "vercel", "npm", "jira", "zendesk", "hubspot", "elevenlabs", "deepseek", "perplexity",
	)
}
