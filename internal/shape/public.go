package shape

import "strings"

// IsPublicSetting reports whether a variable of the environment is one that a
// tool builds into what it makes for browsers, by the prefix of its name.
func IsPublicSetting(name string) bool {
	for _, prefix := range [...]string{
		"VITE_", "REACT_APP_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "VUE_APP_", "EXPO_PUBLIC_", "GATSBY_", "NG_APP_", "NX_PUBLIC_", "STORYBOOK_", "RAZZLE_", "PUBLIC_",
	} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return true
		}
	}
	return false
}

// NeverPublic reports whether a name is that of a credential which no page may
// hold. Keys and tokens often are made for pages; passwords and secrets never.
func NeverPublic(name string) bool {
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
