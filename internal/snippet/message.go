package snippet

import (
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// messageDepth is how deep the members of a message are looked through for its text.
const messageDepth = 4

// messaged observes a password in the text of a message that a call sends or
// makes: sendSms(to, "Your password is " + password), { text: `Password: ${pw}` }.
func (o *observer) messaged(c *invocation) {
	if !sendsMessage(c) {
		return
	}
	for _, v := range c.args {
		if o.inMessage(v, c.n, 0) {
			return
		}
	}
	for _, m := range c.named {
		if o.inMessage(m.value, c.n, 0) {
			return
		}
	}
}

// sendsMessage reports whether a call sends or makes a message to somebody, by its
// name and that of what it is called on.
func sendsMessage(c *invocation) bool {
	const least, most = 3, 60
	if len(c.name) < least || len(c.name) > most {
		return false
	}
	if shape.HasWord(c.name, "log", "show", "display", "toast", "alert", "print", "error", "socket", "ws", "emit", "post", "get", "validate", "check", "verify", "render", "flash", "channel", "queue") {
		return false
	}
	switch {
	case shape.HasWord(c.name, "mail", "email", "sms", "sendmail", "mailer", "whatsapp"), strings.HasPrefix(c.name, "MIMEText"):
		return true
	}
	owner := strings.TrimSuffix(c.path, c.name)
	if len(owner) > most*2 {
		owner = owner[len(owner)-most*2:]
	}
	isMail := shape.HasWord(owner, "mail", "email", "sms", "sendmail", "mailer", "smtp", "transport", "transporter", "messages", "message", "msg", "twilio", "vonage", "infobip", "sinch", "nexmo", "plivo", "whatsapp", "notification", "notifier", "messagebird", "ses", "sns", "sendgrid", "mailgun", "postmark")
	if isMail {
		return shape.HasWord(c.name, "send", "create", "deliver", "publish", "text", "html", "body", "content", "line", "part", "message", "notify", "attach", "raw") || strings.HasPrefix(strings.ToLower(c.name), "send")
	}
	return shape.HasWord(c.name, "message", "text", "notification") && shape.HasWord(c.name, "send", "deliver", "notify")
}

// isMessageField reports whether a member is the text of a message: mail.Body.
func isMessageField(target *node) bool {
	if target.kind != memberNode || target.x == nil {
		return false
	}
	switch strings.ToLower(target.text) {
	case "body", "text", "html", "htmlbody", "textbody", "altbody", "content", "messagetext", "bodytext", "bodyhtml", "plaintext":
		return shape.HasWord(target.x.name(), "mail", "email", "sms", "message", "msg", "mailer", "mime", "letter")
	}
	return false
}

// inMessage observes a password in a value that is a message or a part of one, and
// reports whether there is one.
func (o *observer) inMessage(v *value, at *node, depth int) bool {
	if v == nil || depth > messageDepth {
		return false
	}
	for _, t := range v.str.Alternatives {
		if o.inText(t, at) {
			return true
		}
	}
	for _, m := range v.dict {
		switch strings.ToLower(m.name) {
		case "to", "from", "auth", "headers", "url", "method", "subject", "cc", "bcc":
			continue
		}
		if o.inMessage(m.value, at, depth+1) {
			return true
		}
	}
	for _, item := range v.list {
		if o.inMessage(item, at, depth+1) {
			return true
		}
	}
	return false
}

// inText observes a password in the text of a message.
func (o *observer) inText(t partial.Text, at *node) bool {
	if len(t) < 2 {
		return false
	}
	before, said := "", t[0]
	for _, p := range t {
		if p.Hole == nil {
			before += p.Text
			said = p
			continue
		}
		name := p.Hole.Name
		switch {
		case p.Hole.Role == partial.Environment, isReworked(name), isHandedOut(name):
		case endsWithPassword(before), isPassword(name) && shape.Certain(name) && isSentence(before):
			o.tellInMessage(said, firstOf(name, "password"), at)
			return true
		}
		before = ""
	}
	return false
}

// tellInMessage observes the password behind a part of a message's text.
func (o *observer) tellInMessage(p partial.Part, name string, at *node) {
	place := o.place(p.Start, p.End)
	if o.told[[2]int{p.Start, p.End}] {
		return
	}
	o.told[[2]int{p.Start, p.End}] = true
	use := "message"
	if at.kind == callNode {
		use = firstOf(at.calleeName(), use)
	}
	d := &practice.Disclosure{
		Source: o.sourceAt(place, "message of "+use), Channel: practice.InMessage, Kind: shape.Password, What: calledPassword(name), Use: use, Certain: true, Provider: o.text.Provider,
	}
	if sent := o.place(at.start, at.end); sent.Line != place.Line {
		d.Steps = append(d.Steps, finding.Step{Kind: finding.Sink, Location: sent, Text: "sent by " + use})
	}
	d.Condition = o.condition()
	o.add(d)
}

// isHandedOut reports whether a name is of what messages about passwords say
// instead of one: a link, a code that is used once.
func isHandedOut(name string) bool {
	return shape.HasWord(name, "link", "url", "uri", "href", "code", "otp", "totp", "reset", "activation", "expiry", "expires", "date", "days", "hours", "minutes", "count", "email", "user", "username", "length", "min", "max", "policy", "token", "hint", "rules", "message", "t", "trans", "translate")
}

// isSentence reports whether a text is written for people and no address, query or
// notation of data.
func isSentence(text string) bool {
	const near = 60 // bytes
	text = text[max(0, len(text)-near):]
	return strings.Count(text, " ") > 0 && !strings.Contains(text, "://") && !strings.HasSuffix(text, "=") && !strings.HasSuffix(text, `":"`) && !strings.HasSuffix(text, `": "`)
}

// endsWithPassword reports whether the text before a value says that a password
// comes now: "Your password is ", "<b>Contraseña:</b> ".
func endsWithPassword(text string) bool {
	const near, most = 80, 5 // bytes, words
	text = text[max(0, len(text)-near):]
	if strings.HasSuffix(text, "=") || strings.HasSuffix(text, `":"`) || strings.HasSuffix(text, `": "`) {
		return false // a query, data
	}
	text = withoutTags(text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	for i := len(words) - 1; i >= 0 && i >= len(words)-most; i-- {
		word := strings.ToLower(words[i])
		if shape.OfName(word) == shape.Password || word == "clave" || word == "passe" && i >= 2 && strings.EqualFold(words[i-2], "mot") {
			return i == 0 || !isAction(words[i-1])
		}
		if !isFiller(word) {
			return false
		}
	}
	return false
}

// isAction reports whether a word before "password" says that something happens to
// it, so that no password follows.
func isAction(word string) bool {
	switch strings.ToLower(word) {
	case "reset", "forgot", "forgotten", "change", "no", "without", "invalid", "wrong", "incorrect":
		return true
	}
	return false
}

// withoutTags returns a text without what stands between angle brackets.
func withoutTags(text string) string {
	for {
		open := strings.LastIndexByte(text, '<')
		if open < 0 {
			return text
		}
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			return text[:open]
		}
		text = text[:open] + " " + text[open+end+1:]
	}
}

// isFiller reports whether a word may stand between the word for a password and
// the password itself.
func isFiller(word string) bool {
	switch word {
	case "is", "are", "was", "will", "be", "now", "ist", "lautet", "es", "est", "sera", "è", "é", "e", "är", "er", "on", "jest", "foi", "será", "this", "following",
		"n", "r", "b", "t", "nbsp", "br", "strong", "code", "temporal", "provisional", "provisoire", "temporaire", "temporary", "initial", "account", "login", "below":
		return true
	}
	return false
}

// calledPassword returns what is said of a password with a name, "password" alone
// where the name says no more.
func calledPassword(name string) string {
	if !isPassword(name) || strings.EqualFold(strings.Trim(name, "$@"), "password") {
		return "password"
	}
	return "password " + name
}
