// Package rules is the catalogue: what authlint reports, what it knows of
// providers and of Go APIs, and the thresholds, as data and prose that this
// package embeds and strictly loads. Nothing is parsed before it is asked for.
package rules

import "github.com/authlint/authlint/internal/finding"

// Outcome is what a grade makes of a verdict.
type Outcome struct {
	Severity finding.Severity
	Persona  finding.Persona
}

// Rule is one rule of the catalogue, loaded from rules/<id>.md.
type Rule struct {
	ID    string
	Title string
	// Summary is the first paragraph of the page.
	Summary string
	// SecuritySeverity is GitHub's number from 0.0 to 10.0, as text.
	SecuritySeverity string
	Precision        string // very-high, high, medium, low
	CWE              []int
	Since            string
	Observation      string   // the observation it is judged on
	Absorbs          []string // rules that are not reported beside it for one fault
	Also             []string // rules that its Bad examples yield as well
	Grades           map[string]Outcome
	// Markdown is the page without its front matter.
	Markdown string
	Bad      []Example
	Good     []Example
	// Secret is set for a pattern rule of gitleaks or of a provider; it shares a template page.
	Secret bool
}

// Example is one fenced example of a page.
type Example struct {
	Lang string // the fence's language tag
	Name string // the file name after the tag, if any
	Text string
	Line int // in the page, of the fence's first text line
}

// SendEndpoint is a place where a provider takes messages.
type SendEndpoint struct {
	Path   string // path pattern: * is one segment, ** any rest
	Method string // the right method
	// QueryCredentials is set where the endpoint takes credentials in the query.
	QueryCredentials bool
}

// Provider is what is known of one messaging provider.
type Provider struct {
	ID      string
	Name    string
	Hosts   []string // registrable names and host patterns: "*.api.infobip.com"
	Brands  []string // lookalike seeds
	Schemes []string // authorisation schemes in order of preference, lower case
	// BasicAdvice says what to use instead of Basic; empty where Basic is right.
	BasicAdvice string
	// BasicPaths are path patterns to which Basic is right (key and token endpoints).
	BasicPaths []string
	Send       []SendEndpoint
	// Secret, User, Message and Recipient are parameter names beyond the common dictionary.
	SecretParams, UserParams, MessageParams, RecipientParams []string
	Rotation                                                 string // advice
}

// Threshold is one number with the one who says so.
type Threshold struct {
	Value  int
	Source string
	// Provider is set where only the provider documents ask for it.
	Provider bool
}
