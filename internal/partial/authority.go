package partial

import "strings"

// cutGlued parts the text of an authority before a hole that is glued to a whole
// host name, as in "https://api.example.com" + path: what follows such a name is
// a path, unless the hole is called something that a host goes on with.
func (t Text) cutGlued() (authority, path Text) {
	for i, p := range t {
		if i > 0 && p.Hole != nil && isWholeHost(t[i-1].Text) && !namesHostPart(p.Hole.Name) {
			return t[:i:i], t[i:]
		}
	}
	return t, nil
}

// isWholeHost reports whether the end of a text is a host name with a domain, so
// that nothing of it is missing, perhaps with a port.
func isWholeHost(text string) bool {
	host := text[strings.LastIndexByte(text, '@')+1:]
	if name, port, ok := strings.Cut(host, ":"); ok {
		if len(port) < 2 || strings.Trim(port, "0123456789") != "" {
			return false
		}
		host = name
	}
	host = strings.ToLower(host)
	if strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
		return false
	}
	if host == "localhost" {
		return true
	}
	i := strings.LastIndexByte(host, '.')
	return i > 0 && len(host)-i > 2 && strings.Trim(host[i+1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// namesHostPart reports whether a name is that of something which a host or a
// port goes on with.
func namesHostPart(name string) bool {
	name = strings.ToLower(name)
	for _, part := range [...]string{"domain", "host", "tld", "suffix", "zone", "region", "port", "country", "dns", "cluster", "namespace"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
