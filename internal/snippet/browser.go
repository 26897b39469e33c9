package snippet

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// publicSetting observes a variable of the environment that a tool builds into
// pages, if it holds what no page may hold.
func (o *observer) publicSetting(n *node, name string) {
	if o.lang.name != "javascript" || !shape.IsPublicSetting(name) || !shape.NeverPublic(name) || o.meant[n] {
		return
	}
	o.meant[n] = true
	o.add(&practice.Exposed{Source: o.source(n, "variable "+name), Kind: shape.OfName(name), What: "variable " + name, Why: "is built into the page"})
}

// inBrowser observes the switch with which the client of a provider works in
// browsers in spite of what that means.
func (o *observer) inBrowser(m *member) {
	if m.name != "dangerouslyAllowBrowser" || o.lang.name != "javascript" {
		return
	}
	if on, known := m.value.truth(); known && on {
		e := &practice.Exposed{Source: o.source(m.n, "key "+m.name), Kind: shape.Key, What: "API key", Why: "is used in the browser"}
		e.Condition = o.condition()
		o.add(e)
	}
}

// basicInBrowser observes user and password that are encoded for a header in code
// that runs in browsers: a literal one, or in a sample any. What users type in
// there is their own.
func (o *observer) basicInBrowser(v *value, n *node) {
	if o.lang.name != "javascript" || v.base64 == "" || !v.window && !isPage(o.text.Name) {
		return
	}
	text, known := v.known()
	if known {
		_, password, ok := strings.Cut(text, ":")
		known = ok && shape.Credible(shape.Of(password), shape.Password, true)
	}
	if !known && !o.text.Document {
		return
	}
	o.add(&practice.Exposed{Source: o.source(n, "Basic of a page"), Kind: shape.Password, What: "password of Basic", Why: "is put into a header by the page", Likely: !known})
}

// sentByPage observes a key of the program in a header that code which runs in
// browsers sends: one from a variable that is built into pages, or a literal one.
func (o *observer) sentByPage(a *practice.Auth, v *value) {
	if o.lang.name != "javascript" || o.text.Document || v.base64 != "" {
		return
	}
	for _, h := range v.text().Holes() {
		if h.Role == partial.Environment && shape.IsPublicSetting(h.Name) && isCredentialName(h.Name) && !shape.MadePublic(h.Name) && !o.meant[v.n] {
			o.meant[v.n] = true
			o.add(&practice.Exposed{Source: o.sourceAt(o.locate(v), "variable "+h.Name), Kind: shape.OfName(h.Name), What: "variable " + h.Name, Why: "is sent by the page"})
			return
		}
	}
	if a.Known && !strings.EqualFold(a.Header, "cookie") && o.runsInPage() && shape.Credible(a.Value, shape.Header, true) {
		start, end := span(behindScheme(v).text())
		if a.Scheme == "api-key" {
			start, end = span(v.text())
		}
		o.add(&practice.Exposed{Source: o.sourceAt(o.place(start, end), "header "+a.Header), Kind: shape.Key, What: "credential in header " + a.Header, Why: "is part of the page"})
	}
}

// runsInPage reports whether a program is one that browsers run: it works on the
// document or stands where pages stand, and uses nothing that only servers have.
func (o *observer) runsInPage() bool {
	if o.hasText("require(", "process.argv", "module.exports", "createServer", "express", "puppeteer", "playwright", "cypress", "jsdom", "k6/http") {
		return false
	}
	name := "/" + strings.ToLower(o.text.Name)
	return isPage(o.text.Name) || o.hasText("document.querySelector", "document.getElementById", "document.addEventListener", "window.addEventListener", "window.location", "document.createElement") ||
		strings.Contains(name, "/wwwroot/") || strings.Contains(name, "/public/js/") || strings.Contains(name, "/static/js/")
}

// isPage reports whether a file is one of components that run in browsers.
func isPage(name string) bool {
	switch path.Ext(strings.ToLower(name)) {
	case ".jsx", ".tsx", ".vue", ".svelte", ".html":
		return true
	}
	return false
}
