package snippet

import (
	"path"
	"strings"

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

// isPage reports whether a file is one of components that run in browsers.
func isPage(name string) bool {
	switch path.Ext(strings.ToLower(name)) {
	case ".jsx", ".tsx", ".vue", ".svelte", ".html":
		return true
	}
	return false
}
