package practice

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// messageLevel says how sure it is that a request sends a message.
type messageLevel uint8

// The levels, weakest first.
const (
	noMessage         messageLevel = iota
	messageByParams                // a recipient and a text among the parameters
	messageByWords                 // and a messaging word in host, path or symbol
	messageByProvider              // a place where a provider takes messages
)

// messageEvidence is what speaks for a request sending a message.
type messageEvidence struct {
	level messageLevel
	// inURL is set when recipient or text stand in the query.
	inURL    bool
	provider bool
}

// grades returns the grades that the evidence gives.
func (e messageEvidence) grades() []Grade {
	switch {
	case e.level == messageByParams:
		return []Grade{WeakEvidence}
	case !e.provider:
		return []Grade{NoProvider}
	}
	return nil
}

// messageOf looks for what speaks for a message: at the endpoint, the
// parameters of query and form, and the words around.
func (c *court) messageOf(r *view) messageEvidence {
	e := messageEvidence{provider: r.provider != nil}
	form := c.formOf(r)
	inURL, inForm := c.speaks(r, r.params), c.speaks(r, form)
	both := c.speaks(r, slices.Concat(r.params, form))
	e.inURL = inURL.any()
	switch {
	case r.send != nil && (r.send.QueryCredentials || both.any() || len(form) > 0 || !isCollection(r.path) || r.Method == r.send.Method):
		e.level = messageByProvider
	case !inURL.both() && !inForm.both() && !both.both():
		e.level = noMessage
	case r.provider != nil && !c.isRead(r):
		e.level = messageByProvider
	case c.hasMessagingWord(r) && !c.isRead(r):
		e.level = messageByWords
	default:
		e.level = messageByParams
	}
	return e
}

// formOf returns the parameters of the body.
func (c *court) formOf(r *view) []param {
	var list []param
	for _, q := range r.Form {
		list = c.addParam(list, r.provider, q.Name, q.Value)
	}
	return list
}

// spoken says which parts of a message the parameters have.
type spoken struct{ text, recipient bool }

// any reports whether there is one of the parts.
func (s spoken) any() bool { return s.text || s.recipient }

// both reports whether both parts are there.
func (s spoken) both() bool { return s.text && s.recipient }

// speaks returns the parts of a message that the names of parameters speak of.
func (c *court) speaks(r *view, list []param) spoken {
	vague := counts(r.provider, list)
	var s spoken
	for _, p := range list {
		if !p.sure && !vague {
			continue
		}
		s.text = s.text || p.kind == rules.MessageParam
		s.recipient = s.recipient || p.kind == rules.RecipientParam
	}
	return s
}

// isCollection reports whether a path ends in the name of a list, which GET
// reads and POST adds to.
func isCollection(path string) bool {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	last := strings.ToLower(segments[len(segments)-1])
	last, _, _ = strings.Cut(last, ".")
	if strings.HasSuffix(last, "messages") { // voicemessages
		return true
	}
	switch last {
	case "messages", "message", "batches", "sms", "calls", "callouts", "faxes", "verifications", "events", "emails", "*", "pin":
		return true
	}
	return false
}

// hasMessagingWord reports whether a word of the host, the path or the
// enclosing symbol speaks of messages.
func (c *court) hasMessagingWord(r *view) bool {
	speaks := c.Catalogue.Parameters().MessagingWords
	return slices.ContainsFunc(wordsAround(r), func(w string) bool {
		// "sms" is part of many names of gateways: bulksms, smsglobal.
		return slices.Contains(speaks, w) || strings.HasPrefix(w, "sms") || strings.HasSuffix(w, "sms")
	})
}

// isRead reports whether the words around a request say that it reads, and none
// that it sends.
func (c *court) isRead(r *view) bool {
	reads := false
	for _, w := range wordsAround(r) {
		switch w {
		case "send", "sender", "sendsms", "notify", "notifier", "submit", "push", "dispatch", "deliver":
			return false
		case "search", "translate", "list", "report", "reports", "log", "logs", "history", "count", "balance", "status", "find", "fetch",
			"filter", "lookup", "export", "archive", "inbox", "detect", "analyze", "stats":
			reads = true
		}
	}
	return reads
}

// wordsAround returns the words of host, path and enclosing symbol.
func wordsAround(r *view) []string {
	list := shape.Words(r.Symbol)
	for _, u := range r.urls {
		host := u.Host.Display()
		list = append(append(list, shape.Words(host)...), shape.Words(u.PathText())...)
	}
	return list
}

// sendWithGET judges messages that are sent by GET.
func (c *court) sendWithGET(r *view) {
	if r.Method != "GET" || r.Client || r.message.level == noMessage {
		return
	}
	if !r.message.inURL && r.message.level != messageByProvider {
		return // recipient and text are in a body
	}
	v := verdict{src: &r.Source, grades: slices.Concat(r.urlGrades(), r.message.grades()), evidence: requestEvidence(r)}
	instead := ""
	if r.send != nil && r.send.Instead != "" {
		instead = " to " + clip(r.send.Instead, maxQuoted)
		v.evidence["instead"] = r.send.Instead
	}
	v.message = message(
		"message goes to "+toHost(r.hostShown(isAny), "its gateway")+" by GET, so logs on the way keep text and recipient",
		nil, ": send it with POST"+instead,
	)
	c.pass(getMessageSend, v)
}

// discouraged judges Basic where the provider offers better.
func (c *court) discouraged(r *view) {
	if r.provider == nil || r.provider.BasicAdvice == "" {
		return
	}
	at := slices.IndexFunc(r.sent, func(s sentCredential) bool { return s.scheme == "basic" || s.inURL })
	if at < 0 || r.provider.BasicRight(r.path) {
		return
	}
	v := verdict{src: &r.Source, grades: r.urlGrades(), evidence: merged(requestEvidence(r), sentEvidence(r.sent[at]))}
	if s := r.sent[at]; s.known && s.value.Sample != "" {
		v.grades = append(v.grades, IsSample)
	}
	if strings.Trim(r.path, "/*") == "" {
		// The path is not known: it may be one of those that Basic is right for.
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	v.evidence["advice"] = r.provider.BasicAdvice
	advice, _, _ := strings.Cut(r.provider.BasicAdvice, ";")
	advice, _, _ = strings.Cut(advice, ", ")
	v.message = message(
		"request to "+plain(r.provider.Name, maxShort)+" uses Basic, which gives the account away in every call",
		nil, ": use "+clip(advice, maxUse),
	)
	c.pass(basicDiscouraged, v.put(r.sent[at].apart))
}
