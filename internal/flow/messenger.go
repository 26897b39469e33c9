package flow

import (
	"go/types"

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
		params := s.callee.Signature().Params()
		for i := range params.Len() {
			if p := params.At(i); isMessageText(p.Name()) && (isPlainText(p.Type()) || types.IsInterface(p.Type())) {
				d.Args = append(d.Args, rules.DirectiveArg{Name: "value", Index: i})
			}
		}
	}
	e.told.messages[s.callee] = d
	return d, len(d.Args) > 0
}

// isMessenger reports whether a function sends or fills a message by its name
// and the name of what it belongs to.
func isMessenger(fn *types.Func) bool {
	owner := receiverName(fn)
	if fn.Pkg() != nil {
		owner += " " + fn.Pkg().Name()
	}
	switch {
	case shape.HasWord(fn.Name(), "send", "deliver", "sendsms", "sendmail", "sendemail", "notify", "push"):
		return isMessageWord(fn.Name()) || isMessageWord(owner)
	case shape.HasWord(fn.Name(), "set", "add", "with", "new"):
		return isMessageWord(owner)
	}
	return false
}

// isMessageWord reports whether a name speaks of messages to people.
func isMessageWord(name string) bool {
	return shape.HasWord(name, "sms", "mail", "mails", "email", "emails", "mailer", "gomail", "mms", "whatsapp", "smtp", "messenger", "texter",
		"sendsms", "sendmail", "sendemail", "twilio", "sendgrid", "mailgun", "postmark")
}

// isMessageText reports whether a parameter or a field is the text of a message.
func isMessageText(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	switch words[len(words)-1] {
	case "text", "body", "message", "msg", "content", "html", "contents", "plain", "plaintext", "sms":
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
	if owner == "" || !isMessageText(f.Name()) || !isPlainText(f.Type()) {
		return
	}
	if isMessageWord(owner) || f.Pkg() != nil && isMessageWord(f.Pkg().Name()) {
		e.noteValue(s, s.Val, channelMessage, text)
	}
}
