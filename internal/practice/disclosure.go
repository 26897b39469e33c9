package practice

import (
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// The ids of the rules on disclosures.
const (
	credentialInLog         = "credential-in-log"
	credentialInError       = "credential-in-error"
	credentialInResponse    = "credential-in-response"
	credentialInMessage     = "credential-in-message"
	credentialInToken       = "credential-in-token"
	credentialOnCommandLine = "credential-on-command-line"
)

// Channel is where a credential is told.
type Channel uint8

// The channels.
const (
	ToLog Channel = iota
	ToTerminal
	InError
	InResponse
	InMessage
	InToken
	OnCommandLine
)

// Disclosure is a credential that reaches a place where others read it.
type Disclosure struct {
	Source
	Channel Channel
	Kind    shape.Kind
	// What says in words what is told: "parameter password", "field Token of
	// Config", "header Authorization of the request".
	What string
	// Use says in words what tells it: "Printf", "panic".
	Use string
	// Certain is set when more than one common word says that it is a credential.
	Certain bool
	// Literal is set when its text stands in the code; Value is what may be told
	// of it.
	Literal bool
	Value   shape.Value
	// Host is the host that a literal goes to, "" if it is unknown.
	Host string
	// Fresh is set when it is made right there, so that telling it once may be
	// what the program is for.
	Fresh bool
	// Bare is set when nothing else is told, as a command does whose output is
	// the credential.
	Bare bool
	// Whole is the type that is told as a whole, the credential in it.
	Whole string
	// Listed is set when it is one of many that are told.
	Listed bool
	// Debug is set when a switch of a library is what tells it.
	Debug bool
	// InURL is set when it is the password in a URL that is told.
	InURL bool
	// Provider is the provider whose SDK is involved, if any.
	Provider string
}

// disclosure judges a credential that is told.
func (c *court) disclosure(o *Disclosure) {
	v := verdict{src: &o.Source, grades: sourceGrades(&o.Source), evidence: disclosureEvidence(o)}
	if !o.Certain {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	if o.InURL && !o.Debug {
		v.remedies = []remedy{{name: RedactURL}}
	}
	switch o.Channel {
	case ToLog, ToTerminal:
		c.logged(o, v)
	case InError:
		v.message = told(o, "is put into an error", ", which ends up in logs and answers", "leave it out")
		c.pass(credentialInError, v)
	case InResponse:
		c.responded(o, v)
	case InMessage:
		if !isForGood(o) {
			return // codes and links are what messages are for
		}
		v.message = told(o, "is sent in a message", ", which stays in an inbox", "send a link to choose one")
		c.pass(credentialInMessage, v)
	case InToken:
		if !isForGood(o) {
			return
		}
		v.message = told(o, "is put into the claims of a token", ", which its holder can read", "leave it out")
		c.pass(credentialInToken, v)
	case OnCommandLine:
		v.grades = literalGrades(o, v.grades)
		v.message = told(o, "is put on a command line", ", which other users can list", "use a file or the environment")
		c.pass(credentialOnCommandLine, v)
	}
}

// isForGood reports whether what a message or a token tells is a password, or for
// certain a key or a secret, which hold until somebody changes them.
func isForGood(o *Disclosure) bool {
	switch o.Kind {
	case shape.Password:
		return true
	case shape.Key, shape.Secret, shape.PrivateKey:
		return o.Certain
	}
	return false
}

// logged judges a credential in a log or on a terminal. What a command prints
// and nothing else, and what has just been made, is told on purpose.
func (c *court) logged(o *Disclosure, v verdict) {
	if o.Channel == ToTerminal && (o.Fresh || o.Bare) {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	switch {
	case o.Debug:
		v.message = told(o, "is logged", ", with all that is sent", "switch it off")
	case o.Channel == ToTerminal:
		v.message = told(o, "is printed", ", where logs and screens keep it", "leave it out or mask it")
	default:
		v.message = told(o, "is logged", ", for all who read the log", "leave it out or mask it")
	}
	c.pass(credentialInLog, v)
}

// responded judges a credential in a response. Tokens and keys are handed out by
// the endpoints that make them, one at a time; passwords never need to be.
func (c *court) responded(o *Disclosure, v verdict) {
	switch {
	case o.Kind == shape.Password, o.Kind == shape.PrivateKey:
	case o.Listed && o.Certain && o.Kind != shape.Token:
	default:
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	if o.Fresh {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	v.message = told(o, "is sent in a response", "", "leave it out")
	c.pass(credentialInResponse, v)
}

// told returns the message: what is told where, by what and why that matters as
// far as there is room, and what to do.
func told(o *Disclosure, where, why, remedy string) string {
	options := []string{" by " + place(o.Use, "this"), why}
	if o.Whole != "" {
		options = append([]string{" with all of " + plain(o.Whole, maxShort)}, options...)
	}
	tail := ": " + remedy + " and rotate the " + kindWord(o.Kind, shape.Value{})
	return message(plain(o.What, maxUse)+" "+where, options, tail)
}

// literalGrades returns the grades of a credential among the arguments of a
// command: one that stands in the code weighs more.
func literalGrades(o *Disclosure, grades []Grade) []Grade {
	switch {
	case !o.Literal:
		return withGrade(grades, WeakEvidence)
	case o.Value.Sample != "":
		return withGrade(grades, IsSample)
	case o.Value.LocalDefault:
		return withGrade(grades, LocalDefault)
	case o.Host != "" && partial.HostClass(o.Host) == partial.LoopbackHost:
		return withGrade(grades, LoopbackHost)
	}
	return grades
}

// disclosureEvidence returns what is known of a disclosure.
func disclosureEvidence(o *Disclosure) map[string]string {
	e := map[string]string{}
	put(e, "use", o.Use)
	put(e, "what", o.What)
	put(e, "whole", o.Whole)
	put(e, "provider", o.Provider)
	return e
}
