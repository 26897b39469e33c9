package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

const channelMessage = "message"

// messageDirective returns what a call tells by the look of its callee: a
// function that sends a mail or a text message, with a parameter for the text.
// Programs wrap what they send with, and there are more libraries than models.
func (e *engine) messageDirective(s site) (directive, bool) {
	if s.callee == nil {
		return directive{}, false
	}
	if d, ok := e.told.messages[s.callee]; ok {
		return d, len(d.Args) > 0
	}
	d := directive{Verb: "tell", Words: []string{channelMessage}}
	if isMessenger(s.callee) {
		for _, i := range messageParams(s.callee) {
			d.Args = append(d.Args, rules.DirectiveArg{Name: "value", Index: i})
		}
	}
	e.told.messages[s.callee] = d
	return d, len(d.Args) > 0
}

// messageParams returns the parameters of a messenger that are the text: by
// their names, or the last text of several where an interface gives no names.
func messageParams(fn *types.Func) []int {
	params := fn.Signature().Params()
	var list, texts []int
	recv := fn.Signature().Recv()
	nameless := recv != nil && types.IsInterface(recv.Type())
	for i := range params.Len() {
		p := params.At(i)
		if isMessageText(p.Name()) && (isPlainText(p.Type()) || types.IsInterface(p.Type())) {
			list = append(list, i)
		}
		if isPlainText(p.Type()) {
			texts = append(texts, i)
		}
		nameless = nameless && (p.Name() == "" || p.Name() == "_")
	}
	if nameless && len(texts) > 1 {
		return texts[len(texts)-1:]
	}
	return list
}

// isMessenger reports whether a function sends or fills a message by its name
// and the name of what it belongs to, or by whom it sends something to.
func isMessenger(fn *types.Func) bool {
	owner := receiverName(fn)
	if fn.Pkg() != nil {
		owner += " " + fn.Pkg().Name()
	}
	switch {
	case shape.HasWord(fn.Name(), "send", "deliver", "sendsms", "sendmail", "sendemail", "notify", "push"):
		return isMessageWord(fn.Name()) || isMessageWord(owner) || isNotifierWord(owner) || takesRecipient(fn.Signature())
	case isSendingVerb(fn.Name()):
		return isMessageWord(receiverName(fn)) || isNotifierWord(receiverName(fn)) || takesRecipient(fn.Signature())
	case shape.HasWord(fn.Name(), "set", "add", "with", "new", "create", "publish"):
		return isMessageWord(owner)
	}
	return false
}

// isSendingVerb reports whether a name begins with another word for sending.
func isSendingVerb(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "text", "sms", "mail", "email", "post", "message", "whisper", "dispatch", "enqueue", "queue", "say", "tell", "alert", "broadcast",
		"page", "ping", "inform", "remind":
		return true
	}
	return false
}

// takesRecipient reports whether a function has a parameter for whom a message
// is for.
func takesRecipient(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if isRecipientName(p.Name()) {
			return true
		}
	}
	return false
}

// isRecipientName reports whether a parameter, a field or a key is whom a
// message is for.
func isRecipientName(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	switch words[len(words)-1] {
	case "to", "phone", "recipient", "recipients", "rcpt", "msisdn", "email", "mobile", "receiver", "addressee", "tel", "telephone":
		return true
	case "number", "address", "numbers":
		return len(words) > 1 && (words[len(words)-2] == "phone" || words[len(words)-2] == "email" || words[len(words)-2] == "mobile")
	}
	return false
}

// isMessageWord reports whether a name speaks of messages to people.
func isMessageWord(name string) bool {
	return shape.HasWord(name, "sms", "mail", "mails", "email", "emails", "mailer", "gomail", "mms", "whatsapp", "smtp", "messenger", "texter",
		"sendsms", "sendmail", "sendemail", "twilio", "sendgrid", "mailgun", "postmark")
}

// isNotifierWord reports whether a name speaks of what sends people or their
// channels a line.
func isNotifierWord(name string) bool {
	return shape.HasWord(name, "notifier", "notify", "slack", "telegram", "discord", "teams", "mattermost", "pager", "viber")
}

// isMessageText reports whether a parameter or a field is the text of a message.
func isMessageText(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	switch words[len(words)-1] {
	case "text", "txt", "body", "message", "msg", "content", "html", "contents", "plain", "plaintext", "sms":
		return true
	}
	return false
}

// noteField keeps a store to the text of a message, or to a field of which the
// models say that it is told.
func (e *engine) noteField(s *ssa.Store, f *types.Var, owner string, ds []directive) {
	text := "field " + f.Name() + " of " + owner
	for _, d := range ds {
		if d.Verb == "tell" {
			e.noteValue(s, s.Val, d.Words[0], text)
			return
		}
	}
	if !isMessageText(f.Name()) || !isPlainText(deref(f.Type())) {
		return
	}
	if owner != "" && (isMessageWord(owner) || f.Pkg() != nil && isMessageWord(f.Pkg().Name())) || isLetter(f.Name()) && hasRecipient(s.Addr) {
		e.noteValue(s, s.Val, channelMessage, strings.TrimSuffix(text, " of "))
	}
}
