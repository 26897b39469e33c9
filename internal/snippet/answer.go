package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// answersText observes a password in a text that a program answers under a name,
// and reports whether there is one: { error: `no session for ${user}:${password}` }.
func (o *observer) answersText(v *value, name, use string) bool {
	if v == nil || v.base64 != "" || len(v.text()) < 2 || v.n == nil {
		return false
	}
	if strings.Contains(v.text().Prefix(), "://") {
		return false // an address
	}
	for _, p := range v.text() {
		if p.Hole == nil || p.Hole.Role == partial.Environment || !isPassword(p.Hole.Name) || !shape.Certain(p.Hole.Name) || isReworked(p.Hole.Name) {
			continue
		}
		d := &practice.Disclosure{
			Source: o.source(v.n, "answered by "+use), Channel: practice.InResponse, Kind: shape.Password, What: calledPassword(p.Hole.Name), Use: use, Certain: true, Provider: o.text.Provider,
		}
		if shape.HasWord(name, "error", "errors", "message", "msg", "detail", "details", "reason", "err") {
			d.Channel = practice.InError
		}
		d.Condition = o.condition()
		o.add(d)
		return true
	}
	return false
}

// answers observes a password in an answer that a function gives back as members:
// { statusCode: 200, body: JSON.stringify(..) }.
func (o *observer) answers(v *value) {
	if v.get("statusCode") == nil && v.get("StatusCode") == nil {
		return
	}
	body := v.get("body")
	if body == nil {
		return
	}
	if !o.answersText(body, "", "the function") {
		o.answered(body.dict, "the function", 0)
	}
}

// wholeHeaders returns the words for all headers of a request that a value is, ""
// if it is something else.
func wholeHeaders(v *value) string {
	if v == nil || v.n == nil || !isHeadersOf(v.n, 0) {
		return ""
	}
	return "Authorization among all headers"
}

// isHeadersOf reports whether a node is all headers of a request: req.headers,
// dict(request.headers), getallheaders().
func isHeadersOf(n *node, depth int) bool {
	const most = 5
	if n == nil || depth > most {
		return false
	}
	switch n.kind {
	case textNode:
		for _, p := range n.pieces {
			if p.code != nil && isHeadersOf(p.code, depth+1) {
				return true
			}
		}
	case binaryNode:
		return n.text != "||" && n.text != "??" && (isHeadersOf(n.args[0], depth+1) || isHeadersOf(n.args[1], depth+1))
	case memberNode:
		if isHeadersWord(n.text) {
			return isRequest(n.x, 0)
		}
	case callNode:
		name := n.calleeName()
		switch name {
		case "getallheaders", "apache_request_headers":
			return len(n.args) == 0
		case "dict", "str", "repr", "list", "stringify", "inspect", "fromEntries", "entries", "http_build_query", "print_r", "var_export", "json_encode", "dumps", "clone":
			return len(n.args) > 0 && isHeadersOf(n.args[0], depth+1)
		}
		if n.x.kind != memberNode {
			return false
		}
		switch name {
		case "all", "toString", "ToString", "to_h", "to_s", "inspect", "items", "asMap", "toSingleValueMap", "entries", "toJSON", "to_json":
			return isHeadersOf(n.x.x, depth+1)
		}
		return len(n.args) == 0 && isHeadersWord(name) && isRequest(n.x.x, 0)
	}
	return false
}

// isHeadersWord reports whether a member is the headers of what has it.
func isHeadersWord(word string) bool {
	switch word {
	case "headers", "Headers", "getHeaders", "rawHeaders", "allHTTPHeaderFields":
		return true
	}
	return false
}

// isRequest reports whether a node is a request that came in or goes out, by its
// name.
func isRequest(n *node, depth int) bool {
	const most = 3
	if n == nil || depth > most {
		return false
	}
	name := n.name()
	if n.kind == callNode {
		name = n.calleeName()
	}
	name = strings.TrimLeft(name, "$@_")
	if shape.HasWord(name, "response", "res", "resp", "reply", "answer", "allowed", "cors", "table", "csv", "column") {
		return false
	}
	return shape.HasWord(name, "request", "req", "event", "cfg", "config", "rq", "originalrequest", "httprequest", "webrequest", "conn", "ctx")
}
